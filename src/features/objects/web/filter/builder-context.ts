import { createContext, useContext } from 'react'
import { makeCatalogue, type Catalogue } from '#engine/model/catalogue.ts'

interface Builder {
  readonly catalogue: Catalogue
  /** Names of what the filter names, by id. */
  readonly names: Readonly<Record<string, string>>
}

const BuilderContext = createContext<Builder>({ catalogue: makeCatalogue([]), names: {} })

export const BuilderProvider = BuilderContext.Provider

/** What every row of a filter under way needs to know. */
export const useBuilder = (): Builder => useContext(BuilderContext)
