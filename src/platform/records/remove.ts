import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { followMerges } from '#platform/merge/follow-merges.ts'
import { checkCurrencies } from './check-rows.ts'
import type { Draft, Stored } from './draft.ts'
import { recordErrors } from './errors.ts'
import { refuseIfAdrift } from './in-use.ts'
import { findRecord, type RecordRow } from './read.ts'
import { removeMany } from './remove-many.ts'
import { behaviourOf } from './registry.ts'
import { loadStored, setDeleted } from './record-store.ts'
import { follow, saveMany, takenMeanwhile } from './save.ts'
import { objectFor, withWholeSight } from './scope.ts'

/** Puts a record into the recycle bin: it leaves lists, sums and metrics, and can be restored. */
export async function removeRecord(ctx: Ctx, key: string, id: string, version?: number): Promise<void> {
  const object = objectFor(ctx, key, 'delete')
  if (!isId(id)) throw recordErrors.RECORD_NOT_FOUND()
  await inStep(
    ctx,
    async (step) => {
      const before = (await loadStored(step, object, [id])).get(id)
      if (!before) throw recordErrors.RECORD_NOT_FOUND()
      if (version !== undefined && version !== before.version) {
        throw recordErrors.RECORD_CHANGED({}, [], { current: await findRecord(step.tx, ctx, object, id) })
      }
      const refusal = (await removeMany(step, [{ object, stored: [before] }])).get(id)
      if (refusal) throw refusal
    },
    { kind: 'record.delete' },
  )
}

/** Brings a record back from the recycle bin, as it was. */
export async function restoreRecord(ctx: Ctx, key: string, id: string): Promise<RecordRow> {
  const object = objectFor(ctx, key, 'delete')
  if (!isId(id)) throw recordErrors.RECORD_NOT_FOUND()
  return inStep(
    ctx,
    async (step) => {
      await restoreInStep(step, object, id)
      const row = await findRecord(step.tx, ctx, object, id)
      if (!row) throw recordErrors.RECORD_NOT_FOUND()
      return row
    },
    { kind: 'record.restore' },
  )
}

/** The same within a step that is under way. */
export async function restoreInStep(step: Step, object: ObjectType, id: string): Promise<void> {
  const stored = (await loadStored(step, object, [id], { deleted: true })).get(id)
  if (!stored) throw recordErrors.RECORD_NOT_FOUND()
  const moved = await followMerges(step, object, stored.values)
  await refuseIfAdrift(step, object, { ...stored, values: { ...stored.values, ...moved } })
  await refuseIfUnvalued(step, object, stored)
  await behaviourOf(object.key).restoring?.(step, stored)
  await bringBack(step, object, stored)
  if (Object.keys(moved).length === 0) return
  const wide: Step = { ...step, ctx: withWholeSight(step.ctx) }
  const [saved] = await saveMany(wide, object, [{ id, values: moved }], { system: true })
  if (saved && !saved.ok) throw recordErrors.RECORD_INVALID({}, saved.faults)
}

/** Throws RECORD_INVALID if the rate that valued its amounts was removed meanwhile. */
async function refuseIfUnvalued(step: Step, object: ObjectType, stored: Stored): Promise<void> {
  const draft: Draft = { object, id: stored.id, before: stored, given: {}, values: { ...stored.values }, faults: [] }
  await checkCurrencies(step, object, [draft])
  if (draft.faults.length > 0) throw recordErrors.RECORD_INVALID({}, draft.faults)
}

/** Somebody may have given its number, or another unique value, to another record meanwhile. */
async function bringBack(step: Step, object: ObjectType, { id, values }: Stored): Promise<void> {
  try {
    await setDeleted(step, object, [id], false)
    await follow(step, object, [{ id, action: 'restored', before: null, after: values }])
  } catch (error) {
    throw takenMeanwhile(error, object, values) ?? error
  }
}
