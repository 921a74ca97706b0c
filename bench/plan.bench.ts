import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { planGrid } from '#features/targets/server/plan-grid.ts'
import { openGrid } from '#features/targets/web/plan-editor/open-plan.ts'
import { doAct, openWork } from '#features/targets/plan-work.ts'
import { changesBetween } from '#features/targets/plan-changes.ts'
import { mismatches, nodeOf } from '#features/targets/plan-tree.ts'
import { nobody } from '#platform/db/new-id.ts'
import { ensurePeriods } from '#features/org/server/index.ts'
import { inStep } from '#platform/db/step.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { keyAt, kinds } from './keys.ts'
import { percentile, timesInTurn } from './measure.ts'

const metrics = ['signed_amount', 'won_deals', 'sales_amount', 'collections', 'new_customers'] as const
const width = 24

/**
 * Plans of five metrics over everybody and 24 periods: what the server takes to answer, how much travels, what the
 * browser's code takes to build the grid and to re-balance. Painting is not in it.
 */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody: ctx } = await seeded()
  await inStep(ctx, async (step) => {
    await ensurePeriods(step, 2031, 2031)
    for (const [at, metric] of metrics.entries())
      await layPlan(step.tx, ctx.company.id, metric, keyAt(kinds.plan, 10 + at))
  })
  const ids = metrics.map((_, at) => keyAt(kinds.plan, 10 + at))
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

async function layPlan(
  tx: Parameters<Parameters<typeof inStep>[1]>[0]['tx'],
  company: string,
  metric: string,
  plan: string,
) {
  const structure = keyAt(kinds.structure, 0)
  await sql`
    insert into plan (company_id, id, metric, structure_id, period_id, unit, tree_on)
    select ${company}, ${plan}, ${metric}, ${structure}, id, 0.01, '2031-01-01' from period where kind = 'year' and year = 2031`.execute(
    tx,
  )
  await sql`
    with recursive person_row as (
      select unit_id, person_id from credit_span where from_day <= '2025-01-01' and to_day > '2025-01-01'
    ), heads as (select u.unit_id, u.parent_id from unit_parent u), below as (
      select unit_id as top, unit_id from heads union all
      select b.top, h.unit_id from below b join heads h on h.parent_id = b.unit_id
    ), size as (
      select b.top as unit_id, count(p.person_id) as people from below b left join person_row p on p.unit_id = b.unit_id group by 1
    )
    insert into target (company_id, plan_id, unit_id, person_id, parent_unit_id, position, months, locked)
    select ${company}, ${plan}, r.unit_id, r.person_id, r.parent_id, 0, array_fill(r.people * 123456.78, array[${width}::int]),
      array_fill(false, array[${width}::int])
    from (
      select h.unit_id, ${nobody}::uuid as person_id, h.parent_id, s.people from heads h join size s on s.unit_id = h.unit_id
      union all select unit_id, person_id, unit_id, 1 from person_row
    ) r`.execute(tx)
}
