import type { Field, FieldType, ObjectType } from './object-type.ts'

const numeric: ReadonlySet<FieldType> = new Set(['number', 'money', 'percent'])

export function isNumeric(field: Field): boolean {
  return numeric.has(field.type)
}

/** Credits are rows of their own; every other field is a column. */
export function isColumn(field: Field): boolean {
  return field.type !== 'credits'
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
  switch (field.type) {
    case 'number':
    case 'money':
    case 'percent':
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
      return 'jsonb'
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
