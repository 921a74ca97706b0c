import { sql } from 'kysely'
import { ensurePeriods } from '#features/org/server/index.ts'
import { nobody } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { keyAt, kinds } from './keys.ts'
import type { Ground } from './seeded.ts'

/** A published plan of the year's signed amount, with a target for every unit and person in every month. */
export async function seedPlan({ ctx }: Ground): Promise<void> {
  const company = ctx.company.id
  const structure = keyAt(kinds.structure, 0)
  const plan = keyAt(kinds.plan, 0)
  await inStep(ctx, async (step) => {
    const { tx } = step
    await ensurePeriods(step, 2025, 2025)
    await sql`
      insert into plan (company_id, id, metric, structure_id, period_id, unit, tree_on, status)
      select ${company}, ${plan}, 'signed_amount', ${structure}, id, 0.01, '2025-01-01', 'published'
      from period where kind = 'year' and year = 2025`.execute(tx)
    await sql`
      insert into target (company_id, plan_id, unit_id, person_id, parent_unit_id, position, months, locked)
      select ${company}, ${plan}, r.*, 0, array_fill(1000000::numeric, array[12]), array_fill(false, array[12])
      from (
        select unit_id, ${nobody}::uuid, parent_id from unit_parent
        union all
        select unit_id, person_id, unit_id from credit_span where from_day <= '2025-01-01' and to_day > '2025-01-01'
      ) r`.execute(tx)
  })
  await sql`vacuum analyze plan, target`.execute(ctx.db)
}
