import type { FieldFault } from '#base/errors.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { checkDuplicates } from '#platform/duplicates/check-duplicates.ts'
import { followMerges } from '#platform/merge/follow-merges.ts'
import { checkCurrencies } from './check-rows.ts'
import { companionsOf, forgetCompanions, type RecordKey } from './companion-store.ts'
import type { Draft, Leaving, RowInput, Stored } from './draft.ts'
import { recordErrors, rowFaults } from './errors.ts'
import { adriftOf, type Adrift, type Coming } from './in-use.ts'
import { findRecord, type RecordRow } from './read.ts'
import { behaviourOf } from './registry.ts'
import { holdersOf, loadStored, setDeleted } from './record-store.ts'
import { follow, saveMany, takenMeanwhile } from './save.ts'
import { may, objectFor, withWholeSight } from './scope.ts'
import { titlesById } from './titles.ts'
import { usersFirst } from './users-first.ts'

/** What comes back besides the record itself. */
export interface RestoreOptions {
  /** What went into the recycle bin with it. */
  readonly companions?: boolean
  /** What it refers to and what is in the recycle bin too. */
  readonly parents?: boolean
  /** Refuses what a rule against duplicates blocks, as when it is made: where people bring it back, not an undo. */
  readonly unlessBlocked?: boolean
}

/** Numbers of records. */
export interface Restored {
  /** That came back, the record itself not counted. */
  readonly along: number
  /** That went with it, but that the actor does not reach: they stay in the bin. */
  readonly leftBehind: number
}

/**
 * Brings a record back from the recycle bin as it was, with what went there with it and not what was there before.
 * Throws RECORD_INVALID naming the field that stands against it; `details` then tell the records in the bin that it
 * needs.
 */
export async function restoreRecord(
  ctx: Ctx,
  key: string,
  id: string,
  options: RestoreOptions = { companions: true },
): Promise<RecordRow> {
  const object = objectFor(ctx, key, 'delete')
  if (!isId(id)) throw recordErrors.RECORD_NOT_FOUND()
  return inStep(
    ctx,
    async (step) => {
      await restoreInStep(step, object, id, { ...options, unlessBlocked: true })
      const row = await findRecord(step.tx, ctx, object, id)
      if (!row) throw recordErrors.RECORD_NOT_FOUND()
      return row
    },
    { kind: 'record.restore' },
  )
}

/** The same within a step that is under way; alone unless told. */
export async function restoreInStep(
  step: Step,
  { key }: ObjectType,
  id: string,
  { companions = false, parents = false, unlessBlocked = false }: RestoreOptions = {},
): Promise<Restored> {
  const object = step.ctx.company.wholeCatalogue.get(key)
  const stored = (await loadStored(step, object, [id], { deleted: true })).get(id)
  if (!stored) throw recordErrors.RECORD_NOT_FOUND()
  if (!stored.mayGiveAway) throw recordErrors.RECORD_ONLY_SEEN()
  const coming = new Map<string, Leaving>()
  add(coming, object, [stored])
  const leftBehind = companions ? await addCompanions(step, coming, { object: object.key, id }) : 0
  if (parents) await addParents(step, coming)
  await bringBack(step, coming, unlessBlocked)
  return { along: idsOf(coming).size - 1, leftBehind }
}

function add(coming: Map<string, Leaving>, object: ObjectType, stored: readonly Stored[]): void {
  if (stored.length === 0) return
  coming.set(object.key, { object, stored: [...(coming.get(object.key)?.stored ?? []), ...stored] })
}

function idsOf(coming: ReadonlyMap<string, Leaving>): Coming {
  return new Set([...coming.values()].flatMap(({ stored }) => stored.map(({ id }) => id)))
}

async function addCompanions(step: Step, coming: Map<string, Leaving>, leader: RecordKey): Promise<number> {
  let leftBehind = 0
  for (const [key, ids] of await companionsOf(step, leader)) {
    const object = step.ctx.company.wholeCatalogue.find(key)
    const stored = object && may(step.ctx, object, 'delete') ? await loadStored(step, object, ids, { deleted: true }) : undefined // prettier-ignore
    if (object && stored) add(coming, object, [...stored.values()])
    leftBehind += ids.length - (stored?.size ?? 0)
  }
  return leftBehind
}

/** Parents, and theirs, as far as the actor may bring them back. */
async function addParents(step: Step, coming: Map<string, Leaving>): Promise<void> {
  for (let looked: readonly Leaving[] = [...coming.values()]; looked.length > 0;) {
    const found = new Map<string, Leaving>()
    for (const { object, stored } of looked) {
      const followed = await afterMerges(step, object, stored)
      const missing = Map.groupBy(await adriftOf(step, object, followed, idsOf(coming)), (adrift) => adrift.object)
      for (const [target, adrift] of missing) {
        if (!may(step.ctx, target, 'delete')) continue
        const ids = [...new Set(adrift.flatMap((one) => one.ids))].filter((id) => !idsOf(coming).has(id))
        const parents = [...(await loadStored(step, target, ids, { deleted: true })).values()]
        add(coming, target, parents)
        add(found, target, parents)
      }
    }
    looked = [...found.values()]
  }
}

