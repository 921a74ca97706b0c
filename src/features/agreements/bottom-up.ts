import { splitUnits } from '#engine/money/split.ts'
import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'

/**
 * A proposal over the periods of a year: each part covers as many periods as the others (1 part: the year, 4: quarters,
 * one for each period) and is spread by the shape; where that says nothing, evenly. Parts are kept exactly.
 */
export function overPeriods(
  parts: readonly bigint[],
  shape: readonly bigint[],
): Outcome<{ periods: readonly bigint[] }, 'uneven'> {
  const length = shape.length / parts.length
  if (parts.length === 0 || !Number.isInteger(length)) return refused('uneven')
  const periods = parts.flatMap((part, at) => {
    const weights = shape.slice(at * length, (at + 1) * length)
    return splitUnits(part, weights.some((weight) => weight > 0n) ? weights : weights.map(() => 1n))
  })
  return done({ periods })
}

/** A row as far as the sums need it: its year from above, and what was proposed for it. */
export interface ProposedRow {
  readonly id: string
  readonly parentId: string | null
  readonly topDown: bigint
  /** Null: nothing was proposed. */
  readonly proposed: bigint | null
}

/** What comes from below at a row. */
export interface BottomUp {
  /** Null: nobody below proposed anything yet. */
  readonly bottomUp: bigint | null
  /** Rows below (itself, where there is none) that propose, and how many have not. */
  readonly rows: number
  readonly missing: number
}

/** What is proposed sums up the tree. Rows that carry no target and propose nothing do not count as missing. */
export function bottomUpOf(rows: readonly ProposedRow[]): ReadonlyMap<string, BottomUp> {
  const below = Map.groupBy(rows, (row) => row.parentId)
  const found = new Map<string, BottomUp>()
  // Parents come before their children, so that all below a row is known when it is reached from the end.
  for (const row of rows.toReversed()) {
    const children = below.get(row.id) ?? []
    if (children.length === 0) {
      const counts = row.proposed !== null || row.topDown > 0n ? 1 : 0
      found.set(row.id, { bottomUp: row.proposed, rows: counts, missing: row.proposed === null ? counts : 0 })
      continue
    }
    let bottomUp: bigint | null = null
    let [count, missing] = [0, 0]
    for (const child of children) {
      const part = found.get(child.id)
      const own = part?.bottomUp ?? null
      if (own !== null) bottomUp = (bottomUp ?? 0n) + own
      count += part?.rows ?? 0
      missing += part?.missing ?? 0
    }
    found.set(row.id, { bottomUp, rows: count, missing })
  }
  return found
}
