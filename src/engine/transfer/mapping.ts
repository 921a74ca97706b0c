import { z } from 'zod'
import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { fiscalRule } from '#engine/calendar/fiscal-calendar.ts'
import type { Field, FieldType } from '#engine/model/object-type.ts'

/** What an import writes to: a business object, or anything else that a room registered (such as the org tree). */
export interface Target {
  readonly object: string
  readonly label: Label
  /** Fields that a file may fill, in the order of the template. */
  readonly fields: readonly Field[]
  /** Keys of the fields that hold files: they are named only to be refused with the reason. */
  readonly fieldsOfFiles?: readonly string[]
  /** Key of the field that names a record. */
  readonly title: string
  /** Fields by which an existing record is recognised, best first. */
  readonly keys: readonly string[]
  /** Several records may well have one name: it is a key only where a person says so. */
  readonly namesRepeat?: boolean
}

const fieldKey = z.string().min(1).max(60)
const header = z.string().min(1).max(500)
const text = z.string().max(2000)
const decimal = z.string().regex(/^\d{1,15}(\.\d{1,6})?$/)

/**
 * How one file becomes records. The wizard saves and loads it, `--map` reads it, a set holds one per file.
 * Headers are compared as people mean them: case, width and spaces do not matter.
 */
export const mappingSchema = z.strictObject({
  /** What people call this description. */
  name: z.string().max(200).optional(),
  object: z.string().min(1).max(60),
  /** `upsert`: records found by the key are updated, others made. */
  mode: z.enum(['upsert', 'create', 'update']).default('upsert'),
  /** Field by which a row is recognised again; without it every row makes a record. */
  upsertKey: fieldKey.optional(),
  /** Worksheet by name; the first visible one unless told. */
  sheet: z.string().max(100).optional(),
  /** Header of the file → field, or several fields fed by one column. */
  columns: z.record(header, z.union([fieldKey, z.array(fieldKey).max(20)])).default({}),
  /** Field → what the file writes → what is meant: `{"product": {"GTXPro": "GTX Pro"}}`. An empty meaning means no value. */
  values: z.record(fieldKey, z.record(z.string().max(500), text)).default({}),
  /** Field → the same text for every row. */
  constants: z.record(fieldKey, text).default({}),
  /** Field → text for rows where the file says nothing. */
  defaults: z.record(fieldKey, text).default({}),
  /** Field → text with `{field}` or `{header}` in it; an empty part takes its joining text along. */
  templates: z.record(fieldKey, text).default({}),
  /** Reference field → field of the other object by which it is looked up; title, unique fields and id unless told. */
  references: z.record(fieldKey, fieldKey).default({}),
  /** Date field → how 3/1/26 is meant. */
  dates: z.record(fieldKey, z.enum(['ymd', 'mdy', 'dmy'])).default({}),
  /** Number field → by what the file's numbers are multiplied, as for 万元. */
  scales: z.record(fieldKey, decimal).default({}),
  /** Further rows with the key of an earlier one: handed back, or left out where a file of lines brings their heads. */
  repeated: z.enum(['refuse', 'leave_out']).default('refuse'),
  /** Header → the texts of the rows that are meant, any text if there are none; other rows are left out. */
  only: z.record(header, z.array(text).max(500)).optional(),
  /** People, as written, to whom new records without an owner go line by line; a single one gets all. */
  owners: z.array(z.string().min(1).max(200)).max(500).default([]),
  /** What an empty cell does to a record that exists. */
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  /** Rows that may be records which are there already: refused with the reason, left out, or imported all the same. */
  duplicates: z.enum(['refuse', 'skip', 'allow']).optional(),
})

export type Mapping = z.output<typeof mappingSchema>

/** Objects and fields of the company's own that a set needs, as the API takes them; what is there already stays. */
const neededShape = z.strictObject({
  objects: z
    .array(z.looseObject({ key: fieldKey }))
    .max(50)
    .default([]),
  fields: z
    .array(z.strictObject({ object: fieldKey, key: fieldKey, definition: z.looseObject({}) }))
    .max(500)
    .default([]),
})
export type NeededShape = z.output<typeof neededShape>

/** Leads to no other folder than the one that is given. */
const fileName = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => !name.startsWith('/') && !name.split('/').includes('..'))

