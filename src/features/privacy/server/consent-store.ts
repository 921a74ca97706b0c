import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { Consent, ConsentKind, ConsentSaid } from '../contract.ts'

interface Place {
  readonly object: string
  readonly id: string
}

const columns = sql`
  c.id, c.kind, c.state, c.said_on as "saidOn", c.channel, c.text_version as "textVersion", c.note,
  p.name as "recordedBy", c.recorded_at as "recordedAt"`
const from = sql`consent c left join person p on p.company_id = c.company_id and p.id = c.recorded_by`

export async function consentsOf(tx: Tx, ctx: Ctx, { object, id }: Place): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    select ${columns} from ${from}
    where c.company_id = ${ctx.company.id} and c.object = ${object} and c.record_id = ${id}
    order by c.id desc limit 200`.execute(tx)
  return rows
}

/** Kinds of which the newest word is that the person wants it no more. */
export async function withdrawnOf(tx: Tx, ctx: Ctx, { object, id }: Place): Promise<ConsentKind[]> {
  const { rows } = await sql<{ kind: ConsentKind }>`
    select kind from (
      select distinct on (kind) kind, state from consent
      where company_id = ${ctx.company.id} and object = ${object} and record_id = ${id}
      order by kind, id desc) n where state = 'withdrawn'`.execute(tx)
  return rows.map((row) => row.kind)
}

export async function insertConsent({ tx, ctx }: Step, { object, id }: Place, said: ConsentSaid): Promise<Consent> {
  const key = newId()
  await sql`
    insert into consent (company_id, id, object, record_id, kind, state, said_on, channel, text_version, note, recorded_by)
    values (${ctx.company.id}, ${key}, ${object}, ${id}, ${said.kind}, ${said.state}, ${said.saidOn}::date,
      ${said.channel}, ${said.textVersion || null}, ${said.note || null}, ${ctx.actor.personId})`.execute(tx)
  const { rows } = await sql<Consent>`
    select ${columns} from ${from} where c.company_id = ${ctx.company.id} and c.id = ${key}`.execute(tx)
  const [written] = rows
  if (!written) throw new Error('a consent that was just written is not there')
  return written
}
