import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { orgErrors } from '../errors.ts'
import { contains } from '../span.ts'
import { assignInStep } from './assign.ts'
import { assignmentsIn } from './assignment-store.ts'
import { deactivateInStep } from './change-people.ts'
import { endOn } from './place-person.ts'
import { personOf } from './person-store.ts'
import { openOrg } from './structure-store.ts'
import { headedBy, placesOf, saveUnit, unitOf } from './unit-store.ts'

/**
 * Somebody leaves today: access ends at once, units are headed by nobody until another head is named. Records and
 * assignments stay until they are handed over, so that whoever leads the unit still sees what was left behind.
 */
export async function leaveCompany(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      await giveUpHeads(step, id)
      await deactivateInStep(step, await personOf(step.tx, id))
    },
    { kind: 'org.person.leave' },
  )
}

async function giveUpHeads(step: Step, personId: string): Promise<void> {
  for (const { id } of await headedBy(step.tx, personId, step.ctx.today)) {
    const unit = await unitOf(step.tx, id)
    const after = { ...unit, headId: null }
    const version = await saveUnit(step, after, unit.version)
    if (version === undefined) throw orgErrors.UNIT_CHANGED({ name: unit.name })
    step.audit({ object: 'unit', recordId: id, action: 'updated', before: unit, after: { ...after, version } })
    step.tell({ name: 'org.unit.changed', payload: { unitId: id } })
  }
}

/** Whoever left and still stands in a unit that is about to close stands in the one above from today on, with what they left behind. */
export async function carryLeaversUp(ctx: Ctx, unitId: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const above = (await placesOf(step.tx, unitId)).find((place) => contains(place, ctx.today))?.parentId
      for (const one of await assignmentsIn(step.tx, unitId, ctx.today)) {
        if ((await personOf(step.tx, one.personId)).isActive) continue
        const { personId, position, repTier, share } = one
        if (!one.isMain || !above || one.from > ctx.today) await endOn(step, one, ctx.today)
        else
          await assignInStep(step, {
            personId,
            position,
            repTier,
            share,
            unitId: above,
            from: ctx.today,
            later: 'replace',
          })
      }
    },
    { kind: 'org.assign' },
  )
}
