import type { Label, LabelParams } from '#base/label.ts'

/** Where in the text something stands: `[from, to)`, in UTF-16 units. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** A word or a quoted text as somebody wrote it. */
export interface Piece extends Stretch {
  readonly text: string
  /** In quotation marks: it stands for itself, never for a word of the language. */
  readonly isQuoted: boolean
}

/** One value, or `low..high`, each side of which may be left out. */
export interface WrittenValue extends Stretch {
  readonly low?: Piece
  readonly high?: Piece
  readonly isRange: boolean
}

export type WrittenOp = ':' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '*=' | '^='

interface Compared extends Stretch {
  readonly op: WrittenOp
  readonly values: readonly WrittenValue[]
  /** Several values, or one in parentheses. */
  readonly isList: boolean
}

export interface WrittenCondition extends Compared {
  readonly kind: 'condition'
  readonly path: Piece
}

/** `sum(order.amount where …) > 5`: a figure over the records that refer to this one. */
export interface WrittenFigure extends Compared {
  readonly kind: 'figure'
  readonly aggregate: Piece
  readonly target: Piece
  readonly where?: Written
}

/** A filter as it was written, before anybody looked at which fields and records it names. */
export type Written =
  | ({ readonly kind: 'and' | 'or'; readonly parts: readonly Written[] } & Stretch)
  | ({ readonly kind: 'not'; readonly part: Written } & Stretch)
  | ({ readonly kind: 'everything' } & Stretch)
  | ({ readonly kind: 'word'; readonly word: Piece } & Stretch)
  | WrittenCondition
  | WrittenFigure

/** What of a text cannot be read, and where it stands. */
export interface TextFault extends Stretch {
  readonly code: string
  readonly label: Label
  readonly params?: LabelParams
}
