import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import type { peopleRoute, PersonReply } from '../contract.ts'
import { mayAct } from '#platform/records/scope.ts'
import { managePeople } from '../permissions.ts'
import { openDay } from '../span.ts'
import { assignmentsOf } from './assignment-store.ts'
import { findPeople, personOf } from './person-store.ts'
import { scopeOf } from './reach.ts'
import { structures, type Structure } from './structure-store.ts'
import { headedBy } from './unit-store.ts'

type Query = z.output<NonNullable<typeof peopleRoute.query>>

/** A page of people by name: the picker's list and the directory. */
export async function listPeople(ctx: Ctx, query: Query) {
  const found = await inView(ctx, (tx) =>
    findPeople(tx, {
      search: query.search || undefined,
      unit: query.unit,
      role: query.role,
      inactive: query.inactive === 'true',
      limit: query.limit + 1,
      after: readCursor(query.after),
      today: ctx.today,
      withContacts: managesPeople(ctx),
    }),
  )
  const people = found.slice(0, query.limit)
  const last = people.at(-1)
  const after = found.length > query.limit && last ? writeCursor([last.name, last.id]) : null
  return { people: [...people], after }
}

/** A person with the history of assignments; contacts only for whom they concern. */
export async function showPerson(ctx: Ctx, id: string): Promise<PersonReply> {
  const reach = await scopeOf(ctx)
  return inView(ctx, async (tx) => {
    const person = await personOf(tx, id)
    const seesContacts = managesPeople(ctx) || reach === 'everything' || reach.includes(id)
    const { name, employeeNo, role, isActive, version } = person
    return {
      id,
      name,
      employeeNo,
      role,
      isActive,
      version,
      email: seesContacts ? person.email : null,
      phone: seesContacts ? person.phone : null,
      canSignIn: isActive && person.loginId !== null,
      heads: [...(await headedBy(tx, id, ctx.today))],
      assignments: await historyOf(tx, id),
    }
  })
}

async function historyOf(tx: Tx, personId: string): Promise<PersonReply['assignments']> {
  const assignments = await assignmentsOf(tx, personId)
  const others = new Map((await structures(tx)).filter((one) => !one.isDefault).map((one) => [one.id, one]))
  const names = await unitNames(
    tx,
    assignments.map((one) => one.unitId),
  )
  return assignments.map(({ id, unitId, structureId, position, repTier, share, isMain, from, to }) => ({
    id,
    unitId,
    unitName: names.get(unitId) ?? '',
    structure: structureName(others.get(structureId)),
    position,
    repTier,
    share: String(Number(share)),
    isMain,
    from: openDay(from),
    to: openDay(to),
  }))
}

const structureName = (one: Structure | undefined) => (one ? { zh: one.nameZh, en: one.nameEn } : null)

async function unitNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from unit where id = any(${ids}::uuid[])
  `.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Whoever manages people sees how to reach them. */
const managesPeople = (ctx: Ctx): boolean => mayAct(ctx, managePeople)

function writeCursor(place: readonly [string, string]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** A cursor that cannot be read begins at the start. */
function readCursor(text: string | undefined): readonly [string, string] | undefined {
  if (!text) return undefined
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(place)) return undefined
    const [name, id]: unknown[] = place
    return typeof name === 'string' && isId(id) ? [name, id] : undefined
  } catch {
    return undefined
  }
}
