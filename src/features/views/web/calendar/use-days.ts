import { useQueries } from '@tanstack/react-query'
import { objectsRoutes } from '#features/objects/contract.ts'
import { bodyOf, type RecordRow, type Totals } from '#features/objects/web/index.tsx'
import { all, type Filter } from '#engine/query/filter.ts'
import { call } from '#web/api/call.ts'

interface DaysQuestion {
  readonly days: readonly string[]
  readonly filter: Filter | undefined
  readonly field: string
  /** The first records of all these days. */
  readonly rows: readonly RecordRow[] | undefined
  /** How many there are on each day. */
  readonly totals: Totals | undefined
  /** Records that there is room for on a day. */
  readonly most: number
}

/** Records by day; days that the first records do not reach are asked one by one, so that none looks empty. */
export function useDays(object: string, question: DaysQuestion): ReadonlyMap<string, readonly RecordRow[]> {
  const { days, filter, field, rows, totals, most } = question
  const byDay = Map.groupBy(rows ?? [], (row) => String(row[field]))
  const counts = new Map(totals?.groups?.map((group) => [group.value, group.count]) ?? [])
  const lacking = rows ? days.filter((day) => (byDay.get(day)?.length ?? 0) < Math.min(counts.get(day) ?? 0, most)) : []
  const answers = useQueries({
    queries: lacking.map((day) => {
      const own: Filter = { field, op: 'eq', value: day }
      const asked = { filter: filter ? all(filter, own) : own, limit: most }
      return {
        queryKey: ['records', object, 'query', asked],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          call(objectsRoutes.query, { params: { object }, body: bodyOf(asked), signal }),
      }
    }),
    combine: (results) => results.map(({ data }) => data?.rows),
  })
  const late = lacking.flatMap((day, at) => (answers[at] ? [[day, answers[at]] as const] : []))
  return new Map([...byDay, ...late])
}
