import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'

/** Fields that say in which province a record lies: regions, and texts that are called so. */
export function provinceFields(object: ScreenObject): readonly ScreenField[] {
  const regions = object.fields.filter((field) => field.type === 'region')
  const texts = object.fields.filter(
    ({ type, key, label }) => type === 'text' && (/province/i.test(key) || /省/.test(label.zh)),
  )
  return [...texts, ...regions]
}
