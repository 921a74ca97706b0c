import { cleanup, render, screen } from '@testing-library/react'
import { Button } from 'antd'
import { afterEach, expect, it } from 'vitest'
import { Look } from './look.tsx'

afterEach(cleanup)

const button = (isBusy: boolean) => (
  <Look theme="light" density="comfortable">
    <Button loading={isBusy}>保存</Button>
  </Look>
)

it('a button that was busy for a moment is not left with the sign of it', async () => {
  const { rerender } = render(button(false))
  rerender(button(true))
  expect(await screen.findByRole('button', { name: 'loading 保存' })).toBeTruthy()
  rerender(button(false))
  expect(await screen.findByRole('button', { name: '保存' })).toBeTruthy()
  expect(screen.queryByRole('img', { name: 'loading' })).toBeNull()
})
