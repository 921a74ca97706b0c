import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { orgErrors } from '../errors.ts'
import { assignmentsOf } from './assignment-store.ts'
import { deactivateInStep } from './change-people.ts'
import { rewriteCreditSpans } from './credit-span-store.ts'
import { personOf } from './person-store.ts'
import { endOn } from './place-person.ts'
import { openOrg } from './structure-store.ts'
import { headedBy, saveUnit, unitOf } from './unit-store.ts'

/**
 * Somebody leaves today: access ends at once, assignments end, units are headed by nobody until another head is named.
 * Records stay theirs until they are handed over; results of the days before stay where they were.
 */
export async function leaveCompany(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      await giveUpHeads(step, id)
      await deactivateInStep(step, await personOf(step.tx, id))
      await endAssignments(step, id)
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

async function endAssignments(step: Step, personId: string): Promise<void> {
  const { today } = step.ctx
  const lasting = (await assignmentsOf(step.tx, personId)).filter(({ to }) => to > today)
  for (const one of lasting) await endOn(step, one, today)
  if (lasting.length === 0) return
  step.tell({ name: 'org.assignment.changed', payload: { personIds: [personId], from: today } })
  await rewriteCreditSpans(step, [personId])
}
