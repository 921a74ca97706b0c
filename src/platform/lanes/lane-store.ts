import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step } from '#platform/db/step.ts'

/** Along a lane things leave in their order; what is slow on one holds up no other. */
export interface Lane {
  readonly kind: string
  readonly id: string
}

/** Something on a lane is due at a time, or was before. Locks the lane until the step ends. */
export async function dueOn(step: Step, { kind, id }: Lane, at: Date): Promise<void> {
  await allDueOn(step, kind, [{ id, at }])
}

/** The same for many lanes of one kind, in one order everywhere so that nobody waits for another in a circle. */
export async function allDueOn(
  { tx, ctx }: Step,
  kind: string,
  due: readonly { readonly id: string; readonly at: Date }[],
): Promise<void> {
  await sql`
    insert into lane (company_id, kind, id, due_at)
    select ${ctx.company.id}, ${kind}, d.id, min(d.at)
    from jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as d(id uuid, at timestamptz)
    group by d.id order by d.id
    on conflict (company_id, kind, id) do update set due_at = least(lane.due_at, excluded.due_at)`.execute(tx)
}

/** Lanes of all companies with something to do now. */
export async function lanesDue(db: Db, now: Date): Promise<readonly (Lane & { readonly companyId: string })[]> {
  const { rows } = await sql<Lane & { companyId: string }>`
    select company_id as "companyId", kind, id from lanes_due(${now})`.execute(db)
  return rows
}

/** Takes a lane until a time, unless another process has it or nothing is due any more. */
export async function takeLane({ tx, ctx }: Step, lane: Lane, until: Date): Promise<boolean> {
  const { rows } = await sql`
    update lane set held_until = ${until}
    where company_id = ${ctx.company.id} and kind = ${lane.kind} and id = ${lane.id} and due_at <= ${ctx.now}
      and (held_until is null or held_until <= ${ctx.now}) returning id`.execute(tx)
  return rows.length > 0
}

/** Locks a lane: what is put on it from now on is seen by whoever looks later. */
export async function lockLane({ tx, ctx }: Step, lane: Lane): Promise<void> {
  await sql`
    select from lane where company_id = ${ctx.company.id} and kind = ${lane.kind} and id = ${lane.id} for update`.execute(
    tx,
  )
}

export async function leaveLane({ tx, ctx }: Step, lane: Lane, dueAt: Date | null): Promise<void> {
  await sql`
    update lane set held_until = null, due_at = ${dueAt}
    where company_id = ${ctx.company.id} and kind = ${lane.kind} and id = ${lane.id}`.execute(tx)
}

/** The receiver is gone. */
export async function dropLane({ tx, ctx }: { readonly tx: Step['tx']; readonly ctx: Ctx }, lane: Lane): Promise<void> {
  await sql`delete from lane where company_id = ${ctx.company.id} and kind = ${lane.kind} and id = ${lane.id}`.execute(
    tx,
  )
}
