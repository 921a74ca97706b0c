import { useQueries } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { useLanguage } from '#web/words/use-words.ts'
import { objectsRoutes } from '../contract.ts'
import { titleOf } from './record-title.ts'
import { useObjects } from './use-objects.ts'

/** What records are called, by their ids. */
export type RecordNames = ReadonlyMap<string, string>

const mostIds = 200

/** The names of records of several objects, as far as the person may see them. */
export function useRecordNames(wanted: ReadonlyMap<string, ReadonlySet<string>>): RecordNames {
  const { objects } = useObjects()
  const language = useLanguage()
  const asked = objects.flatMap((object) => {
    const ids = [...(wanted.get(object.key) ?? [])].toSorted().slice(0, mostIds)
    return ids.length > 0 ? [{ object, ids }] : []
  })
  const results = useQueries({
    queries: asked.map(({ object, ids }) => ({
      queryKey: ['records', object.key, 'names', ids],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        call(objectsRoutes.query, {
          params: { object: object.key },
          body: { filter: { field: 'id', op: 'in' as const, value: ids }, limit: mostIds },
          signal,
        }),
    })),
  })
  return new Map(
    results.flatMap(({ data }, at) => {
      const object = asked[at]?.object
      return object ? (data?.rows ?? []).map((row) => [row.id, titleOf(object, row, language)] as const) : []
    }),
  )
}
