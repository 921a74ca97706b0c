import { readRowId } from '../levels.ts'
import type { SideLevel } from '../levels.ts'
import type { StoredRow } from './stored-row.ts'

/** One row of a revision, of the target unless a level is named. Locks and buffers only where they changed. */
export interface RowChange {
  readonly level?: SideLevel
  readonly unit: string
  readonly person: string | null
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly lockedBefore?: readonly boolean[]
  readonly lockedAfter?: readonly boolean[]
  readonly bufferBefore?: number
  readonly bufferAfter?: number
  readonly takenBefore?: readonly string[]
  readonly takenAfter?: readonly string[]
}

/** Only the rows whose figures, locks or buffer differ, as a revision keeps them. */
export function rowChanges(before: readonly StoredRow[], after: ReadonlyMap<string, Partial<Cells>>): RowChange[] {
  return before.flatMap((row) => {
    const next = after.get(row.id)
    const months = next?.months ?? row.months
    const locked = next?.locked ?? row.locked
    const buffer = next?.buffer ?? row.buffer
    const taken = next?.taken ?? row.taken
    const { level } = readRowId(row.id)
    const relocked = locked.some((lock, at) => lock !== row.locked[at])
    const isBuffered = level === 'target' && buffer !== row.buffer
    const isTaken = taken.length !== row.taken.length || taken.some((value, at) => value !== row.taken[at])
    if (!relocked && !isBuffered && !isTaken && months.every((value, at) => value === row.months[at])) return []
    return [
      {
        ...(level === 'target' ? {} : { level }),
        unit: row.unitId,
        person: row.personId,
        before: row.months,
        after: months,
        ...(relocked ? { lockedBefore: row.locked, lockedAfter: locked } : {}),
        ...(isBuffered ? { bufferBefore: row.buffer, bufferAfter: buffer } : {}),
        ...(isTaken ? { takenBefore: row.taken, takenAfter: taken } : {}),
      },
    ]
  })
}

export interface Cells {
  readonly months: readonly string[]
  readonly locked: readonly boolean[]
  readonly buffer?: number
  readonly taken?: readonly string[]
}
