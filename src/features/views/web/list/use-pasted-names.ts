import { useMemo } from 'react'
import { useQueries } from '@tanstack/react-query'
import { objectsRoutes } from '#features/objects/contract.ts'
import { bodyOf, titleOf, useObjects, usePeople, type ScreenObject } from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { useLanguage } from '#web/words/use-words.ts'
import type { Names } from './read-block.ts'
import type { Pasted } from './RecordGrid.tsx'

/** The people and records that the names in a pasted block stand for; undefined while they are looked up. */
export function usePastedNames(object: ScreenObject, { block, fields }: Pasted): Names | undefined {
  const people = usePeople()
  const language = useLanguage()
  const { objects } = useObjects()
  const references = fields.flatMap((field, column) => {
    const target = field.type === 'reference' ? objects.find(({ key }) => key === field.to) : undefined
    const texts = [...new Set(block.flatMap((cells) => cells[column]?.trim() || []))]
    return target && texts.length > 0 ? [{ field, target, texts }] : []
  })
  const answers = useQueries({
    queries: references.map(({ target, texts }) => {
      const filter = { field: target.title, op: 'in' as const, value: texts.slice(0, 1000) }
      const asked = { filter, fields: [target.title, ...(target.titleEn ? [target.titleEn] : [])], limit: 200 }
      return {
        queryKey: ['records', target.key, 'query', asked],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          call(objectsRoutes.query, { params: { object: target.key }, body: bodyOf(asked), signal }),
      }
    }),
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      rows: results.map((result) => result.data?.rows ?? []),
    }),
  })
  return useMemo(() => {
    if (answers.isPending) return undefined
    const names = new Map<string, ReadonlyMap<string, readonly string[]>>()
    const gather = (pairs: readonly (readonly [string, string])[]) =>
      new Map([...Map.groupBy(pairs, ([name]) => name)].map(([name, found]) => [name, found.map(([, id]) => id)]))
    for (const field of fields.filter(({ type }) => type === 'owner')) {
      names.set(field.key, gather(people.map(({ id, name }) => [name, id])))
    }
    references.forEach(({ field, target }, at) => {
      names.set(field.key, gather((answers.rows[at] ?? []).map((row) => [titleOf(target, row, language), row.id])))
    })
    return names
    // The references follow from the block, its fields and the objects.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [answers, block, fields, language, object, objects, people])
}
