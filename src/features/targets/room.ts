import { childrenOf, isLocked, monthOf, monthsOfYear, nodeOf, topDown } from './plan-tree.ts'
import type { PlanTree } from './plan-tree.ts'

/** How far a cell can move: never below its floor, and not at all unless it is free. */
export interface Room {
  readonly floor: bigint
  readonly free: boolean
}

/** The room of every cell, by node and month. */
export type Rooms = ReadonlyMap<string, readonly Room[]>

const wideOpen: Room = { floor: 0n, free: true }
const openYear: readonly Room[] = monthsOfYear.map(() => wideOpen)

/**
 * Locks bind upwards: a cell whose descendants are partly locked cannot fall below their sum,
 * and one whose descendants are all locked cannot move.
 */
export function roomsOf(tree: PlanTree): Rooms {
  const rooms = new Map<string, readonly Room[]>()
  for (const id of topDown(tree).reverse()) {
    const node = nodeOf(tree, id)
    const below = childrenOf(tree, id).map((child) => rooms.get(child.id) ?? openYear)
    if (below.every((year) => year === openYear) && !node.locked.includes(true)) {
      rooms.set(id, openYear)
      continue
    }
    rooms.set(
      id,
      monthsOfYear.map((month) => {
        if (isLocked(node, month)) return { floor: monthOf(node.months, month), free: false }
        const parts = below.map((year) => year[month] ?? wideOpen)
        if (parts.length === 0) return wideOpen
        return { floor: parts.reduce((sum, part) => sum + part.floor, 0n), free: parts.some((part) => part.free) }
      }),
    )
  }
  return rooms
}

export function roomOf(rooms: Rooms, node: string, month: number): Room {
  return rooms.get(node)?.[month] ?? wideOpen
}
