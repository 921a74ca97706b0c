import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Filter } from '#engine/query/filter.ts'
import { call, type CallReply } from '#web/api/call.ts'
import { useLanguage } from '#web/words/use-words.ts'
import { filterRoutes } from '../../contract.ts'

export type FilterRead = CallReply<typeof filterRoutes.read>

/** A filter as text and in words, with the names of what it names. */
export function useFilterReading(object: string, filter: Filter | undefined, isAsked = true) {
  const language = useLanguage()
  return useQuery({
    queryKey: ['filters', 'written', object, filter, language],
    queryFn: ({ signal }) => call(filterRoutes.read, { body: { object, ...(filter ? { filter } : {}) }, signal }),
    enabled: isAsked,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
}

export function readText(object: string, text: string, signal?: AbortSignal): Promise<FilterRead> {
  return call(filterRoutes.read, { body: { object, text }, ...(signal ? { signal } : {}) })
}

/** What a text means, or what of it cannot be read. */
export function useTextReading(object: string, text: string | undefined) {
  const language = useLanguage()
  return useQuery({
    queryKey: ['filters', 'read', object, text, language],
    queryFn: ({ signal }) => readText(object, text ?? '', signal),
    enabled: text !== undefined,
  })
}

export function useCompletions(object: string, text: string, cursor: number | undefined) {
  const language = useLanguage()
  return useQuery({
    queryKey: ['filters', 'complete', object, text, cursor, language],
    queryFn: ({ signal }) => call(filterRoutes.complete, { body: { object, text, cursor: cursor ?? 0 }, signal }),
    enabled: cursor !== undefined,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
}
