import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { call, type CallInput } from '#web/api/call.ts'
import { workplaceRoutes } from '../contract.ts'
import { isUnderWay } from './run-text.ts'

const workplacesKey = ['workplaces'] as const
const watchingMs = 5000
const workingMs = 1000

type BodyOf<R> = CallInput<R> extends { readonly body: infer Body } ? Body : never

export function useConnections() {
  return useQuery({
    queryKey: workplacesKey,
    queryFn: ({ signal }) => call(workplaceRoutes.list, { signal }),
    refetchInterval: watchingMs,
  })
}

export function useConnectionActs(brand: WorkplaceBrand) {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: workplacesKey })
  return {
    save: useMutation({
      mutationFn: (body: BodyOf<typeof workplaceRoutes.save>) =>
        call(workplaceRoutes.save, { params: { brand }, body }),
      onSettled,
    }),
    disconnect: useMutation({
      mutationFn: () => call(workplaceRoutes.disconnect, { params: { brand } }),
      onSettled,
    }),
    test: useMutation({ mutationFn: () => call(workplaceRoutes.test, { params: { brand } }), onSettled }),
    start: useMutation({
      mutationFn: (body: BodyOf<typeof workplaceRoutes.sync>) =>
        call(workplaceRoutes.sync, { params: { brand }, body }),
      onSettled,
    }),
  }
}

/** The latest runs, watched closely while one is under way. */
export function useSyncRuns(brand: WorkplaceBrand) {
  return useQuery({
    queryKey: [...workplacesKey, brand, 'runs'],
    queryFn: ({ signal }) => call(workplaceRoutes.runs, { params: { brand }, signal }),
    refetchInterval: ({ state }) => (state.data?.runs.some(isUnderWay) ? workingMs : watchingMs),
  })
}

/** A run with its changes, page by page; asked again until it has come to its end. */
export function useSyncRun(brand: WorkplaceBrand, id: string) {
  return useInfiniteQuery({
    queryKey: [...workplacesKey, brand, 'runs', id],
    queryFn: ({ pageParam, signal }) =>
      call(workplaceRoutes.run, {
        params: { brand, id },
        query: pageParam === 0 ? {} : { after: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ({ state }) => {
      const first = state.data?.pages[0]
      return first === undefined || isUnderWay(first.run) ? workingMs : false
    },
  })
}
