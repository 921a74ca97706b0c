import type { FieldFault } from '#base/errors.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { attempt } from '#platform/db/attempt.ts'
import type { Step } from '#platform/db/step.ts'
import type { RowInput, Stored } from './draft.ts'
import { undoFaults } from './errors.ts'
import { faultsOf } from './faults-of.ts'
import { loadStored } from './record-store.ts'
import { removeMany } from './remove-many.ts'
import { restoreInStep } from './restore.ts'
import { saveMany, type SaveOptions } from './save.ts'
import { touchedSince, type Change, type Skipped, type Touch } from './undo-store.ts'

/** What came of taking changes back: numbers of records, and those that stay as they are. */
export interface TakenBack {
  readonly removed: number
  readonly restored: number
  readonly skipped: readonly Skipped[]
}

/**
 * Takes back changes of an operation, given newest first, as one act in the transaction of the step. A record counts
 * when the operation's first change of it is taken back. `own` are the operations whose changes disturb nothing: the one
 * that is undone, and the one that undoes it.
 */
export async function takeBack(
  step: Step,
  changes: readonly Change[],
  { own, judged, heldBy }: { readonly own: readonly string[]; readonly judged: Judged; readonly heldBy: HeldBy },
): Promise<TakenBack> {
  const goals = goalsOf(changes)
  const refusals = new Map<Goal, readonly FieldFault[]>()
  const open = () => goals.filter((goal) => !refusals.has(goal))
  // Locked first: what is read of their history afterwards grows no more.
  const stored = await lockAll(step, goals)
  const touched = await touchedSince(step.tx, step.ctx, goals, own)
  for (const goal of goals) {
    const touch = touched.get(goal.recordId)
    const holding = touch && isHeld(goal, touch, heldBy) ? touch : undefined
    const fault = faultBefore(step, goal, holding, stored.has(goal.recordId))
    if (fault) refusals.set(goal, [fault])
  }
  await bringBackAndRestore(step, open(), { refusals, judged })
  await remove(step, open(), { stored, refusals })
  const counted = open().filter(({ isFirst }) => isFirst)
  const removed = counted.filter(({ exists }) => exists === false).length
  return {
    removed,
    restored: counted.length - removed,
    skipped: [...refusals].map(([{ object, recordId }, faults]) => ({ object, recordId, faults })),
  }
}

/** What others may have changed since for a record to stay: anything of it, or one of the fields that go back. */
export type HeldBy = 'any change' | 'the same fields'

function isHeld({ exists, values }: Goal, { action, fields }: Touch, heldBy: HeldBy): boolean {
  const isApart = heldBy === 'the same fields' && exists === undefined && action === 'updated'
  return !isApart || fields.some((key) => key in values)
}

type Refusals = Map<Goal, readonly FieldFault[]>

/**
 * What a record may be refused by that would be as it was: like any save by the rules of the company and by what blocks
 * duplicates; or, where the same records are to stand apart again as they did, by nothing of that.
 */
export type Judged = 'by rules' | 'by nothing'

/** How a record stood before the changes. */
interface Goal {
  readonly object: string
  readonly recordId: string
  /** The oldest change that is taken back. */
  readonly id: string
  readonly isFirst: boolean
  /** Undefined: the record was there before and after. */
  readonly exists: boolean | undefined
  readonly values: RecordValues
  /** Personal values of it are erased. */
  readonly isErased: boolean
}

/** Several changes of one record become one goal: the oldest says how it stood. */
function goalsOf(changes: readonly Change[]): readonly Goal[] {
  const goals = new Map<string, Goal>()
  for (const { id, object, recordId, action, before, isFirst, isSkipped, isErased } of changes) {
    if (isSkipped) continue
    const newer = goals.get(recordId)
    const values = action === 'updated' ? { ...newer?.values, ...before } : (newer?.values ?? {})
    const exists = action === 'updated' ? newer?.exists : action === 'deleted'
    const wasErased = isErased || newer?.isErased === true
    goals.set(recordId, { object, recordId, id, isFirst, exists, values, isErased: wasErased })
  }
  return [...goals.values()]
}

async function lockAll(step: Step, goals: readonly Goal[]): Promise<ReadonlyMap<string, Stored>> {
  const stored = new Map<string, Stored>()
  for (const [object, some] of byObject(step, goals)) {
    for (const deleted of [false, true]) {
      const ids = some.filter(({ exists }) => (exists === true) === deleted).map(({ recordId }) => recordId)
      for (const [id, one] of await loadStored(step, object, ids, { deleted })) stored.set(id, one)
    }
  }
  return stored
}

