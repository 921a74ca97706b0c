import type { Layout } from '#engine/model/object-type.ts'

type Section = Layout['sections'][number]

const namesIt = ({ sections }: Layout, key: string) => sections.some(({ fields }) => fields.includes(key))

/** The layouts with a field at the end of every one that does not name it. */
export function joined(layouts: readonly Layout[], key: string): readonly Layout[] {
  return layouts.map((layout) => {
    if (namesIt(layout, key)) return layout
    const last = layout.sections.length - 1
    return withSections(layout, (section, at) => (at === last ? [...section.fields, key] : section.fields))
  })
}

/** The layouts without any place of a field. */
export function without(layouts: readonly Layout[], key: string): readonly Layout[] {
  return layouts.map((layout) => withSections(layout, ({ fields }) => fields.filter((one) => one !== key)))
}

/**
 * The layouts with the places that deleted fields had in the kept ones, so that these come back to where they stood:
 * behind the field that stood before them, wherever that went, or at the head of the same section.
 */
export function withPlacesOf(
  gone: ReadonlySet<string>,
  layouts: readonly Layout[],
  kept: readonly Layout[],
): readonly Layout[] {
  return layouts.map((layout) => {
    const before = kept.find(({ recordType }) => recordType === layout.recordType)
    const places = before?.sections.flatMap(({ fields }, section) =>
      fields.flatMap((key, at) => (gone.has(key) ? [{ key, section, behind: fields[at - 1] }] : [])),
    )
    return (places ?? []).reduce(put, layout)
  })
}

interface Place {
  readonly key: string
  readonly section: number
  readonly behind: string | undefined
}

function put(layout: Layout, { key, section, behind }: Place): Layout {
  if (namesIt(layout, key)) return layout
  const follows = behind !== undefined && namesIt(layout, behind)
  const head = Math.min(section, layout.sections.length - 1)
  return withSections(layout, ({ fields }, at) => {
    if (follows) return fields.flatMap((one) => (one === behind ? [one, key] : [one]))
    return at === head ? [key, ...fields] : fields
  })
}

function withSections(layout: Layout, fieldsOf: (section: Section, at: number) => readonly string[]): Layout {
  return {
    ...layout,
    sections: layout.sections.map((section, at) => ({ ...section, fields: fieldsOf(section, at) })),
  }
}
