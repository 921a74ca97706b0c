import { isDeepStrictEqual } from 'node:util'
import type { FieldFault } from '#base/errors.ts'
import type { Field } from '#engine/model/object-type.ts'
import { isIndexed, isSearched, type CustomFieldDefinition } from '#engine/model/shape.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'
import { enqueueJob } from '#platform/jobs/jobs.ts'
import { readShape } from '#platform/records/shape-store.ts'
import { askToIndex } from '#platform/search/index.ts'
import type { FieldDraft } from '../contract.ts'
import { freeKey, toDefinition } from '../definition.ts'
import { shapingErrors } from '../errors.ts'
import { changeShape } from './change-shape.ts'
import { refuseKey } from './change-objects.ts'
import { refuseName } from './refuse-name.ts'
import { fieldRows, insertField, repeatedValues, setGone, writeField, writeSetup, type FieldRow } from './shape-rows.ts'

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
  const holder = ctx.company.catalogue.find(object)
  if (!holder) throw shapingErrors.SHAPE_OBJECT_NOT_FOUND()
  const id = newId()
  const definition = toDefinition(draft)
  refuseName(definition.label, holder.fields)
  return changeShape(ctx, { at: object, kind: 'field.create' }, async (step) => {
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
  return changeShape(ctx, { at: known ?? id, kind: 'field.change' }, async (step) => {
    const row = await fieldNamed(step, id, { isGone: false })
    const definition = toDefinition(draft, row.definition)
    if (definition.type !== row.definition.type) throw refused({ field: 'type', code: 'type', label: words.type })
    if (!isDeepStrictEqual(definition.label, row.definition.label)) refuseName(definition.label, othersOf(ctx, row))
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
  return changeShape(ctx, { at: '', kind: 'field.restore' }, async (step) => {
    const row = await fieldNamed(step, id, { isGone: true })
    refuseName(row.definition.label, othersOf(ctx, row))
    await setGone(step, 'custom_field', id, false)
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
  const table = step.ctx.company.catalogue.find(object)?.table
  const values = table ? await repeatedValues(step, table, object, key) : []
  if (values.length === 0) return
  const list = values.join(step.ctx.language === 'zh' ? '、' : ', ')
  throw refused({ field: 'unique', code: 'repeated', label: words.repeated, params: { values: list } })
}

function othersOf(ctx: Ctx, { object, key }: FieldRow): readonly Field[] {
  return (ctx.company.catalogue.find(object)?.fields ?? []).filter((field) => field.key !== key)
}

/** A new field stands in every form at once: at the end, until somebody moves it. */
async function joinLayouts(step: Step, object: string, key: string): Promise<void> {
  const { layouts } = (await readShape(step.tx)).setups[object] ?? {}
  if (!layouts || layouts.length === 0) return
  const joined = layouts.map((layout) => ({
    ...layout,
    sections: layout.sections.map((section, at) =>
      at === layout.sections.length - 1 ? { ...section, fields: [...section.fields, key] } : section,
    ),
  }))
  await writeSetup(step, object, { layouts: joined }, ['layouts'])
}

function fieldOfCatalogue(ctx: Ctx, id: string): string | undefined {
  for (const object of ctx.company.catalogue.all()) {
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
