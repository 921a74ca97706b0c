import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query'
import type { RecordRow } from './record-row.ts'

interface Page {
  readonly rows: readonly RecordRow[]
  readonly cursor: string | null
}

/** More pages than these are not asked anew at once: somebody scrolled far. */
const mostAnew = 5

const isPages = ({ queryKey }: Pick<Query, 'queryKey'>) => queryKey[0] === 'records' && queryKey[2] === 'pages'

/** Puts a record as it is now into every list that shows it, so that none has to be asked anew. */
export function patchRow(client: QueryClient, object: string, row: RecordRow): void {
  const patch = (known: RecordRow): RecordRow =>
    known.id === row.id ? { ...known, ...row, names: { ...known.names, ...row.names } } : known
  const inPage = <P extends Page>(page: P): P =>
    page.rows.some(({ id }) => id === row.id) ? { ...page, rows: page.rows.map(patch) } : page
  client.setQueriesData<InfiniteData<Page>>(
    { queryKey: ['records', object, 'pages'] },
    (known) => known && { ...known, pages: known.pages.map(inPage) },
  )
  client.setQueriesData<Page>({ queryKey: ['records', object, 'query'] }, (known) => known && inPage(known))
}

/** Whether a query is a list that somebody scrolled far through: asking it anew would ask for all of its pages. */
export function isLongList(query: Query): boolean {
  const known = query.state.data as InfiniteData<Page> | undefined
  return isPages(query) && (known?.pages.length ?? 0) > mostAnew
}

/** Lets lists that somebody scrolled far through begin with their first pages again, where any record may have changed. */
export function shortenLists(client: QueryClient): void {
  client.setQueriesData<InfiniteData<Page>>({ predicate: isPages }, (known) =>
    known && known.pages.length > mostAnew
      ? { pages: known.pages.slice(0, mostAnew), pageParams: known.pageParams.slice(0, mostAnew) }
      : known,
  )
}
