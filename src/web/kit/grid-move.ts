/** A cell of a grid. */
export interface GridSpot {
  readonly row: number
  readonly column: number
}

export interface PressedKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Rows that are seen at once. */
  readonly page: number
}

/** Where a key leads from a cell, as in spreadsheets, never beyond the grid; undefined for keys that lead nowhere. */
export function gridMove(pressed: PressedKey, { row, column }: GridSpot, size: GridSize): GridSpot | undefined {
  const isCommand = pressed.ctrlKey || pressed.metaKey
  const go = (toRow: number, toColumn: number): GridSpot => ({
    row: within(toRow, size.rows),
    column: within(toColumn, size.columns),
  })
  switch (pressed.key) {
    case 'ArrowDown':
      return go(isCommand ? size.rows - 1 : row + 1, column)
    case 'ArrowUp':
      return go(isCommand ? 0 : row - 1, column)
    case 'ArrowRight':
      return go(row, isCommand ? size.columns - 1 : column + 1)
    case 'ArrowLeft':
      return go(row, isCommand ? 0 : column - 1)
    case 'Home':
      return go(isCommand ? 0 : row, 0)
    case 'End':
      return go(isCommand ? size.rows - 1 : row, size.columns - 1)
    case 'PageDown':
      return go(row + size.page, column)
    case 'PageUp':
      return go(row - size.page, column)
    default:
      return undefined
  }
}

function within(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1))
}
