import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { commentRoutes, type CommentDraft } from '../contract.ts'

export interface RecordPlace {
  readonly object: string
  readonly id: string
}

const keyOf = ({ object, id }: RecordPlace) => ['records', object, 'comments', id]

/** The comments on a record, newest first, a page at a time. */
export function useComments(place: RecordPlace) {
  return useInfiniteQuery({
    queryKey: keyOf(place),
    queryFn: ({ pageParam, signal }) =>
      call(commentRoutes.list, {
        params: { ...place },
        ...(pageParam === '' ? {} : { query: { before: pageParam } }),
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.hasMore ? page.comments.at(-1)?.id : undefined),
  })
}

/** Writing, changing, removing and bringing back; the list asks again after each. */
export function useCommentActs(place: RecordPlace) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: keyOf(place) })
  const write = useMutation({
    mutationFn: (body: CommentDraft) => call(commentRoutes.write, { params: { ...place }, body }),
    onSuccess,
  })
  const change = useMutation({
    mutationFn: ({ id, body }: { readonly id: string; readonly body: CommentDraft }) =>
      call(commentRoutes.change, { params: { id }, body }),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(commentRoutes.remove, { params: { id } }),
    onSuccess,
  })
  const restore = useMutation({
    mutationFn: (id: string) => call(commentRoutes.restore, { params: { id } }),
    onSuccess,
  })
  return { write, change, remove, restore }
}

/** Those of these people who cannot see the record. */
export function useCannotSee(place: RecordPlace, people: readonly string[]) {
  const asked = people.toSorted()
  const { data } = useQuery({
    queryKey: [...keyOf(place), 'sight', asked],
    queryFn: ({ signal }) => call(commentRoutes.sight, { params: { ...place }, body: { people: asked }, signal }),
    enabled: asked.length > 0,
  })
  return asked.length > 0 ? (data?.cannotSee ?? []) : []
}
