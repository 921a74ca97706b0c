import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query'
import { App } from 'antd'
import { call, type CallReply } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import {
  accuracyRoute,
  changeSettingRoute,
  closedOfEntryRoute,
  compareEntriesRoute,
  listEntriesRoute,
  listForecastDealsRoute,
  overrideForecastRoute,
  showEntryRoute,
  showForecastRoute,
  submitForecastRoute,
  systemBehindRoute,
  systemForecastRoute,
  type SystemPart,
  type CategoryKey,
  type ForecastNode,
  type ForecastSetting,
} from '../contract.ts'

export type Forecast = CallReply<typeof showForecastRoute>
export type Movement = CallReply<typeof compareEntriesRoute>
export type Submitter = CallReply<typeof accuracyRoute>['submitters'][number]

const all = ['forecast'] as const

export function useForecast(period: string) {
  return useQuery({
    queryKey: [...all, 'board', period],
    queryFn: ({ signal }) => call(showForecastRoute, { query: { period }, signal }),
    placeholderData: keepPreviousData,
  })
}

export interface DealsAsked {
  readonly period: string
  readonly node: string | undefined
  readonly category?: CategoryKey | undefined
  readonly undated?: boolean | undefined
}

/** A list that is read page by page: what is told of all of it, and the rows so far. */
const byPage = {
  initialPageParam: 0,
  getNextPageParam: ({ next }: { readonly next: number | null }) => next ?? undefined,
}

function together<Page extends { readonly rows: readonly unknown[] }>({ pages }: InfiniteData<Page>): Page | undefined {
  const [first] = pages
  return first && { ...first, rows: pages.flatMap(({ rows }) => rows) }
}

export function useForecastDeals({ period, node, category, undated }: DealsAsked, isAsked = true) {
  return useInfiniteQuery({
    queryKey: [...all, 'deals', period, node ?? '', category ?? '', undated ?? false],
    queryFn: ({ signal, pageParam }) =>
      call(listForecastDealsRoute, {
        query: {
          period,
          ...(node ? { node } : {}),
          ...(category ? { category } : {}),
          ...(undated ? { undated: 'true' as const } : {}),
          skip: pageParam,
        },
        signal,
      }),
    ...byPage,
    select: together,
    enabled: isAsked,
  })
}

export function useEntries(period: string, node: string | undefined, isAll: boolean) {
  return useQuery({
    queryKey: [...all, 'entries', period, node ?? '', isAll],
    queryFn: ({ signal }) =>
      call(listEntriesRoute, { query: { period, ...(node ? { node } : {}), periods: isAll ? 'all' : 'one' }, signal }),
  })
}

/** One submission with the deals as they were: it never changes. */
export function useEntry(id: string) {
  return useQuery({
    queryKey: [...all, 'entry', id],
    queryFn: ({ signal }) => call(showEntryRoute, { params: { id }, signal }),
  })
}

export function useClosedOfEntry(id: string) {
  return useInfiniteQuery({
    queryKey: [...all, 'closed of entry', id],
    queryFn: ({ signal, pageParam }) =>
      call(closedOfEntryRoute, { params: { id }, query: { skip: pageParam }, signal }),
    ...byPage,
    select: together,
  })
}

export function useMovement(from: string | undefined, to?: string) {
  return useQuery({
    queryKey: [...all, 'movement', from ?? '', to ?? ''],
    queryFn: ({ signal }) => call(compareEntriesRoute, { query: { from: from ?? '', ...(to ? { to } : {}) }, signal }),
    enabled: from !== undefined,
  })
}

export function useAccuracy() {
  return useQuery({
    queryKey: [...all, 'accuracy'],
    queryFn: ({ signal }) => call(accuracyRoute, { query: { periods: 8 }, signal }),
  })
}

export function useSystemForecast(period: string, node: string | undefined) {
  return useQuery({
    queryKey: [...all, 'system', period, node ?? ''],
    queryFn: ({ signal }) => call(systemForecastRoute, { query: { period, ...(node ? { node } : {}) }, signal }),
  })
}

interface BehindAsked {
  readonly period: string
  readonly node: string
  readonly of: SystemPart
  readonly stage: string | undefined
}

export function useSystemBehind({ period, node, of, stage }: BehindAsked) {
  return useInfiniteQuery({
    queryKey: [...all, 'system', period, node, of, stage ?? ''],
    queryFn: ({ signal, pageParam }) =>
      call(systemBehindRoute, { query: { period, node, of, ...(stage ? { stage } : {}), skip: pageParam }, signal }),
    ...byPage,
    select: together,
  })
}

interface Submission {
  readonly period: string
  readonly commit: string
  readonly bestCase: string
  readonly note?: string
}

interface Override {
  readonly period: string
  readonly node: string
  readonly values: { readonly commit: string; readonly bestCase: string } | null
  readonly comment: string
}

/** What is said; everything about forecasts is read anew afterwards. */
export function useForecastActs() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const readAnew = () => client.invalidateQueries({ queryKey: all })
  const refused = (problem: Error) => void message.error(problemText(problem))
  return {
    readAnew,
    submit: useMutation({
      mutationFn: (body: Submission) => call(submitForecastRoute, { body }),
      onSuccess: readAnew,
      onError: refused,
    }),
    override: useMutation({
      mutationFn: (body: Override) => call(overrideForecastRoute, { body }),
      onSuccess: readAnew,
      onError: refused,
    }),
    changeSetting: useMutation({
      mutationFn: (body: ForecastSetting) => call(changeSettingRoute, { body }),
      onSuccess: readAnew,
      onError: refused,
    }),
  }
}

/** The node of that id, with its own part of the tree. */
export function nodeIn(root: ForecastNode, id: string | null | undefined): ForecastNode | undefined {
  if (id === null || id === undefined) return undefined
  if (root.id === id) return root
  for (const child of root.children) {
    const found = nodeIn(child, id)
    if (found) return found
  }
  return undefined
}
