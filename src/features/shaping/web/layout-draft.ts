import type { Label } from '#base/label.ts'
import type { SetupDraft } from '../contract.ts'

type Layout = NonNullable<SetupDraft['layouts']>[number]

/** A section while it is designed; `id` tells sections apart that have the same name. */
export interface DraftSection {
  readonly id: string
  readonly label: Label
  readonly columns: 1 | 2
  readonly fields: readonly string[]
}

/** Where fields are that the form does not show. */
export const outside = 'outside'

const firstLabel = { zh: '基本信息', en: 'Details' }

/** The sections of a layout; of none: one section with every field, as the form is without a layout. */
export function sectionsOf(layout: Layout | undefined, fields: readonly string[]): readonly DraftSection[] {
  if (!layout) return [{ id: 'section-1', label: firstLabel, columns: 2, fields }]
  return layout.sections.map((section, at) => ({ id: `section-${at + 1}`, ...section }))
}

/** The fields in no section, in the order of the object. */
export function fieldsOutside(sections: readonly DraftSection[], fields: readonly string[]): readonly string[] {
  const inside = new Set(sections.flatMap((section) => section.fields))
  return fields.filter((key) => !inside.has(key))
}

/** The section that holds a field, or `outside`. */
export function placeOf(sections: readonly DraftSection[], key: string): string {
  return sections.find((section) => section.fields.includes(key))?.id ?? outside
}

/** Puts a field into a section before the one at `at`, or at its end; to `outside` takes it out of the form. */
export function moveField(
  sections: readonly DraftSection[],
  key: string,
  to: string,
  at = Number.POSITIVE_INFINITY,
): readonly DraftSection[] {
  return sections.map((section) => {
    const others = section.fields.filter((other) => other !== key)
    if (section.id !== to) return others.length === section.fields.length ? section : { ...section, fields: others }
    return { ...section, fields: [...others.slice(0, at), key, ...others.slice(at)] }
  })
}

export function addSection(sections: readonly DraftSection[]): readonly DraftSection[] {
  const numbers = sections.map(({ id }) => Number(id.split('-')[1]))
  return [
    ...sections,
    { id: `section-${Math.max(0, ...numbers) + 1}`, label: { zh: '', en: '' }, columns: 2, fields: [] },
  ]
}

/** Moves a section one place up (-1) or down (1). */
export function moveSection(sections: readonly DraftSection[], id: string, by: -1 | 1): readonly DraftSection[] {
  const at = sections.findIndex((section) => section.id === id)
  const moved = [...sections]
  const [section] = moved.splice(at, 1)
  if (!section || at + by < 0 || at + by > moved.length) return sections
  moved.splice(at + by, 0, section)
  return moved
}

/** The object's layouts with one replaced; without sections it goes back to the plain form. */
export function withLayout(
  layouts: readonly Layout[],
  recordType: string | null,
  sections: Layout['sections'] | undefined,
): Layout[] {
  const others = layouts.filter((layout) => layout.recordType !== recordType)
  return sections ? [...others, { recordType, sections }] : others
}
