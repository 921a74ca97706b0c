import type { Day } from '#engine/calendar/day.ts'
import type { Step } from '#platform/db/step.ts'
import { refuse } from '../errors.ts'
import { firstOverload } from '../place-assignment.ts'
import { beginning, contains, end } from '../span.ts'
import { assignmentOf, assignmentsOf, insertAssignment, saveDays, saveInPlace } from './assignment-store.ts'
import { refuseOrphans, requireLife } from './change-units.ts'
import { rewriteCreditSpans } from './credit-span-store.ts'
import { factsOf, restoreFacts, type OrgFacts, type Touched } from './org-facts.ts'
import { openOrg } from './structure-store.ts'
import { firstBrokenDay, endUnit, insertUnit, placesOf, reparent, unitOf } from './unit-store.ts'
import { dropChangesDue, writeChangesDue } from './unit-changes-due.ts'

interface RedrawnUnit {
  readonly id: string
  readonly name: string
  readonly tier: string | null
  readonly parentId: string | null
  readonly headId: string | null
}

interface RedrawnAssignment {
  readonly id: string
  readonly personId: string
  readonly unitId: string
  /** Hundredths of a percent. */
  readonly share: number
  readonly isMain: boolean
}

/** What of a structure is other from a day on. */
export interface RedrawnOrg {
  /** Parents before children. */
  readonly created: readonly RedrawnUnit[]
  readonly moved: readonly { readonly unitId: string; readonly parentId: string }[]
  readonly ended: readonly string[]
  readonly named: readonly { readonly before: RedrawnUnit; readonly after: RedrawnUnit }[]
  readonly placed: readonly { readonly before: RedrawnAssignment; readonly after: RedrawnAssignment }[]
  readonly assigned: readonly RedrawnAssignment[]
}

export interface RedrawnOn {
  readonly id: string
  readonly structureId: string
  readonly on: Day
  readonly redrawn: RedrawnOrg
}

export interface WrittenFacts {
  readonly touched: Touched
  readonly before: OrgFacts
  readonly after: OrgFacts
}

/**
 * Writes a reorganisation as dated facts from its day on: places of units, assignments, new and closed units. Days before
 * stay as they were. Names and heads, which carry no dates, follow when the day comes. Answers what it touched, before
 * and after, by which `takeBackRedrawn` undoes it.
 */
export async function writeRedrawn(step: Step, wish: RedrawnOn): Promise<WrittenFacts> {
  await openOrg(step)
  const touched = touchedBy(wish)
  const before = await factsOf(step.tx, touched)
  const alreadyBroken = await firstBrokenDay(step.tx, wish.structureId, wish.on)
  await writeUnits(step, wish)
  await writePeople(step, wish)
  await writeChangesDue(step, wish.id, wish.on, wish.redrawn.named)
  const broken = await firstBrokenDay(step.tx, wish.structureId, wish.on)
  if (broken !== undefined && broken !== alreadyBroken)
    throw refuse('UNIT_REFUSED', 'effectiveOn', 'later_change', words.later, { day: broken })
  await settlePeople(step, wish.on, touched.people)
  return { touched, before, after: await factsOf(step.tx, touched) }
}

/** Puts everything back as it was before, as long as nobody changed any of it since. */
export async function takeBackRedrawn(
  step: Step,
  wish: Pick<RedrawnOn, 'id' | 'on'>,
  { touched, before, after }: WrittenFacts,
): Promise<void> {
  await openOrg(step)
  const now = await factsOf(step.tx, touched)
  if (written(now) !== written(after)) {
    throw refuse('UNIT_REFUSED', 'id', 'changed_since', words.changedSince)
  }
  await dropChangesDue(step, wish.id)
  await restoreFacts(step, touched, before)
  await settlePeople(step, wish.on, touched.people)
  for (const unitId of touched.units) step.tell({ name: 'org.unit.changed', payload: { unitId } })
}

function touchedBy({ structureId, redrawn }: RedrawnOn): Touched {
  const { created, moved, ended, placed, assigned } = redrawn
  return {
    structureId,
    units: [...new Set([...created.map((one) => one.id), ...moved.map((one) => one.unitId), ...ended])].sort(),
    people: [...new Set([...placed.map((one) => one.after), ...assigned].map((one) => one.personId))].sort(),
  }
}

