import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { aggregates, filterSchema } from '#engine/query/filter.ts'

export { shapeChanged } from './errors.ts'
export { shapingPermissions } from './permissions.ts'

const access = { permission: 'shape.change' } as const

const labelOf = (most: number) => z.strictObject({ zh: z.string().max(most), en: z.string().max(most) })
const label = labelOf(60)
const resultTypes = ['text', 'number', 'money', 'percent', 'date', 'yes_no'] as const
export const customTypes = [
  'text', 'long_text', 'rich_text', 'number', 'money', 'percent', 'rating', 'date', 'date_time', 'yes_no', 'choice',
  'multi_choice', 'tags', 'phone', 'email', 'url', 'address', 'region', 'reference', 'multi_reference', 'owner',
  'file', 'auto_number', 'formula', 'rollup',
] as const // prettier-ignore

const choice = z.strictObject({
  /** Stays for good; made from the name if not given. */
  key: z.string().max(60).optional(),
  label,
  color: z.string().max(20).optional(),
  retired: z.boolean().optional(),
})

const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,4})?$/)

/** A field as its maker describes it; what does not apply to its type is left out. */
const definition = z.strictObject({
  label,
  type: z.enum(customTypes),
  help: labelOf(300).optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  /** Says something of a natural person: an erasure of the person takes it away everywhere. */
  personal: z.boolean().optional(),
  /** Filters by it find records by index. */
  oftenFiltered: z.boolean().optional(),
  choices: z.array(choice).max(500).optional(),
  /** reference, multi_reference: key of the object. */
  to: z.string().max(60).optional(),
  maxLength: z.number().int().min(1).max(20_000).optional(),
  min: decimal.optional(),
  max: decimal.optional(),
  whole: z.boolean().optional(),
  /** file: one at most; only images. */
  single: z.boolean().optional(),
  imagesOnly: z.boolean().optional(),
  inList: z.boolean().optional(),
  numbering: z.string().max(100).optional(),
  formula: z.strictObject({ expression: z.string().max(4000), result: z.enum(resultTypes) }).optional(),
  rollup: z
    .strictObject({
      of: z.string().max(60),
      via: z.string().max(60),
      aggregate: z.enum(aggregates),
      field: z.string().max(60).optional(),
      where: filterSchema.optional(),
      result: z.enum(resultTypes),
    })
    .optional(),
  requiredIf: filterSchema.optional(),
  visibleIf: filterSchema.optional(),
})
export type FieldDraft = z.infer<typeof definition>

const objectBody = z.strictObject({
  label,
  labelOfMany: label.optional(),
  /** What the name of a record is called. */
  nameLabel: label.optional(),
})

export const newObject = z.strictObject({ key: z.string().max(60).optional(), ...objectBody.shape })
export const newField = z.strictObject({ key: z.string().max(60).optional(), definition })

const layout = z.strictObject({
  recordType: z.string().max(60).nullable(),
  sections: z
    .array(
      z.strictObject({
        label,
        fields: z.array(z.string().max(60)).max(300),
        columns: z.union([z.literal(1), z.literal(2)]),
      }),
    )
    .max(40),
})
const rule = z.strictObject({
  id: z.string().max(60).optional(),
  name: label,
  refuses: filterSchema,
  message: labelOf(200),
  field: z.string().max(60).optional(),
})
const setup = z.strictObject({
  layouts: z.array(layout).max(50).optional(),
  rules: z.array(rule).max(100).optional(),
  recordTypeField: z.string().max(60).optional(),
})
export type SetupDraft = z.infer<typeof setup>

const shapedField = z.object({
  id: z.uuid(),
  object: z.string(),
  key: z.string(),
  definition: z.looseObject({ label, type: z.enum(customTypes) }),
  /** `building`: records that were there before are still being indexed. */
  indexState: z.enum(['none', 'building', 'ready']),
  /** 0–1 while building. */
  indexProgress: z.number().nullable(),
  deletedAt: z.union([z.date(), z.string()]).nullable(),
  /** The day on which its values are removed for good. */
  purgedOn: z.string().nullable(),
})

