import type { ReactNode } from 'react'
import type { Label } from '#base/label.ts'
import type { SearchHit } from '#engine/search/contract.ts'

/** Something that can be done from anywhere; found by its name in either language, by pinyin and its initials. */
export interface Command {
  readonly key: string
  readonly label: Label
  readonly icon?: ReactNode
  run(): void
}

/** A kind of thing that the search finds. */
export interface FoundKind {
  /** Key of the object. */
  readonly key: string
  /** What several of them are called, in the reader's language. */
  readonly name: string
  readonly icon?: ReactNode
}

/** What the app tells the palette: the shell itself knows no page and no object. */
export interface PaletteContent {
  readonly commands: readonly Command[]
  readonly kinds: readonly FoundKind[]
  /** Goes to what was found. */
  readonly openHit: (hit: SearchHit) => void
}
