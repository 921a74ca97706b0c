import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type Query,
  type QueryClient,
} from '@tanstack/react-query'
import type { SortKey } from '#engine/model/object-type.ts'
import type { Bucket } from '#engine/query/bucket.ts'
import type { Aggregate, Filter } from '#engine/query/filter.ts'
import { call, type CallReply } from '#web/api/call.ts'
import { objectsRoutes } from '../contract.ts'
import { printCounts } from '../counts-text.ts'
import { isLongList, patchRow, shortenLists } from './listed-pages.ts'

export type { RecordRow } from './record-row.ts'

export interface Question {
  readonly filter?: Filter | undefined
  readonly sort?: readonly SortKey[] | undefined
  readonly limit?: number
  /** Fields that are shown; all of them unless told. */
  readonly fields?: readonly string[] | undefined
}

/** A question as the server reads it, from the place where the last page ended. */
export function bodyOf({ filter, sort, limit = 60, fields }: Question, cursor?: string) {
  return {
    ...(filter ? { filter } : {}),
    ...(sort && sort.length > 0
      ? { sort: sort.map((key) => ({ field: key.field, descending: key.descending ?? false })) }
      : {}),
    limit,
    ...(fields ? { fields: [...fields] } : {}),
    ...(cursor ? { cursor } : {}),
  }
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
  readonly measures?: readonly Measure[]
  readonly groupBy?: string | readonly Grouping[] | undefined
}

export interface Measure {
  readonly aggregate: Aggregate
  readonly field: string
}

export interface Grouping {
  readonly field: string
  readonly by?: Bucket | undefined
}

export type Totals = CallReply<typeof objectsRoutes.totals>

export function useTotals(object: string, question: TotalsQuestion, isAsked = true) {
  const { filter, sum = [], measures = [], groupBy } = question
  return useQuery({
    queryKey: ['records', object, 'totals', filter, sum, measures, groupBy],
    queryFn: ({ signal }) =>
      call(objectsRoutes.totals, {
        params: { object },
        body: {
          ...(filter ? { filter } : {}),
          sum: [...sum],
          ...(measures.length > 0 ? { measures: [...measures] } : {}),
          ...(groupBy ? { groupBy: typeof groupBy === 'string' ? groupBy : groupBy.map((one) => ({ ...one })) } : {}),
        },
        signal,
      }),
    enabled: isAsked,
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
  })
}

export type RecordChanges = Readonly<Record<string, unknown>>

interface NewRecord {
  readonly object: string
  readonly values: RecordChanges
  /** The person was told that the record may be there already, and means it. */
  readonly confirmed?: boolean
}

export interface RecordChange {
  readonly confirmed?: boolean
  /** The record changes hands, and what was made of it stays credited to who made it. */
  readonly keepsCredit?: boolean
  readonly object: string
  readonly id: string
  /** Leave out to save whatever the version is: for changes of a single fact, such as "done". */
  readonly version?: number
  readonly values: RecordChanges
}

/** Everything that shows records or figures asks again: one record moves lists, totals and the tiers. */
export function useForgetRecords(): () => Promise<unknown> {
  const client = useQueryClient()
  return () => {
    shortenLists(client)
    return forgetIn(client, () => true)
  }
}

function forgetIn(client: QueryClient, isForgotten: (query: Query) => boolean): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: ['records'], predicate: isForgotten }),
    client.invalidateQueries({ queryKey: ['metric'] }),
  ])
}

export function useCreateRecord() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, values, confirmed }: NewRecord) =>
      call(objectsRoutes.create, {
        params: { object },
        body: { values: { ...values }, ...(confirmed ? { confirmed } : {}) },
      }),
    onSuccess: () => void forget(),
  })
}

export function useChangeRecord() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ object, id, version, values, confirmed, keepsCredit }: RecordChange) =>
      call(objectsRoutes.update, {
        params: { object, id },
        body: {
          ...(version === undefined ? {} : { version }),
          values: { ...values },
          ...(confirmed ? { confirmed } : {}),
          ...(keepsCredit ? { keepsCredit } : {}),
        },
      }),
    onSuccess: (row, { object }) => {
      // Where somebody scrolled far the changed record is put in its place, and the list stays where it is.
      patchRow(client, object, row)
      void forgetIn(client, (query) => !isLongList(query))
    },
  })
}

interface RecordRemoval {
  readonly object: string
  readonly id: string
  /** The version that is on the screen. */
  readonly version: number
  /** What is a part of it goes along: so many of each object, as the person saw it. */
  readonly along: readonly { readonly object: string; readonly count: number }[]
}

export function useRemoveRecord() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, id, version, along }: RecordRemoval) =>
      call(objectsRoutes.remove, {
        params: { object, id },
        query: { version, ...(along.length > 0 ? { children: 'along', confirmed: printCounts(along) } : {}) },
      }),
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
