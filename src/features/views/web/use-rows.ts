import { useCallback, useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { bodyOf, patchRow, type RecordRow } from '#features/objects/web/index.tsx'
import { objectsRoutes } from '#features/objects/contract.ts'
import type { SortKey } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import { call } from '#web/api/call.ts'

export interface RowsQuestion {
  readonly filter: Filter | undefined
  readonly sort: readonly SortKey[] | undefined
  readonly fields?: readonly string[] | undefined
}

const firstPage = 80
const nextPages = 200

/** Records in a stable order; more are asked as the end comes near. */
export function useRows(object: string, question: RowsQuestion, isAsked = true) {
  const pages = useInfiniteQuery({
    queryKey: ['records', object, 'pages', question],
    queryFn: ({ signal, pageParam }) =>
      call(objectsRoutes.query, {
        params: { object },
        body: bodyOf({ ...question, limit: pageParam ? nextPages : firstPage }, pageParam),
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled: isAsked,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data])
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  return { pages, rows, more, hasMore: hasNextPage }
}

/** Puts a record as it is now into every list that shows it, so that none has to be asked anew. */
export function usePatchRow(object: string): (row: RecordRow) => void {
  const client = useQueryClient()
  return useCallback((row) => patchRow(client, object, row), [client, object])
}

/** Figures are asked anew after a change of single values; lists stay as they are, so that nothing jumps away. */
export function useForgetFigures(object: string): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: ['records', object, 'totals'] })
    void client.invalidateQueries({ queryKey: ['records', object, 'one'] })
    void client.invalidateQueries({ queryKey: ['records', object, 'history'] })
    void client.invalidateQueries({ queryKey: ['metric'] })
  }, [client, object])
}
