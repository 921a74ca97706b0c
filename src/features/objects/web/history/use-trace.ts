import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallReply } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { traceRoutes, type objectsRoutes } from '../../contract.ts'
import { useForgetRecords } from '../use-records.ts'

export type HistoryEntry = CallReply<typeof objectsRoutes.history>['entries'][number]
export type OperationView = CallReply<typeof traceRoutes.operation>

interface Undoing {
  readonly object: string
  readonly id: string
  readonly entryId: string
  readonly version?: number
  readonly fields?: readonly string[]
}

/** Sets the fields of one change back. */
export function useUndoChange() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, id, entryId, version, fields }: Undoing) =>
      call(traceRoutes.undoChange, {
        params: { object, id, entryId },
        body: { ...(version === undefined ? {} : { version }), ...(fields ? { fields: [...fields] } : {}) },
      }),
    onSettled: () => void forget(),
  })
}

/** Fields of a change that have changed again since, and the version that was looked at. */
export interface Overtaken {
  readonly version: number
  readonly fields: readonly {
    readonly field: string
    readonly before: unknown
    readonly after: unknown
    readonly now: unknown
  }[]
}

export function overtakenOf(problem: unknown): Overtaken | undefined {
  // The server sends its details in this shape with this code.
  return problem instanceof ApiProblem && problem.code === 'CHANGE_OVERTAKEN'
    ? (problem.details as Overtaken)
    : undefined
}

const isUnderWay = (operation: OperationView | undefined) =>
  operation?.undo?.state === 'queued' || operation?.undo?.state === 'running'

/** An operation over many records, watched closely while it is undone. */
export function useOperation(id: string) {
  return useQuery({
    queryKey: ['operation', id],
    queryFn: ({ signal }) => call(traceRoutes.operation, { params: { id }, signal }),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? 600 : false),
  })
}

export function useUndoOperation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call(traceRoutes.undoOperation, { params: { id } }),
    onSuccess: (operation) => client.setQueryData(['operation', operation.id], operation),
  })
}
