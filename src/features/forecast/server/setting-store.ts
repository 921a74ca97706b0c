import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Tx } from '#platform/db/step.ts'
import type { ForecastSetting } from '../contract.ts'

/** Every Friday for the quarter, until the company says otherwise. */
const standard: ForecastSetting = { periodKind: 'quarter', dueEvery: 'week', dueOn: 5 }

export async function readSetting(tx: Tx, ctx: Ctx): Promise<ForecastSetting> {
  const { rows } = await sql<ForecastSetting>`
    select period_kind as "periodKind", due_every as "dueEvery", due_on as "dueOn" from forecast_setting
    where company_id = ${ctx.company.id}`.execute(tx)
  return rows[0] ?? standard
}

export async function changeSetting(ctx: Ctx, setting: ForecastSetting): Promise<ForecastSetting> {
  await inStep(
    ctx,
    async (step) => {
      const before = await readSetting(step.tx, ctx)
      const { periodKind, dueEvery, dueOn } = setting
      await sql`
        insert into forecast_setting (company_id, period_kind, due_every, due_on, updated_at, updated_by)
        values (${ctx.company.id}, ${periodKind}, ${dueEvery}, ${dueOn}, ${ctx.now}, ${ctx.actor.personId})
        on conflict (company_id) do update set period_kind = excluded.period_kind, due_every = excluded.due_every,
          due_on = excluded.due_on, updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(step.tx)
      step.audit({
        object: 'forecast',
        recordId: ctx.company.id,
        action: 'updated',
        before: { ...before },
        after: { ...setting },
      })
    },
    { kind: 'forecast.setting' },
  )
  return setting
}
