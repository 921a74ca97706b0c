import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { idAt } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { ToldEvent } from './handlers.ts'

const longestWait = '10 minutes'

const told = sql`id, name, payload, person_id as "personId", operation_id as "operationId", at`

/** Answers false while another process hands on this company's events: two would mix up their order. */
export async function takeTurn({ tx, ctx }: Step): Promise<boolean> {
  const { rows } = await sql<{ isMine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`events ${ctx.company.id}`}, 0)) as "isMine"`.execute(tx)
  return rows[0]?.isMine === true
}

/**
 * The oldest waiting events, up to the first whose next try is not due: those behind it wait for it. One that is due later
 * than any wait is long was put off by a clock that went ahead and was put back: it waits no longer.
 */
export async function waitingEvents({ tx, ctx }: Step, most: number, now: Date): Promise<readonly ToldEvent[]> {
  const { rows } = await sql<ToldEvent & { isDue: boolean }>`
    select ${told}, coalesce(next_try_at <= ${now} or next_try_at > ${now}::timestamptz + ${longestWait}::interval, true)
      as "isDue" from event
    where company_id = ${ctx.company.id} and handled_at is null and parked_at is null
    order by id limit ${most}`.execute(tx)
  const first = rows.findIndex((row) => !row.isDue)
  return first < 0 ? rows : rows.slice(0, first)
}

export async function markHandled({ tx, ctx }: Step, events: readonly ToldEvent[]): Promise<void> {
  await sql`
    update event set handled_at = now(), parked_at = null
    where company_id = ${ctx.company.id} and id = any(${events.map((event) => event.id)}::uuid[])`.execute(tx)
}

/** What became of an event that failed once more. */
export interface PutOff {
  readonly tries: number
  readonly isParked: boolean
}

/** Notes a failed try. The next one is due after `waits` seconds by the number of tries; past its end there is none. */
export async function putOff(
  { tx, ctx }: Step,
  id: string,
  { problem, now, waits }: { readonly problem: string; readonly now: Date; readonly waits: readonly number[] },
): Promise<PutOff | undefined> {
  const { rows } = await sql<PutOff>`
    update event set tries = tries + 1, problem = ${problem},
      next_try_at = ${now}::timestamptz + make_interval(secs => (${waits}::int[])[tries + 1]),
      parked_at = case when tries + 1 > ${waits.length} then ${now}::timestamptz end
    where company_id = ${ctx.company.id} and id = ${id} and handled_at is null and parked_at is null
    returning tries, parked_at is not null as "isParked"`.execute(tx)
  return rows[0]
}

/** An event that was given up, and may be tried again by hand. */
export interface ParkedEvent {
  readonly id: string
  readonly name: string
  readonly toldAt: Date
  readonly parkedAt: Date
  readonly tries: number
  readonly problem: string
}

/** The oldest parked events first. */
export async function parkedEvents(tx: Tx, ctx: Ctx, most: number): Promise<readonly ParkedEvent[]> {
  const { rows } = await sql<ParkedEvent>`
    select id, name, at as "toldAt", parked_at as "parkedAt", tries, problem from event
    where company_id = ${ctx.company.id} and parked_at is not null order by id limit ${most}`.execute(tx)
  return rows
}

/** Locks a parked event; undefined where it is not parked. */
export async function lockParked({ tx, ctx }: Step, id: string): Promise<ToldEvent | undefined> {
  const { rows } = await sql<ToldEvent>`
    select ${told} from event
    where company_id = ${ctx.company.id} and id = ${id} and parked_at is not null for update`.execute(tx)
  return rows[0]
}

/** It failed again by hand and stays parked. */
export async function noteProblem({ tx, ctx }: Step, id: string, problem: string): Promise<void> {
  await sql`
    update event set tries = tries + 1, problem = ${problem}
    where company_id = ${ctx.company.id} and id = ${id} and parked_at is not null`.execute(tx)
}

/** Removes up to `most` handled events that were told before a time; answers how many. */
export async function dropHandled({ tx, ctx }: Step, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from event where company_id = ${ctx.company.id} and id in (
      select id from event where company_id = ${ctx.company.id} and id < ${idAt(before)} and handled_at is not null
      order by id limit ${most})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
