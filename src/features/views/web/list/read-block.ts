import type { FieldType } from '#engine/model/object-type.ts'
import { readValue } from '#engine/transfer/read-value.ts'
import type { FieldFault } from '#base/errors.ts'
import { isSame } from '#engine/model/is-same.ts'
import { fixedValue, type RecordRow, type ScreenField, type ScreenObject } from '#features/objects/web/index.tsx'
import { isEditedInCell } from './CellEditor.tsx'
import type { Pasted } from './RecordGrid.tsx'

/** A pasted cell: what it would become, or why it cannot. */
export interface PastedCell {
  readonly field: ScreenField
  readonly text: string
  readonly value?: unknown
  /** What a name that was found stands for is called. */
  readonly name?: string
  readonly fault?: FieldFault
  readonly isSame: boolean
}

export interface PastedRow {
  readonly row: RecordRow
  readonly cells: readonly PastedCell[]
}

/** Ids of records and people by field and name, as far as they are known. */
export type Names = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

const faults = {
  readOnly: { zh: '不能在这里修改', en: 'Cannot be changed here' },
  unknown: { zh: '找不到“{text}”', en: '“{text}” was not found' },
  many: { zh: '有 {n} 个“{text}”', en: 'There are {n} called “{text}”' },
} as const

/** Reads a pasted block into the fields and records it falls on, as an import would read it. */
export function readBlock({ block, rows, fields }: Pasted, names: Names, object: ScreenObject): readonly PastedRow[] {
  return rows.map((row, at) => ({
    row,
    cells: fields.flatMap((field, column) => {
      const text = block[at]?.[column]
      return text === undefined ? [] : [readCell({ object, field, row, text }, names)]
    }),
  }))
}

interface CellPlace {
  readonly object: ScreenObject
  readonly field: ScreenField
  readonly row: RecordRow
  readonly text: string
}

function readCell({ object, field, row, text }: CellPlace, names: Names): PastedCell {
  const cell = { field, text, isSame: false }
  const refuse = (code: keyof typeof faults, params: FieldFault['params'] = {}): PastedCell => ({
    ...cell,
    fault: { field: field.key, code, label: faults[code], params },
  })
  if (!isEditedInCell(field) || fixedValue(object, field, row)) return refuse('readOnly')
  // The server names types as our own code does.
  const reading = readValue(
    { ...(field as object), key: field.key, label: field.label, type: field.type as FieldType },
    text,
  )
  if ('fault' in reading) return { ...cell, fault: reading.fault }
  const { value } = reading
  if (value === null || (field.type !== 'reference' && field.type !== 'owner')) {
    return { ...cell, value, isSame: isSame(value, row[field.key]) }
  }
  const wanted = String(value)
  if (row.names[field.key] === wanted) return { ...cell, value: row[field.key], name: wanted, isSame: true }
  const found = names.get(field.key)?.get(wanted) ?? []
  if (found.length !== 1)
    return found.length === 0 ? refuse('unknown', { text }) : refuse('many', { text, n: found.length })
  return { ...cell, value: found[0], name: wanted }
}

/** What the block changes, record by record; cells that are refused or as before are left out. */
export function changesOf(rows: readonly PastedRow[]) {
  return rows.flatMap(({ row, cells }) => {
    const changed = cells.filter((cell) => cell.fault === undefined && !cell.isSame)
    if (changed.length === 0) return []
    const values = Object.fromEntries(changed.map(({ field, value }) => [field.key, value ?? null]))
    return [{ id: row.id, version: row.version, values }]
  })
}
