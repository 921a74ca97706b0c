import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import type { RowInput } from '#platform/records/draft.ts'
import { objectFor } from '#platform/records/scope.ts'
import { endRun, insertRun, noteOutcome, type BulkRun } from './bulk-store.ts'
import { saveOrHalve } from './run-bulk.ts'
import { showBulk } from './start-bulk.ts'

/** Existing records, each set to values of its own. */
export type RowChange = RowInput & { readonly id: string }

/**
 * Changes up to 500 records, each to its own values, as one operation: cells pasted from a spreadsheet. What is refused
 * stays as it is and is listed, and all of it can be undone like a bulk edit.
 */
export async function saveRows(ctx: Ctx, key: string, rows: readonly RowChange[]): Promise<BulkRun> {
  const object = objectFor(ctx, key, 'update')
  const id = newId()
  const operationId = newId()
  await inStep(
    ctx,
    async (step) => {
      const ids = sql`select unnest(${rows.map((row) => row.id)}::uuid[]) as id`
      await insertRun(
        step.tx,
        ctx,
        { id, object: key, act: 'update', changes: {}, keepsCredit: false, along: null, operationId },
        ids,
      )
      const results = await saveOrHalve(step, object, rows)
      const of = (action: string) =>
        [...results].flatMap(([one, result]) => (result.ok && result.action === action ? [one] : []))
      const refused = new Map<string, readonly FieldFault[]>()
      for (const [one, result] of results) if (!result.ok) refused.set(one, result.faults)
      await noteOutcome(step.tx, ctx, id, { changed: of('updated'), unchanged: of('unchanged'), refused })
      await endRun(step.tx, ctx, id, 'done')
    },
    { kind: 'bulk.update', operationId },
  )
  return showBulk(ctx, id)
}
