import type { Label } from '#base/label.ts'

/** How two values of a field are compared; see `engine/duplicates`. */
export const duplicateWays = ['exact', 'company', 'phone', 'email', 'credit_code', 'fuzzy'] as const
export type DuplicateWay = (typeof duplicateWays)[number]

/** What becomes of a record that meets a rule: whoever saves it is asked, or it is refused. */
export const duplicateActions = ['warn', 'block'] as const
export type DuplicateAction = (typeof duplicateActions)[number]

/** Two records are suspected to be one where every field is the same in its way; an empty field is like nothing. */
export interface DuplicateRule {
  readonly id: string
  readonly name: Label
  readonly compares: readonly { readonly field: string; readonly way: DuplicateWay }[]
  readonly action: DuplicateAction
  readonly isOn: boolean
}
