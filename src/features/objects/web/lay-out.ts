import type { Label } from '#base/label.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'

/** Fields in one column or two, under a heading unless they are all there is. */
export interface Section {
  readonly label?: Label
  readonly columns: 1 | 2
  readonly fields: readonly ScreenField[]
}

export interface LaidOut {
  readonly sections: readonly Section[]
  /** Fields that the layout does not name. */
  readonly rest: readonly ScreenField[]
}

/** The layout of the record's type, else that of all other records; without any, every field in one section. */
export function layOut(object: ScreenObject, values: Readonly<Record<string, unknown>>): LaidOut {
  const { layouts = [], recordTypeField } = object
  const type = recordTypeField === undefined ? null : (values[recordTypeField] ?? null)
  const layout =
    layouts.find(({ recordType }) => recordType !== null && recordType === type) ??
    layouts.find(({ recordType }) => recordType === null)
  if (!layout) return { sections: [{ columns: 2, fields: object.fields }], rest: [] }
  const known = new Map(object.fields.map((field) => [field.key, field]))
  const named = new Set(layout.sections.flatMap((section) => section.fields))
  return {
    sections: layout.sections.map(({ label, columns, fields }) => ({
      label,
      columns,
      fields: fields.flatMap((key) => known.get(key) ?? []),
    })),
    rest: object.fields.filter((field) => !named.has(field.key)),
  }
}
