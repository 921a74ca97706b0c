import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { keptRecordsRoute, openedRecordRoute, searchRoute, starRecordRoute } from '#engine/search/contract.ts'
import { call, type CallReply } from '#web/api/call.ts'

const keptKey = ['search', 'kept'] as const
const standStillMs = 120

/** What matches, while somebody types: asked when typing pauses, answers that come late are dropped. */
export function useSearch(typed: string) {
  const [query, setQuery] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), standStillMs)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useQuery({
    queryKey: ['search', 'find', query],
    queryFn: ({ signal }) => call(searchRoute, { query: { q: query }, signal }),
    enabled: query !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  return { ...found, isBehind: query !== typed || found.isPlaceholderData || found.isFetching }
}

export function useKept(isAsked = true) {
  return useQuery({
    queryKey: keptKey,
    queryFn: ({ signal }) => call(keptRecordsRoute, { signal }),
    enabled: isAsked,
    staleTime: 30_000,
  })
}

/** Tells that a record is open, so that it is found again quickly. */
export function useTellOpened(): (object: string, id: string) => Promise<void> {
  const client = useQueryClient()
  return useCallback(
    async (object, id) => {
      // Only a convenience: nothing is said where it does not work.
      await call(openedRecordRoute, { body: { object, id } }).catch(() => undefined)
      await client.invalidateQueries({ queryKey: keptKey })
    },
    [client],
  )
}

type Kept = CallReply<typeof keptRecordsRoute>

/** Whether a record is starred, and how to change that; shown at once. */
export function useStar(object: string, id: string) {
  const client = useQueryClient()
  const kept = useKept()
  const isSame = (hit: Kept['starred'][number]) => hit.object === object && hit.id === id
  const change = useMutation({
    mutationFn: (starred: boolean) => call(starRecordRoute, { body: { object, id, starred } }),
    onSettled: () => client.invalidateQueries({ queryKey: keptKey }),
  })
  const isStarred = change.isPending ? change.variables : (kept.data?.starred.some(isSame) ?? false)
  return { isStarred, star: change.mutate }
}
