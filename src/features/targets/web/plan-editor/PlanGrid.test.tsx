import { cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { App } from 'antd'
import { useMemo, useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { fiscalPeriods } from '#engine/calendar/period.ts'
import { flattenTree } from '#web/kit/flatten-tree.ts'
import type { PlanRow } from '../../contract.ts'
import { summing } from '#engine/metrics/plan-rule.ts'
import { treeOfRows } from '../../plan-cells.ts'
import { gridColumns } from './grid-columns.ts'
import { PlanGrid } from './PlanGrid.tsx'
import type { OpenPlan } from './use-plan.ts'
import { SaveBar } from './SaveBar.tsx'
import { usePlanWork } from './use-plan-work.ts'

function buildRow(id: string, parentId: string | null, month: string, canEdit = true): PlanRow {
  const months = Array.from({ length: 12 }, () => month)
  const locked = months.map(() => false)
  const kind = id.length === 1 ? 'unit' : 'person'
  return {
    id,
    kind,
    unitId: id,
    personId: null,
    name: id,
    tier: null,
    parentId,
    isHead: false,
    months,
    locked,
    buffer: 0,
    bases: [],
    canEdit,
  }
}

const rows = [
  buildRow('T', null, '90', false),
  buildRow('p1', 'T', '30'),
  buildRow('p2', 'T', '30'),
  buildRow('p3', 'T', '30'),
]
const periods = fiscalPeriods(monthsFrom(1), 2026)
const months = periods.flatMap(({ kind, key, label, from, to }) => {
  const quarter = periods.find((each) => each.kind === 'quarter' && each.from <= from && to <= each.to)
  return kind === 'month' && quarter
    ? [{ key, label, from, to, quarter: { key: quarter.key, number: quarter.number } }]
    : []
})
const open: OpenPlan = {
  rows,
  tree: treeOfRows(rows, { unit: '1', rule: summing }),
  months,
  plan: {
    id: 'plan',
    metric: 'won_deals',
    metricLabel: { zh: '赢单数', en: 'Won deals' },
    measure: 'count',
    year: 2026,
    yearLabel: { zh: '2026年', en: '2026' },
    unit: '1',
    rule: summing,
    status: 'draft',
    figures: 'none',
    asksProposals: false,
    levels: ['target'],
    version: 1,
    treeOn: '2026-01-01',
    total: '1080',
    updatedAt: '2026-01-01T00:00:00Z',
    updatedBy: null,
    can: { edit: true, manage: false },
  },
}

const tellFrozen = vi.fn()

function Sheet({ plan = open }: { readonly plan?: OpenPlan }) {
  const bench = usePlanWork(plan, tellFrozen)
  const [spot, setSpot] = useState({ row: 0, column: 0 })
  const columns = useMemo(() => gridColumns(months), [])
  const shape = {
    keyOf: (row: PlanRow) => row.id,
    childrenOf: (row: PlanRow) => rows.filter((each) => each.parentId === row.id),
  }
  const seen = flattenTree(rows.slice(0, 1), shape, new Set(['T']))
  return (
    <>
      <PlanGrid
        label="plan"
        unit={plan.plan.unit}
        measure={plan.plan.measure}
        columns={columns}
        rows={seen}
        saved={bench.saved}
        tree={bench.tree}
        level={bench.level}
        bases={bench.bases}
        spot={spot}
        onSpot={setSpot}
        onToggle={() => undefined}
        refused={bench.refused}
        mayWrite={bench.mayWrite}
        onReadOnly={bench.tellReadOnly}
        onEnter={bench.enter}
        onDrop={bench.drop}
        onPaste={(at, block) => bench.paste(at, block, seen, columns)}
        onLock={bench.toggleLock}
      />
      <output>{bench.isDirty ? bench.changes.length : 'saved'}</output>
      <button onClick={bench.undo}>undo</button>
      {bench.isDirty && (
        <SaveBar
          bench={bench}
          plan={plan.plan}
          monthName={String}
          isSaving={false}
          onDifferences={() => undefined}
          onSave={async () => undefined}
        />
      )}
    </>
  )
}

/** The year, the first quarter and January of every row. */
function figures(): string[] {
  return screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      [...row.querySelectorAll('[role=gridcell]')]
        .slice(0, 3)
        .map((cell) => cell.textContent)
        .join(' '),
    )
}

function cell(row: number, column: number): HTMLElement {
  const found = screen.getAllByRole('row')[row + 1]?.querySelectorAll<HTMLElement>('[role=gridcell]')[column]
  if (!found) throw new Error('no such cell')
  return found
}

// The DOM of the tests has no layout; the rows that can be seen depend on a height.
vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480)
vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200)
vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(480)
vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200)

afterEach(cleanup)

it('re-balances siblings as one types, lights what changed, and takes it back', async () => {
  const user = userEvent.setup()
  render(<Sheet />, { wrapper: App })
  expect(figures()).toEqual(['1,080 270 90', '360 90 30', '360 90 30', '360 90 30'])
  await user.click(cell(1, 2))
  await user.keyboard('50{Enter}')
  expect(figures()).toEqual(['1,080 270 90', '380 110 50', '350 80 20', '350 80 20'])
  expect(cell(2, 2).dataset['changed']).toBe('true')
  expect(cell(2, 2).title).toBe('30 → 20')
  expect(screen.getByRole('status').textContent).toBe('3')
  await user.click(screen.getByText('undo'))
  expect(screen.getByRole('status').textContent).toBe('saved')
})

