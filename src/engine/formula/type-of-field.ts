import { valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import type { ValueType } from './functions.ts'

/**
 * What a field is inside a formula; undefined: it cannot stand there. Choices stand there by their
 * key, moments by their day in the company's zone.
 */
export function typeInFormula(field: Field): ValueType | undefined {
  switch (valueTypeOf(field)) {
    case 'number':
    case 'money':
    case 'percent':
    case 'rating':
      return 'number'
    case 'date':
    case 'date_time':
      return 'date'
    case 'yes_no':
      return 'yes_no'
    case 'text':
    case 'long_text':
    case 'rich_text':
    case 'address':
    case 'phone':
    case 'email':
    case 'url':
    case 'choice':
    case 'region':
    case 'auto_number':
      return 'text'
    default:
      return undefined
  }
}
