import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { addDays } from '#engine/calendar/day.ts'
import { checkFormula } from '#engine/formula/check.ts'
import { FormulaError } from '#engine/formula/parse.ts'
import { typeInFormula } from '#engine/formula/type-of-field.ts'
import type { Field, ObjectType, ResultType } from '#engine/model/object-type.ts'
import { fieldAt } from '#engine/query/check.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { queryRecords } from '#platform/records/read.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { shapingErrors } from '../errors.ts'
import { fieldRows, objectRows, type FieldRow } from './shape-rows.ts'

/** Deleted definitions can come back for so many days; then their values are removed. */
export const daysToRestore = 30

/** Everything that can be shaped and what the company made of it, with what was deleted and can come back. */
export async function showShape(ctx: Ctx) {
  return inView(ctx, async (tx) => {
    const { wholeCatalogue: catalogue } = ctx.company
    const own = await objectRows(tx)
    const fields = await fieldRows(tx)
    return {
      objects: [
        ...standardCatalogue()
          .all()
          .map((object) => ({ ...described(object), ...standing })),
        ...own.map(({ key, definition, deleted_at }) => ({
          key,
          label: definition.label,
          labelOfMany: definition.labelOfMany,
          custom: true,
          standardFields: 2,
          ...goneSince(deleted_at),
        })),
      ],
      fields: await Promise.all(fields.map(async (row) => shownField(tx, ctx, row))),
      setups: Object.fromEntries(
        catalogue.all().map(({ key, layouts, rules, recordTypeField }) => [key, { layouts, rules, recordTypeField }]),
      ),
    }
  })
}

const standing = { deletedAt: null, purgedOn: null }

function described({ key, label, labelOfMany, fields }: ObjectType) {
  return { key, label, labelOfMany, custom: false, standardFields: fields.length }
}

function goneSince(deletedAt: Date | null) {
  return deletedAt === null
    ? standing
    : { deletedAt, purgedOn: addDays(deletedAt.toISOString().slice(0, 10), daysToRestore) }
}

async function shownField(tx: Tx, ctx: Ctx, row: FieldRow) {
  const { id, object, key, definition, index_state, indexed_count, deleted_at } = row
  return {
    id,
    object,
    key,
    definition: definition as { label: typeof definition.label; type: Exclude<Field['type'], 'credits'> },
    indexState: index_state,
    indexProgress: index_state === 'building' ? await shareIndexed(tx, ctx, object, Number(indexed_count)) : null,
    ...goneSince(deleted_at),
  }
}

async function shareIndexed(tx: Tx, ctx: Ctx, key: string, done: number): Promise<number> {
  const object = ctx.company.wholeCatalogue.find(key)
  if (!object) return 0
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from ${sql.table(object.table)}
    where company_id = ${ctx.company.id} and deleted_at is null
      ${object.custom ? sql`and object = ${object.key}` : sql``}`.execute(tx)
  return Math.min(done / Math.max(Number(rows[0]?.count ?? 0), 1), 1)
}

/** Checks a formula while it is written, and works it out for the five newest records. */
export async function tryFormula(
  ctx: Ctx,
  key: string,
  formula: { readonly expression: string; readonly result: ResultType },
) {
  const object = ctx.company.wholeCatalogue.find(key)
  if (!object) throw shapingErrors.SHAPE_OBJECT_NOT_FOUND()
  const wanted = typeInFormula({ key: '', label: object.label, type: 'formula', formula })
  try {
    if (wanted) {
      checkFormula(
        formula.expression,
        (path) => {
          const field = fieldAt(path, object, ctx.company.wholeCatalogue)
          return field && typeInFormula(field)
        },
        wanted,
      )
    }
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    return { fault: { message: inWords(error.fault.label, ctx.language, error.fault.params) }, samples: [] }
  }
  return { fault: null, samples: await samplesOf(ctx, object, formula) }
}

const tried = 'tried__c'

/** The same way by which a kept formula is read: the object with one more field. */
async function samplesOf(ctx: Ctx, object: ObjectType, formula: NonNullable<Field['formula']>) {
  const field: Field = {
    key: tried,
    label: object.label,
    type: 'formula',
    formula,
    custom: { id: '', indexed: false },
  }
  const shaped = { ...object, fields: [...object.fields, field] }
  const { wholeCatalogue: catalogue } = ctx.company
  const withField = {
    all: () => catalogue.all().map((one) => (one.key === object.key ? shaped : one)),
    find: (key: string) => (key === object.key ? shaped : catalogue.find(key)),
    get: (key: string) => (key === object.key ? shaped : catalogue.get(key)),
  }
  const trying = { ...ctx, company: { ...ctx.company, catalogue: withField, wholeCatalogue: withField } }
  const { rows } = await queryRecords(trying, object.key, { fields: [object.title, tried], limit: 5 })
  return rows.map((row) => ({ id: row.id, title: String(row[object.title] ?? ''), value: row[tried] ?? null }))
}
