import { sql } from 'kysely'
import type { Language } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { allDueOn } from '#platform/lanes/index.ts'

export const letterLane = 'letter'

interface NewLetter {
  readonly noticeId: string
  readonly personId: string
  readonly isDigest: boolean
  readonly dueAt: Date
}

/** Letters about notices that wait for their hour, one lane for each reader. */
export async function putLetters(step: Step, letters: readonly NewLetter[]): Promise<void> {
  if (letters.length === 0) return
  const { tx, ctx } = step
  await sql`
    insert into notice_letter (company_id, notice_id, person_id, is_digest, due_at)
    select ${ctx.company.id}, l."noticeId", l."personId", l."isDigest", l."dueAt"
    from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb)
      as l("noticeId" uuid, "personId" uuid, "isDigest" boolean, "dueAt" timestamptz)
    on conflict do nothing`.execute(tx)
  const due = letters.map(({ personId, dueAt }) => ({ id: personId, at: dueAt }))
  await allDueOn(step, letterLane, due)
}

/** Notices whose letters to a person are due. */
export async function dueLetters(tx: Tx, ctx: Ctx, personId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ noticeId: string }>`
    select notice_id as "noticeId" from notice_letter
    where company_id = ${ctx.company.id} and person_id = ${personId} and due_at <= ${ctx.now}`.execute(tx)
  return rows.map(({ noticeId }) => noticeId)
}

export async function dropLetters({ tx, ctx }: Step, noticeIds: readonly string[]): Promise<void> {
  await sql`
    delete from notice_letter where company_id = ${ctx.company.id} and notice_id = any(${noticeIds}::uuid[])`.execute(
    tx,
  )
}

export async function nextLetterAt(tx: Tx, ctx: Ctx, personId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(due_at) as at from notice_letter
    where company_id = ${ctx.company.id} and person_id = ${personId}`.execute(tx)
  return rows[0]?.at ?? null
}

/** Where letters to a person go; null: nowhere. */
export async function mailAddressOf(tx: Tx, ctx: Ctx, personId: string | null): Promise<string | null> {
  const { rows } = await sql<{ email: string | null }>`
    select coalesce(p.email, l.email) as email from person p left join login l on l.id = p.login_id
    where p.company_id = ${ctx.company.id} and p.id = ${personId}`.execute(tx)
  return rows[0]?.email ?? null
}

/** The language that a person reads. */
export async function languageOfPerson(tx: Tx, ctx: Ctx, personId: string): Promise<Language> {
  const { rows } = await sql<{ language: Language | null }>`
    select language from person where company_id = ${ctx.company.id} and id = ${personId}`.execute(tx)
  return rows[0]?.language ?? ctx.company.language
}
