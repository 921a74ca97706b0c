import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'
import { monthOf, nodeOf } from './plan-tree.ts'
import type { PlanTree } from './plan-tree.ts'
import { roomOf } from './room.ts'
import type { Room, Rooms } from './room.ts'
import { shareOut } from './share-out.ts'

/** A new value for one cell, or for what several months of a row make together (a quarter, the year). */
export interface CellEdit {
  readonly node: string
  readonly months: readonly number[]
  readonly value: bigint
}

interface Cell extends Room {
  readonly value: bigint
}

type Parts = Outcome<{ readonly parts: readonly bigint[] }, 'locked-below'>

/**
 * The new value of a quarter or year over its months, as the plan's periods make it: a sum and an average as the months
 * stood to each other, a level in its last month alone, a largest month with all others in proportion. Locked months
 * stay; where they leave no room it is refused.
 */
export function overMonths(tree: PlanTree, edit: CellEdit, rooms: Rooms, step: bigint): Parts {
  const { months } = nodeOf(tree, edit.node)
  const cells = edit.months.map((month) => ({ ...roomOf(rooms, edit.node, month), value: monthOf(months, month) }))
  const parts = partsOf(cells, edit.value, tree, step)
  return parts === null ? refused('locked-below', edit.node) : parts
}

function partsOf(cells: readonly Cell[], value: bigint, { rule }: PlanTree, step: bigint): Parts | null {
  switch (rule.periods) {
    case 'sum':
      // A single month takes exactly what was typed.
      return shared(cells, value, cells.length === 1 ? 1n : step)
    case 'average':
      return shared(cells, value * BigInt(cells.length), 1n)
    case 'last':
      return inLast(cells, value)
    case 'largest':
      return scaled(cells, value)
  }
}

function shared(cells: readonly Cell[], total: bigint, step: bigint): Parts | null {
  const claims = cells.map(({ floor, free, value }) => ({ floor, free, weight: value, owed: 0n }))
  const shares = shareOut(total, claims, step)
  return shares.ok ? shares : null
}

function inLast(cells: readonly Cell[], value: bigint): Parts | null {
  const last = cells.at(-1)
  if (last && (last.free ? value < last.floor : value !== last.value)) return null
  return done({ parts: cells.map((cell) => (cell === last ? value : cell.value)) })
}

function scaled(cells: readonly Cell[], value: bigint): Parts | null {
  const free = cells.filter((cell) => cell.free)
  const most = free.reduce((largest, cell) => (cell.value > largest ? cell.value : largest), 0n)
  const isTooMuch = cells.some((cell) => !cell.free && cell.value > value)
  if (isTooMuch || free.length === 0) return null
  const of = (cell: Cell) => (most === 0n ? value : (2n * cell.value * value + most) / (2n * most))
  return done({ parts: cells.map((cell) => (cell.free ? of(cell) : cell.value)) })
}
