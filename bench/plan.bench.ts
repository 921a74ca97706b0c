import { gzipSync } from 'node:zlib'
import { planGrid } from '#features/targets/server/plan-grid.ts'
import { openGrid } from '#features/targets/web/plan-editor/open-plan.ts'
import { doAct, openWork } from '#features/targets/plan-work.ts'
import { changesBetween } from '#features/targets/plan-changes.ts'
import { mismatches, nodeOf } from '#features/targets/plan-tree.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { percentile, timesInTurn } from './measure.ts'
import { planWidth as width } from './seed-wide-plans.ts'

/**
 * Plans of five metrics over everybody and 24 periods: what the server takes to answer, how much travels, what the
 * browser's code takes to build the grid and to re-balance. Painting is not in it.
 */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody: ctx, widePlans } = await seeded()
  const ids = await widePlans()
  const [first = ''] = ids
  const { one, five } = await timesInTurn(
    { rounds: 10, warmUp: 2 },
    {
      one: () => planGrid(ctx, first),
      five: () => Promise.all(ids.map((id) => planGrid(ctx, id))),
    },
  )
  const grid = await planGrid(ctx, first)
  const text = JSON.stringify(grid)
  const { open, rebalance, year } = await timesInTurn(
    { rounds: 10, warmUp: 2 },
    {
      open: async () => openGrid(JSON.parse(text)),
      rebalance: async () => edit(openGrid(grid), [3]),
      year: async () =>
        edit(
          openGrid(grid),
          Array.from({ length: width }, (_, month) => month),
        ),
    },
  )
  const built = percentile(open, 0.5)
  return [
    figure(`plan of ${grid.rows.keys.length} rows × ${width} periods: server, p50`, percentile(one, 0.5), 'ms'),
    figure('the same for five metrics together: server, p50', percentile(five, 0.5), 'ms', { atMost: 1_000 }),
    figure('one plan on the wire', text.length / 1024, 'KB'),
    figure('one plan on the wire, compressed', gzipSync(text).length / 1024, 'KB'),
    figure('built from the wire, p50', built, 'ms'),
    figure('server and building, five metrics, p50', percentile(five, 0.5) + 5 * built, 'ms', { atMost: 1_000 }),
    figure('one cell re-balanced, p50', percentile(rebalance, 0.5) - built, 'ms', { atMost: 200 }),
    figure('a whole year of a region re-balanced, p50', percentile(year, 0.5) - built, 'ms', { atMost: 200 }),
  ]
}

/** What the editor does when somebody types into a row below the top. */
function edit(open: ReturnType<typeof openGrid>, months: readonly number[]): void {
  const { tree, plan } = open
  const node = tree.children.get(tree.root)?.find((id) => tree.children.has(id)) ?? tree.root
  const value = months.reduce((sum, month) => sum + (nodeOf(tree, node).months[month] ?? 0n), 0n)
  const done = doAct(
    openWork(tree),
    { kind: 'edit', absorb: 'siblings', edits: [{ node, months, value: (value * 11n) / 10n }] },
    { unit: plan.unit, fixedTops: [] },
  )
  if (!done.ok) throw new Error(done.reason)
  if (changesBetween(tree, done.work.tree).length === 0) throw new Error('nothing changed')
  if (mismatches(done.work.tree).length > 0) throw new Error('sums do not hold')
}
