import type { Label } from '#base/label.ts'
import { fold, withoutBrackets } from './fold.ts'
import { mappingSchema, type Mapping } from './mapping.ts'

/** How the export of another product becomes records of one object, recognised by its headers. */
export interface ReadyMapping {
  /** The product that wrote the file, and the kind of its records as that product calls it. */
  readonly source: Label
  readonly kind: Label
  readonly object: string
  /** Headers that tell the file from others; of a group of spellings one must stand there. */
  readonly marks: readonly (readonly string[])[]
  /** Field → the headers that may feed it, best first. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** Recognises a record again, best first; the first one that the file feeds is taken. */
  readonly keys: readonly string[]
  /** Where the file has all headers of a template. */
  readonly templates?: Readonly<Record<string, string>>
  readonly values?: Mapping['values']
  readonly defaults?: Mapping['defaults']
  readonly constants?: Mapping['constants']
}

/** The mapping for a file with these headers, or undefined if the file is another product's. Hints in brackets do not matter. */
export function fittedTo(ready: ReadyMapping, headers: readonly string[]): Mapping | undefined {
  const byName = new Map(headers.toReversed().map((header) => [nameOf(header), header]))
  const exactly = new Map(headers.toReversed().map((header) => [fold(header), header]))
  const find = (name: string): string | undefined => exactly.get(fold(name)) ?? byName.get(nameOf(name))
  if (!ready.marks.every((spellings) => spellings.some((name) => find(name) !== undefined))) return undefined
  const columns: Record<string, string[]> = {}
  for (const [field, names] of Object.entries(ready.columns)) {
    const header = names.flatMap((name) => find(name) ?? [])[0]
    if (header !== undefined) (columns[header] ??= []).push(field)
  }
  const fed = new Set(Object.values(columns).flat())
  const templates = Object.entries(ready.templates ?? {}).filter(
    ([field, text]) => !fed.has(field) && [...text.matchAll(/\{([^{}]+)\}/g)].every(([, name]) => find(name ?? '')),
  )
  for (const [field] of templates) fed.add(field)
  const key = ready.keys.find((one) => fed.has(one))
  const { values = {}, defaults = {}, constants = {}, object } = ready
  return mappingSchema.parse({
    object,
    mode: key === undefined ? 'create' : 'upsert',
    ...(key === undefined ? {} : { upsertKey: key }),
    columns,
    templates: Object.fromEntries(templates),
    values,
    defaults,
    constants,
  })
}

/** 负责人（必填） and “Amount (CNY)” are 负责人 and amount. */
function nameOf(header: string): string {
  return fold(withoutBrackets(header))
}
