import { isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Credit, Field } from '#engine/model/object-type.ts'
import type { RecordRow } from '#platform/records/read.ts'
import type { JsonCell } from './sheet-writer.ts'

/** The names under which a field stands in a line: its key, and one more for what a reference is called. */
export function jsonNames(field: Field): readonly string[] {
  return isPointer(field) ? [field.key, `${field.key}.name`] : [field.key]
}

/**
 * The values of a field for programs, the same in every language: keys of choices, ids of records with their names
 * beside them, true and false. `people` are the names of those who share in a credit.
 */
export function jsonCells(row: RecordRow, field: Field, people: ReadonlyMap<string, string>): readonly JsonCell[] {
  const value = row[field.key] ?? null
  if (isPointer(field)) return value === null ? [null, null] : [String(value), row.names[field.key] ?? null]
  return [value === null ? null : jsonCell(value, row, field, people)]
}

function isPointer(field: Field): boolean {
  return ['reference', 'owner'].includes(valueTypeOf(field))
}

function jsonCell(value: unknown, row: RecordRow, field: Field, people: ReadonlyMap<string, string>): JsonCell {
  if (Array.isArray(value)) return entriesOf(value, row, field, people)
  if (isNumeric(field)) return { number: String(value) }
  if (typeof value === 'boolean') return value
  return value instanceof Date ? value.toISOString() : String(value)
}

/** Entries of a list as the import reads them again; files are told by their names. */
function entriesOf(
  value: readonly unknown[],
  row: RecordRow,
  field: Field,
  people: ReadonlyMap<string, string>,
): readonly string[] {
  if (field.type === 'credits')
    return (value as readonly Credit[]).map(({ person, percent }) => `${people.get(person) ?? person} ${percent}%`)
  if (field.type === 'file') return value.flatMap((id) => row.names[String(id)] ?? [])
  return value.map(String)
}
