import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CallInput, CallReply } from '#web/api/call.ts'
import { call } from '#web/api/call.ts'
import { send } from '#web/api/send.ts'
import { useAct } from '#web/api/use-act.ts'
import {
  attainmentTreeRoute,
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
  planGridRoute,
  planChangesRoute,
  listRampCurvesRoute,
  saveRampCurveRoute,
  setLevelRoute,
  showBasisRoute,
  showRevisionRoute,
} from '../../contract.ts'
import { listAmendmentsRoute } from '../../path-contract.ts'
import { openGrid } from './open-plan.ts'

export type { OpenPlan } from './open-plan.ts'
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

/** The plan as the editor works on it. */
export async function readGrid(planId: string, signal?: AbortSignal) {
  return openGrid(await call(planGridRoute, { params: { planId }, ...(signal ? { signal } : {}) }))
}

/** Fetches the other plans of the year once one is there, so that another metric opens at once. */
export function useOtherPlans(year: number, planId: string | undefined) {
  const client = useQueryClient()
  useEffect(() => {
    if (planId === undefined) return
    const ahead = async () => {
      const { plans } = await call(listPlansRoute, { query: { year } })
      for (const { id } of plans.filter((plan) => plan.id !== planId).slice(0, 8)) {
        await client.prefetchQuery({ queryKey: ['plan', id], queryFn: () => readGrid(id), staleTime: 30_000 })
      }
    }
    // What could not be fetched ahead is fetched when it is wanted.
    ahead().catch(() => undefined)
  }, [client, year, planId])
}

export function useRampCurves() {
  return useQuery({
    queryKey: ['ramp-curves'],
    queryFn: ({ signal }) => call(listRampCurvesRoute, { signal }),
    select: (reply) => reply.curves,
  })
}

export function useSaveRampCurve() {
  const client = useQueryClient()
  return useAct({
    mutationFn: (curve: { readonly name: string; readonly percents: number[] }) =>
      call(saveRampCurveRoute, { params: { curveId: crypto.randomUUID() }, body: curve }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ramp-curves'] }),
  })
}

export type ChangeQuestion = Omit<NonNullable<CallInput<typeof planChangesRoute>['query']>, 'format' | 'cursor'>

export function usePlanChanges(planId: string, query: ChangeQuestion) {
  return useInfiniteQuery({
    queryKey: ['plan', planId, 'changes', query],
    initialPageParam: '',
    queryFn: ({ pageParam: cursor, signal }) =>
      call(planChangesRoute, { params: { planId }, query: { ...query, ...(cursor ? { cursor } : {}) }, signal }),
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ changes }) => changes),
  })
}

export function readBasis(planId: string, query: NonNullable<CallInput<typeof showBasisRoute>['query']>) {
  return call(showBasisRoute, { params: { planId }, query })
}

export function usePlannableMetrics() {
  return useQuery({
    queryKey: ['metrics'],
    queryFn: ({ signal }) => call(listMetricsRoute, { signal }),
    staleTime: 600_000,
    select: (reply) => reply.metrics.filter((metric) => metric.plannable),
  })
}

/** What a metric came to in a fiscal year, over all that the reader sees. */
export function useResultOfYear(metric: string, year: number, isAsked: boolean) {
  return useQuery({
    queryKey: ['metric', metric, 'tree', String(year), {}],
    queryFn: ({ signal }) => call(attainmentTreeRoute, { params: { metric }, query: { period: String(year) }, signal }),
    enabled: isAsked,
    select: (tree) => tree.actual,
  })
}

export function usePlan(planId: string) {
  return useQuery({
    queryKey: ['plan', planId],
    queryFn: ({ signal }) => readGrid(planId, signal),
    refetchOnWindowFocus: false,
    // Plans of other metrics are fetched ahead.
    staleTime: 30_000,
  })
}

export function useRevisions(planId: string) {
  return useInfiniteQuery({
    queryKey: ['plan', planId, 'revisions'],
    initialPageParam: 0,
    queryFn: ({ pageParam: before, signal }) =>
      call(listRevisionsRoute, { params: { planId }, query: before > 0 ? { before } : {}, signal }),
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ revisions }) => revisions),
  })
}

/** What was amended after the plan was published, the newest first. */
export function useAmendments(planId: string) {
  return useInfiniteQuery({
    queryKey: ['plan', planId, 'amendments'],
    initialPageParam: 0,
    queryFn: ({ pageParam: before, signal }) =>
      call(listAmendmentsRoute, { params: { planId }, query: before > 0 ? { before } : {}, signal }),
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ amendments }) => amendments),
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
    create: useAct({
      mutationFn: (body: CallInput<typeof createPlanRoute>['body']) => call(createPlanRoute, { body }),
      ...settled,
    }),
    save: useAct({
      mutationFn: ({ planId, ...body }: CallInput<typeof savePlanRoute>['body'] & { planId: string }) =>
        call(savePlanRoute, { params: { planId }, body }),
      ...settled,
    }),
    setLevel: useAct({
      mutationFn: ({ planId, ...body }: CallInput<typeof setLevelRoute>['body'] & { planId: string }) =>
        call(setLevelRoute, { params: { planId }, body }),
      ...settled,
    }),
    refresh: useAct({
      mutationFn: ({ planId, version }: PlanVersion) =>
        call(refreshPlanRoute, { params: { planId }, body: { version } }),
      ...settled,
    }),
    remove: useAct({
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
