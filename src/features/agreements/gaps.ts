import { exact, plain } from '#engine/money/decimal.ts'

interface Row {
  readonly node: string
  readonly parentId: string | null
  /** Null: a draft that is not the reader's to see. */
  readonly topDown: string | null
  readonly bottomUp: string | null
}

export interface SplitGap {
  /** Top-down less bottom-up of those who proposed; null: nobody below did. */
  readonly proposed: string | null
  /** What is planned for those who have not proposed. */
  readonly missing: string
}

/**
 * The gap of every row without those who have said nothing yet: what is planned for them is told beside it, because nobody
 * refused it. Rows come parents before children; the two parts sum to top-down less bottom-up of the rows that propose.
 */
export function gapsOf(rows: readonly Row[]): ReadonlyMap<string, SplitGap> {
  const parents = new Set(rows.map(({ parentId }) => parentId))
  const sums = new Map(rows.map(({ node }) => [node, { proposed: exact('0'), missing: exact('0'), said: false }]))
  const parentOf = new Map(rows.map(({ node, parentId }) => [node, parentId]))
  for (const { node, topDown, bottomUp } of rows) {
    if (parents.has(node) || topDown === null) continue
    for (let at: string | null = node; at !== null; at = parentOf.get(at) ?? null) {
      const sum = sums.get(at)
      if (!sum) break
      if (bottomUp === null) sum.missing = sum.missing.plus(topDown ?? '0')
      else {
        sum.proposed = sum.proposed.plus(topDown ?? '0').minus(bottomUp)
        sum.said = true
      }
    }
  }
  return new Map(
    [...sums].map(([node, { proposed, missing, said }]) => [
      node,
      { proposed: said ? plain(proposed) : null, missing: plain(missing) },
    ]),
  )
}