it('keeps what is locked, and rows that are set by the tier above', async () => {
  const user = userEvent.setup()
  render(<Sheet />, { wrapper: App })
  await user.click(cell(2, 2))
  await user.keyboard('l')
  await user.click(cell(1, 2))
  await user.keyboard('50{Enter}')
  expect(figures().slice(1)).toEqual(['380 110 50', '360 90 30', '340 70 10'])
  await user.click(cell(0, 2))
  await user.keyboard('5{Enter}')
  expect(figures()[0]).toBe('1,080 270 90')
  await user.click(cell(1, 2))
  await user.keyboard('5{Escape}')
  expect(figures()[1]).toBe('380 110 50')
})

it('takes a block from a spreadsheet', async () => {
  const user = userEvent.setup()
  render(<Sheet />, { wrapper: App })
  await user.click(cell(1, 2))
  await user.paste('10\t1,0\n45\t20')
  expect(screen.getByRole('status').textContent).toBe('saved')
  await user.paste('10\t10\n45\t20')
  expect(figures().slice(1)).toEqual(['320 50 10', '365 95 45', '395 125 35'])
})

it('marks what is no number in its cell, says so once, lets the keyboard go on, and saves nothing before it is mended', async () => {
  const user = userEvent.setup()
  render(<Sheet />, { wrapper: App })
  await user.click(cell(1, 2))
  await user.keyboard('abc')
  await user.click(cell(2, 2))
  expect(screen.queryByRole('textbox', { name: 'p1 2026-M01' })).toBeNull()
  expect(cell(1, 2).textContent).toBe('abc')
  expect(cell(1, 2).getAttribute('aria-invalid')).toBe('true')
  expect(cell(1, 2).title).toMatch(/p1.*“abc”/)
  await user.keyboard('x{Enter}')
  expect(document.querySelectorAll('.ant-message-notice')).toHaveLength(1)
  await user.click(cell(2, 2))
  await user.keyboard('{Escape}')
  expect(cell(2, 2).textContent).toBe('30')
  await user.type(screen.getByPlaceholderText(/Reason|原因/), 'why')
  expect(screen.getByText(/p1.*“abc”|“abc”.*p1/)).toBeTruthy()
  const save = () => screen.getByRole<HTMLButtonElement>('button', { name: /^(Save|保\s?存)$/ })
  expect(save().disabled).toBe(true)
  await user.click(cell(1, 2))
  await user.keyboard('{Enter}{Backspace}{Backspace}{Backspace}50{Enter}')
  expect(figures()[1]).toBe('380 110 50')
  expect(save().disabled).toBe(false)
})

it('writes nothing into a plan that stands still, and says so', async () => {
  const user = userEvent.setup()
  const locked = { ...open, plan: { ...open.plan, status: 'locked' as const, can: { edit: false, manage: true } } }
  render(<Sheet plan={locked} />, { wrapper: App })
  await user.click(cell(1, 2))
  await user.keyboard('5')
  expect(tellFrozen).toHaveBeenCalledTimes(1)
  expect(screen.queryByRole('textbox')).toBeNull()
  await user.paste('10\t10')
  await user.keyboard('l{Delete}')
  await user.dblClick(cell(1, 2))
  expect(tellFrozen.mock.calls.length).toBeGreaterThanOrEqual(4)
  expect(screen.getByRole('status').textContent).toBe('saved')
  expect(cell(1, 2).getAttribute('aria-readonly')).toBe('true')
})

const rate = { nodes: 'same', periods: 'average', better: 'higher', most: '1' } as const
const rates = rows.map((row) => ({ ...row, canEdit: true, months: row.months.map(() => '0.45') }))
const rateOpen: OpenPlan = {
  ...open,
  rows: rates,
  tree: treeOfRows(rates, { unit: '0.0001', rule: rate }),
  plan: { ...open.plan, unit: '0.0001', measure: 'percent', rule: rate },
}

it('takes percents typed and pasted, and no share beyond 100 %', async () => {
  const user = userEvent.setup()
  render(<Sheet plan={rateOpen} />, { wrapper: App })
  await user.click(cell(1, 2))
  await user.keyboard('50{Enter}')
  expect(cell(1, 2).textContent).toBe('50%')
  await user.keyboard('150{Enter}')
  expect((await screen.findAllByText(/p2.*150/)).length).toBeGreaterThan(0)
  await user.click(cell(2, 2))
  await user.keyboard('{Escape}')
  await user.paste('60%\t55\n101\t40')
  expect(await screen.findByText(/p3.*101%/)).toBeTruthy()
  expect(screen.getByRole('status').textContent).toBe('1')
  await user.paste('60%\t55\n100\t40.5%')
  expect([cell(2, 2), cell(2, 3), cell(3, 2), cell(3, 3)].map((one) => one.textContent)).toEqual([
    '60%',
    '55%',
    '100%',
    '40.5%',
  ])
})

it('reads bare numbers below 1 as the shares that spreadsheets keep', async () => {
  const user = userEvent.setup()
  render(<Sheet plan={rateOpen} />, { wrapper: App })
  await user.click(cell(1, 2))
  await user.keyboard('0.48{Enter}')
  expect(cell(1, 2).textContent).toBe('48%')
  await user.keyboard('0.5%{Enter}')
  expect(cell(2, 2).textContent).toBe('0.5%')
  await user.paste('0.46\t1')
  expect([cell(3, 2), cell(3, 3)].map((one) => one.textContent)).toEqual(['46%', '100%'])
  await user.paste('1\t2')
  expect([cell(3, 2), cell(3, 3)].map((one) => one.textContent)).toEqual(['1%', '2%'])
})
