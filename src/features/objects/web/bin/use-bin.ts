import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Filter } from '#engine/query/filter.ts'
import { call, type CallReply } from '#web/api/call.ts'
import { binRoutes, objectsRoutes } from '../../contract.ts'
import { useForgetRecords } from '../use-records.ts'

export type BinnedRow = CallReply<typeof binRoutes.list>['rows'][number]
export type BinRestored = CallReply<typeof binRoutes.restore>
export type BeforeDeleting = CallReply<typeof objectsRoutes.children>

export interface BinFilter {
  readonly search: string
  readonly filter: Filter | undefined
  readonly deletedBy: string | undefined
}

/** How many records of each object are in the bin. */
export function useBinCounts() {
  return useQuery({
    queryKey: ['records', 'bin'],
    queryFn: ({ signal }) => call(binRoutes.counts, { signal }),
  })
}

/** The deleted records of an object, the newest first, page by page. */
export function useBin(object: string, { search, filter, deletedBy }: BinFilter) {
  return useInfiniteQuery({
    queryKey: ['records', object, 'bin', search, filter, deletedBy],
    queryFn: ({ pageParam, signal }) =>
      call(binRoutes.list, {
        params: { object },
        body: {
          limit: 50,
          ...(search ? { search } : {}),
          ...(filter ? { filter } : {}),
          ...(deletedBy ? { deletedBy } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
  })
}

interface Restoring {
  readonly object: string
  readonly ids: readonly string[]
  readonly parents?: boolean
}

/** Brings records back, with what went with them. */
export function useRestore() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, ids, parents = false }: Restoring) =>
      call(binRoutes.restore, { params: { object }, body: { ids: [...ids], parents } }),
    onSuccess: () => void forget(),
  })
}

/** What would go into the bin with a record. */
export function askBeforeDeleting(object: string, id: string): Promise<BeforeDeleting> {
  return call(objectsRoutes.children, { params: { object, id } })
}
