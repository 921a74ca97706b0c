import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useTurning } from './use-turning.ts'

afterEach(cleanup)

it('begins with the slide that was asked for and goes round from there', () => {
  const { result } = renderHook(() => useTurning(3, false, 1))
  expect(result.current.at).toBe(1)
  act(() => result.current.next())
  expect(result.current.at).toBe(2)
  act(() => result.current.next())
  expect(result.current.at).toBe(0)
})
