import { gridMove, type PressedKey } from '#web/kit/grid-move.ts'

/** A cell of the grid, by the place of its line and column. */
export interface Spot {
  readonly at: number
  readonly column: number
}

export type GridAct =
  | { readonly kind: 'go'; readonly spot: Spot; readonly extends: boolean }
  | { readonly kind: 'edit' }
  | { readonly kind: 'select'; readonly extends: boolean }
  | { readonly kind: 'selectAll' }
  | { readonly kind: 'open' }
  | { readonly kind: 'fold'; readonly isOpen: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'leave' }

interface Place {
  readonly spot: Spot
  readonly lines: number
  readonly columns: number
  /** Lines that are seen at once. */
  readonly page: number
  readonly isGroup: boolean
}

/** What a key means in the grid, as in spreadsheets; letters are commands, since cells open for writing by Enter. */
export function gridKey(key: PressedKey, { spot, lines, columns, page, isGroup }: Place): GridAct | undefined {
  const isCommand = key.ctrlKey || key.metaKey
  if (key.altKey) return undefined
  if (isGroup && (key.key === 'ArrowRight' || key.key === 'ArrowLeft' || key.key === 'Enter' || key.key === ' ')) {
    return { kind: 'fold', isOpen: key.key !== 'ArrowLeft' }
  }
  const moved = gridMove(key, { row: spot.at, column: spot.column }, { rows: lines, columns, page })
  if (moved) return { kind: 'go', spot: { at: moved.row, column: moved.column }, extends: key.shiftKey }
  switch (key.key) {
    case ' ':
      return { kind: 'select', extends: key.shiftKey }
    case 'Enter':
    case 'F2':
      return { kind: 'edit' }
    case 'Escape':
      return { kind: 'leave' }
  }
  if (isCommand) return key.key.toLowerCase() === 'a' ? { kind: 'selectAll' } : undefined
  switch (key.key) {
    case 'e':
      return { kind: 'edit' }
    case 'o':
      return { kind: 'open' }
    case '?':
      return { kind: 'help' }
    default:
      return undefined
  }
}

/** The cells between two, whichever comes first. */
export interface Range {
  readonly fromAt: number
  readonly toAt: number
  readonly fromColumn: number
  readonly toColumn: number
}

export function rangeOf(one: Spot, other: Spot): Range {
  return {
    fromAt: Math.min(one.at, other.at),
    toAt: Math.max(one.at, other.at),
    fromColumn: Math.min(one.column, other.column),
    toColumn: Math.max(one.column, other.column),
  }
}
