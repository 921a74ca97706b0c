import { useState } from 'react'
import { act, cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { TreeTable } from './TreeTable.tsx'

interface Unit {
  readonly id: string
  readonly children: readonly Unit[]
}

const company: Unit = {
  id: 'company',
  children: [
    { id: 'east', children: [{ id: 'team', children: [] }] },
    { id: 'west', children: [] },
  ],
}

function Tree({ onChoose }: { readonly onChoose: (unit: Unit) => void }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['company']))
  return (
    <TreeTable
      label="tiers"
      roots={[company]}
      columns={[{ key: 'name', title: 'Name', width: '1fr', cell: (unit) => unit.id }]}
      keyOf={(unit) => unit.id}
      childrenOf={(unit) => unit.children}
      nameOf={(unit) => unit.id}
      open={open}
      onToggle={(id, isOpen) =>
        setOpen((before) => new Set([...before].filter((other) => other !== id).concat(isOpen ? [id] : [])))
      }
      onChoose={onChoose}
    />
  )
}

// The DOM of the tests has no layout; the rows that can be seen depend on a height.
vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480)
vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900)

afterEach(cleanup)

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent)

describe('the tree table', () => {
  it('follows keys however fast they come one after the other', async () => {
    const onChoose = vi.fn()
    render(<Tree onChoose={onChoose} />)
    const user = userEvent.setup({ delay: null })
    screen.getAllByRole('row')[1]?.focus()
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(onChoose).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'west' }))
  })

  it('opens and closes rows with the arrow keys and chooses with Enter', async () => {
    const onChoose = vi.fn()
    render(<Tree onChoose={onChoose} />)
    expect(names()).toEqual(['company', 'east', 'west'])
    const user = userEvent.setup()
    screen.getAllByRole('row')[2]?.focus()
    await user.keyboard('{ArrowRight}')
    expect(names()).toEqual(['company', 'east', 'team', 'west'])
    await user.keyboard('{Enter}{ArrowLeft}')
    expect(onChoose).toHaveBeenCalledWith(expect.objectContaining({ id: 'east' }))
    expect(names()).toEqual(['company', 'east', 'west'])
  })

  it('tells screen readers level, place and whether a row is open', () => {
    render(<Tree onChoose={() => undefined} />)
    const [, first, second] = screen.getAllByRole('row')
    expect(first?.getAttribute('aria-expanded')).toBe('true')
    expect(second?.getAttribute('aria-level')).toBe('2')
    expect(second?.getAttribute('aria-posinset')).toBe('1')
    expect(second?.getAttribute('aria-setsize')).toBe('2')
  })

  it('has one stop for the tab key', () => {
    render(<Tree onChoose={() => undefined} />)
    expect(screen.getAllByRole('row').filter((row) => row.tabIndex === 0)).toHaveLength(1)
  })
})

it('is whole on paper, however long it is', () => {
  const units = Array.from({ length: 300 }, (_, at): Unit => ({ id: `u${at}`, children: [] }))
  render(
    <TreeTable
      label="tiers"
      roots={units}
      columns={[{ key: 'name', title: 'Name', width: '1fr', cell: (unit) => unit.id }]}
      keyOf={(unit) => unit.id}
      childrenOf={(unit) => unit.children}
      nameOf={(unit) => unit.id}
      open={new Set()}
      onToggle={() => undefined}
    />,
  )
  const rows = () => screen.getAllByRole('row').length - 1
  expect(rows()).toBeLessThan(100)
  window.dispatchEvent(new Event('beforeprint'))
  expect(rows()).toBe(300)
  act(() => void window.dispatchEvent(new Event('afterprint')))
  expect(rows()).toBeLessThan(100)
})
