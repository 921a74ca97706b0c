import { rowIdAt } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import type { RowChange } from './row-changes.ts'

/** The cells as they were before some changes, oldest first, by row of its level; rows that did not change are missing. */
export function formerCells(changes: Iterable<readonly RowChange[]>): ReadonlyMap<string, readonly string[]> {
  const former = new Map<string, readonly string[]>()
  for (const rows of changes) {
    for (const { level = 'target', unit, person, before } of rows) {
      const row = rowIdAt(level, nodeIdOf({ unitId: unit, personId: person }))
      if (!former.has(row)) former.set(row, before)
    }
  }
  return former
}
