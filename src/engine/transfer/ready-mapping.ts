import type { Label } from '#base/label.ts'
import { fold, withoutBrackets } from './fold.ts'
import { mappingSchema, type Mapping, type Target } from './mapping.ts'
import { isFilled, proposeMapping, type Remembered } from './propose.ts'
import { namesIn } from './template.ts'

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
  /** Recognises a record again, best first; the first one that the file brings in every sample is taken. */
  readonly keys: readonly string[]
  /** Field → templates, best first; the first one whose headers the file has. */
  readonly templates?: Readonly<Record<string, readonly string[]>>
  readonly values?: Mapping['values']
  readonly defaults?: Mapping['defaults']
  readonly constants?: Mapping['constants']
}

/** Header → fields of a recognised file, as its other product means them. */
export type ReadyColumns = Readonly<Record<string, readonly string[]>>

/** The columns of a file with these headers, or undefined if it is another product's. Hints in brackets do not matter. */
export function columnsFor(ready: ReadyMapping, headers: readonly string[]): ReadyColumns | undefined {
  const find = finderIn(headers)
  if (!ready.marks.every((spellings) => spellings.some((name) => find(name) !== undefined))) return undefined
  const columns: Record<string, string[]> = {}
  for (const [field, names] of Object.entries(ready.columns)) {
    const header = names.flatMap((name) => find(name) ?? [])[0]
    if (header !== undefined) (columns[header] ??= []).push(field)
  }
  return columns
}

export interface RecognisedFile {
  readonly headers: readonly string[]
  readonly samples: readonly (readonly string[])[]
  readonly remembered: Remembered
}

/**
 * The mapping of a recognised file: what people chose earlier goes first, then what the other product means, then
 * fields of the same name, such as the company's own. Units and the order of dates are read off the file.
 */
export function readyMapping(
  ready: ReadyMapping,
  columns: ReadyColumns,
  target: Target,
  { headers, samples, remembered }: RecognisedFile,
): Mapping {
  const find = finderIn(headers)
  const chosen = headers.flatMap((header) => remembered[header] ?? remembered[fold(header)] ?? [])
  const fedOtherwise = new Set([...Object.values(columns).flat(), ...chosen])
  const templates = Object.entries(ready.templates ?? {}).flatMap(([field, texts]) => {
    const fitting = texts.find((text) => namesIn(text).every((name) => find(name) !== undefined))
    return fitting === undefined || fedOtherwise.has(field) ? [] : [[field, fitting] as const]
  })
  const joined = new Set(templates.map(([field]) => field))
  const unjoined = { ...target, fields: target.fields.filter(({ key }) => !joined.has(key)) }
  const proposed = proposeMapping(unjoined, headers, samples, remembered, columns)
  const key = ready.keys.find((one) => joined.has(one) || isFilled(one, target, proposed.columns, headers, samples))
  const { values = {}, defaults = {}, constants = {}, object } = ready
  return mappingSchema.parse({
    object,
    mode: key === undefined ? 'create' : 'upsert',
    ...(key === undefined ? {} : { upsertKey: key }),
    columns: proposed.columns,
    scales: proposed.scales,
    dates: proposed.dates,
    templates: Object.fromEntries(templates),
    values,
    defaults,
    constants,
  })
}

function finderIn(headers: readonly string[]): (name: string) => string | undefined {
  const byName = new Map(headers.toReversed().map((header) => [nameOf(header), header]))
  const exactly = new Map(headers.toReversed().map((header) => [fold(header), header]))
  return (name) => exactly.get(fold(name)) ?? byName.get(nameOf(name))
}

/** 负责人（必填） and “Amount (CNY)” are 负责人 and amount. */
function nameOf(header: string): string {
  return fold(withoutBrackets(header))
}
