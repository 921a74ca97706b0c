import { sql } from 'kysely'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface MailRow {
  readonly id: string
  readonly template: string
  readonly recipient: string
  readonly sealed: string | null
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly tries: number
  readonly isLate: boolean
}

export interface NewMailRow {
  readonly template: string
  readonly recipient: string
  readonly sealed: string
  readonly usefulUntil: Date | null
}

export async function insertMail(step: Step, mail: NewMailRow): Promise<string> {
  const id = newId()
  await sql`
    insert into mail (company_id, id, template, recipient, sealed, useful_until)
    values (${step.ctx.company.id}, ${id}, ${mail.template}, ${mail.recipient}, ${mail.sealed}, ${mail.usefulUntil})
  `.execute(step.tx)
  return id
}

export async function mailOf(tx: Tx, id: string): Promise<MailRow | undefined> {
  const { rows } = await sql<MailRow>`
    select id, template, recipient, sealed, state, tries, coalesce(useful_until < now(), false) as "isLate"
    from mail where id = ${id}::uuid
  `.execute(tx)
  return rows[0]
}

/** Ends a letter's way; what it said is forgotten. */
export async function endMail(tx: Tx, id: string, state: 'sent' | 'failed', problem: string | null): Promise<void> {
  await sql`
    update mail set state = ${state}, problem = ${problem}, sealed = null, tries = tries + 1, ended_at = now()
    where id = ${id}::uuid
  `.execute(tx)
}

export async function noteTry(tx: Tx, id: string, problem: string): Promise<void> {
  await sql`update mail set tries = tries + 1, problem = ${problem} where id = ${id}::uuid`.execute(tx)
}

export async function dropOldMail(tx: Tx): Promise<void> {
  await sql`delete from mail where ended_at < now() - interval '30 days'`.execute(tx)
}

export interface MailStanding {
  readonly waiting: number
  readonly lastSentAt: Date | null
  readonly lastProblem: string | null
  readonly lastProblemAt: Date | null
}

/** How letters of the company fare: those on their way, the last that arrived, the last that did not. */
export async function mailStanding(tx: Tx): Promise<MailStanding> {
  const { rows } = await sql<MailStanding>`
    select count(*) filter (where state = 'waiting')::int as waiting,
      max(ended_at) filter (where state = 'sent') as "lastSentAt",
      (array_agg(problem order by id desc) filter (where problem is not null))[1] as "lastProblem",
      (array_agg(coalesce(ended_at, created_at) order by id desc) filter (where problem is not null))[1]
        as "lastProblemAt"
    from mail
  `.execute(tx)
  return rows[0] ?? { waiting: 0, lastSentAt: null, lastProblem: null, lastProblemAt: null }
}
