import { useCallback, useMemo } from 'react'
import { checkFilter } from '#engine/query/check.ts'
import type { Filter } from '#engine/query/filter.ts'
import { filterInWords } from '#engine/query/in-words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { ScreenObject } from '../use-objects.ts'
import { toObjectType, useCatalogue } from './use-catalogue.ts'
import { useFilterReading } from './use-filter-reading.ts'
import { filterWords } from './words.ts'

const noNames: Readonly<Record<string, string>> = {}

/** Tells any part of a filter in words, with the names of what it names as soon as they are known. */
export function useFilterWords(object: ScreenObject, filter: Filter | undefined) {
  const t = useWords(filterWords)
  const language = useLanguage()
  const catalogue = useCatalogue()
  const type = useMemo(() => toObjectType(object), [object])
  const { data } = useFilterReading(object.key, filter, filter !== undefined)
  const names = data?.names ?? noNames
  const words = useCallback(
    (part: Filter) =>
      checkFilter(part, type, catalogue).length === 0
        ? filterInWords(part, type, catalogue, language, (id) => names[id])
        : t('condition'),
    [type, catalogue, language, names, t],
  )
  return { words, catalogue, names }
}
