import { defineErrors } from '#base/errors.ts'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step } from '#platform/db/step.ts'
import { within } from '#platform/db/within.ts'
import {
  activatePerson,
  addPerson,
  changePerson,
  changePosition,
  changeUnit,
  closeUnit,
  createUnit,
  carryLeaversUp,
  leaveCompany,
  moveUnit,
  personOf,
  placePerson,
  reopenUnit,
  tiersOf,
  unitOf,
} from '#features/org/server/index.ts'
import type { Change, Place, Stand } from '../sync-shapes.ts'
import { linkedPerson, linkedUnit, linkPerson, linkUnit, markLeft } from './link-store.ts'

const lineErrors = defineErrors({
  WORKPLACE_UNIT_MISSING: {
    status: 422,
    label: { zh: '部门对应的组织单元没有建成', en: 'The unit of the department could not be made' },
  },
  WORKPLACE_PERSON_MISSING: {
    status: 422,
    label: { zh: '负责人没有加入', en: 'Whoever leads it could not be added' },
  },
})

export interface Doing {
  readonly brand: WorkplaceBrand
  /** What new people become. */
  readonly role: string
  /** How deep the chosen unit stands in the tree. */
  readonly depth: number
}

/** Whom or what a change was about, where it has a page. */
export interface Touched {
  readonly unitId: string | null
  readonly personId: string | null
}

type Of<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>

/**
 * Does one change by the acts of org, in the transaction of the step, with what is remembered of it. What another run
 * did already is not done again.
 */
export async function applyChange(step: Step, change: Change, doing: Doing): Promise<Touched> {
  const ctx: Ctx = { ...step.ctx, db: within(step.tx) }
  const { brand } = doing
  switch (change.kind) {
    case 'unit-linked':
      await linkUnit(step, brand, change)
      step.audit({
        object: 'unit',
        recordId: change.unitId,
        action: 'workplace-linked',
        before: null,
        after: { brand },
      })
      return unit(change.unitId)
    case 'unit-added':
      return addUnit(step, ctx, change, doing)
    case 'unit-reopened':
      await reopenUnit(ctx, change.unitId, await unitAt(step, brand, change.parent))
      return unit(change.unitId)
    case 'unit-moved': {
      const parentId = await unitAt(step, brand, change.parent)
      await moveUnit(ctx, change.unitId, { parentId, from: ctx.today })
      return unit(change.unitId)
    }
    case 'unit-renamed': {
      const { version } = await unitOf(step.tx, change.unitId)
      await changeUnit(ctx, change.unitId, { version, name: change.after })
      return unit(change.unitId)
    }
    case 'unit-closed':
      await carryLeaversUp(ctx, change.unitId)
      await closeUnit(ctx, change.unitId, ctx.today)
      return unit(change.unitId)
    case 'head-changed':
      return changeHead(step, ctx, change, brand)
    case 'person-linked':
      await linkPerson(step, brand, change)
      step.audit({
        object: 'person',
        recordId: change.personId,
        action: 'workplace-linked',
        before: null,
        after: { brand },
      })
      return person(change.personId)
    case 'person-added':
      return addColleague(step, ctx, change, doing)
    case 'person-returned':
      await activatePerson(ctx, change.personId)
      await markLeft(step, brand, { externalId: change.externalId, on: null })
      return person(change.personId)
    case 'person-changed':
      return changeColleague(step, ctx, change)
    case 'person-moved':
      await stand(step, ctx, change, brand)
      return person(change.personId)
    case 'person-deactivated':
      await leaveCompany(ctx, change.personId)
      await markLeft(step, brand, { externalId: change.externalId, on: ctx.today })
      return person(change.personId)
  }
}

const unit = (unitId: string): Touched => ({ unitId, personId: null })
const person = (personId: string): Touched => ({ unitId: null, personId })

async function addUnit(step: Step, ctx: Ctx, change: Of<'unit-added'>, { brand, depth }: Doing): Promise<Touched> {
  const { departmentId, name, parent } = change
  const known = await linkedUnit(step.tx, ctx, brand, departmentId)
  if (known !== undefined) return unit(known)
  const tiers = await tiersOf(step.tx, ctx.company.id)
  const parentId = await unitAt(step, brand, parent)
  const { id: unitId } = await createUnit(ctx, { name, parentId, tier: tiers[depth + change.depth] ?? null })
  await linkUnit(step, brand, { departmentId, unitId })
  return unit(unitId)
}

async function changeHead(
  step: Step,
  ctx: Ctx,
  { place, externalId }: Of<'head-changed'>,
  brand: WorkplaceBrand,
): Promise<Touched> {
  const unitId = await unitAt(step, brand, place)
  const headId = await linkedPerson(step.tx, ctx, brand, externalId)
  if (headId === undefined) throw lineErrors.WORKPLACE_PERSON_MISSING()
  const { version } = await unitOf(step.tx, unitId)
  await changeUnit(ctx, unitId, { version, headId })
  return unit(unitId)
}

async function addColleague(step: Step, ctx: Ctx, change: Of<'person-added'>, doing: Doing): Promise<Touched> {
  const { brand, role } = doing
  const { externalId, facts, position } = change
  const known = await linkedPerson(step.tx, ctx, brand, externalId)
  if (known !== undefined) return person(known)
  const { id: personId } = await addPerson(ctx, { ...facts, role })
  await linkPerson(step, brand, { externalId, personId })
  await stand(step, ctx, { personId, stand: change.stand, position }, brand)
  return person(personId)
}

async function changeColleague(
  step: Step,
  ctx: Ctx,
  { personId, facts, position }: Of<'person-changed'>,
): Promise<Touched> {
  const { version, ...now } = await personOf(step.tx, personId)
  const differs = (['name', 'email', 'phone', 'employeeNo'] as const).filter((key) => now[key] !== facts[key])
  const given = Object.fromEntries(differs.map((key) => [key, facts[key]]))
  if (differs.length > 0) await changePerson(ctx, personId, { version, ...given })
  await changePosition(ctx, personId, position)
  return person(personId)
}

async function stand(
  step: Step,
  ctx: Ctx,
  wanted: { readonly personId: string; readonly stand: Stand; readonly position?: string | null },
  brand: WorkplaceBrand,
): Promise<void> {
  const { main, further, kept } = wanted.stand
  const furtherUnitIds = [...kept]
  for (const place of further) furtherUnitIds.push(await unitAt(step, brand, place))
  const unitId = await unitAt(step, brand, main)
  await placePerson(ctx, { personId: wanted.personId, unitId, furtherUnitIds, position: wanted.position })
}

async function unitAt({ tx, ctx }: Step, brand: WorkplaceBrand, place: Place): Promise<string> {
  if ('unitId' in place) return place.unitId
  const unitId = await linkedUnit(tx, ctx, brand, place.departmentId)
  if (unitId === undefined) throw lineErrors.WORKPLACE_UNIT_MISSING()
  return unitId
}