/** A set of files that belong together, imported in this order. */
export const importSetSchema = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
  /** Made before the first file, by who may shape objects. */
  shape: neededShape.optional(),
  /** The fiscal calendar that its targets are meant for; put in place before the first file, by who may. */
  calendar: fiscalRule.optional(),
  steps: z
    .array(
      mappingSchema.extend({
        /** Name of the file in the folder, or in one below it: `sales/orders.csv`. */ file: fileName,
      }),
    )
    .min(1)
    .max(50),
})

export type ImportSet = z.output<typeof importSetSchema>

const labels = {
  UNKNOWN_FIELD: { zh: '“{name}”不是可以导入的字段', en: '“{name}” is not a field that can be imported' },
  FIELD_FED_TWICE: { zh: '字段“{name}”对应了不止一列', en: 'More than one column feeds the field “{name}”' },
  KEY_NOT_FED: {
    zh: '没有列对应用来识别记录的字段“{name}”',
    en: 'No column feeds the field “{name}” that recognises records',
  },
  NOT_A_KEY: {
    zh: '字段“{name}”不能用来识别记录，请选用名称、编号这样的文字',
    en: 'The field “{name}” cannot recognise records; take a text such as a name or a code',
  },
  REQUIRED_NOT_FED: { zh: '没有列对应必填字段“{name}”', en: 'No column feeds the required field “{name}”' },
  NUMBER_NOT_KEY: {
    zh: '“{name}”由系统编号，只能用来识别已有记录',
    en: '“{name}” is numbered by the system; it can only recognise records that exist',
  },
  FIELD_OF_FILES: {
    zh: '字段“{name}”存放文件，不能从表格导入；请导入后在记录上添加',
    en: 'The field “{name}” holds files, which no sheet can bring; add them to the records afterwards',
  },
  UNKNOWN_HEADER: { zh: '文件里没有“{name}”这一列', en: 'The file has no column “{name}”' },
} as const satisfies Record<string, Label>

const keyTypes: ReadonlySet<FieldType> = new Set(['text', 'auto_number', 'phone', 'email', 'url'])

/** What is wrong with a mapping for its target, before any row is read; nothing when it may run. */
export function faultsOfMapping(mapping: Mapping, target: Target): readonly FieldFault[] {
  const known = new Map(target.fields.map((field) => [field.key, field]))
  const fed = [...Object.values(mapping.columns).flat(), ...Object.keys(mapping.templates)]
  const named = [
    ...fed,
    ...[mapping.values, mapping.constants, mapping.defaults, mapping.references, mapping.dates, mapping.scales].flatMap(
      Object.keys,
    ),
    ...(mapping.upsertKey ? [mapping.upsertKey] : []),
  ]
  const given = new Set([...fed, ...Object.keys(mapping.constants), ...Object.keys(mapping.defaults)])
  const faults: FieldFault[] = []
  const add = (field: string, code: keyof typeof labels, name = field): void => {
    faults.push({ field, code, label: labels[code], params: { name } })
  }
  for (const key of new Set(named)) {
    if (!known.has(key)) add(key, target.fieldsOfFiles?.includes(key) ? 'FIELD_OF_FILES' : 'UNKNOWN_FIELD')
  }
  for (const key of new Set(fed)) if (fed.indexOf(key) !== fed.lastIndexOf(key)) add(key, 'FIELD_FED_TWICE')
  for (const key of given) {
    if (known.get(key)?.type === 'auto_number' && mapping.upsertKey !== key) add(key, 'NUMBER_NOT_KEY')
  }
  const key = mapping.upsertKey ? known.get(mapping.upsertKey) : undefined
  if (key && !keyTypes.has(key.type)) add(key.key, 'NOT_A_KEY')
  if (mapping.upsertKey && known.has(mapping.upsertKey) && !given.has(mapping.upsertKey))
    add(mapping.upsertKey, 'KEY_NOT_FED')
  if (mapping.mode === 'update' && !mapping.upsertKey) add('upsertKey', 'KEY_NOT_FED', '')
  if (mapping.mode === 'create') {
    for (const field of target.fields) if (field.required && !given.has(field.key)) add(field.key, 'REQUIRED_NOT_FED')
  }
  return faults
}

/** The headers that the mapping names and the file does not have. */
export function faultsOfHeaders(mapping: Mapping, has: (header: string) => boolean): readonly FieldFault[] {
  return [...Object.keys(mapping.columns), ...Object.keys(mapping.only ?? {})]
    .filter((name) => !has(name))
    .map((name) => ({ field: name, code: 'UNKNOWN_HEADER', label: labels.UNKNOWN_HEADER, params: { name } }))
}
