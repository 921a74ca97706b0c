import type { DuplicateRule, DuplicateWay } from '#engine/model/duplicate-rule.ts'
import type { Field } from '#engine/model/object-type.ts'

/** What of a rule its keys depend on: rules that compare the same share them, and another name or action keeps them. */
export function comparisonOf({ compares }: Pick<DuplicateRule, 'compares'>): string {
  return compares.map(({ field, way }) => `${field}:${way}`).join(' ')
}

/** Keys of the fields by which records are compared now. */
export function comparedFields(rules: readonly DuplicateRule[]): string[] {
  return [...new Set(rules.filter(({ isOn }) => isOn).flatMap(({ compares }) => compares.map(({ field }) => field)))]
}

/** The ways in which values of a field can be compared; none where they cannot. */
export function waysFor({ type }: Pick<Field, 'type'>): readonly DuplicateWay[] {
  switch (type) {
    case 'text':
      return ['exact', 'company', 'fuzzy', 'phone', 'email', 'credit_code']
    case 'phone':
      return ['phone', 'exact']
    case 'email':
      return ['email', 'exact']
    case 'url':
    case 'choice':
    case 'date':
    case 'reference':
    case 'region':
      return ['exact']
    default:
      return []
  }
}
