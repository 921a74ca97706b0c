import { useEffect, useRef } from 'react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { ownMetricRoutes, type ListedMetric, type OwnMetricDraft } from '../contract.ts'

const watchingMs = 1500

const isFilling = ({ own }: ListedMetric) => own?.state === 'filling'

/** Every metric; asked again while one is being filled, whose figures are read anew once that is over. */
export function useOwnMetrics() {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['own-metrics'],
    queryFn: ({ signal }) => call(ownMetricRoutes.list, { signal }),
    refetchInterval: ({ state }) => (state.data?.metrics.some(isFilling) ? watchingMs : false),
  })
  const isUnderWay = query.data?.metrics.some(isFilling)
  const was = useRef(isUnderWay)
  useEffect(() => {
    if (was.current === true && isUnderWay === false) {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'metric' })
    }
    was.current = isUnderWay
  }, [client, isUnderWay])
  return query
}

/** What a draft would come to; a name is not needed for that. */
export function useMetricPreview(draft: OwnMetricDraft, isAsked: boolean) {
  const body = { ...draft, label: { zh: '', en: '' } }
  return useQuery({
    queryKey: ['own-metrics', 'preview', body],
    queryFn: ({ signal }) => call(ownMetricRoutes.preview, { body, signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** Making, changing and deleting; pickers and figures follow. */
export function useMetricActs() {
  const client = useQueryClient()
  const following = async <Result>(act: Promise<Result>): Promise<Result> => {
    const result = await act
    await client.invalidateQueries()
    return result
  }
  return {
    create: (body: OwnMetricDraft) => following(call(ownMetricRoutes.create, { body })),
    change: (metric: string, body: OwnMetricDraft) =>
      following(call(ownMetricRoutes.change, { params: { metric }, body })),
    remove: (metric: string) => following(call(ownMetricRoutes.remove, { params: { metric } })),
    refill: (metric: string) => following(call(ownMetricRoutes.refill, { params: { metric } })),
  }
}
