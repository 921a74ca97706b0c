import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { noticeRoutes, type ChoiceChanges, type NoticeChoices } from '#engine/contract/notices.ts'
import { call } from '#web/api/call.ts'
import { useLiveEvents } from '#web/live/live.tsx'

const noticesKey = ['notices'] as const
const unreadKey = ['notices-unread'] as const
const choicesKey = ['notice-choices'] as const
const minuteMs = 60_000

/** How many notices are unread, as the live connection says; asked for once a minute besides. */
export function useUnread(): number {
  const client = useQueryClient()
  useLiveEvents((event) => {
    if (event.kind === 'unread') client.setQueryData(unreadKey, event.unread)
    if (event.kind === 'notice' || event.kind === 'unread') void client.invalidateQueries({ queryKey: noticesKey })
    if (event.kind === 'again') void client.invalidateQueries({ queryKey: unreadKey })
  })
  const { data } = useQuery({
    queryKey: unreadKey,
    queryFn: async ({ signal }) => (await call(noticeRoutes.list, { query: { unread: 'true' }, signal })).unread,
    refetchInterval: minuteMs,
  })
  return data ?? 0
}

/** The notices of the person, newest first. */
export function useNotices(onlyUnread = false) {
  return useInfiniteQuery({
    queryKey: [...noticesKey, onlyUnread],
    queryFn: ({ pageParam, signal }) =>
      call(noticeRoutes.list, {
        query: { ...(pageParam === 0 ? {} : { before: pageParam }), ...(onlyUnread ? { unread: 'true' } : {}) },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.hasMore ? page.notices.at(-1)?.number : undefined),
  })
}

export function useReadNotices() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids?: readonly string[]) => call(noticeRoutes.read, { body: ids ? { ids: [...ids] } : {} }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: noticesKey }),
        client.invalidateQueries({ queryKey: unreadKey }),
      ]),
  })
}

export type Whose = 'mine' | 'company'

const routesOf = {
  mine: { show: noticeRoutes.choices, change: noticeRoutes.choose },
  company: { show: noticeRoutes.defaults, change: noticeRoutes.setDefaults },
} as const

/** By which ways somebody, or the company, is told. */
export function useChoices(whose: Whose) {
  return useQuery({
    queryKey: [...choicesKey, whose],
    queryFn: ({ signal }) => call(routesOf[whose].show, { signal }),
  })
}

export function useChoose(whose: Whose) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ChoiceChanges) => call(routesOf[whose].change, { body }),
    onSuccess: (choices: NoticeChoices) => {
      client.setQueryData([...choicesKey, whose], choices)
      if (whose === 'company') void client.invalidateQueries({ queryKey: [...choicesKey, 'mine'] })
    },
  })
}
