import type { Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import type { AssignmentChange, NewAssignment } from '../contract.ts'
import { orgErrors, refuse } from '../errors.ts'
import { firstOverload, placeMain, type Placement } from '../place-assignment.ts'
import { beginning, contains, end, type Span } from '../span.ts'
import {
  assignmentOf,
  assignmentsOf,
  insertAssignment,
  removeAssignments,
  saveAssignment,
  saveDays,
  type Assignment,
  type NewRow,
} from './assignment-store.ts'
import { refuseOrphans, requireLife } from './change-units.ts'
import { rewriteCreditSpans } from './credit-span-store.ts'
import { personOf, type Person } from './person-store.ts'
import { openOrg, structureOf } from './structure-store.ts'
import { unitOf } from './unit-store.ts'

/** Assigns a person to a unit from a day on; the main assignment there was ends that day. Also backdated. */
export async function assign(ctx: Ctx, wanted: NewAssignment): Promise<{ id: string }> {
  return inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      return { id: await assignInStep(step, wanted) }
    },
    { kind: 'org.assign' },
  )
}

/** The same as part of a larger act that has opened the org. */
export async function assignInStep(step: Step, wanted: NewAssignment): Promise<string> {
  const person = await personOf(step.tx, wanted.personId)
  const unit = await unitOf(step.tx, wanted.unitId)
  const before = await assignmentsOf(step.tx, person.id, unit.structureId)
  const asked: Span = { from: wanted.from ?? beginning, to: wanted.to ?? end }
  if (asked.to <= asked.from) throw refuse('ASSIGNMENT_REFUSED', 'to', 'before_start', words.endsBeforeStart)
  const isMain = wanted.isMain ?? true
  const span = isMain ? await makeRoom(step, person, before, asked, wanted.later) : asked
  await requireLife(step, unit, span, 'from')
  const row: NewRow = {
    structureId: unit.structureId,
    personId: person.id,
    unitId: unit.id,
    position: wanted.position ?? positionOn(before, asked.from),
    repTier: wanted.repTier ?? null,
    share: wanted.share ?? '100',
    isMain,
    ...span,
  }
  const id = await insertAssignment(step, row)
  await settle(step, person, unit.structureId, isMain ? span.from : undefined)
  step.audit({ object: 'assignment', recordId: id, action: 'created', before, after: row })
  return id
}

/** Changes position, tier or share of an assignment; its days stay. */
export async function changeAssignment(ctx: Ctx, id: string, change: AssignmentChange): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const before = await assignmentOf(step.tx, id)
      const after: Assignment = {
        ...before,
        position: change.position === undefined ? before.position : change.position,
        repTier: change.repTier === undefined ? before.repTier : change.repTier,
        share: change.share ?? before.share,
      }
      await saveAssignment(step, after)
      await settle(step, await personOf(step.tx, before.personId), before.structureId, undefined)
      step.audit({ object: 'assignment', recordId: id, action: 'updated', before, after })
    },
    { kind: 'org.assignment.change' },
  )
}

/** Changes the position of somebody's main assignment of today, as far as there is one. */
export async function changePosition(ctx: Ctx, personId: string, position: string | null): Promise<void> {
  const main = await inStep(ctx, async ({ tx }) => {
    const { id } = await structureOf(tx)
    return (await assignmentsOf(tx, personId, id)).find((one) => one.isMain && contains(one, ctx.today))
  })
  if (main && main.position !== position) await changeAssignment(ctx, main.id, { position })
}

/** Ends an assignment on a day; one that would never have begun is removed. */
export async function endAssignment(ctx: Ctx, id: string, on: Day): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const before = await assignmentOf(step.tx, id)
      if (on >= before.to) throw refuse('ASSIGNMENT_REFUSED', 'on', 'ended', words.ended, { day: before.to })
      if (on <= before.from) await removeAssignments(step, [id])
      else await saveDays(step, id, { from: before.from, to: on })
      await settle(step, await personOf(step.tx, before.personId), before.structureId, before.isMain ? on : undefined)
      step.audit({ object: 'assignment', recordId: id, action: 'ended', before, after: { on } })
    },
    { kind: 'org.assignment.end' },
  )
}

const words = {
  endsBeforeStart: { zh: '结束日必须晚于开始日', en: 'The end comes after the start' },
  ended: { zh: '这段任职在 {day} 已经结束', en: 'This assignment ends on {day} already' },
  overload: {
    zh: '{name} 从 {day} 起的工时比例合计超过 100%',
    en: 'From {day} on {name} would work more than 100% of the time',
  },
} as const

async function makeRoom(
  step: Step,
  person: Person,
  before: readonly Assignment[],
  asked: Span,
  later: NewAssignment['later'],
): Promise<Span> {
  const mains = before.filter((one) => one.isMain)
  const placement = placeMain(mains, { ...asked, later })
  if (!placement.ok) throw laterMove(person, placement.at)
  await applyPlacement(step, before, placement)
  return placement.placed
}

function laterMove(person: Person, day: Day | undefined) {
  const label = { zh: '请选择保留还是取消之后的调动', en: 'Say whether the later move stays' }
  const fault = { field: 'later', code: 'needed', label }
  return orgErrors.LATER_MOVE({ name: person.name, day: day ?? '' }, [fault], { day })
}

async function applyPlacement(step: Step, before: readonly Assignment[], placement: Placement): Promise<void> {
  const byId = new Map(before.map((one) => [one.id, one]))
  await removeAssignments(step, placement.removed)
  for (const main of placement.shortened) await saveDays(step, main.id, main)
  for (const main of placement.resumed) {
    const former = byId.get(main.id)
    if (former) await insertAssignment(step, { ...former, from: main.from, to: main.to })
  }
}

/** Whoever moves keeps the position unless told otherwise. */
function positionOn(before: readonly Assignment[], day: Day): string | null {
  const current = before.find((one) => one.isMain && one.from <= day && day < one.to)
  return current?.position ?? null
}

/** After any change: nobody works more than full time, no head is left in the air, results follow from that day on. */
async function settle(step: Step, person: Person, structureId: string, creditFrom: Day | undefined): Promise<void> {
  const now = await assignmentsOf(step.tx, person.id, structureId)
  const day = firstOverload(now)
  if (day !== undefined) {
    const shown = day === beginning ? '—' : day
    throw refuse('ASSIGNMENT_REFUSED', 'share', 'over_full_time', words.overload, { name: person.name, day: shown })
  }
  await refuseOrphans(step, [person.id], 'personId')
  step.tell({ name: 'org.assignment.changed', payload: { personIds: [person.id], from: creditFrom ?? null } })
  if (creditFrom !== undefined) await rewriteCreditSpans(step, [person.id])
}
