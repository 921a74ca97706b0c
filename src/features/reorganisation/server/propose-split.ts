import { drawnOn, structureById, unitOf } from '#features/org/server/index.ts'
import { periodAsked } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inView } from '#platform/db/step.ts'
import { broughtOver, figureReach, metricsInSight } from '#platform/ledger/index.ts'
import { orgView } from '#platform/records/reach.ts'
import type { DraftShape } from '../contract.ts'
import { reorganisationErrors } from '../errors.ts'
import { halve } from '../halve.ts'
import { createDraft } from './drafts.ts'

interface SplitWish {
  readonly unitId: string
  readonly effectiveOn: string
  readonly by: 'results' | 'headcount'
}

/** Prepares a draft that splits a unit into two, its people shared out by last year's results or by heads. */
export async function proposeSplit(ctx: Ctx, { unitId, effectiveOn, by }: SplitWish): Promise<DraftShape> {
  const proposal = await inView(ctx, async (tx) => {
    const unit = await unitOf(tx, unitId)
    const { key } = await structureById(tx, unit.structureId)
    const drawing = await drawnOn(tx, unit.structureId, effectiveOn)
    const name = drawing.units.get(unitId)?.name ?? unit.name
    const people = drawing.assignments.filter((one) => one.isMain && one.unitId === unitId).map((one) => one.personId)
    const brought = by === 'results' ? await broughtLastYear(ctx, unit.structureId) : new Map<string, bigint>()
    const weighed = people.map((id) => ({ id, weight: brought.get(id) ?? 0n }))
    const [, second] = halve(weighed, drawing.units.get(unitId)?.headId ?? undefined)
    const siblings = new Set([...drawing.units.values()].map((one) => one.name))
    return { key, name, second, newName: freeName(name, siblings) }
  })
  if (proposal.second.length === 0) {
    throw reorganisationErrors.REORGANISATION_REFUSED({}, [{ field: 'unitId', code: 'too_few', label: tooFew }])
  }
  return createDraft(ctx, {
    name: ctx.language === 'zh' ? `拆分${proposal.name}` : `Split ${proposal.name}`,
    effectiveOn,
    structure: proposal.key,
    steps: [
      { kind: 'split', unitId, newId: newId(), name: proposal.newName, headId: null, personIds: [...proposal.second] },
    ],
  })
}

const tooFew = { zh: '单元里至少要有两人才能拆分', en: 'A unit splits only where two people stand in it' }

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const wanted = `${name} ${number}`
    if (!taken.has(wanted)) return wanted
  }
}

/** What everybody signed in the last whole fiscal year; nothing where the actor does not see it all. */
async function broughtLastYear(ctx: Ctx, structureId: string): Promise<ReadonlyMap<string, bigint>> {
  const metric = metricsInSight(ctx).find('signed_amount')
  if (!metric || (await orgView().reach(ctx, figureReach(ctx, metric))) !== 'everything') return new Map()
  const year = periodAsked(ctx, String(periodAsked(ctx, undefined).year - 1))
  const { brought } = await inView(ctx, (tx) => broughtOver(tx, { ...ctx, structureId }, metric, year))
  const sums = new Map<string, bigint>()
  for (const { personId, numerator } of brought) sums.set(personId, (sums.get(personId) ?? 0n) + numerator)
  return sums
}
