import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { searchRoute } from '#engine/search/contract.ts'
import { call } from '#web/api/call.ts'
import { useLanguage } from '#web/words/use-words.ts'
import { titleOf } from './record-title.ts'
import type { ScreenObject } from './use-objects.ts'
import { useRecordQuery } from './use-records.ts'

const mostChoices = 30

/** As the global search finds them, by pinyin and initials too; before that, and by a single letter, as lists do. */
export function useReferenceChoices(object: ScreenObject | undefined, asked: string, isOpen: boolean) {
  const language = useLanguage()
  const key = object?.key ?? ''
  const isSearch = asked.length > 1 && (object?.fields.some((field) => field.searched) ?? false)
  const found = useQuery({
    queryKey: ['search', 'pick', key, asked],
    queryFn: ({ signal }) => call(searchRoute, { query: { q: asked, object: key, limit: mostChoices }, signal }),
    enabled: isOpen && isSearch,
    placeholderData: keepPreviousData,
  })
  const filter = object && asked ? { filter: { field: object.title, op: 'contains' as const, value: asked } } : {}
  const list = useRecordQuery(key, { ...filter, limit: mostChoices }, isOpen && object !== undefined && !isSearch)
  if (isSearch) {
    const hits = found.data?.groups.flatMap((group) => group.hits) ?? []
    return { options: hits.map(({ id, title }) => ({ value: id, label: title ?? '—' })), isFetching: found.isFetching }
  }
  const rows = list.data?.rows ?? []
  const options = rows.map((row) => ({ value: row.id, label: object ? titleOf(object, row, language) : row.id }))
  return { options, isFetching: list.isFetching }
}
