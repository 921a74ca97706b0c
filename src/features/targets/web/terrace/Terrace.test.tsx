import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { Ring } from './Ring.tsx'
import { Terrace } from './Terrace.tsx'
import type { Tier } from './tier.ts'

function buildTier(id: string, children: readonly Tier[] = []): Tier {
  return {
    id,
    name: id,
    kind: 'unit',
    actual: '60',
    target: '100',
    expected: '50',
    attainment: 0.6,
    light: 'ahead',
    children,
  }
}

const company = buildTier('公司', [buildTier('华东', [buildTier('一队'), buildTier('二队')]), buildTier('华南')])

afterEach(cleanup)

it('reads every step aloud with its state and figures', async () => {
  render(<Terrace root={company} unit="money" currency="CNY" addsUp onGoDown={() => undefined} />)
  await waitFor(() => expect(screen.getAllByRole('treeitem')).toHaveLength(5))
  expect(screen.getByRole('treeitem', { name: /华东，领先，达成 60.0%，实际 ¥60，目标 ¥100/ })).toBeDefined()
})

it('tells a step without figures by its name and one mark', async () => {
  const bare = { ...buildTier('空单位'), attainment: null, light: null, target: null }
  const { container } = render(<Terrace root={bare} unit="percent" addsUp={false} onGoDown={() => undefined} />)
  await waitFor(() => expect(screen.getAllByRole('treeitem')).toHaveLength(1))
  expect(container.querySelector('.terrace-caption')?.textContent).toMatch(/^空单位\s—$/)
})

it('is walked by arrow keys; Enter goes down, Escape goes up', async () => {
  const onGoDown = vi.fn()
  const onGoUp = vi.fn()
  render(<Terrace root={company} unit="money" addsUp onGoDown={onGoDown} onGoUp={onGoUp} />)
  await waitFor(() => expect(screen.getAllByRole('treeitem')).toHaveLength(5))
  const user = userEvent.setup()
  screen.getAllByRole('treeitem')[0]?.focus()
  await user.keyboard('{ArrowDown}{ArrowRight}{Enter}')
  expect(onGoDown).toHaveBeenCalledWith(expect.objectContaining({ id: '华南' }))
  await user.keyboard('{ArrowLeft}{ArrowDown}{ArrowUp}{Enter}{Escape}')
  expect(onGoDown).toHaveBeenLastCalledWith(expect.objectContaining({ id: '华东' }))
  expect(onGoUp).toHaveBeenCalledOnce()
})

it('shrinks to a ring that says the same in words', () => {
  render(<Ring tier={company} />)
  expect(screen.getByRole('img', { name: '公司 的达成环：60.0%，领先' })).toBeDefined()
})
