import { sql } from 'kysely'
import { addDays } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { planStore, type StoredPlan } from '#features/targets/server/index.ts'
import { appealStore } from './appeal-store.ts'
import { headsOf } from './head-store.ts'
import { proposingClosed } from './proposal-rules.ts'
import { proposalStore } from './proposal-store.ts'
import { remindOfAppeal, remindToPropose, remindToSubmit } from './tell.ts'

/** So many days before the end people are reminded, on each of them. */
const ahead = 2

/** Reminds, once a day, of proposals that are missing and of appeals that are due or overdue. */
export async function remindOfAgreements(ctx: Ctx): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const { tx } = step
      const soon = addDays(ctx.today, ahead)
      for (const plan of await planStore.list(tx, ctx, {})) {
        const isDue = plan.proposalsUntil !== null && plan.proposalsUntil <= soon
        if (!isDue || proposingClosed(ctx, plan) !== null) continue
        await remindToPropose(step, plan, await missingPeople(tx, plan))
        const done = new Set(
          (await proposalStore.submissions(tx, plan.id)).map(({ unitId, state }) => `${unitId} ${state}`),
        )
        for (const unit of await unitsToSubmit(tx, plan)) {
          if (!done.has(`${unit.unit} submitted`)) await remindToSubmit(step, plan, unit)
        }
      }
      for (const appeal of await appealStore.open(tx, { dueBy: soon })) {
        const plan = await planStore.find(tx, ctx, appeal.planId)
        if (plan) await remindOfAppeal(step, appeal, plan)
      }
    },
    { kind: 'agreements.remind' },
  )
}

/** People with a target in the plan who have proposed nothing. */
async function missingPeople(tx: Tx, { id }: StoredPlan): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct t.person_id as id from target t
    where t.plan_id = ${id} and t.person_id <> ${nobody} and 0 < any(t.months) and not exists (
      select from target_proposal q where q.company_id = t.company_id and q.plan_id = t.plan_id
        and q.unit_id = t.unit_id and q.person_id = t.person_id)`.execute(tx)
  return rows.map((row) => row.id)
}

/** Units below the top, with who leads them. */
async function unitsToSubmit(tx: Tx, { id }: StoredPlan) {
  const parents = await planStore.parents(tx, id)
  const below = [...parents].flatMap(([unit, parent]) => (parent === null ? [] : [unit]))
  const heads = await headsOf(tx, below)
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from unit where id = any(${[...heads.keys()]}::uuid[])`.execute(tx)
  return rows.flatMap(({ id: unit, name }) => {
    const head = heads.get(unit)
    return head === undefined ? [] : [{ unit, name, head }]
  })
}
