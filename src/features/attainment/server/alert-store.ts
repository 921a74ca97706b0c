import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'

export interface AlertKey {
  readonly metric: string
  /** Key of the period. */
  readonly period: string
}

/** The units that are known to be behind. */
export async function unitsBehind({ tx, ctx }: Step, { metric, period }: AlertKey): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select unit_id as id from attainment_alert where company_id = ${ctx.company.id} and metric = ${metric}
      and period = ${period} and recovered_on is null`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export async function noteBehind(
  { tx, ctx }: Step,
  { metric, period }: AlertKey,
  unitIds: readonly string[],
  day: string,
): Promise<void> {
  await sql`
    insert into attainment_alert (company_id, metric, period, unit_id, begun_on)
    select ${ctx.company.id}, ${metric}, ${period}, u.id, ${day} from unnest(${unitIds}::uuid[]) as u(id)
    on conflict do nothing`.execute(tx)
}

export async function noteRecovered(
  { tx, ctx }: Step,
  { metric, period }: AlertKey,
  unitIds: readonly string[],
  day: string,
): Promise<void> {
  await sql`
    update attainment_alert set recovered_on = ${day} where company_id = ${ctx.company.id} and metric = ${metric}
      and period = ${period} and recovered_on is null and unit_id = any(${unitIds}::uuid[])`.execute(tx)
}

/** Who leads each unit today. */
export async function headsOf({ tx, ctx }: Step): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; head: string }>`
    select id, head_id as head from unit where company_id = ${ctx.company.id} and head_id is not null`.execute(tx)
  return new Map(rows.map(({ id, head }) => [id, head]))
}
