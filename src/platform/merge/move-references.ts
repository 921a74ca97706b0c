import { sql } from 'kysely'
import { columnOf, isList } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { Stored } from '#platform/records/draft.ts'
import { loadStored } from '#platform/records/record-store.ts'
import { saveMany } from '#platform/records/save.ts'
import { titlesById } from '#platform/records/titles.ts'
import { mergeErrors, mostMoved } from './errors.ts'
import type { MovedCount } from './merge-store.ts'

const portion = 500

/** From where to where references are moved. */
export interface Moving {
  readonly object: ObjectType
  readonly winnerId: string
  readonly loserIds: readonly string[]
  /** The person who merges: what refuses it is told as far as they may know it. */
  readonly teller: Ctx
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
 * that a rule of its room holds back, MERGE_TOO_LARGE where there are too many.
 */
export async function moveReferences(step: Step, moving: Moving): Promise<readonly MovedCount[]> {
  const moved: MovedCount[] = []
  const referrers = await referrersOf(step.tx, step.ctx.company.catalogue.all(), moving)
  for (const { child, fields, ids } of referrers) {
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
  const found: MovedCount[] = []
  for (const child of objects) {
    const pointing = pointingTo(child, object, [id])
    if (!pointing) continue
    const { rows } = await sql<{ count: string }>`select count(*) from (${pointing.ids}) r`.execute(tx)
    const count = Number(rows[0]?.count ?? 0)
    if (count > 0) found.push({ object: child.key, count })
  }
  return found
}

async function referrersOf(
  tx: Tx,
  objects: readonly ObjectType[],
  { object, loserIds }: Moving,
): Promise<readonly Referrers[]> {
  const found: Referrers[] = []
  let left = mostMoved
  for (const child of objects) {
    const pointing = pointingTo(child, object, loserIds)
    if (!pointing) continue
    const { rows } = await sql<{ id: string }>`${pointing.ids} order by id limit ${left + 1}`.execute(tx)
    if (rows.length > left) throw mergeErrors.MERGE_TOO_LARGE({ most: mostMoved })
    left -= rows.length
    if (rows.length > 0) found.push({ child, fields: pointing.fields, ids: rows.map(({ id }) => id) })
  }
  return found
}

/** The living records of an object that refer to these, which are not among them; undefined: none can. */
function pointingTo(child: ObjectType, object: ObjectType, ids: readonly string[]) {
  const fields = child.fields.filter(({ to }) => to === object.key)
  if (fields.length === 0) return undefined
  const parts = fields.map((field) => pointingSql(child, field, ids))
  const others = child.key === object.key ? sql`where id <> all(${ids}::uuid[])` : sql``
  return { fields, ids: sql`select distinct id from (${sql.join(parts, sql` union all `)}) r ${others}` }
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
  const named = { object: child.label.zh, objectEn: child.label.en }
  const id = stored[held]?.id ?? ''
  const title = (await titlesById(step.tx, moving.teller, child, [id])).get(id)
  // What the rule says about it would tell of its values, too.
  if (title === undefined) throw mergeErrors.MERGE_HELD_UNSEEN(named)
  throw mergeErrors.MERGE_HELD({ title, ...named }, result.faults)
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
