import { useEffect, useRef } from 'react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallReply } from '#web/api/call.ts'
import { call } from '#web/api/call.ts'
import { useAddress } from '#web/shell/address.ts'
import { attainmentTreeRoute, listMetricsRoute, metricRecordsRoute, metricSeriesRoute } from '../../contract.ts'

export type MetricRow = CallReply<typeof listMetricsRoute>['metrics'][number]
export type AttainmentTree = CallReply<typeof attainmentTreeRoute>
export type BehindRow = CallReply<typeof metricRecordsRoute>['rows'][number]

/** What a figure is asked for: metric, node and period. */
export interface FigureKey {
  readonly metric: string
  readonly node: string | undefined
  readonly period: string
  /** The last day of the period that counts; all of them unless told. */
  readonly until?: string | undefined
}

export function useMetrics() {
  return useQuery({
    queryKey: ['metrics'],
    queryFn: ({ signal }) => call(listMetricsRoute, { signal }),
    staleTime: 60_000,
    select: (reply) => reply.metrics,
  })
}

/**
 * The metric that is asked for; where the role does not know it, the first that it knows. Its key is there at once, so
 * that figures need not wait for the list of metrics.
 */
export function useShownMetric(wanted: string) {
  const metrics = useMetrics()
  const metric = metrics.data?.find(({ key }) => key === wanted) ?? metrics.data?.[0]
  return { metrics, metric, key: metric?.key ?? wanted, hasNone: metrics.data !== undefined && metric === undefined }
}

const fillingMs = 2000

/** By which structure the page looks, from its address. */
function useStructure() {
  const { structure } = useAddress()
  return structure ? { structure } : {}
}

/** Read again while the metric is being filled, until its figures are whole. */
export function useAttainmentTree(metric: string, period: string, isAsked = true) {
  const by = useStructure()
  const query = useQuery({
    queryKey: ['metric', metric, 'tree', period, by],
    queryFn: ({ signal }) => call(attainmentTreeRoute, { params: { metric }, query: { period, ...by }, signal }),
    enabled: isAsked,
    // Units of another structure cannot stand in: whatever is asked of them would not be found.
    placeholderData: (before, query) => (isSameStructure(query?.queryKey, by) ? before : undefined),
    refetchInterval: ({ state }) => (state.data?.meta.fill === 'filling' ? fillingMs : false),
  })
  useReadAnew(metric, query.isPlaceholderData ? undefined : query.data?.meta)
  return query
}

function isSameStructure(before: readonly unknown[] | undefined, by: object): boolean {
  return JSON.stringify(before?.at(-1)) === JSON.stringify(by)
}

/** Series and records of a metric were read while it was being filled: they are read anew once that is over. */
function useReadAnew(metric: string, meta: AttainmentTree['meta'] | undefined) {
  const client = useQueryClient()
  const filling = useRef<string>(undefined)
  useEffect(() => {
    if (meta?.metric !== metric) return
    if (filling.current === metric && meta.fill !== 'filling') {
      void client.invalidateQueries({ queryKey: ['metric', metric] })
    }
    filling.current = meta.fill === 'filling' ? metric : undefined
  }, [client, metric, meta?.metric, meta?.fill])
}

export function useSeries({ metric, node, period }: FigureKey, isAsked = true) {
  const by = useStructure()
  return useQuery({
    queryKey: ['metric', metric, 'series', node ?? '', period, by],
    queryFn: ({ signal }) =>
      call(metricSeriesRoute, { params: { metric }, query: { ...(node ? { node } : {}), period, ...by }, signal }),
    enabled: isAsked,
    placeholderData: (before) => before,
  })
}

/** The records behind one figure, page by page; their sum is the figure. */
export function useBehind({ metric, node, period, until }: FigureKey) {
  const by = useStructure()
  return useInfiniteQuery({
    queryKey: ['metric', metric, 'records', node ?? '', period, until ?? '', by],
    queryFn: ({ signal, pageParam }) =>
      call(metricRecordsRoute, {
        params: { metric },
        query: {
          ...(node ? { node } : {}),
          period,
          ...(until ? { until } : {}),
          ...by,
          limit: 100,
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor ?? undefined,
  })
}