async function writeUnits(step: Step, { structureId, on, redrawn }: RedrawnOn): Promise<void> {
  for (const { id, parentId, ...unit } of redrawn.created) {
    await insertUnit(step, { ...unit, structureId }, parentId, { from: on, to: end }, id)
    step.audit({
      object: 'unit',
      recordId: id,
      action: 'created',
      before: null,
      after: { ...unit, parentId, from: on },
    })
    step.tell({ name: 'org.unit.created', payload: { unitId: id, parentId } })
  }
  for (const { unitId, parentId } of redrawn.moved) {
    const place = (await placesOf(step.tx, unitId)).find((one) => contains(one, on))
    if (!place) throw refuse('UNIT_REFUSED', 'effectiveOn', 'not_there', words.notThere)
    await reparent(step, structureId, place, parentId, on)
    const after = { parentId, from: on }
    step.audit({ object: 'unit', recordId: unitId, action: 'moved', before: { parentId: place.parentId }, after })
    step.tell({ name: 'org.unit.moved', payload: { unitId, ...after } })
  }
}

async function writePeople(step: Step, { structureId, on, redrawn }: RedrawnOn): Promise<void> {
  for (const { before, after } of redrawn.placed) {
    const row = await assignmentOf(step.tx, before.id)
    const next = { ...row, unitId: after.unitId, share: percent(after.share), from: on }
    if (row.from === on) await saveInPlace(step, next)
    else {
      await saveDays(step, row.id, { from: row.from, to: on })
      await insertAssignment(step, next)
    }
    step.audit({ object: 'assignment', recordId: row.id, action: 'moved', before: row, after: next })
  }
  for (const { personId, unitId, share, isMain } of redrawn.assigned) {
    const span = { from: on, to: end }
    await requireLife(step, await unitOf(step.tx, unitId), span, 'effectiveOn')
    const row = { structureId, personId, unitId, share: percent(share), isMain, position: null, repTier: null, ...span }
    const id = await insertAssignment(step, row)
    step.audit({ object: 'assignment', recordId: id, action: 'created', before: null, after: row })
  }
  // Units end last: by now nothing stands in them on that day.
  for (const unitId of redrawn.ended) {
    await endUnit(step, unitId, on)
    step.audit({ object: 'unit', recordId: unitId, action: 'closed', before: null, after: { on } })
    step.tell({ name: 'org.unit.closed', payload: { unitId, on } })
  }
  const heads = [...redrawn.created, ...redrawn.named.map((one) => one.after)].flatMap(({ headId }) => headId ?? [])
  await refuseOrphans(step, heads, 'effectiveOn')
}

/** Nobody works more than full time, none stands in a unit that is no more; results follow from that day on. */
async function settlePeople(step: Step, on: Day, people: readonly string[]): Promise<void> {
  for (const personId of people) {
    const rows = await assignmentsOf(step.tx, personId)
    for (const [, inStructure] of Map.groupBy(rows, (row) => row.structureId)) {
      const day = firstOverload(inStructure)
      if (day === undefined) continue
      throw refuse('ASSIGNMENT_REFUSED', 'effectiveOn', 'over_full_time', words.overload, {
        day: day === beginning ? '—' : day,
      })
    }
  }
  if (people.length === 0) return
  step.tell({ name: 'org.assignment.changed', payload: { personIds: people, from: on } })
  await rewriteCreditSpans(step, people)
}

const written = ({ places, assignments, closed }: OrgFacts): string => JSON.stringify([places, assignments, closed])

const percent = (hundredths: number): string => String(hundredths / 100)

const words = {
  notThere: { zh: '有单元在生效日不存在', en: 'A unit is not there on that day' },
  later: {
    zh: '与 {day} 已安排的组织变动冲突，请先处理那一次变动',
    en: 'It does not fit with a change that is arranged for {day}; see to that one first',
  },
  changedSince: {
    zh: '确认之后相关单元或任职又有变动，不能整体撤销，请逐项调整',
    en: 'Units or assignments of it were changed since; it cannot be revoked as a whole, change them one by one',
  },
  overload: {
    zh: '有人从 {day} 起的工时比例合计超过 100%',
    en: 'From {day} on somebody would work more than 100% of the time',
  },
} as const
