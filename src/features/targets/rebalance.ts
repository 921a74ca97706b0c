import { done, refused } from '#base/outcome.ts'
import { openDraft } from './draft.ts'
import { overAt, parentOver, sumUnder } from './over-assignment.ts'
import type { Draft } from './draft.ts'
import { ancestorsOf, childrenOf, isLocked, nodeOf, totalOf } from './plan-tree.ts'
import type { PlanTree } from './plan-tree.ts'
import { overMonths } from './over-months.ts'
import type { CellEdit } from './over-months.ts'
import { roomOf, roomsOf } from './room.ts'
import type { Rooms } from './room.ts'
import { shareOut } from './share-out.ts'
import type { ShareRefusal } from './share-out.ts'
import { cascade } from './spread.ts'
import type { Refused, Spread, Weigh } from './spread.ts'
import { byCurrent } from './weights.ts'

export interface RebalanceRule {
  /** Who takes up the difference: the siblings, or the parents up to the first that may not change. */
  readonly absorb: 'siblings' | 'parents'
  readonly step: bigint
  /** The row that stays fixed with all above it: the top of a manager's own unit. None: the whole plan may change. */
  readonly fixedTop?: string
  /** How rows below a changed one share it; in proportion to what they have, unless told. */
  readonly weigh?: Weigh
}

/** Why the buffer of the unit above cannot carry an amendment. */
type BufferRefusal = 'no-buffer' | 'buffer-too-small' | 'buffer-full'

export type RebalanceRefusal =
  ShareRefusal | 'negative' | 'cell-locked' | 'locked-below' | 'out-of-reach' | 'no-sibling' | BufferRefusal

/**
 * Changes one cell and lets the others follow: locked cells stay, children sum to their parents as before; where they are
 * no sum, nothing else moves. The top has nobody to take up its difference: its change simply flows down.
 */
export function rebalance(tree: PlanTree, edit: CellEdit, rule: RebalanceRule): Spread<RebalanceRefusal> {
  const node = nodeOf(tree, edit.node)
  if (edit.value < 0n) return refused('negative', edit.node)
  if (rule.fixedTop !== undefined && !ancestorsOf(tree, edit.node).includes(rule.fixedTop)) {
    return refused('out-of-reach', edit.node)
  }
  if (edit.months.every((month) => isLocked(node, month))) return refused('cell-locked', edit.node)

  const rooms = roomsOf(tree)
  const draft = openDraft(tree)
  const own = overMonths(tree, edit, rooms, rule.step)
  if (!own.ok) return own
  if (tree.rule.nodes !== 'sum') {
    edit.months.forEach((month, at) => draft.set(edit.node, month, own.parts[at] ?? 0n))
    return done(draft.finish())
  }
  for (const [at, month] of edit.months.entries()) {
    const refusal = setCell(draft, edit.node, month, own.parts[at] ?? 0n, rooms, rule)
    if (refusal) return refusal
  }
  return flowDown(draft, rooms, rule) ?? done(draft.finish())
}

/** Rows that changed pass it on below; those on the way up already agree with their children. */
function flowDown(draft: Draft, rooms: Rooms, rule: RebalanceRule): Refused<ShareRefusal> | null {
  const moved = new Map<string, number[]>()
  for (const { node, month } of draft.changes()) moved.set(node, [...(moved.get(node) ?? []), month])
  const onTheWayUp = new Set([...moved.keys()].map((id) => nodeOf(draft.tree, id).parent))
  for (const [id, months] of moved) {
    if (onTheWayUp.has(id)) continue
    const weigh = rule.weigh ?? byCurrent
    const refusal = cascade(draft, id, months, { weigh, step: rule.step, rooms, reach: 'changed' })
    if (refusal) return refusal
  }
  return null
}

/** Writes one cell and lets siblings, on the level where the parent stays, take up the difference. */
function setCell(
  draft: Draft,
  id: string,
  month: number,
  value: bigint,
  rooms: Rooms,
  rule: RebalanceRule,
): Refused<RebalanceRefusal> | null {
  const { parent } = nodeOf(draft.tree, id)
  const difference = value - draft.valueOf(id, month)
  if (difference === 0n) return null
  if (parent === null) {
    draft.set(id, month, value)
    return null
  }
  const sum = totalOf(childrenOf(draft.tree, parent).map((child) => draft.valueOf(child.id, month)))
  draft.set(id, month, value)
  const over = overAt(nodeOf(draft.tree, parent), month)
  const above = draft.valueOf(parent, month)
  const parentStays = parent === rule.fixedTop || isLocked(nodeOf(draft.tree, parent), month)
  if (rule.absorb === 'parents' && !parentStays) {
    const follows = over.rate === 0n ? above + difference : parentOver(sum + difference, above, over)
    return setCell(draft, parent, month, follows, rooms, rule)
  }
  return siblingsAbsorb(draft, id, { month, rest: sumUnder(above, sum, over) - value }, rooms, rule.step)
}

/** Siblings share what the cell leaves them. */
function siblingsAbsorb(
  draft: Draft,
  id: string,
  { month, rest }: { readonly month: number; readonly rest: bigint },
  rooms: Rooms,
  step: bigint,
) {
  const parent = nodeOf(draft.tree, id).parent ?? ''
  const siblings = childrenOf(draft.tree, parent).filter((child) => child.id !== id)
  if (siblings.length === 0) return refused('no-sibling', id)
  const claims = siblings.map((sibling) => {
    return { ...roomOf(rooms, sibling.id, month), weight: draft.valueOf(sibling.id, month), owed: 0n }
  })
  if (rest === totalOf(siblings.map((sibling) => draft.valueOf(sibling.id, month)))) return null
  const shares = shareOut(rest, claims, step)
  if (!shares.ok) return refused(shares.reason, parent)
  siblings.forEach((sibling, at) => draft.set(sibling.id, month, shares.parts[at] ?? 0n))
  return null
}