const shapedObject = z.object({
  key: z.string(),
  label,
  labelOfMany: label,
  custom: z.boolean(),
  /** Fields that the product brings. */
  standardFields: z.number(),
  deletedAt: z.union([z.date(), z.string()]).nullable(),
  purgedOn: z.string().nullable(),
})

const ofObject = z.strictObject({ object: z.string().max(60) })
const ofField = z.strictObject({ id: z.string().max(60) })

export const shapingRoutes = {
  show: defineRoute({
    method: 'GET',
    path: '/api/v1/shape',
    summary: { zh: '公司自定义的对象与字段', en: 'What the company added: objects and fields, deleted ones too' },
    access,
    reply: z.object({
      objects: z.array(shapedObject),
      fields: z.array(shapedField),
      setups: z.record(z.string(), z.looseObject({})),
    }),
  }),
  createObject: defineRoute({
    method: 'POST',
    path: '/api/v1/shape/objects',
    summary: { zh: '新建对象', en: 'Make an object' },
    success: 201,
    access,
    body: newObject,
    reply: z.object({ key: z.string() }),
  }),
  changeObject: defineRoute({
    method: 'PATCH',
    path: '/api/v1/shape/objects/:object',
    summary: { zh: '修改对象的名称', en: 'Rename an object' },
    access,
    params: ofObject,
    body: objectBody,
    reply: z.object({ key: z.string() }),
  }),
  deleteObject: defineRoute({
    method: 'DELETE',
    path: '/api/v1/shape/objects/:object',
    summary: { zh: '删除对象（30 天内可恢复）', en: 'Delete an object; it can come back for 30 days' },
    access,
    params: ofObject,
  }),
  restoreObject: defineRoute({
    method: 'POST',
    path: '/api/v1/shape/objects/:object/restore',
    summary: { zh: '恢复对象', en: 'Bring an object back' },
    access,
    params: ofObject,
    reply: z.object({ key: z.string() }),
  }),
  createField: defineRoute({
    method: 'POST',
    path: '/api/v1/shape/objects/:object/fields',
    summary: { zh: '新建字段', en: 'Add a field' },
    success: 201,
    access,
    params: ofObject,
    body: newField,
    reply: z.object({ id: z.uuid(), key: z.string() }),
  }),
  changeField: defineRoute({
    method: 'PATCH',
    path: '/api/v1/shape/fields/:id',
    summary: { zh: '修改字段', en: 'Change a field; its key and type stay' },
    access,
    params: ofField,
    body: z.strictObject({ definition }),
    reply: z.object({ id: z.uuid(), key: z.string() }),
  }),
  deleteField: defineRoute({
    method: 'DELETE',
    path: '/api/v1/shape/fields/:id',
    summary: { zh: '删除字段（30 天内可恢复）', en: 'Delete a field; it can come back for 30 days' },
    access,
    params: ofField,
  }),
  restoreField: defineRoute({
    method: 'POST',
    path: '/api/v1/shape/fields/:id/restore',
    summary: { zh: '恢复字段', en: 'Bring a field back with its values' },
    access,
    params: ofField,
    reply: z.object({ id: z.uuid(), key: z.string() }),
  }),
  setUp: defineRoute({
    method: 'PUT',
    path: '/api/v1/shape/objects/:object/setup',
    summary: { zh: '布局、校验规则与记录类型', en: 'Layouts, validation rules and record types of an object' },
    access,
    params: ofObject,
    body: setup,
    reply: z.object({ key: z.string() }),
  }),
  tryFormula: defineRoute({
    method: 'POST',
    path: '/api/v1/shape/objects/:object/formula',
    reads: true,
    summary: { zh: '试算公式', en: 'Check a formula and work it out for the newest records' },
    access,
    params: ofObject,
    body: z.strictObject({ expression: z.string().max(4000), result: z.enum(resultTypes) }),
    reply: z.object({
      fault: z.object({ message: z.string() }).nullable(),
      samples: z.array(z.object({ id: z.uuid(), title: z.string(), value: z.unknown() })),
    }),
  }),
}
