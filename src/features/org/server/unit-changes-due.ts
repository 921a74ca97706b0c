import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { registerMinuteJob } from '#platform/jobs/jobs.ts'
import { openOrg } from './structure-store.ts'
import { orphanHeads, saveUnit, unitOf } from './unit-store.ts'

interface Named {
  readonly before: { readonly id: string; readonly name: string; readonly headId: string | null }
  readonly after: { readonly id: string; readonly name: string; readonly headId: string | null }
}

const task = 'org.unit-changes'

/** Lets names and heads that were given for a day come when it does. Called once when the app is put together. */
export function registerUnitChangesDue(): void {
  registerMinuteJob(task, doWhatIsDue, companiesDue)
}

async function companiesDue(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select companies_with_unit_changes_due() as id`.execute(db)
  return rows.map(({ id }) => id)
}

export async function writeChangesDue(
  { tx, ctx }: Step,
  reorganisationId: string,
  on: Day,
  named: readonly Named[],
): Promise<void> {
  for (const { before, after } of named) {
    await sql`
      insert into unit_change_due (company_id, id, reorganisation_id, unit_id, on_day, name, sets_head, head_id)
      values (${ctx.company.id}, ${newId()}, ${reorganisationId}, ${after.id}, ${on}::date,
        ${before.name === after.name ? null : after.name}, ${before.headId !== after.headId}, ${after.headId})`.execute(
      tx,
    )
  }
}

export async function dropChangesDue({ tx, ctx }: Step, reorganisationId: string): Promise<void> {
  await sql`
    delete from unit_change_due
    where company_id = ${ctx.company.id} and reorganisation_id = ${reorganisationId}`.execute(tx)
}

interface Due {
  readonly unitId: string
  readonly name: string | null
  readonly setsHead: boolean
  readonly headId: string | null
}

/** Names and heads whose day has come, the earliest first. A head who left meanwhile leaves the unit without one, which its health tells. */
export async function doWhatIsDue(ctx: Ctx): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const { rows } = await sql<Due>`
        with due as (
          delete from unit_change_due where company_id = ${ctx.company.id} and on_day <= ${ctx.today}::date
          returning id, on_day, unit_id, name, sets_head, head_id
        )
        select unit_id as "unitId", name, sets_head as "setsHead", head_id as "headId" from due
        order by on_day, id`.execute(step.tx)
      if (rows.length === 0) return
      await openOrg(step)
      for (const due of rows) await doOne(step, due)
    },
    { kind: 'org.unit.change' },
  )
}

async function doOne(step: Step, { unitId, name, setsHead, headId }: Due): Promise<void> {
  const unit = await unitOf(step.tx, unitId)
  const after = { ...unit, name: name ?? unit.name, headId: setsHead ? headId : unit.headId }
  const version = await saveUnit(step, after, unit.version)
  const orphaned = await orphanHeads(step.tx, after.headId === null ? [] : [after.headId], step.ctx.today)
  if (orphaned.length > 0 && version !== undefined) await saveUnit(step, { ...after, headId: null }, version)
  step.audit({ object: 'unit', recordId: unitId, action: 'updated', before: unit, after })
  step.tell({ name: 'org.unit.changed', payload: { unitId } })
}
