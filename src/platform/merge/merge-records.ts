import { isComputed } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { toldAnew } from '#platform/duplicates/tell.ts'
import type { Stored } from '#platform/records/draft.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { loadStored } from '#platform/records/record-store.ts'
import { removeMany } from '#platform/records/remove-many.ts'
import { saveMany } from '#platform/records/save.ts'
import { objectFor, withWholeSight } from '#platform/records/scope.ts'
import { moveBelongings } from './belongings.ts'
import { mergeErrors } from './errors.ts'
import { insertMerge, mergeById, mergeOfLoser, type Merge } from './merge-store.ts'
import { moveReferences } from './move-references.ts'
import { protectionsOf } from './protection.ts'

/** Told when records became part of another. */
const recordsMerged = 'records.merged'

/** Which records become part of which, and whose value stays in each field: field key → id; of the winner unless told. */
export interface MergeRequest {
  readonly object: string
  readonly winnerId: string
  readonly loserIds: readonly string[]
  readonly take?: Readonly<Record<string, string>> | undefined
  /** Versions that the actor saw, by id; a newer one refuses the merge. */
  readonly versions?: Readonly<Record<string, number>> | undefined
}

/**
 * Makes several records one: everything that refers to the losers is moved to the winner, the winner takes the chosen
 * values, the losers go to the recycle bin, in one operation or not at all. The actor must reach all of the records and
 * be allowed to change and delete them; what refers to them is moved whoever sees it. Of two merges of the same records
 * at once the second answers what the first came to.
 */
export async function mergeRecords(ctx: Ctx, request: MergeRequest): Promise<Merge> {
  const object = objectFor(ctx, request.object, 'update')
  objectFor(ctx, request.object, 'delete')
  const loserIds = [...new Set(request.loserIds)].filter((id) => id !== request.winnerId)
  if (loserIds.length === 0 || ![request.winnerId, ...loserIds].every(isId)) throw recordErrors.RECORD_NOT_FOUND()
  const id = await inStep(ctx, (step) => mergeInStep(step, object, { ...request, loserIds }), { kind: 'merge' })
  const merge = await inView(ctx, (tx) => mergeById(tx, ctx, id, { whose: 'all' }))
  if (!merge) throw mergeErrors.MERGE_NOT_FOUND()
  return merge
}

/** Answers the id of the merge, or of the one that did the same just before. */
async function mergeInStep(step: Step, object: ObjectType, request: MergeRequest): Promise<string> {
  const { winnerId, loserIds } = request
  // Locked in the order of their ids: another merge of these records waits here.
  const stored = await loadStored(step, object, [winnerId, ...loserIds])
  const done = await doneMeanwhile(step, object, request, stored)
  if (done) return done.id
  const [winner, ...losers] = [winnerId, ...loserIds].map((id) => stored.get(id))
  if (!winner || losers.length === 0) throw recordErrors.RECORD_NOT_FOUND()
  const leaving = losers.filter((one) => one !== undefined)
  if (!winner.mayChange || leaving.some(({ mayGiveAway }) => !mayGiveAway)) throw recordErrors.RECORD_ONLY_SEEN()
  refuseChanged(stored, request)
  await refuseProtected(step, object, leaving)
  // From here on the system acts for the person: it sees whatever hangs on these records.
  const wide: Step = { ...step, ctx: withWholeSight(step.ctx) }
  const moved = await moveReferences(wide, { object, winnerId, loserIds, teller: step.ctx })
  for (const error of (await removeMany(wide, [{ object, stored: leaving }])).values()) throw error
  const id = newId()
  const merge = { id, object: object.key, winnerId, loserIds, moved }
  await insertMerge(step, merge)
  // Files first: a value that is taken over names files of its record.
  await moveBelongings(step, merge)
  await takeValues(wide, object, { winner, values: chosenValues(object, request, stored), teller: step.ctx })
  // The winner may keep all of its values: its history tells of the merge all the same.
  step.audit({ object: object.key, recordId: winnerId, action: 'merged', before: null, after: { merged: loserIds } })
  step.tell({ name: recordsMerged, payload: { object: object.key, id: winnerId, losers: loserIds } })
  return id
}

/** Some of the records are gone: was it the same merge, another one, or were they never there? */
async function doneMeanwhile(
  { tx, ctx }: Step,
  object: ObjectType,
  { winnerId, loserIds }: MergeRequest,
  stored: ReadonlyMap<string, Stored>,
): Promise<Merge | undefined> {
  const gone = [winnerId, ...loserIds].filter((id) => !stored.has(id))
  if (gone.length === 0) return undefined
  const merges = await Promise.all(gone.map((id) => mergeOfLoser(tx, ctx.company.id, object.key, id)))
  const [first] = merges
  const isSame =
    first !== undefined &&
    stored.has(winnerId) &&
    merges.every((one) => one?.id === first.id) &&
    first.winnerId === winnerId &&
    first.loserIds.length === loserIds.length
  if (isSame) return first
  const into = merges.find((one) => one && stored.has(one.winnerId))
  if (into) throw mergeErrors.MERGE_MEANWHILE({}, [], { into: into.winnerId })
  throw recordErrors.RECORD_NOT_FOUND()
}

function refuseChanged(stored: ReadonlyMap<string, Stored>, { versions = {} }: MergeRequest): void {
  const isChanged = [...stored.values()].some(({ id, version }) => (versions[id] ?? version) !== version)
  if (isChanged) throw recordErrors.RECORD_CHANGED()
}

async function refuseProtected({ tx, ctx }: Step, object: ObjectType, losers: readonly Stored[]): Promise<void> {
  const ids = losers.map(({ id }) => id)
  const [first] = (await protectionsOf(tx, ctx.company.id, object.key, ids)).values()
  if (!first) return
  const title = losers.find(({ id }) => id === first.recordId)?.values[object.title]
  throw mergeErrors.MERGE_PROTECTED({ title: String(title ?? ''), reason: first.reason })
}

/** Fields whose value may come from another record: those that people fill. */
export function isChosen(field: Field): boolean {
  return !isComputed(field) && !field.readOnly && !field.masked && field.type !== 'auto_number'
}

function chosenValues(
  object: ObjectType,
  { winnerId, loserIds, take = {} }: MergeRequest,
  stored: ReadonlyMap<string, Stored>,
): RecordValues {
  const known = new Map(object.fields.filter(isChosen).map((field) => [field.key, field]))
  return Object.fromEntries(
    Object.entries(take).flatMap(([key, from]) => {
      const field = known.get(key)
      if (!field || from === winnerId || !loserIds.includes(from)) return []
      return [[key, withoutSelf(stored.get(from)?.values[key] ?? null, [winnerId, ...loserIds])] as const]
    }),
  )
}

/** Where a loser referred to one of these records there is nothing left to refer to. */
function withoutSelf(value: unknown, ids: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const left = (value as readonly unknown[]).filter((one) => typeof one !== 'string' || !ids.includes(one))
    return left.length > 0 ? left : null
  }
  return typeof value === 'string' && ids.includes(value) ? null : value
}

interface Taking {
  readonly winner: Stored
  readonly values: RecordValues
  /** The person who merges, to whom a refusal is told as far as they may know it. */
  readonly teller: Ctx
}

async function takeValues(step: Step, object: ObjectType, { winner, values, teller }: Taking): Promise<void> {
  if (Object.keys(values).length === 0) return
  const [result] = await saveMany(step, object, [{ id: winner.id, values }], { onWarning: 'allow' })
  if (!result || result.ok) return
  throw recordErrors.RECORD_INVALID({}, await toldAnew(step.tx, teller, object, result.faults))
}
