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

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

interface Place {
  readonly spot: Spot
  readonly lines: number
  readonly columns: number
  /** Lines that are seen at once. */
  readonly page: number
  readonly isGroup: boolean
}

/** What a key means in the grid, as in spreadsheets; letters are commands, since cells open for writing by Enter. */
export function gridKey(key: Key, { spot, lines, columns, page, isGroup }: Place): GridAct | undefined {
  const isCommand = key.ctrlKey || key.metaKey
  if (key.altKey) return undefined
  const go = (at: number, column: number): GridAct => ({
    kind: 'go',
    spot: { at: within(at, lines), column: within(column, columns) },
    extends: key.shiftKey && key.key !== 'Tab',
  })
  if (isGroup && (key.key === 'ArrowRight' || key.key === 'ArrowLeft' || key.key === 'Enter' || key.key === ' ')) {
    return { kind: 'fold', isOpen: key.key !== 'ArrowLeft' }
  }
  switch (key.key) {
    case 'ArrowDown':
      return go(isCommand ? lines - 1 : spot.at + 1, spot.column)
    case 'ArrowUp':
      return go(isCommand ? 0 : spot.at - 1, spot.column)
    case 'ArrowRight':
      return go(spot.at, isCommand ? columns - 1 : spot.column + 1)
    case 'ArrowLeft':
      return go(spot.at, isCommand ? 0 : spot.column - 1)
    case 'Home':
      return go(isCommand ? 0 : spot.at, 0)
    case 'End':
      return go(isCommand ? lines - 1 : spot.at, columns - 1)
    case 'PageDown':
      return go(spot.at + page, spot.column)
    case 'PageUp':
      return go(spot.at - page, spot.column)
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

function within(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1))
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
