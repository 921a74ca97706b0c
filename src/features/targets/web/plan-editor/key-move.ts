import type { TreeRow } from '#web/kit/flatten-tree.ts'

/** A cell of the grid, by the place of its row and column. */
export interface Spot {
  readonly row: number
  readonly column: number
}

export type KeyMove =
  | { readonly kind: 'go'; readonly spot: Spot }
  | { readonly kind: 'toggle'; readonly isOpen: boolean }
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'clear' }
  | { readonly kind: 'lock' }

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

interface Place {
  readonly spot: Spot
  readonly rows: readonly Pick<TreeRow<unknown>, 'hasChildren' | 'isOpen'>[]
  readonly columns: number
  readonly page: number
}

/** What a key means in a cell, as spreadsheets do it; Alt with left and right closes and opens the row. */
export function keyMove(key: Key, { spot, rows, columns, page }: Place): KeyMove | undefined {
  const go = (row: number, column: number): KeyMove => ({ kind: 'go', spot: { row, column } })
  const here = rows[spot.row]
  const isCommand = key.ctrlKey || key.metaKey
  if (key.altKey && here?.hasChildren && (key.key === 'ArrowRight' || key.key === 'ArrowLeft')) {
    return { kind: 'toggle', isOpen: key.key === 'ArrowRight' }
  }
  if (/^[\d.]$/.test(key.key) && !isCommand) return { kind: 'edit', text: key.key }
  if (key.key.toLowerCase() === 'l' && !isCommand) return { kind: 'lock' }
  switch (key.key) {
    case 'ArrowDown':
      return go(isCommand ? rows.length - 1 : spot.row + 1, spot.column)
    case 'ArrowUp':
      return go(isCommand ? 0 : spot.row - 1, spot.column)
    case 'ArrowRight':
      return go(spot.row, isCommand ? columns - 1 : spot.column + 1)
    case 'ArrowLeft':
      return go(spot.row, isCommand ? 0 : spot.column - 1)
    case 'Tab':
      return isAtEdge(key, spot, columns) ? undefined : go(spot.row, spot.column + (key.shiftKey ? -1 : 1))
    case 'Home':
      return go(isCommand ? 0 : spot.row, 0)
    case 'End':
      return go(isCommand ? rows.length - 1 : spot.row, columns - 1)
    case 'PageDown':
      return go(spot.row + page, spot.column)
    case 'PageUp':
      return go(spot.row - page, spot.column)
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
function isAtEdge({ shiftKey }: Key, { column }: Spot, columns: number): boolean {
  return shiftKey ? column === 0 : column === columns - 1
}
