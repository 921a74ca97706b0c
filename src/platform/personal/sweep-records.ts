import { sql } from 'kysely'
import type { Field, FieldType, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { storedSql } from '#engine/query/source.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { loadWhole } from '#platform/records/record-store.ts'
import { rewriteRecords } from '#platform/records/rewrite.ts'
import { holdsAny, withoutAny } from './identifiers.ts'
import { ofObject, type Subject } from './subject.ts'

/** Where people write freely. A phone number of another record stays its own, even if it is the same. */
const freeTexts: ReadonlySet<FieldType> = new Set(['text', 'long_text', 'rich_text', 'address', 'tags'])

/** Records per transaction. */
const portionSize = 200

/**
 * Takes what tells the person apart out of the texts of other records: numbers everywhere, names in what is connected
 * with the person. Answers in how many records.
 */
export async function sweepRecords(ctx: Ctx, subject: Subject, mark: string, operationId: string): Promise<number> {
  let swept = 0
  for (const object of ctx.company.wholeCatalogue.all()) {
    const ids = await recordsHolding(ctx, subject, object)
    for (let at = 0; at < ids.length; at += portionSize) {
      const some = ids.slice(at, at + portionSize)
      swept += await inStep(ctx, (step) => sweepPortion(step, subject, object, some, mark), {
        kind: 'personal.erase',
        operationId,
      })
    }
  }
  return swept
}

async function sweepPortion(
  step: Step,
  subject: Subject,
  object: ObjectType,
  ids: readonly string[],
  mark: string,
): Promise<number> {
  const stored = await loadWhole(step, object, ids)
  const connected = new Set(subject.connected.get(object.key))
  const rewrites = [...stored.values()].flatMap(({ id, values }) => {
    const changed = changedTexts(values, textsOf(object), wantedOf(subject, connected.has(id)), mark)
    return Object.keys(changed).length > 0 ? [{ id, values: changed }] : []
  })
  await rewriteRecords(step, object, rewrites)
  for (const { id, values } of rewrites) {
    const after = { fields: Object.keys(values) }
    step.audit({ object: object.key, recordId: id, action: 'erased', before: null, after })
  }
  return rewrites.length
}

function textsOf(object: ObjectType): readonly Field[] {
  return object.fields.filter((field) => freeTexts.has(field.type) && !field.readOnly && !field.unique)
}

/** How many records of others hold something of the person. */
export async function countRecords(ctx: Ctx, subject: Subject): Promise<number> {
  let count = 0
  for (const object of ctx.company.wholeCatalogue.all()) {
    count += (await recordsHolding(ctx, subject, object)).length
  }
  return count
}

function wantedOf({ identifiers: { numbers, names } }: Subject, isConnected: boolean): readonly string[] {
  return isConnected ? [...numbers, ...names] : numbers
}

function changedTexts(
  values: RecordValues,
  fields: readonly Field[],
  wanted: readonly string[],
  mark: string,
): RecordValues {
  return Object.fromEntries(
    fields.flatMap(({ key }): (readonly [string, unknown])[] => {
      const value = values[key]
      if (typeof value === 'string' && holdsAny(value, wanted)) return [[key, withoutAny(value, wanted, mark)]]
      const isList = Array.isArray(value) && value.some((one) => holdsAny(String(one), wanted))
      return isList ? [[key, value.map((one) => withoutAny(String(one), wanted, mark))]] : []
    }),
  )
}

async function recordsHolding(
  ctx: Ctx,
  { object: own, ids, identifiers, connected }: Subject,
  object: ObjectType,
): Promise<readonly string[]> {
  const fields = textsOf(object)
  if (fields.length === 0) return []
  const holds = (wanted: readonly string[]): Sql =>
    wanted.length === 0
      ? sql`false`
      : sql`(${sql.join(
          fields.flatMap((field) => wanted.map((one) => sql`position(${one} in ${storedSql(field, 't')}::text) > 0`)),
          sql` or `,
        )})`
  const { rows } = await inView(ctx, (tx) =>
    sql<{ id: string }>`
      select t.id from ${sql.table(object.table)} t
      where t.company_id = ${ctx.company.id} ${ofObject(object)}
        and not (${own.key === object.key} and t.id = any(${ids}::uuid[]))
        and (${holds(identifiers.numbers)}
          or (t.id = any(${connected.get(object.key) ?? []}::uuid[]) and ${holds(identifiers.names)}))
      order by t.id`.execute(tx),
  )
  return rows.map((row) => row.id)
}
