import { fault } from './faults.ts'
import type { MappedRow } from './map-row.ts'
import type { Mapping } from './mapping.ts'
import { seenTexts } from './seen-texts.ts'

/**
 * Refuses rows whose key an earlier row of the same file has: of two lines for one record one would silently take the
 * other's place. A mapping may say that they are left out instead. Goes through the file once, in its order; a row
 * that cannot be read takes no key.
 */
export function repeatedKeys({ upsertKey, repeated }: Mapping): (row: MappedRow) => MappedRow {
  const lines = seenTexts()
  return (row) => {
    const key = upsertKey === undefined ? undefined : row.values[upsertKey]
    if (upsertKey === undefined || typeof key !== 'string' || key === '') return row
    const line = lines.numberOf(key)
    if (line !== undefined && repeated === 'leave_out') return { ...row, faults: [], isLeftOut: true }
    if (line !== undefined) {
      return { ...row, faults: [...row.faults, fault(upsertKey, 'SAME_KEY', { text: key, line })] }
    }
    if (row.faults.length === 0) lines.add(key, row.line)
    return row
  }
}
