import { sql } from 'kysely'
import type { NoticeRhythm, NoticeWays } from '#engine/contract/notices.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** Whose choices: a person, by key, or `company`. */
export type Whose = string

const ways = sql`in_app as "inApp", mail, robot`

/** What was chosen for one kind, by person; the company's under its own name. */
export async function waysOfKind(
  tx: Tx,
  ctx: Ctx,
  kind: string,
  people: readonly string[],
): Promise<ReadonlyMap<Whose, NoticeWays>> {
  const { rows } = await sql<NoticeWays & { whose: Whose }>`
    select person_id::text as whose, ${ways} from notice_choice
    where company_id = ${ctx.company.id} and kind = ${kind} and person_id = any(${people}::uuid[])
    union all
    select 'company', ${ways} from notice_default where company_id = ${ctx.company.id} and kind = ${kind}`.execute(tx)
  return new Map(rows.map(({ whose, ...chosen }) => [whose, chosen]))
}

/** What a person, or the company, chose, by kind. */
export async function waysOf(tx: Tx, ctx: Ctx, whose: Whose): Promise<ReadonlyMap<string, NoticeWays>> {
  const chosen =
    whose === 'company'
      ? sql`notice_default where company_id = ${ctx.company.id}`
      : sql`notice_choice where company_id = ${ctx.company.id} and person_id = ${whose}`
  const { rows } = await sql<NoticeWays & { kind: string }>`select kind, ${ways} from ${chosen}`.execute(tx)
  return new Map(rows.map(({ kind, ...one }) => [kind, one]))
}

/** Keeps what was chosen for a kind; null forgets it. */
export async function writeWays(
  { tx, ctx }: Step,
  whose: Whose,
  kind: string,
  chosen: NoticeWays | null,
): Promise<void> {
  const company = ctx.company.id
  const isCompany = whose === 'company'
  const table = isCompany ? sql`notice_default` : sql`notice_choice`
  const person = isCompany ? sql`` : sql`and person_id = ${whose}`
  await sql`delete from ${table} where company_id = ${company} and kind = ${kind} ${person}`.execute(tx)
  if (chosen === null) return
  const { inApp, mail, robot } = chosen
  await (
    isCompany
      ? sql`insert into notice_default (company_id, kind, in_app, mail, robot)
          values (${company}, ${kind}, ${inApp}, ${mail}, ${robot})`
      : sql`insert into notice_choice (company_id, person_id, kind, in_app, mail, robot)
          values (${company}, ${whose}, ${kind}, ${inApp}, ${mail}, ${robot})`
  ).execute(tx)
}

/** The rhythms of these people, and the company's under its own name. */
export async function rhythmsOf(
  tx: Tx,
  ctx: Ctx,
  people: readonly string[],
): Promise<ReadonlyMap<Whose, NoticeRhythm>> {
  const { rows } = await sql<NoticeRhythm & { personId: string }>`
    select person_id as "personId", quiet_from as "quietFrom", quiet_to as "quietTo", zone, digest,
      digest_hour as "digestHour", digest_weekday as "digestWeekday"
    from notice_rhythm
    where company_id = ${ctx.company.id} and person_id = any(${[...people, nobody]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ personId, ...rhythm }) => [personId === nobody ? 'company' : personId, rhythm]))
}

export async function writeRhythm({ tx, ctx }: Step, whose: Whose, rhythm: NoticeRhythm | null): Promise<void> {
  const company = ctx.company.id
  const person = whose === 'company' ? nobody : whose
  await sql`delete from notice_rhythm where company_id = ${company} and person_id = ${person}`.execute(tx)
  if (rhythm === null) return
  const { quietFrom, quietTo, zone, digest, digestHour, digestWeekday } = rhythm
  await sql`
    insert into notice_rhythm (company_id, person_id, quiet_from, quiet_to, zone, digest, digest_hour, digest_weekday)
    values (${company}, ${person}, ${quietFrom}, ${quietTo}, ${zone}, ${digest}, ${digestHour}, ${digestWeekday})`.execute(
    tx,
  )
}
