import type { Ctx } from '#platform/db/ctx.ts'
import { figureReach } from '#platform/ledger/index.ts'
import { orgView } from '#platform/records/reach.ts'
import type { EntryRow, Subjects } from './entry-store.ts'
import { closedMetric } from './in-sight.ts'
import type { LaidNode } from './lay-sums.ts'

type MayRead = (entry: Pick<EntryRow, 'kind' | 'unitId' | 'personId' | 'by'>) => boolean

/**
 * Which entries the actor reads: submissions of people in reach and of whoever stood in a unit in reach, also of those
 * who have left. Overrides are read by who sees the unit as a whole, and by the person whose number was adjusted.
 */
export async function readableBy(ctx: Ctx): Promise<MayRead> {
  const reach = figureReach(ctx, closedMetric(ctx))
  const [people, units] = [await orgView().reach(ctx, reach), await orgView().units(ctx, reach)]
  if (people === 'everything' || units === 'everything') return () => true
  const [peopleSeen, unitsSeen] = [new Set(people), new Set(units)]
  const reader = ctx.actor.personId
  return ({ kind, unitId, personId, by }) => {
    const isInUnit = unitId !== null && unitsSeen.has(unitId)
    if (isInUnit || (personId !== null && personId === reader)) return true
    return kind === 'submission' && by !== reader && personId !== null && peopleSeen.has(personId)
  }
}

/**
 * Whose words the actor sees judged: of somebody who has moved on, results elsewhere are not the reader's. Whole units are
 * judged by what the reader sees of them.
 */
export async function judgedBy(ctx: Ctx): Promise<(entry: Pick<EntryRow, 'personId'>) => boolean> {
  const reach = await orgView().reach(ctx, figureReach(ctx, closedMetric(ctx)))
  return ({ personId }) => personId === null || reach === 'everything' || reach.includes(personId)
}

/** The subjects of a node and of all below it; of the whole reach, also whoever stands nowhere any more. */
export async function subjectsOf(ctx: Ctx, laid: LaidNode, isWhole: boolean): Promise<Subjects> {
  const reach = figureReach(ctx, closedMetric(ctx))
  const [seen, whole] = isWhole ? [await orgView().reach(ctx, reach), await orgView().units(ctx, reach)] : [[], []]
  if (seen === 'everything' || whole === 'everything') return 'everything'
  const below = (node: LaidNode): readonly LaidNode[] => [node, ...node.children.flatMap(below)]
  const tiers = below(laid).map(({ tier }) => tier)
  const people = tiers.flatMap(({ kind, personId }) => (kind === 'person' && personId !== null ? [personId] : []))
  const units = tiers.flatMap(({ kind, unitId }) => (kind === 'unit' && unitId !== null ? [unitId] : []))
  return { people: [...people, ...seen], units: [...units, ...whole] }
}
