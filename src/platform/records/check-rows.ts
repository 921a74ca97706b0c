import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import { isSame } from '#engine/model/is-same.ts'
import type { Day } from '#engine/calendar/day.ts'
import type { Credit, Field, ObjectType } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import { asOfNow } from '#platform/ledger/as-of-now.ts'
import { referencesOfFirsts } from '#platform/ledger/firsts.ts'
import { waitForStandstill } from '#platform/ledger/standstill.ts'
import { firstDayValued } from '#platform/ledger/valued.ts'
import type { Draft } from './draft.ts'
import { rowFaults } from './errors.ts'
import { orgView } from './reach.ts'
import { holdersOf } from './record-store.ts'
import { scopeOf } from './sight.ts'

/**
 * Every reference that a draft sets must lead to a living record in the actor's reach. One query per field, which also
 * locks what the ledger needs locked.
 */
export async function checkReferences(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  const locked = referencesOfFirsts(step.ctx.company.metrics.sourcesOf(object.key))
  for (const field of object.fields) {
    if (!isPointing(field) || !field.to) continue
    // What a room's rule took over from another record was in reach there.
    const asked = changedIn(field, drafts).filter(({ given }) => field.key in given)
    if (asked.length === 0) continue
    const target = step.ctx.company.wholeCatalogue.get(field.to)
    const ids = [...new Set(asked.flatMap((draft) => idsIn(draft, field)))]
    const { rows } = await sql<{ id: string }>`
      select t.id from ${sql.table(target.table)} t
      where t.company_id = ${step.ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
        ${target.custom ? sql`and t.object = ${target.key}` : sql``} and ${await scopeOf(step.ctx, target)}
      order by t.id for ${locked.includes(field.key) ? sql`no key update` : sql`key share`} of t`.execute(step.tx)
    const found = new Set<unknown>(rows.map((row) => row.id))
    const inBatch = target.key === object.key ? new Set<unknown>(drafts.map((draft) => draft.id)) : new Set<unknown>()
    for (const draft of asked) {
      // A record that refers to itself could never be deleted: it would always be in use.
      if (idsIn(draft, field).includes(draft.id)) draft.faults.push(fault(field.key, 'itself'))
      const isKnown = idsIn(draft, field).every((id) => found.has(id) || inBatch.has(id))
      if (!isKnown) draft.faults.push(fault(field.key, 'missing'))
    }
  }
}

const isPointing = ({ type }: Field): boolean => type === 'reference' || type === 'multi_reference'

function idsIn({ values }: Draft, { key }: Field): readonly unknown[] {
  const value = values[key]
  return Array.isArray(value) ? (value as readonly unknown[]) : [value]
}

/** Owners and credited people must be people of the company, also those who left; who sees only a part may give only within that part. */
export async function checkOwners(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  const asked = object.fields.flatMap((field) => namedPeople(field, drafts))
  const orphans = object.fields.some((field) => field.type === 'owner') ? drafts.filter(losesOwner) : []
  if (asked.length + orphans.length === 0) return
  const ids = [...new Set(asked.map(({ person }) => person))]
  const { rows } = await sql<{ id: string }>`
    select id from person where company_id = ${step.ctx.company.id} and id = any(${ids}::uuid[])`.execute(step.tx)
  const reach = await orgView().reach(step.ctx)
  const reachable = reach === 'everything' ? undefined : new Set(reach)
  const found = new Set(rows.map((row) => row.id).filter((id) => reachable?.has(id) ?? true))
  for (const { draft, field, person } of asked) {
    if (!found.has(person)) draft.faults.push(fault(field.key, 'person'))
  }
  if (reachable) for (const draft of orphans) draft.faults.push(fault('ownerId', 'nobody'))
}

/** A record of nobody would be out of reach for whoever sees only a part. */
function losesOwner({ before, values }: Draft): boolean {
  return (values['ownerId'] ?? null) === null && (before === null || (before.values['ownerId'] ?? null) !== null)
}

function namedPeople(field: Field, drafts: readonly Draft[]) {
  if (field.type === 'owner') {
    return changedIn(field, drafts).map((draft) => ({ draft, field, person: String(draft.values[field.key]) }))
  }
  if (field.type !== 'credits') return []
  return changedIn(field, drafts).flatMap((draft) =>
    (draft.values[field.key] as readonly Credit[]).map(({ person }) => ({ draft, field, person })),
  )
}

/** The drafts that set a field to something that it was not before. */
function changedIn(field: Field, drafts: readonly Draft[]): readonly Draft[] {
  return drafts.filter(({ values, before }) => {
    const value = values[field.key] ?? null
    return value !== null && !isSame(value, before?.values[field.key])
  })
}

/** Unique fields: within the batch and against what is stored. A race is caught by the index and told the same way. */
export async function checkUnique(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  for (const field of object.fields) {
    if (!field.unique) continue
    const asked = changedIn(field, drafts)
    if (asked.length === 0) continue
    const values = asked.map((draft) => String(draft.values[field.key]))
    const taken = await holdersOf(step, object, field, values)
    const seen = new Set<string>()
    for (const draft of asked) {
      const value = String(draft.values[field.key])
      if (taken.has(value)) draft.faults.push(fault(field.key, 'taken', { value }))
      else if (seen.has(value)) draft.faults.push(fault(field.key, 'twice', { value }))
      seen.add(value)
    }
  }
}

/**
 * Amounts in another currency need a rate on the day that values them; a day not known yet is taken as today. Until
 * the step ends nobody takes the rate away.
 */
export async function checkCurrencies(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  if (!object.fields.some((field) => field.key === 'currency')) return
  const base = step.ctx.company.currency
  const foreign = drafts.filter(({ values }) => typeof values['currency'] === 'string' && values['currency'] !== base)
  if (foreign.length === 0) return
  const { ctx } = await asOfNow(step, await waitForStandstill(step))
  const { rows } = await sql<{ currency: string; from_day: string }>`
    select currency, min(from_day) as from_day from exchange_rate
    where company_id = ${step.ctx.company.id} group by currency`.execute(step.tx)
  const first = new Map(rows.map((row) => [row.currency, row.from_day]))
  const created = await daysCreated(step, object, foreign)
  for (const draft of foreign) {
    const currency = String(draft.values['currency'])
    const day = firstDayValued(ctx, object.key, draft.values, created.get(draft.id) ?? ctx.today)
    const from = first.get(currency)
    if (from === undefined || from > day) draft.faults.push(fault('currency', 'rate', { currency, day }))
  }
}

async function daysCreated(
  step: Step,
  object: ObjectType,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, Day>> {
  const ids = drafts.filter(({ before }) => before).map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const { id: company, zone } = step.ctx.company
  const { rows } = await sql<{ id: string; day: Day }>`
    select id, (created_at at time zone ${zone})::date as day from ${sql.table(object.table)}
    where company_id = ${company} and id = any(${ids}::uuid[])`.execute(step.tx)
  return new Map(rows.map(({ id, day }) => [id, day]))
}

function fault(field: string, code: keyof typeof rowFaults, params?: FieldFault['params']): FieldFault {
  return { field, code, label: rowFaults[code], ...(params ? { params } : {}) }
}
