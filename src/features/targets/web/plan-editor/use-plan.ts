import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallInput, CallReply } from '#web/api/call.ts'
import { call } from '#web/api/call.ts'
import { send } from '#web/api/send.ts'
import {
  createPlanRoute,
  deletePlanRoute,
  listMetricsRoute,
  listPlansRoute,
  listRevisionsRoute,
  previewCascadeRoute,
  readSheetFileRoute,
  readSheetRoute,
  refreshPlanRoute,
  savePlanRoute,
  showPlanRoute,
  showRevisionRoute,
} from '../../contract.ts'

export type OpenPlan = CallReply<typeof showPlanRoute>
export type SheetReply = CallReply<typeof readSheetRoute>
export type CascadeChoice = CallInput<typeof previewCascadeRoute>['body']['cascade']
export type DraftRows = NonNullable<CallInput<typeof previewCascadeRoute>['body']['draft']>

export function usePlans(metric: string, year: number) {
  return useQuery({
    queryKey: ['plans', metric, year],
    queryFn: ({ signal }) => call(listPlansRoute, { query: { metric, year }, signal }),
    enabled: metric !== '',
    select: (reply) => reply.plans[0] ?? null,
  })
}

export function usePlannableMetrics() {
  return useQuery({
    queryKey: ['metrics'],
    queryFn: ({ signal }) => call(listMetricsRoute, { signal }),
    staleTime: 600_000,
    select: (reply) => reply.metrics.filter((metric) => metric.plannable),
  })
}

export function usePlan(planId: string) {
  return useQuery({
    queryKey: ['plan', planId],
    queryFn: ({ signal }) => call(showPlanRoute, { params: { planId }, signal }),
    refetchOnWindowFocus: false,
  })
}

export function useRevisions(planId: string) {
  return useQuery({
    queryKey: ['plan', planId, 'revisions'],
    queryFn: ({ signal }) => call(listRevisionsRoute, { params: { planId }, signal }),
    select: (reply) => reply.revisions,
  })
}

export function useRevision(planId: string, version: number) {
  return useQuery({
    queryKey: ['plan', planId, 'revisions', version],
    queryFn: ({ signal }) => call(showRevisionRoute, { params: { planId, version: String(version) }, signal }),
    staleTime: Infinity,
  })
}

/** Everything that changes plans; what depends on targets is read again afterwards. */
export function usePlanActs() {
  const client = useQueryClient()
  const refetch = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['plans'] }),
      client.invalidateQueries({ queryKey: ['plan'] }),
      client.invalidateQueries({ queryKey: ['metric'] }),
    ])
  }
  const settled = { onSuccess: refetch }
  return {
    refetch,
    create: useMutation({
      mutationFn: (body: CallInput<typeof createPlanRoute>['body']) => call(createPlanRoute, { body }),
      ...settled,
    }),
    save: useMutation({
      mutationFn: ({ planId, ...body }: CallInput<typeof savePlanRoute>['body'] & { planId: string }) =>
        call(savePlanRoute, { params: { planId }, body }),
      ...settled,
    }),
    refresh: useMutation({
      mutationFn: ({ planId, version }: PlanVersion) =>
        call(refreshPlanRoute, { params: { planId }, body: { version } }),
      ...settled,
    }),
    remove: useMutation({
      mutationFn: ({ planId }: { planId: string }) => call(deletePlanRoute, { params: { planId } }),
      ...settled,
    }),
  }
}

interface PlanVersion {
  readonly planId: string
  readonly version: number
}

export function previewCascade(planId: string, body: CallInput<typeof previewCascadeRoute>['body']) {
  return call(previewCascadeRoute, { params: { planId }, body })
}

export function readSheet(planId: string, rows: string[][]) {
  return call(readSheetRoute, { params: { planId }, body: { rows } })
}

export function readSheetFile(planId: string, file: File): Promise<SheetReply> {
  const body = new FormData()
  body.append('file', file)
  return send('POST', readSheetFileRoute.path.replace(':planId', planId), { body })
}
