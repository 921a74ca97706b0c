import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'

/** Answers are kept so long. */
export const hoursKept = 24

/** What was answered to a request, as it goes over the wire. */
export interface KeptAnswer {
  readonly requestHash: string
  readonly status: number
  /** JSON; null: no content. */
  readonly body: string | null
  readonly etag: string | null
}

/** Holds a key until the transaction ends; false while another request holds it. */
export async function holdKey(tx: Tx, { company, actor }: Ctx, key: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${company.id} ${actor.personId} ${key}`}, 0)) as held`.execute(
    tx,
  )
  return rows[0]?.held === true
}

export async function answerOf(tx: Tx, { company, actor }: Ctx, key: string): Promise<KeptAnswer | undefined> {
  const { rows } = await sql<KeptAnswer>`
    select request_hash as "requestHash", status, body, etag from kept_answer
    where company_id = ${company.id} and person_id = ${actor.personId} and key = ${key}
      and created_at > now() - make_interval(hours => ${hoursKept})`.execute(tx)
  return rows[0]
}

export async function keepAnswer(tx: Tx, { company, actor }: Ctx, key: string, answer: KeptAnswer): Promise<void> {
  const { requestHash, status, body, etag } = answer
  await sql`
    insert into kept_answer (company_id, person_id, key, request_hash, status, body, etag)
    values (${company.id}, ${actor.personId}, ${key}, ${requestHash}, ${status}, ${body}, ${etag})
    on conflict (company_id, person_id, key) do update set request_hash = excluded.request_hash,
      status = excluded.status, body = excluded.body, etag = excluded.etag, created_at = now()`.execute(tx)
}

export async function dropOldAnswers(tx: Tx, { company }: Ctx): Promise<void> {
  await sql`
    delete from kept_answer
    where company_id = ${company.id} and created_at <= now() - make_interval(hours => ${hoursKept})`.execute(tx)
}
