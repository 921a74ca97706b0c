import type { ObjectType } from '#engine/model/object-type.ts'
import { attempt } from '#platform/db/attempt.ts'
import type { Step } from '#platform/db/step.ts'
import type { RowInput, RowResult } from '#platform/records/draft.ts'
import { faultsOf } from '#platform/records/faults-of.ts'
import { saveMany, type SaveOptions } from '#platform/records/save.ts'

/**
 * Saves up to 1,000 rows and answers what became of each, in their order. What only the database refuses would take all
 * of them along: then it is tried in halves.
 */
export async function saveInHalves(
  step: Step,
  object: ObjectType,
  rows: readonly RowInput[],
  options: SaveOptions = {},
): Promise<readonly RowResult[]> {
  if (rows.length === 0) return []
  const tried = await attempt(step, (part) => saveMany(part, object, rows, options))
  if (tried.ok) return tried.result
  if (rows.length === 1) return [{ ok: false, faults: faultsOf(tried.error) }]
  const middle = Math.ceil(rows.length / 2)
  return [
    ...(await saveInHalves(step, object, rows.slice(0, middle), options)),
    ...(await saveInHalves(step, object, rows.slice(middle), options)),
  ]
}
