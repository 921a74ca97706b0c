import { act, renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useSought } from './use-sought.ts'

const rows = Array.from({ length: 120 }, (_, at) => `人${at} Team ${at % 3}`)
const textOf = (row: string) => row

it('shows a long list part by part, and all that is found of it', async () => {
  const { result } = renderHook(() => useSought(rows, textOf))
  expect(result.current).toMatchObject({ count: 120, pages: { hasNextPage: true } })
  expect(result.current.shown).toHaveLength(50)
  await act(() => result.current.pages.fetchNextPage())
  expect(result.current.shown).toHaveLength(100)
  act(() => result.current.seek(' team 2 '))
  expect(result.current).toMatchObject({ count: 40, pages: { hasNextPage: false } })
  expect(result.current.shown.every((row) => row.endsWith('Team 2'))).toBe(true)
  act(() => result.current.seek(''))
  expect(result.current.shown).toHaveLength(50)
})
