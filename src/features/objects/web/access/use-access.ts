import { skipToken, useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { traceRoutes } from '../../contract.ts'

/** Why the person of the page sees a record. */
export function useWhy(object: string, id: string) {
  return useQuery({
    queryKey: ['records', object, 'why', id],
    queryFn: ({ signal }) => call(traceRoutes.why, { params: { object, id }, signal }),
    select: ({ reasons }) => reasons,
  })
}

/** Why somebody else sees it, or why not. */
export function useWhyOf(object: string, id: string, personId: string | null) {
  return useQuery({
    queryKey: ['records', object, 'why', id, personId],
    queryFn:
      personId === null
        ? skipToken
        : ({ signal }) => call(traceRoutes.whyOf, { params: { object, id, personId }, signal }),
  })
}
