import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { layoutFaults } from '#engine/model/check-shape.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { CustomObject } from '#engine/model/shape.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import type { SetupDraft, shapingRoutes } from '../contract.ts'
import { freeKey, isCustomKey } from '../definition.ts'
import { shapingErrors } from '../errors.ts'
import { keepPlaces } from './change-layouts.ts'
import { changeShape } from './change-shape.ts'
import { refuseName } from './refuse-name.ts'
import { insertObject, objectRows, setGone, writeObject, writeSetup, type ObjectRow } from './shape-rows.ts'

type ObjectDraft = z.infer<NonNullable<typeof shapingRoutes.createObject.body>>

const words = {
  key: {
    zh: '代码以小写字母开头，只含字母和数字，以 __c 结尾',
    en: 'A key is letters and digits, begins small, ends in __c',
  },
  taken: { zh: '这个代码已被使用', en: 'This key is taken' },
} as const

const nameOf = { zh: '名称', en: 'Name' }

/** Makes an object of the company's own; answers its key. */
export async function createObject(ctx: Ctx, draft: ObjectDraft): Promise<{ key: string }> {
  const id = newId()
  return changeShape(ctx, { at: '', kind: 'object.create' }, async (step, catalogue) => {
    refuseName(draft.label, catalogue.all())
    const taken = new Set([
      ...(await objectRows(step.tx)).map((row) => row.key),
      ...catalogue.all().map((one) => one.key),
    ])
    const key = draft.key ?? freeKey(draft.label, 'object', taken)
    refuseKey(key, taken)
    const definition = toObject(draft)
    await insertObject(step, id, key, definition)
    step.audit({
      object: 'custom_object',
      recordId: id,
      action: 'created',
      before: null,
      after: { key, ...definition },
    })
    return { key }
  })
}

/** Throws SHAPE_REFUSED naming `key` if it is malformed or taken, also by something deleted. */
export function refuseKey(key: string, taken: ReadonlySet<string>): void {
  const code = !isCustomKey(key) ? 'key' : taken.has(key) ? 'taken' : undefined
  if (code) throw shapingErrors.SHAPE_REFUSED({}, [{ field: 'key', code, label: words[code] }])
}

export async function changeObject(ctx: Ctx, key: string, draft: Omit<ObjectDraft, 'key'>): Promise<{ key: string }> {
  return changeShape(ctx, { at: key, kind: 'object.change' }, async (step, catalogue) => {
    const { id, definition: before } = await objectNamed(step.tx, key, { isGone: false })
    if (!isDeepStrictEqual(before.label, draft.label)) refuseName(draft.label, othersOf(catalogue, key))
    const definition = { ...before, ...toObject({ ...before, ...draft }) }
    await writeObject(step, id, definition)
    step.audit({ object: 'custom_object', recordId: id, action: 'updated', before, after: definition })
    return { key }
  })
}

/** Its records stay for 30 days; what refers to it must be deleted first. */
export async function deleteObject(ctx: Ctx, key: string): Promise<void> {
  await changeShape(ctx, { at: key, kind: 'object.delete' }, async (step) => {
    const { id, definition } = await objectNamed(step.tx, key, { isGone: false })
    await setGone(step, 'custom_object', id, true)
    step.audit({
      object: 'custom_object',
      recordId: id,
      action: 'deleted',
      before: { key, ...definition },
      after: null,
    })
  })
}

export async function restoreObject(ctx: Ctx, key: string): Promise<{ key: string }> {
  return changeShape(ctx, { at: key, kind: 'object.restore' }, async (step, catalogue) => {
    const { id, definition } = await objectNamed(step.tx, key, { isGone: true })
    refuseName(definition.label, othersOf(catalogue, key))
    await setGone(step, 'custom_object', id, false)
    step.audit({
      object: 'custom_object',
      recordId: id,
      action: 'restored',
      before: null,
      after: { key, ...definition },
    })
    return { key }
  })
}

/** Layouts, rules and record types of an object, all at once. */
export async function setUpObject(ctx: Ctx, key: string, draft: SetupDraft): Promise<{ key: string }> {
  const object = ctx.company.wholeCatalogue.find(key)
  if (!object) throw shapingErrors.SHAPE_OBJECT_NOT_FOUND()
  const { layouts, rules, recordTypeField } = draft
  const faults = layouts ? layoutFaults({ layouts, fields: object.fields }) : []
  if (faults.length > 0) throw shapingErrors.SHAPE_REFUSED({}, faults)
  const setup = {
    ...(layouts ? { layouts } : {}),
    ...(rules
      ? { rules: rules.map(({ id, field, ...rule }) => ({ id: id ?? newId(), ...rule, ...(field ? { field } : {}) })) }
      : {}),
    ...(recordTypeField ? { recordTypeField } : {}),
  }
  return changeShape(ctx, { at: key, kind: 'setup' }, async (step) => {
    const before = { layouts: object.layouts, rules: object.rules, recordTypeField: object.recordTypeField }
    await writeSetup(step, key, await keepPlaces(step, key, setup), ['layouts', 'rules', 'recordTypeField'])
    step.audit({
      object: 'object_setup',
      recordId: ctx.company.id,
      action: 'updated',
      before: { key, ...before },
      after: { key, ...setup },
    })
    return { key }
  })
}

/** By what duplicates of an object are known, all at once, in the place of what stood there. */
export async function setUpDuplicates(ctx: Ctx, key: string, duplicates: readonly DuplicateRule[]): Promise<void> {
  const object = ctx.company.wholeCatalogue.find(key)
  if (!object) throw shapingErrors.SHAPE_OBJECT_NOT_FOUND()
  await changeShape(ctx, { at: key, kind: 'duplicates' }, async (step) => {
    await writeSetup(step, key, { duplicates }, ['duplicates'])
    step.audit({
      object: 'object_setup',
      recordId: ctx.company.id,
      action: 'updated',
      before: { key, duplicates: object.duplicates ?? [] },
      after: { key, duplicates },
    })
  })
}

const othersOf = (catalogue: Catalogue, key: string) => catalogue.all().filter((object) => object.key !== key)

function toObject({ label, labelOfMany, nameLabel }: Omit<ObjectDraft, 'key'>): Omit<CustomObject, 'key'> {
  return { label, labelOfMany: labelOfMany ?? label, nameLabel: nameLabel ?? nameOf }
}

async function objectNamed(tx: Tx, key: string, { isGone }: { isGone: boolean }): Promise<ObjectRow> {
  const row = (await objectRows(tx)).find((one) => one.key === key && (one.deleted_at !== null) === isGone)
  if (!row) throw shapingErrors.SHAPE_OBJECT_NOT_FOUND()
  return row
}
