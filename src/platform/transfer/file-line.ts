import type { FieldFault } from '#base/errors.ts'

/** One line of a file before anybody knows which is the header; `fault` when its cells cannot be told apart. */
export interface FileLine {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: FieldFault
}
