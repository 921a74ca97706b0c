import type { FieldFault } from '#base/errors.ts'
import type { Field } from '#engine/model/object-type.ts'
import { fault } from './faults.ts'
import { fold } from './fold.ts'
import type { Mapping, Target } from './mapping.ts'
import { readShares } from './read-shares.ts'
import { readValue } from './read-value.ts'
import { fillTemplate } from './template.ts'

/** One line of a file, as read. */
export interface SourceRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: FieldFault | undefined
}

/** One line of a file as values of the target; references, owners and splits are still the text people wrote. */
export interface MappedRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
  readonly faults: readonly FieldFault[]
  readonly doubts: readonly FieldFault[]
  /** The mapping says to leave such rows out: they are not meant, or an earlier row has their key. */
  readonly isLeftOut?: boolean
}

export type RowMapper = (row: SourceRow) => MappedRow

/** Prepares the mapping for a file's headers, once; the result maps its rows. */
export function rowMapper(mapping: Mapping, target: Target, headers: readonly string[], zone: string): RowMapper {
  const sources = target.fields.flatMap((field) => sourceOf(mapping, field, headers) ?? [])
  const byField = new Map(sources.map((source) => [source.field.key, source]))
  const byHeader = new Map(headers.map((header, at) => [fold(header), at]))
  const hints = (field: Field) => ({ dateOrder: mapping.dates[field.key], scale: mapping.scales[field.key], zone })

  const textOf = (source: Source, cells: readonly string[]): string => {
    if (source.template === undefined) return meant(source, source.constant ?? cells[source.column ?? -1] ?? '')
    const part = (name: string): string => {
      const other = byField.get(name)
      if (other && other !== source && other.template === undefined) return textOf(other, cells)
      return (cells[byHeader.get(fold(name)) ?? -1] ?? '').trim()
    }
    return meant(source, fillTemplate(source.template, part))
  }

  const isMeant = rowsMeant(mapping, headers)

  return (row) => {
    if (!isMeant(row)) return { line: row.line, cells: row.cells, values: {}, faults: [], doubts: [], isLeftOut: true }
    const values: Record<string, unknown> = {}
    const faults: FieldFault[] = row.fault ? [row.fault] : []
    const doubts: FieldFault[] = []
    for (const source of row.fault ? [] : sources) {
      const { field } = source
      const reading = readValue(field, textOf(source, row.cells), hints(field))
      if ('fault' in reading) {
        faults.push(reading.fault)
        continue
      }
      if (reading.doubt) doubts.push(reading.doubt)
      if (reading.value === null && mapping.emptyCells === 'keep') continue
      const shares =
        field.type === 'credits' && typeof reading.value === 'string' ? readShares(reading.value) : undefined
      if (shares && !shares.ok) faults.push(fault(field.key, 'NOT_SHARES', { text: String(reading.value) }))
      else values[field.key] = shares ? shares.shares : reading.value
    }
    return { line: row.line, cells: row.cells, values, faults, doubts }
  }
}

function rowsMeant({ only = {} }: Mapping, headers: readonly string[]): (row: SourceRow) => boolean {
  const wanted = Object.entries(only).map(([header, texts]) => {
    return { column: columnOf(headers, header), texts: new Set(texts.map(fold)) }
  })
  return ({ cells, fault: unreadable }) =>
    unreadable !== undefined ||
    wanted.every(({ column, texts }) => {
      const text = fold(cells[column] ?? '')
      return texts.size > 0 ? texts.has(text) : text !== ''
    })
}

interface Source {
  readonly field: Field
  readonly column?: number
  readonly constant?: string
  readonly template?: string
  readonly fallback: string
  readonly exactly: ReadonlyMap<string, string>
  readonly loosely: ReadonlyMap<string, string>
}

function sourceOf(mapping: Mapping, field: Field, headers: readonly string[]): Source | undefined {
  const entries = Object.entries(mapping.values[field.key] ?? {})
  const fallback = mapping.defaults[field.key] ?? ''
  const common = {
    field,
    fallback,
    exactly: new Map(entries),
    loosely: new Map(entries.map(([from, to]) => [fold(from), to])),
  }
  const constant = mapping.constants[field.key]
  if (constant !== undefined) return { ...common, constant }
  const template = mapping.templates[field.key]
  if (template !== undefined) return { ...common, template }
  const header = Object.entries(mapping.columns).find(([, fields]) => [fields].flat().includes(field.key))?.[0]
  const column = header === undefined ? -1 : columnOf(headers, header)
  if (column >= 0) return { ...common, column }
  return fallback === '' ? undefined : { ...common, constant: fallback }
}

/** A header's place: exactly as written, else as people mean it. */
export function columnOf(headers: readonly string[], name: string): number {
  const exact = headers.indexOf(name)
  return exact >= 0 ? exact : headers.findIndex((header) => fold(header) === fold(name))
}

function meant(source: Source, written: string): string {
  const text = written.trim()
  const mapped = source.exactly.get(text) ?? source.loosely.get(fold(text))
  const result = mapped ?? text
  return result === '' ? source.fallback : result
}
