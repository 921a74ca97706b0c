import { expect, it } from 'vitest'
import { listed } from './use-open-deals.ts'

type Row = Parameters<typeof listed>[0]

const row: Row = {
  ...{ id: 'deal', name: '扩建', amount: '100', accountName: null, stage: null, stated: null },
  ...{ closedOn: null, won: null, win: 0.5, inside: 0.5, unknown: null, counts: '25', expectedOn: null },
}

it('suggests what may still close inside the period, and no deal that is out of sight', () => {
  const isDue = (change: Partial<Row>) => listed({ ...row, ...change }, '2026-07-01').isDue
  expect(isDue({})).toBe(true)
  expect(isDue({ expectedOn: '2026-06-30' })).toBe(true)
  expect(isDue({ expectedOn: '2026-07-01' })).toBe(false)
  // Of such a deal no date is told, though it has one.
  expect(isDue({ name: null })).toBe(false)
  expect(listed({ ...row, name: null }, '2026-07-01').counts).toBe(25)
})
