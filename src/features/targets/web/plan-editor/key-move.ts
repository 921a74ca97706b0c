import type { TreeRow } from '#web/kit/flatten-tree.ts'
import { gridMove, type GridSpot, type PressedKey } from '#web/kit/grid-move.ts'

export type KeyMove =
  | { readonly kind: 'go'; readonly spot: GridSpot }
  | { readonly kind: 'toggle'; readonly isOpen: boolean }
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'clear' }
  | { readonly kind: 'lock' }

interface Place {
  readonly spot: GridSpot
  readonly rows: readonly Pick<TreeRow<unknown>, 'hasChildren' | 'isOpen'>[]
  readonly columns: number
  readonly page: number
}

/** What a key means in a cell, as spreadsheets do it; Alt with left and right closes and opens the row. */
export function keyMove(key: PressedKey, { spot, rows, columns, page }: Place): KeyMove | undefined {
  const here = rows[spot.row]
  const isCommand = key.ctrlKey || key.metaKey
  if (key.altKey && here?.hasChildren && (key.key === 'ArrowRight' || key.key === 'ArrowLeft')) {
    return { kind: 'toggle', isOpen: key.key === 'ArrowRight' }
  }
  if (key.key.toLowerCase() === 'l' && !isCommand) return { kind: 'lock' }
  // Whatever is typed goes into the cell, also what is no number: it is told there, not lost.
  if (/^\S$/u.test(key.key) && !isCommand && !key.altKey) return { kind: 'edit', text: key.key }
  const moved = gridMove(key, spot, { rows: rows.length, columns, page })
  if (moved) return { kind: 'go', spot: moved }
  switch (key.key) {
    case 'Tab':
      if (isAtEdge(key, spot, columns)) return undefined
      return { kind: 'go', spot: { row: spot.row, column: spot.column + (key.shiftKey ? -1 : 1) } }
    case ' ':
      return here?.hasChildren ? { kind: 'toggle', isOpen: !here.isOpen } : undefined
    case 'Enter':
    case 'F2':
      return { kind: 'edit', text: '' }
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' }
    default:
      return undefined
  }
}

/** At the ends of a row Tab leaves the grid, so that the keyboard is never trapped. */
function isAtEdge({ shiftKey }: PressedKey, { column }: GridSpot, columns: number): boolean {
  return shiftKey ? column === 0 : column === columns - 1
}
