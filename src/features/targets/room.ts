import { isFitting, leastHandingOut, overAt, received } from './over-assignment.ts'
import { childrenOf, isLocked, monthOf, nodeOf, sumOver, topDown } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'

/** How far a cell can move: never below its floor, and not at all unless it is free. */
export interface Room {
  readonly floor: bigint
  readonly free: boolean
}

/** The room of every cell, by node and month. */
export type Rooms = ReadonlyMap<string, readonly Room[]>

const wideOpen: Room = { floor: 0n, free: true }

/**
 * Locks bind upwards: a cell whose descendants are partly locked cannot fall below their sum,
 * and one whose descendants are all locked cannot move.
 */
export function roomsOf(tree: PlanTree): Rooms {
  if (tree.rule.nodes !== 'sum') return ownRooms(tree)
  const rooms = new Map<string, readonly Room[]>()
  const openYear: readonly Room[] = tree.periods.map(() => wideOpen)
  for (const id of topDown(tree).reverse()) {
    const node = nodeOf(tree, id)
    const children = childrenOf(tree, id)
    const below = children.map((child) => rooms.get(child.id) ?? openYear)
    if (below.every((year) => year === openYear) && !node.locked.includes(true)) {
      rooms.set(id, openYear)
      continue
    }
    rooms.set(
      id,
      tree.periods.map((month) => {
        if (isLocked(node, month)) return { floor: monthOf(node.months, month), free: false }
        const parts = below.map((year) => year[month] ?? wideOpen)
        if (parts.length === 0) return wideOpen
        const least = parts.reduce((sum, part) => sum + part.floor, 0n)
        return { floor: floorOver(node, children, month, least), free: parts.some((part) => part.free) }
      }),
    )
  }
  return rooms
}

/** Where nothing sums, a lock binds its own cell alone. */
function ownRooms({ nodes, periods }: PlanTree): Rooms {
  return new Map(
    [...nodes.values()].map((node) => [
      node.id,
      periods.map((month) => (isLocked(node, month) ? { floor: monthOf(node.months, month), free: false } : wideOpen)),
    ]),
  )
}

/** The least that a cell can be over children that need so much; what it is now, where that fits them. */
function floorOver(node: PlanNode, children: readonly PlanNode[], month: number, least: bigint): bigint {
  const over = overAt(node, month)
  if (over.rate === 0n) return least
  const own = monthOf(node.months, month)
  const sum = sumOver(children, month)
  if (sum === least) return isFitting(own, sum, over) ? own : received(sum, over)
  const floor = leastHandingOut(least, over)
  return own < floor && sum >= least && isFitting(own, sum, over) ? own : floor
}

export function roomOf(rooms: Rooms, node: string, month: number): Room {
  return rooms.get(node)?.[month] ?? wideOpen
}
