import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Filter } from '#engine/query/filter.ts'
import { useForgetRecords, type RecordChanges } from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { useLiveProgress } from '#web/live/live.tsx'
import { bulkRoutes, type BulkView } from '../../bulk-contract.ts'

export interface BulkAsk {
  readonly which: { readonly filter: Filter } | { readonly ids: readonly string[] }
  readonly act:
    | { readonly values: RecordChanges }
    | { readonly ownerId: string; readonly keepsCredit?: boolean }
    | { readonly delete: true; readonly along?: Readonly<Record<string, number>> }
}

/** Changes of many records at once, and of pasted cells. */
export function useBulk(object: string) {
  const forget = useForgetRecords()
  const start = useMutation({
    mutationFn: ({ which, act }: BulkAsk) =>
      call(bulkRoutes.start, {
        params: { object },
        body: { ...meant(which), ...('values' in act ? { values: { ...act.values } } : act) },
      }),
  })
  const saveRows = useMutation({
    mutationFn: (rows: readonly { readonly id: string; readonly version: number; readonly values: RecordChanges }[]) =>
      call(bulkRoutes.saveRows, {
        params: { object },
        body: { rows: rows.map((row) => ({ ...row, values: { ...row.values } })) },
      }),
    onSuccess: () => void forget(),
  })
  return { start, saveRows }
}

const meant = (which: BulkAsk['which']) => ('filter' in which ? { filter: which.filter } : { ids: [...which.ids] })

/** What would go along with records, and what would keep some of them. */
export function useBeforeDeleting(object: string, which: BulkAsk['which']) {
  return useQuery({
    queryKey: ['records', object, 'before-deleting', which],
    queryFn: ({ signal }) => call(bulkRoutes.children, { params: { object }, body: meant(which), signal }),
    gcTime: 0,
  })
}

export function isUnderWay({ state, undo }: BulkView): boolean {
  const isUndoing = undo !== null && (undo.state === 'queued' || undo.state === 'running')
  return state === 'queued' || state === 'running' || isUndoing
}

/** A bulk edit, watched closely until it and its undo have ended. */
export function useBulkRun(first: BulkView) {
  const client = useQueryClient()
  const queryKey = ['bulk', first.id]
  const look = () => void client.invalidateQueries({ queryKey, exact: true })
  const pollMs = useLiveProgress('bulk', 600, look)
  const undoMs = useLiveProgress('undo', 600, look)
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => call(bulkRoutes.show, { params: { id: first.id }, signal }),
    initialData: first,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? Math.min(pollMs, undoMs) : false),
  })
}

export function useBulkActs() {
  const cancel = useMutation({ mutationFn: (id: string) => call(bulkRoutes.cancel, { params: { id } }) })
  const undo = useMutation({ mutationFn: (id: string) => call(bulkRoutes.undo, { params: { id } }) })
  return { cancel, undo }
}

/** The records that stayed as they are. */
export function useRefused(id: string, isAsked: boolean) {
  return useQuery({
    queryKey: ['bulk', id, 'refused'],
    queryFn: ({ signal }) => call(bulkRoutes.refused, { params: { id }, signal }),
    select: (reply) => reply.rows,
    enabled: isAsked,
  })
}
