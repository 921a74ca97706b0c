import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf, valueTypeOf } from '#engine/model/column.ts'
import type { Field, Formula, ObjectType } from '#engine/model/object-type.ts'
import { fieldAt } from '#engine/query/check.ts'
import { fieldsIn, parseFormula } from './parse.ts'

/**
 * Whether an amount stands in the company's base currency, whatever the currency of its record: what is added up from
 * other records, amounts of records without a currency, and formulas that mix currencies.
 */
export function isInBase(field: Field, object: ObjectType, catalogue: Catalogue): boolean {
  if (field.rollup || !fieldOf(object, 'currency')) return true
  return field.formula !== undefined && mixesCurrencies(field.formula, object, catalogue)
}

/** Whether a formula reads amounts in another currency than its record's; then it reads all of them in the base one. */
export function mixesCurrencies({ expression }: Formula, object: ObjectType, catalogue: Catalogue): boolean {
  return fieldsIn(parseFormula(expression)).some((path) => {
    const field = fieldAt(path, object, catalogue)
    if (!field || valueTypeOf(field) !== 'money') return false
    return path.includes('.') || isInBase(field, object, catalogue)
  })
}
