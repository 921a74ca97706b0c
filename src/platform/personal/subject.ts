import { sql } from 'kysely'
import { isCustomValue } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { storedSql } from '#engine/query/source.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { loadWhole } from '#platform/records/record-store.ts'
import { identifiersIn, type Identifiers } from './identifiers.ts'

/** Records by object. */
export type Places = ReadonlyMap<string, readonly string[]>

/** A natural person as records know her: her record, those that became part of it, and what is connected with them. */
export interface Subject {
  readonly object: ObjectType
  readonly ids: readonly string[]
  readonly identifiers: Identifiers
  /** What refers to her, what she belongs to, and what refers to that. Her own records are among them. */
  readonly connected: Places
}

/** The records of the person, locked; undefined if there is none. */
export async function subjectOf(step: Step, object: ObjectType, id: string): Promise<Subject | undefined> {
  const { ctx, tx } = step
  const ids = await withMerged(tx, ctx, object.key, id)
  const stored = await loadWhole(step, object, ids)
  if (!stored.has(id)) return undefined
  const values = [...stored.values()].map((one) => one.values)
  const identifiers = identifiersIn(object, [...values, ...(await valuesOfHistory(tx, ctx, object, ids))])
  const connected = await connectedWith(tx, ctx, object, ids, values)
  return { object, ids, identifiers, connected }
}

/** The record and all that became part of it, or of those. */
async function withMerged(tx: Tx, ctx: Ctx, object: string, id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive part as (
      select ${id}::uuid as id
      union
      select l.record_id from part p
      join record_merge m on m.company_id = ${ctx.company.id} and m.object = ${object} and m.winner_id = p.id
        and m.undone_at is null
      join record_merge_loser l on l.company_id = m.company_id and l.merge_id = m.id and l.object = ${object}
    )
    select id from part`.execute(tx)
  return rows.map((row) => row.id)
}

async function valuesOfHistory(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  ids: readonly string[],
): Promise<readonly RecordValues[]> {
  const { rows } = await sql<{ before: RecordValues | null; after: RecordValues | null }>`
    select before, after from audit_entry
    where company_id = ${ctx.company.id} and object = ${object.key} and record_id = any(${ids}::uuid[])`.execute(tx)
  return rows.flatMap(({ before, after }) => [before ?? {}, after ?? {}])
}

async function connectedWith(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  ids: readonly string[],
  values: readonly RecordValues[],
): Promise<Places> {
  const places = new Map<string, Set<string>>([[object.key, new Set(ids)]])
  const add = (key: string, more: readonly string[]) => {
    places.set(key, new Set([...(places.get(key) ?? []), ...more]))
  }
  const centres = new Map<string, readonly string[]>([[object.key, ids]])
  for (const field of object.fields.filter(isReference)) {
    const to = field.to ?? ''
    const referred = values.flatMap((one) => [one[field.key]].flat()).filter((one) => typeof one === 'string')
    add(to, referred)
    centres.set(to, [...(centres.get(to) ?? []), ...referred])
  }
  for (const other of ctx.company.wholeCatalogue.all()) {
    for (const field of other.fields.filter(isReference)) {
      const centre = centres.get(field.to ?? '')
      // Colleagues of hers at the same customer are persons of their own.
      if (!centre || centre.length === 0 || other.key === object.key) continue
      add(other.key, await referringTo(tx, ctx, other, field, centre))
    }
  }
  return new Map([...places].map(([key, some]) => [key, [...some]]))
}

function isReference(field: Field): boolean {
  return field.type === 'reference' || field.type === 'multi_reference'
}

async function referringTo(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  field: Field,
  to: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(object.table)} t
    where t.company_id = ${ctx.company.id} ${ofObject(object)} and ${pointsAt(field, to)}`.execute(tx)
  return rows.map((row) => row.id)
}

function pointsAt(field: Field, to: readonly string[]): Sql {
  const value = storedSql(field, 't')
  if (field.type === 'multi_reference') return sql`${value} ?| ${to}::text[]`
  return isCustomValue(field)
    ? sql`t.custom ->> ${sql.lit(field.key)} = any(${to}::text[])`
    : sql`${value} = any(${to}::uuid[])`
}

export function ofObject(object: ObjectType): Sql {
  return object.custom ? sql`and t.object = ${object.key}` : sql``
}

/** All keys of places, whatever their object. */
export function idsOf(places: Places): readonly string[] {
  return [...places.values()].flat()
}