/** What is referred to comes first, so that rules find it. */
async function bringBack(step: Step, coming: ReadonlyMap<string, Leaving>, unlessBlocked: boolean): Promise<void> {
  const together = idsOf(coming)
  const objects = usersFirst([...coming.values()].map(({ object }) => object)).toReversed()
  for (const object of objects) {
    const stored = coming.get(object.key)?.stored ?? []
    const followed = await afterMerges(step, object, stored)
    await refuseIfUnfit(step, object, followed, together)
    if (unlessBlocked) await refuseIfBlocked(step, object, followed)
    const { restoring } = behaviourOf(object.key)
    // Where the room has a rule, one after the other: each is judged by what is back then.
    for (const batch of restoring ? stored.map((one) => [one]) : [stored]) {
      for (const one of batch) await restoring?.(step, one)
      await setBack(step, object, batch)
      await moveAfterMerges(step, object, batch)
    }
  }
}

/** As they will refer to what records became that were merged away meanwhile. */
async function afterMerges(step: Step, object: ObjectType, stored: readonly Stored[]): Promise<readonly Stored[]> {
  const followed: Stored[] = []
  for (const one of stored) {
    followed.push({ ...one, values: { ...one.values, ...(await followMerges(step, object, one.values)) } })
  }
  return followed
}

/** The same for records that are back. */
async function moveAfterMerges(step: Step, object: ObjectType, stored: readonly Stored[]): Promise<void> {
  const rows: RowInput[] = []
  for (const { id, values } of stored) {
    const moved = await followMerges(step, object, values)
    if (Object.keys(moved).length > 0) rows.push({ id, values: moved })
  }
  if (rows.length === 0) return
  const wide: Step = { ...step, ctx: withWholeSight(step.ctx) }
  for (const result of await saveMany(wide, object, rows, { system: true })) {
    if (!result.ok) throw recordErrors.RECORD_INVALID({}, result.faults)
  }
}

/** The same may have been made anew while it was in the bin. */
async function refuseIfBlocked(step: Step, object: ObjectType, stored: readonly Stored[]): Promise<void> {
  const drafts = stored.map(({ id, values }): Draft => {
    return { object, id, before: null, given: {}, values: { ...values }, faults: [] }
  })
  await checkDuplicates(step, object, drafts, 'allow')
  const blocked = drafts.find(({ faults }) => faults.length > 0)
  if (blocked) throw recordErrors.RECORD_INVALID({}, blocked.faults)
}

async function refuseIfUnfit(step: Step, object: ObjectType, stored: readonly Stored[], coming: Coming): Promise<void> {
  const adrift = await adriftOf(step, object, stored, coming)
  const first = adrift[0]?.recordId
  if (first !== undefined) throw await refusalOf(step, adrift.filter(({ recordId }) => recordId === first)) // prettier-ignore
  const drafts = stored.map((before): Draft => {
    return { object, id: before.id, before, given: {}, values: { ...before.values }, faults: [] }
  })
  // The rate that valued their amounts may be gone.
  await checkCurrencies(step, object, drafts)
  await checkTaken(step, object, drafts)
  const unfit = drafts.find(({ faults }) => faults.length > 0)
  if (unfit) throw recordErrors.RECORD_INVALID({}, unfit.faults)
}

/** A record in the bin that another one needs. */
export interface Needed extends RecordKey {
  readonly title: string
}

async function refusalOf(step: Step, adrift: readonly Adrift[]) {
  const needed: Needed[] = []
  const faults: FieldFault[] = []
  for (const { field, object, ids } of adrift) {
    const inBin = may(step.ctx, object, 'delete')
      ? await loadStored(step, object, ids, { deleted: true })
      : new Map<string, Stored>()
    const titles = await titlesById(step.tx, step.ctx, object, [...inBin.keys()])
    for (const id of ids) {
      const title = titles.get(id)
      if (title === undefined) faults.push({ field, code: 'missing', label: rowFaults.missing })
      else {
        faults.push({ field, code: 'inBin', label: rowFaults.inBin, params: { name: title } })
        needed.push({ object: object.key, id, title })
      }
    }
  }
  return recordErrors.RECORD_INVALID({}, faults, { needed })
}

/** Their number, or another unique value, may stand at another record by now. */
async function checkTaken(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  for (const field of object.fields) {
    if (!field.unique) continue
    const texts = drafts.map(({ values }) => values[field.key]).filter((value) => typeof value === 'string')
    const taken = texts.length > 0 ? await holdersOf(step, object, field, texts) : new Map<string, string>()
    for (const { values, faults } of drafts) {
      const value = values[field.key]
      if (typeof value !== 'string' || !taken.has(value)) continue
      faults.push({ field: field.key, code: 'taken', label: rowFaults.taken, params: { value } })
    }
  }
}

async function setBack(step: Step, object: ObjectType, stored: readonly Stored[]): Promise<void> {
  const ids = stored.map(({ id }) => id)
  try {
    await setDeleted(step, object, ids, false)
    await forgetCompanions(step, object.key, ids)
    const back = stored.map(({ id, values }) => ({ id, action: 'restored' as const, before: null, after: values }))
    await follow(step, object, back)
  } catch (error) {
    throw takenMeanwhile(error, object, stored[0]?.values ?? {}) ?? error
  }
}
