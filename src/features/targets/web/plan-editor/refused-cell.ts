/** What was typed and is no target: it stays in its cell until it is mended or dropped. */
export interface RefusedCell {
  readonly name: string
  readonly period: string
  readonly text: string
  readonly why: string
}

/** By the row of the tree and the column. */
export type RefusedCells = ReadonlyMap<string, RefusedCell>

export const cellKey = (node: string, column: string): string => `${node} ${column}`
