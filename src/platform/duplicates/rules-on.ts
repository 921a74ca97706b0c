import { fieldOf } from '#engine/model/column.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** The rules by which records of an object are compared now. */
export function rulesOn({ duplicates = [] }: ObjectType): readonly DuplicateRule[] {
  return duplicates.filter(({ isOn }) => isOn)
}

/**
 * Whether a rule compares what the actor does not see whole. Whoever learns which record it meets could guess, one value
 * after another, what stands in it.
 */
export function comparesUnseen({ company }: Ctx, { key }: ObjectType, { compares }: DuplicateRule): boolean {
  const shown = company.catalogue.find(key)
  return compares.some(({ field }) => {
    const known = shown && fieldOf(shown, field)
    return !known || known.masked === true
  })
}

/** The rules by which the actor may ask what is like some values, without saving any. */
export function rulesToAskBy(ctx: Ctx, object: ObjectType): readonly DuplicateRule[] {
  return rulesOn(object).filter((rule) => !comparesUnseen(ctx, object, rule))
}
