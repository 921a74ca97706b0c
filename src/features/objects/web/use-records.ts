import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SortKey } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import { call, type CallReply } from '#web/api/call.ts'
import { objectsRoutes } from '../contract.ts'

export type RecordRow = CallReply<typeof objectsRoutes.get>

export interface Question {
  readonly filter?: Filter | undefined
  readonly sort?: readonly SortKey[] | undefined
  readonly limit?: number
}

function bodyOf({ filter, sort, limit = 60 }: Question, cursor?: string) {
  return {
    ...(filter ? { filter } : {}),
    ...(sort && sort.length > 0
      ? { sort: sort.map((key) => ({ field: key.field, descending: key.descending ?? false })) }
      : {}),
    limit,
    ...(cursor ? { cursor } : {}),
  }
}

/** Pages of records in a stable order; more are asked as the end comes near. */
export function useRecordPages(object: string, question: Question) {
  return useInfiniteQuery({
    queryKey: ['records', object, 'pages', question],
    queryFn: ({ signal, pageParam }) =>
      call(objectsRoutes.query, { params: { object }, body: bodyOf(question, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** The first records of a question, for related lists and boards. */
export function useRecordQuery(object: string, question: Question, isAsked = true) {
  return useQuery({
    queryKey: ['records', object, 'query', question],
    queryFn: ({ signal }) => call(objectsRoutes.query, { params: { object }, body: bodyOf(question), signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
}

export interface TotalsQuestion {
  readonly filter?: Filter | undefined
  readonly sum?: readonly string[]
  readonly groupBy?: string
}

export type Totals = CallReply<typeof objectsRoutes.totals>

export function useTotals(object: string, { filter, sum = [], groupBy }: TotalsQuestion) {
  return useQuery({
    queryKey: ['records', object, 'totals', filter, sum, groupBy],
    queryFn: ({ signal }) =>
      call(objectsRoutes.totals, {
        params: { object },
        body: { ...(filter ? { filter } : {}), sum: [...sum], ...(groupBy ? { groupBy } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
  })
}

export function useRecord(object: string, id: string) {
  return useQuery({
    queryKey: ['records', object, 'one', id],
    queryFn: ({ signal }) => call(objectsRoutes.get, { params: { object, id }, signal }),
  })
}

export function useHistory(object: string, id: string) {
  return useQuery({
    queryKey: ['records', object, 'history', id],
    queryFn: ({ signal }) => call(objectsRoutes.history, { params: { object, id }, signal }),
    select: (reply) => reply.entries,
  })
}

export type RecordChanges = Readonly<Record<string, unknown>>

export interface RecordChange {
  readonly object: string
  readonly id: string
  /** Leave out to save whatever the version is: for changes of a single fact, such as "done". */
  readonly version?: number
  readonly values: RecordChanges
}

/** Everything that shows records or figures asks again: one record moves lists, totals and the tiers. */
export function useForgetRecords(): () => Promise<unknown> {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['records'] }),
      client.invalidateQueries({ queryKey: ['metric'] }),
    ])
}

export function useCreateRecord() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, values }: { readonly object: string; readonly values: RecordChanges }) =>
      call(objectsRoutes.create, { params: { object }, body: { values: { ...values } } }),
    onSuccess: () => void forget(),
  })
}

export function useChangeRecord() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, id, version, values }: RecordChange) =>
      call(objectsRoutes.update, {
        params: { object, id },
        body: { ...(version === undefined ? {} : { version }), values: { ...values } },
      }),
    onSuccess: () => void forget(),
  })
}

export function useRemoveRecord() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, id }: { readonly object: string; readonly id: string }) =>
      call(objectsRoutes.remove, { params: { object, id } }),
    onSuccess: () => void forget(),
  })
}

export function useRestoreRecord() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, id }: { readonly object: string; readonly id: string }) =>
      call(objectsRoutes.restore, { params: { object, id } }),
    onSuccess: () => void forget(),
  })
}
