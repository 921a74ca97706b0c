import { useQuery } from '@tanstack/react-query'
import type { CallReply } from '#web/api/call.ts'
import { call } from '#web/api/call.ts'
import { listMetricsRoute } from '#features/targets/contract.ts'
import { metricOutlookRoute, planCheckRoute, rowCheckRoute } from '../contract.ts'

export type MetricOutlook = CallReply<typeof metricOutlookRoute>
export type PlanCheck = CallReply<typeof planCheckRoute>
export type MetricRow = CallReply<typeof listMetricsRoute>['metrics'][number]

export function useMetrics() {
  return useQuery({
    queryKey: ['metrics'],
    queryFn: ({ signal }) => call(listMetricsRoute, { signal }),
    staleTime: 60_000,
    select: (reply) => reply.metrics,
  })
}

export function useMetricOutlook(metric: string, node: string | undefined, period: string) {
  return useQuery({
    queryKey: ['metric', metric, 'outlook', node ?? '', period],
    queryFn: ({ signal }) =>
      call(metricOutlookRoute, { params: { metric }, query: { ...(node ? { node } : {}), period }, signal }),
    placeholderData: (before) => before,
  })
}

/** All rows of a plan: what is filtered is filtered here, so that counts and lists agree. */
export function usePlanCheck(planId: string, isAsked: boolean) {
  return useQuery({
    queryKey: ['plan', planId, 'smart'],
    queryFn: ({ signal }) => call(planCheckRoute, { params: { planId }, query: {}, signal }),
    enabled: isAsked,
  })
}

export function useRowCheck(planId: string, node: string) {
  return useQuery({
    queryKey: ['plan', planId, 'smart', node],
    queryFn: ({ signal }) => call(rowCheckRoute, { params: { planId, node }, signal }),
  })
}
