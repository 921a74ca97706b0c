import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { ApiProblem } from '#web/api/problem.ts'
import { Figure } from './Figure.tsx'
import { ErrorState } from './PageStates.tsx'

afterEach(cleanup)

it('says that the network is gone and what was kept', () => {
  const onRetry = vi.fn()
  render(<ErrorState problem={new ApiProblem(0)} onRetry={onRetry} />)
  expect(screen.getByRole('alert').textContent).toContain('连不上服务器')
  fireEvent.click(screen.getByRole('button', { name: /重\s?试/ }))
  expect(onRetry).toHaveBeenCalled()
})

it('says which permission is missing, in the words of the server, and offers no retry', () => {
  render(
    <ErrorState
      problem={new ApiProblem(403, { title: '没有权限', detail: '需要“调整目标”权限' })}
      onRetry={() => undefined}
    />,
  )
  expect(screen.getByRole('alert').textContent).toContain('需要“调整目标”权限')
  expect(screen.queryByRole('button')).toBeNull()
})

it('gives the number to tell an administrator when something broke', () => {
  render(<ErrorState problem={new ApiProblem(500, { title: '系统出错了', requestId: 'r-77' })} />)
  expect(screen.getByRole('alert').textContent).toContain('r-77')
})

it('says once what is wrong, where no field could be marked', () => {
  const fault = { field: 'period', code: 'unknown', message: '没有这个期间' }
  const words = '提交的内容有误，请检查标出的字段'
  render(<ErrorState problem={new ApiProblem(400, { title: words, detail: words, errors: [fault] })} />)
  const text = screen.getByRole('alert').textContent
  expect(text).toContain('没有这个期间')
  expect(text).not.toContain(words)
})

it('copies the exact number, not the short one', () => {
  render(<Figure value="10005534.5" unit="money" currency="CNY" />)
  const figure = screen.getByText('1,000.6万')
  const setData = vi.fn()
  fireEvent.copy(figure, { clipboardData: { setData } })
  expect(setData).toHaveBeenCalledWith('text/plain', '10005534.5')
})

it('is no way to records where there is no number', () => {
  render(<Figure value={null} unit="money" reason="没有目标" onOpen={() => undefined} />)
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('—')).toBeDefined()
})
