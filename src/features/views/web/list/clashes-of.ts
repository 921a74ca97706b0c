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
  const { rows: refused } = await call(bulkRoutes.refused, { params: { id: runId } })
  const ids = refused
    .filter(({ faults }) => faults.some(({ code }) => code === 'changed'))
    .map(({ recordId }) => recordId)
  if (ids.length === 0) return []
  const filter = { field: 'id', op: 'in' as const, value: ids }
  const { rows: now } = await call(objectsRoutes.query, { params: { object }, body: { filter, limit: 200 } })
  return now.flatMap((theirs) => {
    const seen = before.find(({ id }) => id === theirs.id)
    const mine = changes.find(({ id }) => id === theirs.id)
    return seen && mine ? [{ before: seen, mine: mine.values, theirs }] : []
  })
}
