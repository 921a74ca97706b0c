import { eq, type Filter } from '#engine/query/filter.ts'
import { prepareBulk, showBulk } from '#platform/bulk/start-bulk.ts'
import { runBulk } from '#platform/bulk/run-bulk.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { totalsOf } from '#platform/records/totals.ts'
import { undoOperation } from '#platform/records/undo-operation.ts'
import { insertUndo } from '#platform/records/undo-store.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { keyAt, kinds } from './keys.ts'
import { timeOf } from './measure.ts'

/** Of the seeded deals, whose codes have seven digits, the first 10,000. */
const records = 10_000
const first: Filter = { field: 'code', op: 'startsWith', value: 'D000' }

/** 10,000 won deals get another day, then another owner, as one operation with progress, and all of it is taken back. */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody, facts } = await seeded()
  await facts()
  const day = await doAndUndo(everybody, 'another day', { field: 'engagedOn', value: '2024-12-02' })
  const owner = await doAndUndo(everybody, 'another owner', { field: 'ownerId', value: keyAt(kinds.person, 7) })
  return [...day, ...owner]
}

async function doAndUndo(
  ctx: Ctx,
  what: string,
  { field, value }: { readonly field: string; readonly value: string },
): Promise<readonly Figure[]> {
  const changed = { and: [first, eq(field, value)] }
  const { id } = await prepareBulk(ctx, {
    object: 'opportunity',
    which: { filter: first },
    act: { values: { [field]: value } },
  })
  let portions = 0
  const took = await timeOf(() => runBulk(ctx, id, { onPortion: () => void (portions += 1) }))
  const { operationId } = await showBulk(ctx, id)
  await expectCount(ctx, changed, records)
  await inStep(ctx, ({ tx }) => insertUndo(tx, ctx, operationId))
  const undone = await timeOf(() => undoOperation(ctx, operationId))
  await expectCount(ctx, changed, 0)
  return [
    figure(`bulk edit of 10,000 deals, ${what}`, took / 1000, 's'),
    figure(`bulk edit of 10,000 deals, ${what}: steps of progress`, portions, '', { atLeast: 10 }),
    figure(`undo of a bulk edit, ${what}`, undone / 1000, 's'),
  ]
}

async function expectCount(ctx: Ctx, filter: Filter, expected: number): Promise<void> {
  const { count } = await totalsOf(ctx, 'opportunity', { filter })
  // One in 3,000 was theirs before.
  if (Math.abs(count - expected) > records / 1000) throw new Error(`${count} records instead of ${expected}`)
}
