import { trimZeros } from '#engine/money/decimal.ts'
import type { Basis } from '../contract.ts'
import { nodeIdOf } from '../node-id.ts'

/** A row of the plan's tree; `parentId` is a node, as in the rules. */
export interface StoredRow {
  readonly id: string
  readonly kind: 'unit' | 'person'
  readonly unitId: string
  readonly personId: string | null
  readonly name: string
  readonly tier: string | null
  readonly parentId: string | null
  readonly isHead: boolean
  readonly months: readonly string[]
  readonly locked: readonly boolean[]
  /** How much more than its own the row hands out, in hundredths of a percent. */
  readonly buffer: number
  /** What amendments took out of that, by period; empty: nothing. */
  readonly taken: readonly string[]
  /** What its targets were entered relative to. */
  readonly bases: readonly Basis[]
}

/** The same as the database tells it. */
export interface RawRow {
  readonly unit_id: string
  readonly person_id: string | null
  readonly parent_unit_id: string | null
  readonly months: string
  readonly locked: string
  readonly buffer: number
  readonly taken: string
  readonly bases: readonly Basis[]
  readonly unit_name: string
  readonly tier: string | null
  readonly head_id: string | null
  readonly person_name: string | null
}

export function toRow(raw: RawRow): StoredRow {
  const place = { unitId: raw.unit_id, personId: raw.person_id }
  return {
    ...place,
    id: nodeIdOf(place),
    kind: raw.person_id === null ? 'unit' : 'person',
    name: raw.person_name ?? raw.unit_name,
    tier: raw.person_id === null ? raw.tier : null,
    parentId: raw.person_id === null ? raw.parent_unit_id : raw.unit_id,
    isHead: raw.person_id !== null && raw.person_id === raw.head_id,
    // Arrays come as text: thousands of them take longer to be parsed than to be read.
    months: raw.months.split(' ').map(trimZeros),
    locked: Array.from(raw.locked, (lock) => lock === 't'),
    buffer: raw.buffer,
    taken: raw.taken === '' ? [] : raw.taken.split(' ').map(trimZeros),
    bases: raw.bases,
  }
}

/** Parents before children; siblings as they were laid. */
export function inTreeOrder(rows: readonly StoredRow[]): StoredRow[] {
  const below = new Map<string | null, StoredRow[]>()
  for (const row of rows) {
    const siblings = below.get(row.parentId)
    if (siblings) siblings.push(row)
    else below.set(row.parentId, [row])
  }
  const walk = (parent: string | null): StoredRow[] =>
    (below.get(parent) ?? []).flatMap((row) => (row.kind === 'person' ? [row] : [row, ...walk(row.id)]))
  return walk(null)
}
