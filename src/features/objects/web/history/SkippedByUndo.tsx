import { useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { traceRoutes } from '../../contract.ts'

/** The records that the undo of an operation left as they are, each with the reason. */
export function SkippedByUndo({ operationId }: { readonly operationId: string }) {
  const undo = useQuery({
    queryKey: ['operation', operationId, 'skipped'],
    queryFn: ({ signal }) => call(traceRoutes.undoOfOperation, { params: { id: operationId }, signal }),
  })
  if (undo.isPending) return <LoadingState rows={2} />
  if (undo.isError) return <ErrorState problem={undo.error} />
  return (
    <ul className="history-skipped">
      {undo.data.skipped.map(({ object, id, title, faults }) => (
        <li key={id}>
          {title === null ? '—' : <PageLink to={`/records/${object}/${id}`}>{title}</PageLink>}{' '}
          <span className="muted">{faults.map(({ message }) => message).join(' ')}</span>
        </li>
      ))}
    </ul>
  )
}
