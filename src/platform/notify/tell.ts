import { sql } from 'kysely'
import type { LabelParams } from '#base/label.ts'
import type { NoticeRhythm, NoticeWays } from '#engine/contract/notices.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step } from '#platform/db/step.ts'
import { asPerson, type Person } from '#platform/db/system.ts'
import { findRecord } from '#platform/records/read.ts'
import { sightOf } from '#platform/records/sight.ts'
import { may } from '#platform/records/scope.ts'
import { rhythmsOf, waysOfKind } from './choice-store.ts'
import { mayBeTold, noticeKind, standardWays, type NoticeKind } from './kinds.ts'
import { putLetters } from './letter-store.ts'
import { insertNotices } from './notice-store.ts'
import { afterQuiet, nextDigest, standardRhythm } from './rhythm.ts'

/** What is to be told, and to whom. */
export interface Telling {
  /** Key of a registered kind. */
  readonly kind: string
  readonly to: readonly string[]
  /** The same kind and key told again is the same notice, which only counts for more. */
  readonly key: string
  readonly params?: LabelParams
  /** The record, or the kind of records, that it is about. */
  readonly about?: { readonly object: string; readonly recordId?: string }
  /** Who caused it, and is not told; nobody unless named. */
  readonly actorId?: string | null
  readonly count?: number
}

/** People who asked to be told in group chats, and what of. */
export interface GroupTelling extends Telling {
  readonly people: readonly { readonly id: string; readonly name: string }[]
}

type TellGroups = (step: Step, telling: GroupTelling) => Promise<void>
let tellGroups: TellGroups | undefined

/** Called once by those who speak in group chats. */
export function onGroupTelling(tell: TellGroups): void {
  tellGroups = tell
}

/**
 * Tells people something by the ways that they chose, in the transaction of the step: those who work here, hold the
 * permission of the kind and see the record it is about. For handlers of events and jobs: it asks with the rights of
 * each, beside the transaction.
 */
export async function notify(step: Step, telling: Telling): Promise<void> {
  const kind = noticeKind(telling.kind)
  if (!kind) throw new Error(`no notice is registered as ${telling.kind}`)
  const { actorId = null } = telling
  const asked = [...new Set(telling.to)].filter((id) => id !== actorId)
  const people = await thoseWhoMay(step, kind, telling, asked)
  if (people.length === 0) return
  const ids = people.map(({ id }) => id)
  const chosen = await waysOfKind(step.tx, step.ctx, kind.key, ids)
  const waysFor = (id: string): NoticeWays => chosen.get(id) ?? chosen.get('company') ?? standardWays(kind)
  const told = people.map(({ id, name }) => ({ id, name, ways: waysFor(id) }))

  const withNotice = told.filter(({ ways }) => ways.inApp || kind.isUrgent || ways.mail !== 'off')
  const made = await insertNotices(
    step,
    withNotice.map(({ id, ways }) => ({ id, inApp: ways.inApp || kind.isUrgent === true })),
    { ...noticeOf(telling), actorId, kind: kind.key },
  )
  const waysById = new Map(told.map(({ id, ways }) => [id, ways]))
  const posted = made.filter(({ personId }) => (waysById.get(personId)?.mail ?? 'off') !== 'off')
  const rhythms = await rhythmsOf(step.tx, step.ctx, ids)
  const rhythmFor = (id: string) => rhythms.get(id) ?? rhythms.get('company') ?? standardRhythm
  await putLetters(
    step,
    posted.map(({ id, personId }) => {
      const isDigest = waysById.get(personId)?.mail === 'digest' && !kind.isUrgent
      return { noticeId: id, personId, isDigest, dueAt: dueFor(step.ctx, kind, rhythmFor(personId), isDigest) }
    }),
  )
  const inGroup = told.filter(({ ways }) => ways.robot)
  if (inGroup.length > 0 && kind.saysInGroup) await tellGroups?.(step, { ...telling, people: inGroup })
}

function noticeOf({ key, params = {}, about, count = 1 }: Telling) {
  return { key, params, object: about?.object ?? null, recordId: about?.recordId ?? null, count }
}

function dueFor({ company, now }: Ctx, kind: NoticeKind, rhythm: NoticeRhythm, isDigest: boolean): Date {
  if (kind.isUrgent) return now
  return isDigest ? nextDigest(rhythm, company.zone, now) : afterQuiet(rhythm, company.zone, now)
}

/** When group chats of the company may be told what they would be told now. */
export async function quietEndOf({ tx, ctx }: Step): Promise<Date> {
  const rhythms = await rhythmsOf(tx, ctx, [])
  return afterQuiet(rhythms.get('company') ?? standardRhythm, ctx.company.zone, ctx.now)
}

/** Of these people those who work here and, with their rights of now, may know of it. */
async function thoseWhoMay(
  { tx, ctx }: Step,
  kind: NoticeKind,
  { about }: Telling,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<Person>`
    select id, name, role, login_id as "loginId" from person
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[]) and is_active order by id`.execute(tx)
  if (kind.permission === undefined && !about) return rows
  const allowed = []
  for (const person of rows) {
    const theirs = asPerson(ctx, person)
    if (!mayBeTold(theirs, kind)) continue
    if (about) {
      const object = theirs.company.catalogue.find(about.object)
      if (!object || !may(theirs, object, 'read')) continue
      await sightOf(theirs)
      if (about.recordId !== undefined && !(await findRecord(tx, theirs, object, about.recordId))) continue
    }
    allowed.push(person)
  }
  return allowed
}

/** Everybody who works here and holds a permission: whom to tell what only they can mend. */
export async function holdersOf({ tx, ctx }: Pick<Step, 'tx' | 'ctx'>, permission: string): Promise<readonly string[]> {
  const { rows } = await sql<Person>`
    select id, name, role, login_id as "loginId" from person
    where company_id = ${ctx.company.id} and is_active order by id`.execute(tx)
  return rows.filter((person) => mayBeTold(asPerson(ctx, person), { permission })).map(({ id }) => id)
}
