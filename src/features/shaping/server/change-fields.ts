import { isDeepStrictEqual } from 'node:util'
import type { FieldFault } from '#base/errors.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { systemFields } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import { isIndexed, isSearched, type CustomFieldDefinition } from '#engine/model/shape.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'
import { enqueueJob } from '#platform/jobs/jobs.ts'
import { askToIndex } from '#platform/search/index.ts'
import type { FieldDraft } from '../contract.ts'
import { freeKey, toDefinition } from '../definition.ts'
import { shapingErrors } from '../errors.ts'
import { changeShape } from './change-shape.ts'
import { refuseKey } from './change-objects.ts'
import { refuseName } from './refuse-name.ts'
import { joinLayouts } from './change-layouts.ts'
import { fieldRows, insertField, repeatedValues, setGone, writeField, type FieldRow } from './shape-rows.ts'

export const indexJob = 'shape.index'

const words = {
  type: { zh: '字段类型不能修改；请新建字段', en: 'The type of a field stays; add another field instead' },
  repeated: {
    zh: '这些值重复出现，不能要求唯一：{values}',
    en: 'It cannot be unique while these stand twice: {values}',
  },
} as const

interface KeptField {
  readonly id: string
  readonly key: string
}

/** Adds a field to an object; it is at once in forms, lists, filters, import, export and the API. */
export async function createField(
  ctx: Ctx,
  object: string,
  { key: wanted, definition: draft }: { readonly key?: string | undefined; readonly definition: FieldDraft },
): Promise<KeptField> {
  if (!ctx.company.wholeCatalogue.find(object)) throw shapingErrors.SHAPE_OBJECT_NOT_FOUND()
  const id = newId()
  const definition = toDefinition(draft)
  return changeShape(ctx, { at: object, kind: 'field.create' }, async (step, catalogue) => {
    refuseName(definition.label, othersOf(catalogue, { object }))
    const taken = new Set((await fieldRows(step.tx)).filter((row) => row.object === object).map((row) => row.key))
    const key = wanted ?? freeKey(definition.label, 'field', taken)
    refuseKey(key, taken)
    // No record has a value yet, so the index of a new field is complete.
    await insertField(step, { id, object, key, definition, index_state: isIndexed(definition) ? 'ready' : 'none' })
    await joinLayouts(step, object, key)
    step.audit({
      object: 'custom_field',
      recordId: id,
      action: 'created',
      before: null,
      after: { object, key, ...definition },
    })
    return { id, key }
  })
}

/** Renames a field, changes its choices, bounds, formula …; its key and type stay. */
export async function changeField(ctx: Ctx, id: string, draft: FieldDraft): Promise<KeptField> {
  const known = fieldOfCatalogue(ctx, id)
  return changeShape(ctx, { at: known ?? id, kind: 'field.change' }, async (step, catalogue) => {
    const row = await fieldNamed(step, id, { isGone: false })
    const definition = toDefinition(draft, row.definition)
    if (definition.type !== row.definition.type) throw refused({ field: 'type', code: 'type', label: words.type })
    const isRenamed = !isDeepStrictEqual(definition.label, row.definition.label)
    if (isRenamed) refuseName(definition.label, othersOf(catalogue, row))
    if (definition.unique && !row.definition.unique) await refuseRepeated(step, row)
    await writeField(step, id, definition, await indexStateOf(step, row, definition))
    step.audit({ object: 'custom_field', recordId: id, action: 'updated', before: row.definition, after: definition })
    return { id, key: row.key }
  })
}

/** Its values stay for 30 days. */
export async function deleteField(ctx: Ctx, id: string): Promise<void> {
  await changeShape(ctx, { at: fieldOfCatalogue(ctx, id) ?? id, kind: 'field.delete' }, async (step) => {
    const row = await fieldNamed(step, id, { isGone: false })
    await setGone(step, 'custom_field', id, true)
    if (isSearched(row.definition)) await askToIndex(step)
    step.audit({ object: 'custom_field', recordId: id, action: 'deleted', before: row.definition, after: null })
  })
}

/** Brings a field back with its values; its index is built again, because saves passed it by meanwhile. */
export async function restoreField(ctx: Ctx, id: string): Promise<KeptField> {
  return changeShape(ctx, { at: '', kind: 'field.restore' }, async (step, catalogue) => {
    const row = await fieldNamed(step, id, { isGone: true })
    refuseName(row.definition.label, othersOf(catalogue, row))
    await setGone(step, 'custom_field', id, false)
    await joinLayouts(step, row.object, row.key)
    if (isSearched(row.definition)) await askToIndex(step)
    if (row.definition.unique) await refuseRepeated(step, row)
    await writeField(
      step,
      id,
      row.definition,
      await indexStateOf(step, { ...row, index_state: 'none' }, row.definition),
    )
    step.audit({ object: 'custom_field', recordId: id, action: 'restored', before: null, after: row.definition })
    return { id, key: row.key }
  })
}

async function indexStateOf(
  step: Step,
  row: FieldRow,
  definition: CustomFieldDefinition,
): Promise<FieldRow['index_state']> {
  if (!isIndexed(definition)) return 'none'
  const wasWhole = row.index_state !== 'none' && Boolean(definition.unique) === Boolean(row.definition.unique)
  if (wasWhole) return row.index_state
  await enqueueJob(step, indexJob, { fieldId: row.id }, `${indexJob}:${row.id}`)
  return 'building'
}

async function refuseRepeated(step: Step, { object, key }: FieldRow): Promise<void> {
  const table = step.ctx.company.wholeCatalogue.find(object)?.table
  const values = table ? await repeatedValues(step, table, object, key) : []
  if (values.length === 0) return
  const list = values.join(step.ctx.language === 'zh' ? '、' : ', ')
  throw refused({ field: 'unique', code: 'repeated', label: words.repeated, params: { values: list } })
}

/** What a field may not be called like. The id is not among them: its name is that of a company's own numbers. */
function othersOf(catalogue: Catalogue, { object, key }: { object: string; key?: string }): readonly Field[] {
  const fields = [...(catalogue.find(object)?.fields ?? []), ...systemFields.filter((field) => field.key !== 'id')]
  return fields.filter((field) => field.key !== key)
}

function fieldOfCatalogue(ctx: Ctx, id: string): string | undefined {
  for (const object of ctx.company.wholeCatalogue.all()) {
    const field = object.fields.find(({ custom }) => custom?.id === id)
    if (field) return `${object.key}.${field.key}`
  }
  return undefined
}

async function fieldNamed(step: Step, id: string, { isGone }: { isGone: boolean }): Promise<FieldRow> {
  const row = (await fieldRows(step.tx)).find((one) => one.id === id && (one.deleted_at !== null) === isGone)
  if (!row) throw shapingErrors.SHAPE_FIELD_NOT_FOUND()
  return row
}

function refused(fault: FieldFault) {
  return shapingErrors.SHAPE_REFUSED({}, [fault])
}
