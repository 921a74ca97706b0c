import { useQuery } from '@tanstack/react-query'
import { call, type CallReply } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { objectsRoutes } from '../contract.ts'
import { useLater } from './use-later.ts'
import type { ScreenObject } from './use-objects.ts'
import type { RecordChanges } from './use-records.ts'

export type Suspicion = CallReply<typeof objectsRoutes.duplicates>['suspicions'][number]

const pauseMs = 500
const none: readonly Suspicion[] = []

/** The records that the typed values may be, asked when the typing pauses; nothing while no compared field is typed in. */
export function useSuspicions(
  object: ScreenObject,
  typed: { readonly id: string | undefined; readonly values: RecordChanges; readonly changed: RecordChanges },
): readonly Suspicion[] {
  const { id, values, changed } = typed
  // What is shown in part stands for nothing that could be compared.
  const isMasked = (key: string) =>
    !(key in changed) && object.fields.some((field) => field.key === key && field.masked)
  const compared = (object.compared ?? []).filter((key) => !isMasked(key))
  const asked = compared.some((key) => key in changed)
    ? Object.fromEntries(compared.flatMap((key) => (isFilled(values[key]) ? [[key, values[key]]] : [])))
    : {}
  const text = useLater(JSON.stringify(asked), pauseMs)
  const settled = JSON.parse(text) as Record<string, unknown>
  const query = useQuery({
    queryKey: ['records', object.key, 'duplicates', id, text],
    queryFn: ({ signal }) =>
      call(objectsRoutes.duplicates, {
        params: { object: object.key },
        body: { ...(id === undefined ? {} : { id }), values: settled },
        signal,
      }),
    enabled: Object.keys(settled).length > 0,
    retry: false,
  })
  return query.data?.suspicions ?? none
}

const isFilled = (value: unknown): boolean => value !== null && value !== undefined && value !== ''

/** A save that was refused because the record may be there already, and whether it may be saved all the same. */
export function duplicateRefusal(
  problem: unknown,
): { readonly canConfirm: boolean; readonly suspicions: readonly Suspicion[] } | undefined {
  if (!(problem instanceof ApiProblem) || problem.code !== 'RECORD_DUPLICATE') return undefined
  // Our own server sends the details of this refusal in this shape.
  const { canConfirm, suspects } = problem.details as {
    readonly canConfirm: boolean
    readonly suspects: readonly (Suspicion['suspect'] | null)[]
  }
  const suspicions = problem.faults.map(({ field, code, message }, at): Suspicion => ({
    field,
    code: code === 'duplicate' ? 'duplicate' : 'suspected',
    message,
    suspect: suspects[at] ?? { id: null, title: null, ownerName: null },
  }))
  return { canConfirm, suspicions }
}

/** Where a record is that became part of another, as the refusal to show it tells. */
export function mergedInto(problem: unknown): string | undefined {
  if (!(problem instanceof ApiProblem) || problem.code !== 'RECORD_MERGED') return undefined
  return (problem.details as { readonly into: string }).into
}
