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
  /** The record may be there already, and is meant all the same. */
  readonly confirmed?: boolean
}

/** Sets the fields of one change back. */
export function useUndoChange() {
  const forget = useForgetRecords()
  return useMutation({
    mutationFn: ({ object, id, entryId, version, fields, confirmed = false }: Undoing) =>
      call(traceRoutes.undoChange, {
        params: { object, id, entryId },
        body: {
          ...(version === undefined ? {} : { version }),
          ...(fields ? { fields: [...fields] } : {}),
          ...(confirmed ? { confirmed } : {}),
        },
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

const isUnderWay = (undo: OperationView['undo']) => undo?.state === 'queued' || undo?.state === 'running'

/** An operation over many records; while it is undone only that is watched closely. */
export function useOperation(id: string) {
  const operation = useQuery({
    queryKey: ['operation', id],
    queryFn: ({ signal }) => call(traceRoutes.operation, { params: { id }, signal }),
  })
  const begun = operation.data?.undo ?? null
  const { data: progress = { undo: begun, skipped: [] } } = useQuery({
    queryKey: ['operation', id, 'undo'],
    queryFn: ({ signal }) => call(traceRoutes.undoOfOperation, { params: { id }, signal }),
    enabled: isUnderWay(begun),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.undo ?? null) ? 600 : false),
  })
  const data = operation.data && (isUnderWay(begun) ? { ...operation.data, undo: progress.undo } : operation.data)
  return { ...operation, data }
}

export function useUndoOperation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call(traceRoutes.undoOperation, { params: { id } }),
    onSuccess: (operation) => {
      client.setQueryData(['operation', operation.id], operation)
      client.setQueryData(['operation', operation.id, 'undo'], { undo: operation.undo, skipped: [] })
    },
  })
}
