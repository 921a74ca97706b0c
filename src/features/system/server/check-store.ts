import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'

export interface CheckRun {
  readonly id: string
  readonly state: 'queued' | 'running' | 'done' | 'failed'
  readonly found: Readonly<Record<string, number>>
  readonly askedAt: Date
  readonly finishedAt: Date | null
}

export async function newestCheck(tx: Tx, ctx: Ctx): Promise<CheckRun | undefined> {
  const { rows } = await sql<CheckRun>`
    select id, state, found, asked_at as "askedAt", finished_at as "finishedAt" from system_check
    where company_id = ${ctx.company.id} order by asked_at desc, id desc limit 1`.execute(tx)
  return rows[0]
}

export async function insertCheck(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  await sql`
    insert into system_check (company_id, id, asked_by)
    values (${ctx.company.id}, ${id}, ${ctx.actor.personId})`.execute(tx)
}

export async function saveCheck(
  tx: Tx,
  ctx: Ctx,
  { id, state, found }: Pick<CheckRun, 'id' | 'state' | 'found'>,
): Promise<void> {
  const isOver = state === 'done' || state === 'failed'
  await sql`
    update system_check set state = ${state}, found = ${JSON.stringify(found)}::jsonb,
      finished_at = ${isOver ? sql`now()` : sql`null`}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}
