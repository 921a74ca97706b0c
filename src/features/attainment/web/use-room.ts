import { App } from 'antd'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallReply } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import {
  changeSettingsRoute,
  closePeriodRoute,
  daysShownRoute,
  gapDriversRoute,
  recordsOfReasonRoute,
  showSettingsRoute,
  treeAsShownRoute,
  whatChangedRoute,
} from '../contract.ts'
import { attainmentWords } from './words.ts'

export type Drivers = CallReply<typeof gapDriversRoute>
export type Changes = CallReply<typeof whatChangedRoute>
export type ChangeReason = Changes['parts'][number]['reason']
export type ChangedRow = CallReply<typeof recordsOfReasonRoute>['rows'][number]
export type Settings = CallReply<typeof showSettingsRoute>['settings']

interface FigureAsked {
  readonly metric: string
  readonly period: string
  readonly node: string
}

/** The days whose figures were kept. */
export function useDays(metric: string, period: string) {
  return useQuery({
    queryKey: ['metric', metric, 'days', period],
    queryFn: ({ signal }) => call(daysShownRoute, { params: { metric }, query: { period }, signal }),
    select: (reply) => reply.days,
  })
}

/** The tree as it was shown at the end of a day. */
export function useShownTree(metric: string, period: string, on: string | undefined) {
  return useQuery({
    queryKey: ['metric', metric, 'shown', period, on],
    queryFn: ({ signal }) => call(treeAsShownRoute, { params: { metric }, query: { period, on: on ?? '' }, signal }),
    enabled: on !== undefined,
    placeholderData: (before) => before,
  })
}

export function useDrivers(
  { metric, period, node }: FigureAsked,
  { against, velocity }: { readonly against: string | undefined; readonly velocity: boolean },
) {
  const { structure } = useAddress()
  return useQuery({
    queryKey: ['metric', metric, 'drivers', period, node, against, velocity, structure],
    queryFn: ({ signal }) =>
      call(gapDriversRoute, {
        params: { metric },
        query: {
          period,
          node,
          velocity: velocity ? 'yes' : 'no',
          ...(against ? { against } : {}),
          ...(structure ? { structure } : {}),
        },
        signal,
      }),
    retry: false,
  })
}

export function useChanges({ metric, period, node }: FigureAsked, since: string | undefined) {
  return useQuery({
    queryKey: ['metric', metric, 'changes', period, node, since],
    queryFn: ({ signal }) =>
      call(whatChangedRoute, { params: { metric }, query: { period, node, ...(since ? { since } : {}) }, signal }),
    enabled: since !== undefined,
    retry: false,
  })
}

/** The records of one reason, page by page. */
export function useReason({ metric, period, node }: FigureAsked, since: string, reason: ChangeReason) {
  return useInfiniteQuery({
    queryKey: ['metric', metric, 'changes', period, node, since, reason],
    queryFn: ({ signal, pageParam }) =>
      call(recordsOfReasonRoute, {
        params: { metric },
        query: { period, node, since, reason, skip: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function useSettings(isAsked: boolean) {
  return useQuery({
    queryKey: ['attainment', 'settings'],
    queryFn: ({ signal }) => call(showSettingsRoute, { signal }),
    enabled: isAsked,
  })
}

/** Saving the settings and closing a period; figures follow both. */
export function useAttainmentActs() {
  const t = useWords(attainmentWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const follow = (text: string) => async () => {
    void message.success(text)
    await Promise.all([
      client.invalidateQueries({ queryKey: ['attainment'] }),
      client.invalidateQueries({ queryKey: ['metric'] }),
    ])
  }
  const onError = (problem: unknown) => void message.error(problemText(problem))
  const save = useMutation({
    mutationFn: (body: { readonly settings: Settings; readonly version: number }) =>
      call(changeSettingsRoute, { body }),
    onSuccess: follow(t('saved')),
    onError,
  })
  const close = useMutation({
    mutationFn: (period: string) => call(closePeriodRoute, { body: { period } }),
    onSuccess: follow(t('closed')),
    onError,
  })
  return { save, close }
}
