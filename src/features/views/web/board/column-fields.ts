import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'

/** Fields that can make the columns of a board: choices first, then references and yes or no. */
export function columnFields(object: ScreenObject): readonly ScreenField[] {
  const choices = object.fields.filter((field) => field.type === 'choice')
  const others = object.fields.filter((field) => field.type === 'reference' && field.to !== object.key)
  return [...choices, ...others, ...object.fields.filter((field) => field.type === 'yes_no')]
}
