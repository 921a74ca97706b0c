import type { FieldFault } from '#base/errors.ts'

/** One line of a file before anybody knows which is the header; `fault` when its cells cannot be told apart. */
export interface FileLine {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: FieldFault
  /** Columns of a worksheet in which the cell is a number that is shown as a day. */
  readonly days?: readonly number[]
}
