import { monthOf } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'

/** 保底 / 目标 / 挑战: what must come at least, what is agreed, what would be outstanding. */
export const levels = ['floor', 'target', 'stretch'] as const
export type Level = (typeof levels)[number]
/** The levels that a plan may have beside its target. */
export type SideLevel = Exclude<Level, 'target'>

/**
 * A plan with several levels is one forest: the rows of a side level are the same tree once more, under keys with the
 * level before them. So every rule of sums, locks and re-balancing holds on each level, and nothing crosses over.
 */
export function rowIdAt(level: Level, id: string): string {
  return level === 'target' ? id : `${level}:${id}`
}

export function readRowId(rowId: string): { readonly level: Level; readonly id: string } {
  const [before = '', id] = rowId.split(':')
  return id !== undefined && (before === 'floor' || before === 'stretch')
    ? { level: before, id }
    : { level: 'target', id: rowId }
}

/** A cell that is larger than the next level's; where less is better, smaller. */
export interface Crossing {
  readonly node: string
  readonly month: number
  readonly lower: Level
  readonly upper: Level
  readonly below: bigint
  readonly above: bigint
}

/** Where floor ≤ target ≤ stretch (≥ where less is better) does not hold; an empty list is the promise of every saved plan. */
export function crossings(tree: PlanTree): Crossing[] {
  const found: Crossing[] = []
  for (const rowId of tree.nodes.keys()) {
    const { level, id } = readRowId(rowId)
    if (level === 'target') continue
    const side = tree.nodes.get(rowId)
    const target = tree.nodes.get(id)
    if (!side || !target) continue
    found.push(...crossed(level, { node: id, side, target }, tree.rule.better))
  }
  return found
}

interface Sides {
  readonly node: string
  readonly side: PlanNode
  readonly target: PlanNode
}

function crossed(level: SideLevel, { node, side, target }: Sides, better: 'higher' | 'lower'): Crossing[] {
  const [under, over] = level === 'floor' ? [side, target] : [target, side]
  const [lower, upper]: readonly [Level, Level] = level === 'floor' ? ['floor', 'target'] : ['target', 'stretch']
  return side.months.flatMap((_, month) => {
    const [below, above] = [monthOf(under.months, month), monthOf(over.months, month)]
    return (better === 'higher' ? below > above : below < above) ? [{ node, month, lower, upper, below, above }] : []
  })
}

/** The highest level that a result reaches; null below the lowest there is. */
export function levelReached(
  actual: bigint,
  at: Readonly<Partial<Record<Level, bigint | null>>>,
  better: 'higher' | 'lower' = 'higher',
): Level | null {
  return (
    levels.findLast((level) => {
      const wanted = at[level]
      if (wanted === undefined || wanted === null) return false
      return better === 'higher' ? actual >= wanted : actual <= wanted
    }) ?? null
  )
}
