import { AppError } from '#base/errors.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import { forgetEarlierCompanions } from './companion-store.ts'
import type { Leaving, Stored } from './draft.ts'
import { recordErrors } from './errors.ts'
import { inUse, usesOf } from './in-use.ts'
import { setDeleted } from './record-store.ts'
import { behaviourOf } from './registry.ts'
import { follow } from './save.ts'

/**
 * Puts records, which may refer to each other, into the recycle bin, in the transaction of the step, with audit, events
 * and ledger. Answers by key why a record had to stay: a living
 * record refers to it, a rule of its room keeps it, or the actor may only look at it.
 */
export async function removeMany(step: Step, wanted: readonly Leaving[]): Promise<ReadonlyMap<string, AppError>> {
  const staying = new Map<string, AppError>(onlySeen(wanted))
  for (const [id, refusal] of await usedByOthers(step, without(wanted, staying))) staying.set(id, refusal)
  for (const { object, stored } of without(wanted, staying)) {
    for (const [id, refusal] of await setGone(step, object, stored)) staying.set(id, refusal)
  }
  for (const { object, stored } of without(wanted, staying)) {
    const gone = stored.map(({ id, values }) => ({ id, action: 'deleted' as const, before: values, after: null }))
    await follow(step, object, gone)
    await forgetEarlierCompanions(step, object.key, gone.map(({ id }) => id)) // prettier-ignore
  }
  return staying
}

function onlySeen(wanted: readonly Leaving[]): readonly (readonly [string, AppError])[] {
  const kept = wanted.flatMap(({ stored }) => stored.filter(({ mayGiveAway }) => !mayGiveAway))
  return kept.map(({ id }) => [id, recordErrors.RECORD_ONLY_SEEN()] as const)
}

async function usedByOthers(step: Step, wanted: readonly Leaving[]): Promise<ReadonlyMap<string, AppError>> {
  const used = new Map<string, AppError>()
  for (;;) {
    const uses = await usesOf(step, without(wanted, used))
    if (uses.size === 0) return used
    // What stays may refer to others that were about to leave with it.
    for (const [id, objects] of uses) used.set(id, inUse(step.ctx, objects))
  }
}

/** Where the room has a rule, one after the other: each is judged by what is left then. */
async function setGone(
  step: Step,
  object: ObjectType,
  stored: readonly Stored[],
): Promise<ReadonlyMap<string, AppError>> {
  const refused = new Map<string, AppError>()
  const { removing } = behaviourOf(object.key)
  for (const batch of removing ? stored.map((one) => [one]) : [stored]) {
    for (const one of batch) {
      const refusal = await refusalBy(() => removing?.(step, one))
      if (refusal) refused.set(one.id, refusal)
    }
    const ids = batch.map(({ id }) => id).filter((id) => !refused.has(id))
    if (ids.length > 0) await setDeleted(step, object, ids, true)
  }
  return refused
}

async function refusalBy(rule: () => Promise<void> | undefined): Promise<AppError | undefined> {
  try {
    await rule()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

function without(leaving: readonly Leaving[], staying: ReadonlyMap<string, unknown>): readonly Leaving[] {
  return leaving
    .map(({ object, stored }) => ({ object, stored: stored.filter(({ id }) => !staying.has(id)) }))
    .filter(({ stored }) => stored.length > 0)
}
