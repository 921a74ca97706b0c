import { createContext, use, type ReactNode } from 'react'

interface ColumnWithoutField {
  readonly object: string
  readonly header: string
  readonly samples: readonly string[]
  /** The field is there, under this key. */
  readonly onMade: (key: string) => void
}

/** Draws what makes a new field of the company's own for a column that has none; the room that shapes objects brings it. */
export type FieldMaker = (column: ColumnWithoutField) => ReactNode

const FieldMakerContext = createContext<FieldMaker | undefined>(undefined)
export const FieldMakerProvider = FieldMakerContext.Provider

export function useFieldMaker(): FieldMaker | undefined {
  return use(FieldMakerContext)
}
