import { createRecord } from '#platform/records/save.ts'
import { allMetrics, registerMetric } from '#platform/ledger/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { keyAt, kinds } from './keys.ts'
import { percentile, timesInTurn } from './measure.ts'
import type { Size } from './seeded.ts'

/** Writing an order as people do, and the same in a house whose metrics do not read orders. */
export async function bench({ seeded, scale }: Setting): Promise<readonly Figure[]> {
  const { everybody, size, accounts } = await seeded()
  await accounts()
  const rounds = Math.max(200, 2000 * scale)
  const metrics = allMetrics()
  const withLedger = () => registerMetric(...metrics)
  const withoutLedger = () => registerMetric(...metrics.map((metric) => ({ ...metric, sources: [] })))
  const times = await timesInTurn(
    { rounds, warmUp: 50 },
    {
      with: (round) => (withLedger(), writeOrder(everybody, size, 2 * round)),
      without: (round) => (withoutLedger(), writeOrder(everybody, size, 2 * round + 1)),
    },
  )
  withLedger()
  const [plain, kept] = [percentile(times.without, 0.5), percentile(times.with, 0.5)]
  return [
    figure('write an order: p50', kept, 'ms'),
    figure('write an order: p95', percentile(times.with, 0.95), 'ms'),
    figure('write an order without ledger: p50', plain, 'ms'),
    figure('write an order: added by the ledger, p50', (kept / plain - 1) * 100, '%', { atMost: 25 }),
  ]
}

function writeOrder(ctx: Ctx, { people, accounts }: Size, place: number): Promise<unknown> {
  return createRecord(ctx, 'order', {
    code: `B${place}`,
    account: keyAt(kinds.account, (place * 7919) % accounts),
    amount: String(100 + (place % 9000)),
    orderedOn: `2025-${String(1 + (place % 12)).padStart(2, '0')}-${String(1 + (place % 28)).padStart(2, '0')}`,
    ownerId: keyAt(kinds.person, (place * 31) % people),
  })
}
