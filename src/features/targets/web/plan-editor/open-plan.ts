import type { CallReply } from '#web/api/call.ts'
import type { planGridRoute, PlanRow } from '../../contract.ts'
import { rowIdAt } from '../../levels.ts'
import { planTree } from '../../plan-tree.ts'
import type { PlanNode, PlanTree } from '../../plan-tree.ts'

type Grid = CallReply<typeof planGridRoute>

/** A row of the grid; its figures are in the tree. */
export type PlanLine = Omit<PlanRow, 'months' | 'locked' | 'unitId' | 'personId'>

/** A plan as its editor works on it: lines to show, and the figures of every level as one forest. */
export interface OpenPlan {
  readonly plan: Grid['plan']
  readonly months: Grid['months']
  readonly rows: readonly PlanLine[]
  readonly tree: PlanTree
}

/** Turns the columns of the wire into lines and a tree. */
export function openGrid({ plan, months, rows, levels }: Grid): OpenPlan {
  const lines = linesOf(rows)
  const open = months.map(() => false)
  const nodes = levels.flatMap(({ level, cells, locks, taken }) =>
    lines.map(({ id, parentId, buffer }, at): PlanNode => {
      const lock = locks[at]
      return {
        id: rowIdAt(level, id),
        parent: parentId === null ? null : rowIdAt(level, parentId),
        months: countsOf(cells[at] ?? '0', months.length),
        locked: lock === undefined ? open : [...lock].map((each) => each === '1'),
        buffer: BigInt(buffer),
        ...(taken[at] === undefined ? {} : { taken: countsOf(taken[at], months.length) }),
      }
    }),
  )
  return { plan, months, rows: lines, tree: planTree(nodes, plan.rule) }
}

function linesOf(rows: Grid['rows']): PlanLine[] {
  const heads = new Set(rows.heads)
  const fixed = new Set(rows.fixed)
  const ids: string[] = []
  return rows.keys.map((key, at) => {
    const parentId = ids[rows.parents[at] ?? -1] ?? null
    const isPerson = rows.kinds[at] === 'p'
    const id = isPerson && parentId !== null ? `${parentId}.${key}` : key
    ids.push(id)
    return {
      id,
      kind: isPerson ? 'person' : 'unit',
      name: rows.names[at] ?? '',
      tier: rows.tiers[rows.tierOf[at] ?? -1] ?? null,
      parentId,
      isHead: heads.has(at),
      canEdit: !fixed.has(at),
      buffer: rows.buffers[at] ?? 0,
      bases: rows.bases[at] ?? [],
    }
  })
}

/** Counts with blanks between; one that stands for all periods. */
function countsOf(text: string, width: number): bigint[] {
  const counts = text.split(' ').map(BigInt)
  const [first = 0n] = counts
  return counts.length === width ? counts : Array.from({ length: width }, () => first)
}
