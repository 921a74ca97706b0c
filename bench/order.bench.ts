import { makeMetrics, type Metrics } from '#engine/metrics/metrics.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { createRecord } from '#platform/records/save.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { keyAt, kinds } from './keys.ts'
import { percentile, timesInTurn } from './measure.ts'
import type { Size } from './seeded.ts'

/**
 * Writing an order as people do, and the same in a house whose metrics do not read orders. Every fourth order is the
 * first of its account, which the ledger counts as a new customer.
 */
export async function bench({ seeded, scale }: Setting): Promise<readonly Figure[]> {
  const { everybody, size, facts } = await seeded()
  await facts()
  const { metrics } = everybody.company
  const unread = makeMetrics(
    metrics.all().map((metric) => ({ ...metric, sources: metric.sources.filter(({ of }) => of !== 'order') })),
  )
  const measuredBy = (kept: Metrics): Ctx => ({ ...everybody, company: { ...everybody.company, metrics: kept } })
  const times = await timesInTurn(
    { rounds: Math.max(400, 2000 * scale), warmUp: 50 },
    {
      with: (round) => writeOrder(measuredBy(metrics), size, 2 * round),
      without: (round) => writeOrder(measuredBy(unread), size, 2 * round + 1),
    },
  )
  const [plain, kept] = [percentile(times.without, 0.5), percentile(times.with, 0.5)]
  return [
    figure('write an order: p50', kept, 'ms'),
    figure('write an order: p95', percentile(times.with, 0.95), 'ms'),
    figure('write an order without ledger: p50', plain, 'ms'),
    figure('write an order: added by the ledger, p50', (kept / plain - 1) * 100, '%', { atMost: 25 }),
    figure('write an order: added by the ledger, mean', (mean(times.with) / mean(times.without) - 1) * 100, '%'),
  ]
}

const mean = (times: readonly number[]) => times.reduce((sum, time) => sum + time, 0) / times.length

function writeOrder(ctx: Ctx, size: Size, place: number): Promise<unknown> {
  return createRecord(ctx, 'order', {
    code: `B${place}`,
    account: keyAt(kinds.account, accountOf(place, size)),
    amount: String(100 + (place % 9000)),
    orderedOn: `2025-12-${String(1 + (place % 31)).padStart(2, '0')}`,
    ownerId: keyAt(kinds.person, (place * 31) % size.people),
  })
}

/** The first accounts have an order already, from before December; those behind them have none. */
function accountOf(place: number, { accounts, buyers }: Size): number {
  const isFirst = place % 8 < 2
  return isFirst ? buyers + ((place * 7919) % (accounts - buyers)) : (place * 7919) % buyers
}
