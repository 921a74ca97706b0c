import { sql } from 'kysely'
import { ensurePeriods } from '#features/org/server/index.ts'
import { nobody } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { keyAt, kinds } from './keys.ts'
import type { Ground } from './seeded.ts'

const metrics = ['signed_amount', 'won_deals', 'sales_amount', 'collections', 'new_customers'] as const

export const planYear = 2031
export const planWidth = 24

/** Plans of five metrics over everybody and 24 periods; answers their keys, that of the signed amount first. */
export async function seedWidePlans({ ctx }: Pick<Ground, 'ctx'>): Promise<readonly string[]> {
  const ids = metrics.map((_, at) => keyAt(kinds.plan, 10 + at))
  await inStep(ctx, async (step) => {
    await ensurePeriods(step, planYear, planYear)
    for (const [at, metric] of metrics.entries()) await layPlan(step.tx, ctx.company.id, metric, ids[at] ?? '')
  })
  return ids
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
    select ${company}, ${plan}, ${metric}, ${structure}, id, 0.01, ${`${planYear}-01-01`} from period where kind = 'year' and year = ${planYear}`.execute(
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
    select ${company}, ${plan}, r.unit_id, r.person_id, r.parent_id, 0, array_fill(r.people * 123456.78, array[${planWidth}::int]),
      array_fill(false, array[${planWidth}::int])
    from (
      select h.unit_id, ${nobody}::uuid as person_id, h.parent_id, s.people from heads h join size s on s.unit_id = h.unit_id
      union all select unit_id, person_id, unit_id, 1 from person_row
    ) r`.execute(tx)
}
