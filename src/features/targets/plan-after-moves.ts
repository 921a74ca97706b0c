import { overPeriods } from '#engine/metrics/plan-rule.ts'
import type { Counting } from '#engine/metrics/plan-rule.ts'
import { toUnits } from '#engine/money/units.ts'
import { followMoves, movedMonths, movedUnits } from './follow-moves.ts'
import { nodeIdOf } from './node-id.ts'
import { treeOfRows } from './plan-cells.ts'
import { planTree } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'
import type { PlanRow } from './contract.ts'

/** A reorganisation as far as a plan is concerned. */
export interface PlannedMoves {
  /** Every unit afterwards, parents first. */
  readonly units: readonly { readonly unitId: string; readonly parentId: string | null }[]
  readonly people: readonly { readonly personId: string; readonly from: string; readonly to: string }[]
  /** The first leaf period of which all days come after it, from 0. */
  readonly since: number
}

/** What units have over the year, in whole counts of the plan's unit: where the plan put them, and as a refresh would leave them. */
export interface PlanMoved {
  readonly stays: ReadonlyMap<string, bigint>
  readonly refreshed: ReadonlyMap<string, bigint>
}

/** What a refresh would make of a plan after a reorganisation, by the rules of a refresh; nothing is written. */
export function planAfterMoves(rows: readonly PlanRow[], counting: Counting, moves: PlannedMoves): PlanMoved {
  const tree = withNewcomers(treeOfRows(rows, counting), moves)
  const stood = rows.flatMap(({ unitId, personId, months }) => {
    if (personId === null) return []
    const move = moves.people.find((one) => one.personId === personId && one.from === unitId)
    const days = (isThere: (at: number) => boolean) => months.map((_, at) => (isThere(at) ? 1n : 0n))
    if (!move) return [{ unitId, personId, days: days(() => true) }]
    return [
      { unitId, personId, days: days((at) => at < moves.since) },
      { unitId: move.to, personId, days: days((at) => at >= moves.since) },
    ]
  })
  const after = followMoves(tree, { parents: movedUnits(tree, moves.units), months: movedMonths(tree, stood) })
  return { stays: totals(rows, counting), refreshed: totalsOf(after) }
}

function withNewcomers(tree: PlanTree, { units, people }: PlannedMoves): PlanTree {
  const nothing = tree.periods.map(() => 0n)
  const open = tree.periods.map(() => false)
  const known = new Set(tree.nodes.keys())
  // Parents come first; what hangs below a unit that the plan does not know stays out of it.
  const rowOf = (id: string, parent: string | null): PlanNode[] => {
    if (known.has(id) || parent === null || !known.has(parent)) return []
    known.add(id)
    return [{ id, parent, months: nothing, locked: open }]
  }
  return planTree(
    [
      ...tree.nodes.values(),
      ...units.flatMap(({ unitId, parentId }) => rowOf(unitId, parentId)),
      ...people.flatMap(({ personId, to }) => rowOf(nodeIdOf({ unitId: to, personId }), to)),
    ],
    tree.rule,
  )
}

function totals(rows: readonly PlanRow[], { unit, rule }: Counting): ReadonlyMap<string, bigint> {
  return new Map(
    rows
      .filter((row) => row.personId === null)
      .map((row) => [
        row.unitId,
        overPeriods(
          row.months.map((month) => toUnits(month, unit)),
          rule.periods,
        ),
      ]),
  )
}

const totalsOf = ({ nodes, rule }: PlanTree): ReadonlyMap<string, bigint> =>
  new Map([...nodes.values()].map((node) => [node.id, overPeriods(node.months, rule.periods)]))
