import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType } from '#engine/model/object-type.ts'

/** The rules by which records of an object are compared now. */
export function rulesOn({ duplicates = [] }: ObjectType): readonly DuplicateRule[] {
  return duplicates.filter(({ isOn }) => isOn)
}
