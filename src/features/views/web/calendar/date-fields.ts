import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'

/** The days of a record, those in lists first: calendars and timelines are laid by them. */
export function dateFields(object: ScreenObject): readonly ScreenField[] {
  const dates = object.fields.filter((field) => field.type === 'date')
  return [...dates.filter((field) => field.inList), ...dates.filter((field) => !field.inList)]
}
