import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { shareRoutes, type ShareDraft } from '../contract.ts'

export interface RecordPlace {
  readonly object: string
  readonly id: string
}

/** The team of a record and with whom it is shared, and whether the person of the page may change that. */
export function useShares({ object, id }: RecordPlace) {
  return useQuery({
    queryKey: ['records', object, 'shares', id],
    queryFn: ({ signal }) => call(shareRoutes.list, { params: { object, id }, signal }),
  })
}

export function useShareActs(place: RecordPlace) {
  const client = useQueryClient()
  const params = { object: place.object, id: place.id }
  const following = async <Reply>(act: Promise<Reply>): Promise<Reply> => {
    const reply = await act
    // Its history, its shares, and why somebody sees it.
    await client.invalidateQueries({
      queryKey: ['records', place.object],
      predicate: ({ queryKey }) => queryKey[3] === place.id,
    })
    return reply
  }
  return {
    keep: (draft: ShareDraft) => following(call(shareRoutes.keep, { params, body: draft })),
    remove: (shareId: string) => following(call(shareRoutes.remove, { params: { ...params, shareId } })),
  }
}
