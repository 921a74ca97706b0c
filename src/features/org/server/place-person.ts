import { later, type Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { beginning, contains, openDay } from '../span.ts'
import { assignInStep } from './assign.ts'
import { assignmentsOf, removeAssignments, saveDays, type Assignment } from './assignment-store.ts'
import { openOrg, structureOf } from './structure-store.ts'
import { lifeOf } from './unit-store.ts'

export interface Standing {
  readonly personId: string
  /** Where results are credited. */
  readonly unitId: string
  readonly furtherUnitIds: readonly string[]
  readonly position?: string | null | undefined
}

/**
 * From today on a person stands in exactly these units of the structure that results roll up; later moves are given up.
 * Who never stood anywhere has always stood there. The working time is shared evenly: nobody said how.
 */
export async function placePerson(ctx: Ctx, wanted: Standing): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const structure = await structureOf(step.tx)
      const all = await assignmentsOf(step.tx, wanted.personId, structure.id)
      const main = all.find((one) => one.isMain && contains(one, ctx.today))
      for (const one of all) if (!one.isMain && one.to > ctx.today) await endOn(step, one, ctx.today)
      const units = [wanted.unitId, ...wanted.furtherUnitIds]
      const from = openDay(all.length === 0 ? await sinceAll(step, units) : ctx.today)
      const share = shareOf(wanted.furtherUnitIds.length + 1)
      await assignInStep(step, {
        personId: wanted.personId,
        unitId: wanted.unitId,
        from,
        position: wanted.position ?? main?.position ?? null,
        repTier: main?.repTier ?? null,
        share: share.main,
        later: 'replace',
      })
      for (const unitId of wanted.furtherUnitIds) {
        const further = { personId: wanted.personId, unitId, from, position: null }
        await assignInStep(step, { ...further, share: share.further, isMain: false })
      }
    },
    { kind: 'org.assign' },
  )
}

/** The first day on which all of these units are there. */
async function sinceAll({ tx }: Step, unitIds: readonly string[]): Promise<Day> {
  let since: Day = beginning
  for (const id of unitIds) since = later(since, (await lifeOf(tx, id))?.from ?? since)
  return since
}

/** Percent of working time, so that all of them together are exactly full time. */
function shareOf(count: number): { readonly main: string; readonly further: string } {
  const further = Math.floor(10_000 / count)
  return { main: percent(10_000 - further * (count - 1)), further: percent(further) }
}

const percent = (hundredths: number): string => String(hundredths / 100)

/** Ends an assignment on a day; one that would never have begun is removed. */
export async function endOn(step: Step, one: Assignment, on: Day): Promise<void> {
  if (one.from >= on) await removeAssignments(step, [one.id])
  else await saveDays(step, one.id, { from: one.from, to: on })
  const before = { unitId: one.unitId, from: one.from, to: one.to }
  step.audit({ object: 'assignment', recordId: one.id, action: 'ended', before, after: { on } })
}
