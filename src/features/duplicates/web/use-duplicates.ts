import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallReply } from '#web/api/call.ts'
import { duplicateRoutes, mergeRoutes, type MergeView, type RuleDraft, type ScanView } from '../contract.ts'

export type Group = CallReply<typeof duplicateRoutes.groups>['groups'][number]
export type ShownRule = CallReply<typeof duplicateRoutes.rules>['objects'][number]['rules'][number]
export type Preview = CallReply<typeof mergeRoutes.preview>
export type Compared = Preview['records'][number]

const pollingMs = 1500
const isUnderWay = (scan: ScanView | null | undefined) => scan?.state === 'queued' || scan?.state === 'running'

/** Groups of an object page by page; asked again while a scan is under way. */
export function useGroups(object: string) {
  return useInfiniteQuery({
    queryKey: ['duplicates', 'groups', object],
    queryFn: ({ pageParam, signal }) =>
      call(duplicateRoutes.groups, { query: { object, ...(pageParam > 0 ? { from: pageParam } : {}) }, signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.pages[0]?.scan) ? pollingMs : false),
  })
}

export function useRules(isAsked: boolean) {
  return useQuery({
    queryKey: ['duplicates', 'rules'],
    queryFn: ({ signal }) => call(duplicateRoutes.rules, { signal }),
    enabled: isAsked,
    refetchInterval: ({ state }) =>
      state.data?.objects.some(({ rules }) => rules.some(({ index }) => index === 'building')) ? pollingMs : false,
  })
}

export function useMerges() {
  return useInfiniteQuery({
    queryKey: ['duplicates', 'merges'],
    queryFn: ({ pageParam, signal }) =>
      call(mergeRoutes.list, { query: pageParam === null ? {} : { before: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ merges }) => merges.some(isBeingUndone)) ? pollingMs : false,
  })
}

export const isBeingUndone = ({ undo }: MergeView): boolean => undo?.state === 'queued' || undo?.state === 'running'

export function useMergePreview(object: string, ids: readonly string[]) {
  return useQuery({
    queryKey: ['records', object, 'merge', ids],
    queryFn: ({ signal }) => call(mergeRoutes.preview, { body: { object, ids: [...ids] }, signal }),
    enabled: ids.length >= 2,
    placeholderData: keepPreviousData,
  })
}

/** What changes duplicates. Each throws `ApiProblem`. */
export function useDuplicateActs() {
  const client = useQueryClient()
  const reread = () => client.invalidateQueries()
  return {
    scan: async (object: string) => {
      await call(duplicateRoutes.startScan, { body: { object } })
      await client.invalidateQueries({ queryKey: ['duplicates', 'groups', object] })
    },
    keepApart: async (object: string, ids: readonly string[]) => {
      await call(duplicateRoutes.keepApart, { body: { object, ids: [...ids] } })
      await client.invalidateQueries({ queryKey: ['duplicates', 'groups', object] })
    },
    saveRules: async (object: string, rules: readonly RuleDraft[]) => {
      await call(duplicateRoutes.saveRules, { params: { object }, body: { rules: [...rules] } })
      await reread()
    },
    merge: async (body: {
      readonly object: string
      readonly winnerId: string
      readonly loserIds: readonly string[]
      readonly take: Readonly<Record<string, string>>
      readonly versions: Readonly<Record<string, number>>
    }) => {
      const { loserIds, take, versions, ...rest } = body
      const merged = await call(mergeRoutes.merge, {
        body: { ...rest, loserIds: [...loserIds], take: { ...take }, versions: { ...versions } },
      })
      await reread()
      return merged
    },
    undoMerge: async (id: string) => {
      await call(mergeRoutes.undo, { params: { id } })
      const merge = await untilUndone(id)
      await reread()
      return merge
    },
    protect: async (object: string, id: string, reason: string | null) => {
      const params = { object, id }
      if (reason === null) await call(mergeRoutes.release, { params })
      else await call(mergeRoutes.protect, { params, body: { reason } })
      await client.invalidateQueries({ queryKey: ['records', object, 'merge'] })
    },
  }
}

const longestWaitMs = 20_000

/** Undoing goes on in the background; a small one is over before anybody looks away. Answers how far it is. */
async function untilUndone(id: string): Promise<MergeView> {
  const until = Date.now() + longestWaitMs
  for (;;) {
    const { merge } = await call(mergeRoutes.show, { params: { id } })
    if (!isBeingUndone(merge) || Date.now() > until) return merge
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}
