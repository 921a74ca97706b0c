import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { childrenOf, mostChildren } from './children.ts'
import { noteCompanions } from './companion-store.ts'
import type { Leaving, Stored } from './draft.ts'
import { recordErrors } from './errors.ts'
import { findRecord } from './read.ts'
import { loadStored } from './record-store.ts'
import { removeMany } from './remove-many.ts'
import { objectFor } from './scope.ts'
import { usersFirst } from './users-first.ts'

/** How many records of each object. */
export type Counts = ReadonlyMap<string, number>

interface RemoveOptions {
  /** The version that the caller saw. */
  readonly version?: number | undefined
  /** Records that are a part of it go along, and what is a part of these; else they keep it. */
  readonly withChildren?: boolean
  /** How many of each object the caller was shown and let go; more than these keep it. Absent: any number. */
  readonly confirmed?: Counts | undefined
}

/**
 * Puts a record into the recycle bin, with its children if wanted, as one operation: all of them or none. They leave
 * lists, sums and metrics, and can be restored.
 */
export async function removeRecord(
  ctx: Ctx,
  key: string,
  id: string,
  { version, withChildren = false, confirmed }: RemoveOptions = {},
): Promise<void> {
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
      await removeInStep(step, { object, stored: before, withChildren, confirmed })
    },
    { kind: 'record.delete' },
  )
}

interface Removal extends Pick<RemoveOptions, 'withChildren' | 'confirmed'> {
  readonly object: ObjectType
  readonly stored: Stored
}

/** The same of a record that is locked, within a step that is under way. Answers what went along. */
export async function removeInStep(
  step: Step,
  { object, stored, withChildren = false, confirmed }: Removal,
): Promise<Counts> {
  const along = withChildren ? await childrenLocked(step, object, stored) : []
  const counts = new Map(along.map((one) => [one.object.key, one.stored.length]))
  if (confirmed && [...counts].some(([key, count]) => count > (confirmed.get(key) ?? 0))) {
    throw recordErrors.MORE_CHILDREN()
  }
  const refusals = await removeMany(step, together(along, { object, stored: [stored] }))
  const refusal = refusals.get(stored.id) ?? [...refusals.values()][0]
  if (refusal) throw refusal
  await noteCompanions(step, { object: object.key, id: stored.id }, along)
  return counts
}

/** Each level is locked before the next is looked for: nothing comes to it meanwhile. */
async function childrenLocked(step: Step, object: ObjectType, { id }: Stored): Promise<readonly Leaving[]> {
  const locked = new Map<string, Stored>()
  const reach = async (user: ObjectType, ids: readonly string[]) => {
    const stored = await loadStored(step, user, ids)
    for (const [key, one] of stored) locked.set(key, one)
    return [...stored.keys()]
  }
  const { deletable, isMore } = await childrenOf(step.tx, step.ctx, { object, ids: [id] }, { reach })
  if (isMore) throw recordErrors.TOO_MANY_CHILDREN({ most: mostChildren })
  return [...deletable].map(([key, ids]) => ({
    object: step.ctx.company.wholeCatalogue.get(key),
    stored: ids.flatMap((one) => locked.get(one) ?? []),
  }))
}

/** One list per object, what refers to others before them. */
function together(along: readonly Leaving[], last: Leaving): readonly Leaving[] {
  const groups = Map.groupBy([...along, last], ({ object }) => object)
  return usersFirst([...groups.keys()]).map((object) => ({
    object,
    stored: (groups.get(object) ?? []).flatMap(({ stored }) => stored),
  }))
}
