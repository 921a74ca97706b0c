import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { columnOf, isList } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { Stored } from '#platform/records/draft.ts'
import { loadStored } from '#platform/records/record-store.ts'
import { saveMany } from '#platform/records/save.ts'
import { mergeErrors } from './errors.ts'
import type { MovedCount } from './merge-store.ts'

const portion = 500

/** From where to where references are moved. */
export interface Moving {
  readonly object: ObjectType
  readonly winnerId: string
  readonly loserIds: readonly string[]
}

/** The living records of one object that refer to others, and by which fields they may. */
interface Referrers {
  readonly child: ObjectType
  readonly fields: readonly Field[]
  readonly ids: readonly string[]
}

/**
 * Lets everything that refers to the losers refer to the winner, through the one way in. The step sees all records: what
 * hangs on a record must not hang on nothing because whoever merges does not see it. Throws MERGE_HELD naming a record
 * that a rule of its room holds back.
 */
export async function moveReferences(step: Step, moving: Moving): Promise<readonly MovedCount[]> {
  const moved: MovedCount[] = []
  for (const { child, fields, ids } of await referrersOf(step.tx, step.ctx.company.catalogue.all(), moving)) {
    for (let at = 0; at < ids.length; at += portion) {
      const stored = await loadStored(step, child, ids.slice(at, at + portion))
      await movePortion(step, child, [...stored.values()], { fields, moving })
    }
    moved.push({ object: child.key, count: ids.length })
  }
  return moved
}

/** How many living records of each object refer to each of these records. */
export async function countReferrers(
  tx: Tx,
  objects: readonly ObjectType[],
  object: ObjectType,
  id: string,
): Promise<readonly MovedCount[]> {
  const referrers = await referrersOf(tx, objects, { object, winnerId: id, loserIds: [id] })
  return referrers.map(({ child, ids }) => ({ object: child.key, count: ids.length }))
}

async function referrersOf(tx: Tx, objects: readonly ObjectType[], moving: Moving): Promise<readonly Referrers[]> {
  const { object, loserIds } = moving
  const found: Referrers[] = []
  for (const child of objects) {
    const fields = child.fields.filter(({ to }) => to === object.key)
    if (fields.length === 0) continue
    const parts = fields.map((field) => pointingSql(child, field, loserIds))
    const { rows } = await sql<{ id: string }>`
      select distinct id from (${sql.join(parts, sql` union all `)}) r order by id`.execute(tx)
    const gone = new Set(child.key === object.key ? loserIds : [])
    const ids = rows.map((row) => row.id).filter((id) => !gone.has(id))
    if (ids.length > 0) found.push({ child, fields, ids })
  }
  return found
}

/** Fields that the company added stand in a table of their own. */
function pointingSql(child: ObjectType, field: Field, ids: readonly string[]) {
  if (field.custom) {
    return sql`select record_id as id from field_value
      where company_id = current_company() and field_id = ${field.custom.id} and id_value = any(${ids}::uuid[])`
  }
  return sql`select id from ${sql.table(child.table)}
    where company_id = current_company() and ${sql.id(columnOf(field))} = any(${ids}::uuid[]) and deleted_at is null`
}

async function movePortion(
  step: Step,
  child: ObjectType,
  stored: readonly Stored[],
  { fields, moving }: { readonly fields: readonly Field[]; readonly moving: Moving },
): Promise<void> {
  const rows = stored.map(({ id, values }) => ({ id, values: movedValues(id, values, fields, moving) }))
  const results = await saveMany(step, child, rows, { system: true })
  const held = results.findIndex(({ ok }) => !ok)
  const result = results[held]
  if (!result || result.ok) return
  const { zh, en } = child.label
  const title = String(stored[held]?.values[child.title] ?? inWords(child.label, step.ctx.language))
  throw mergeErrors.MERGE_HELD({ title, object: zh, objectEn: en }, result.faults)
}

function movedValues(
  id: string,
  values: RecordValues,
  fields: readonly Field[],
  { winnerId, loserIds }: Moving,
): RecordValues {
  const follow = (value: unknown) => (typeof value === 'string' && loserIds.includes(value) ? winnerId : value)
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = values[field.key] ?? null
      if (value === null) return []
      if (!isList(field)) {
        // What was above the winner is the winner now: nothing stands above itself.
        const next = follow(value)
        return [[field.key, next === id ? null : next] as const]
      }
      const next = new Set((value as readonly unknown[]).map(follow))
      next.delete(id)
      return [[field.key, next.size > 0 ? [...next] : null] as const]
    }),
  )
}
