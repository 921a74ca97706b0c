import type { Field, FieldType, ObjectType } from './object-type.ts'

const numeric: ReadonlySet<FieldType> = new Set(['number', 'money', 'percent', 'rating'])
const lists: ReadonlySet<FieldType> = new Set(['multi_choice', 'tags', 'multi_reference', 'file'])
const computed: ReadonlySet<FieldType> = new Set(['formula', 'rollup'])

/** The type that a field's values have: for formulas and roll-ups that of their result. */
export function valueTypeOf(field: Field): FieldType {
  return field.formula?.result ?? field.rollup?.result ?? field.type
}

export function isNumeric(field: Field): boolean {
  return numeric.has(valueTypeOf(field))
}

/** Holds several values; none is null, never an empty list. */
export function isList(field: Field): boolean {
  return lists.has(field.type)
}

/** Worked out whenever it is read, stored nowhere. */
export function isComputed(field: Field): boolean {
  return computed.has(field.type)
}

/** Has a column of its own. Credits are rows; what a company added stands in `custom`; some fields are worked out. */
export function isColumn(field: Field): boolean {
  return field.type !== 'credits' && !field.custom && !isComputed(field)
}

/** Is a value of the record's `custom`. */
export function isCustomValue(field: Field): boolean {
  return field.custom !== undefined && !isComputed(field)
}

/** Name of a field's column: snake_case; references to other records point by id. */
export function columnOf(field: Field): string {
  const name = field.key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return field.to === undefined ? name : `${name}_id`
}

/** The leakproof companion by which numerics are sorted and found by index. */
export function rankColumnOf(field: Field): string {
  return isNumeric(field) ? `${columnOf(field)}_rank` : columnOf(field)
}

/** PostgreSQL type of a field's column. */
export function columnTypeOf(field: Field): string {
  switch (valueTypeOf(field)) {
    case 'number':
    case 'money':
    case 'percent':
    case 'rating':
      return 'numeric'
    case 'date':
      return 'date'
    case 'date_time':
      return 'timestamptz'
    case 'yes_no':
      return 'boolean'
    case 'reference':
    case 'owner':
      return 'uuid'
    case 'credits':
    case 'multi_choice':
    case 'tags':
    case 'multi_reference':
    case 'file':
      return 'jsonb'
    case 'formula':
    case 'rollup':
      throw new Error(`${field.key} has a type of its result`)
    case 'rich_text':
    case 'address':
    case 'region':
    case 'auto_number':
    case 'text':
    case 'long_text':
    case 'choice':
    case 'phone':
    case 'email':
    case 'url':
      return 'text'
  }
}

/** Fields that every record has, kept by the system. They filter and sort like any other. */
export const systemFields: readonly Field[] = [
  { key: 'id', type: 'reference', label: { zh: '编号', en: 'Id' }, readOnly: true },
  { key: 'createdAt', type: 'date_time', label: { zh: '创建时间', en: 'Created' }, readOnly: true, required: true },
  { key: 'updatedAt', type: 'date_time', label: { zh: '更新时间', en: 'Updated' }, readOnly: true, required: true },
]

export function fieldOf(object: ObjectType, key: string): Field | undefined {
  return object.fields.find((field) => field.key === key) ?? systemFields.find((field) => field.key === key)
}

/** Does such a reference make its record a part of the other? Of fields that a company added those that must be filled. */
export function isPart({ type, partOf, custom, required = false }: Field): boolean {
  return type === 'reference' && (partOf ?? (custom !== undefined && required))
}