function byObject(step: Step, goals: readonly Goal[]): ReadonlyMap<ObjectType, readonly Goal[]> {
  const groups = Map.groupBy(goals, ({ object }) => step.ctx.company.catalogue.find(object))
  return new Map([...groups].flatMap(([object, some]) => (object ? [[object, some] as const] : [])))
}

function faultBefore(
  step: Step,
  { object, isErased }: Goal,
  touch: Touch | undefined,
  isThere: boolean,
): FieldFault | undefined {
  if (!step.ctx.company.catalogue.find(object)) return fault('objectGone')
  if (isErased) return fault('erased')
  if (touch) return fault(touch.action === 'deleted' ? 'deletedSince' : 'changedSince', touch.personName ?? 'Terrace')
  return isThere ? undefined : fault('outOfReach')
}

function fault(code: keyof typeof undoFaults, name?: string): FieldFault {
  return { field: '', code, label: undoFaults[code], ...(name === undefined ? {} : { params: { name } }) }
}

/**
 * Records come back first, for others refer to them. One whose number another took over comes back once that has its own
 * number again; then what refers to it is tried anew.
 */
async function bringBackAndRestore(
  step: Step,
  goals: readonly Goal[],
  { refusals, judged }: { readonly refusals: Refusals; readonly judged: Judged },
): Promise<void> {
  const back = new Set<Goal>()
  let open = goals
  for (;;) {
    const refused: Refusals = new Map()
    await bringBack(step, open, { refused, back, judged })
    const isLate = ({ exists }: Goal) => exists === true
    await restoreValues(
      step,
      open.filter((goal) => !isLate(goal) || back.has(goal)),
      { refused, judged },
    )
    const late = [...refused.keys()]
    if (!late.some(isLate) || late.length === open.length) {
      for (const [goal, faults] of refused) refusals.set(goal, faults)
      return
    }
    open = late
  }
}

async function bringBack(
  step: Step,
  goals: readonly Goal[],
  { refused, back, judged }: { readonly refused: Refusals; readonly back: Set<Goal>; readonly judged: Judged },
): Promise<void> {
  for (const goal of goals) {
    if (goal.exists !== true || back.has(goal)) continue
    const tried = await attempt(step, (part) =>
      restoreInStep(part, step.ctx.company.wholeCatalogue.get(goal.object), goal.recordId, {
        unlessBlocked: judged === 'by rules',
      }),
    )
    if (tried.ok) back.add(goal)
    else refused.set(goal, faultsOf(tried.error))
  }
}

async function restoreValues(
  step: Step,
  goals: readonly Goal[],
  { refused: refusals, judged }: { readonly refused: Refusals; readonly judged: Judged },
): Promise<void> {
  const changed = goals.filter(({ exists, values }) => exists !== false && Object.keys(values).length > 0)
  for (const [object, some] of byObject(step, changed)) {
    let open = some
    for (;;) {
      const refused = await saveAll(step, object, open, judged)
      // A number may be free once the record that took it over has its own again.
      if (refused.size === 0 || refused.size === open.length) {
        for (const [goal, faults] of refused) refusals.set(goal, faults)
        break
      }
      open = [...refused.keys()]
    }
  }
}

// Fields that only rules set go back with those they were set for; that a record resembled another one was known.
const optionsOf: Readonly<Record<Judged, SaveOptions>> = {
  'by rules': { setsReadOnly: true, onWarning: 'allow' },
  'by nothing': { system: true },
}

async function saveAll(step: Step, object: ObjectType, goals: readonly Goal[], judged: Judged): Promise<Refusals> {
  const rows = goals.map(({ recordId, values }): RowInput => ({ id: recordId, values }))
  const tried = await attempt(step, (part) => saveMany(part, object, rows, optionsOf[judged]))
  const refused: Refusals = new Map()
  if (tried.ok) {
    goals.forEach((goal, at) => {
      const result = tried.result[at]
      if (result && !result.ok) refused.set(goal, result.faults)
    })
  } else if (goals.length === 1) goals.forEach((goal) => refused.set(goal, faultsOf(tried.error)))
  else {
    for (const goal of goals)
      for (const [one, faults] of await saveAll(step, object, [goal], judged)) refused.set(one, faults)
  }
  return refused
}

async function remove(
  step: Step,
  goals: readonly Goal[],
  { stored, refusals }: { readonly stored: ReadonlyMap<string, Stored>; readonly refusals: Refusals },
): Promise<void> {
  const leaving = goals.filter(({ exists }) => exists === false)
  const wanted = [...byObject(step, leaving)].map(([object, some]) => ({
    object,
    stored: some.flatMap(({ recordId }) => stored.get(recordId) ?? []),
  }))
  const staying = await removeMany(step, wanted)
  for (const goal of leaving) {
    const error = staying.get(goal.recordId)
    if (error) refusals.set(goal, faultsOf(error))
  }
}
