import { objectsRoutes } from '#features/objects/contract.ts'
import type { Clash, RecordChanges, RecordRow } from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { bulkRoutes } from '../../bulk-contract.ts'

interface Change {
  readonly id: string
  readonly values: RecordChanges
}

/** Of rows that were saved together those that somebody else had changed first, with what stands there now. */
export async function clashesOf(
  object: string,
  runId: string,
  before: readonly RecordRow[],
  changes: readonly Change[],
): Promise<readonly Clash[]> {
  const clashes: Clash[] = []
  for (let after: string | null | undefined; after !== null;) {
    const page = await call(bulkRoutes.refused, { params: { id: runId }, query: after === undefined ? {} : { after } })
    const changed = page.rows.filter(({ faults }) => faults.some(({ code }) => code === 'changed'))
    for (const theirs of await standingNow(
      object,
      changed.map(({ recordId }) => recordId),
    )) {
      // prettier-ignore
      const seen = before.find(({ id }) => id === theirs.id)
      const mine = changes.find(({ id }) => id === theirs.id)
      if (seen && mine) clashes.push({ before: seen, mine: mine.values, theirs })
    }
    after = page.next
  }
  return clashes
}

async function standingNow(object: string, ids: readonly string[]): Promise<readonly RecordRow[]> {
  if (ids.length === 0) return []
  const filter = { field: 'id', op: 'in' as const, value: [...ids] }
  return (await call(objectsRoutes.query, { params: { object }, body: { filter, limit: 200 } })).rows
}
