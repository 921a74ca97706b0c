import type { DraftStep } from './draft-step.ts'
import type { Drawing } from './drawing.ts'
import type { Redrawn } from './redrawn.ts'

/**
 * Where results of a person in a unit would stand had the reorganisation been there all along: whoever goes takes along
 * what they brought to the unit that they leave, a merged unit goes with everything, also of people who left. What was
 * brought to a unit that is no more for other reasons stands in the nearest unit above that still is.
 */
export function standsAfter(
  redrawn: Redrawn,
  steps: readonly DraftStep[],
  after: Drawing,
): (unitId: string, personId: string, path: readonly string[]) => string {
  const placed = new Map(
    redrawn.placed
      .filter((one) => one.before.isMain)
      .map(({ before, after: then }) => [`${before.unitId}.${before.personId}`, then.unitId]),
  )
  const into = new Map(steps.flatMap((step) => (step.kind === 'merge' ? [[step.unitId, step.intoId] as const] : [])))
  const survivor = (unitId: string): string => {
    const seen = new Set<string>()
    let at = unitId
    while (!after.units.has(at) && !seen.has(at)) {
      seen.add(at)
      at = into.get(at) ?? at
    }
    return at
  }
  return (unitId, personId, path) => {
    const gone = placed.get(`${unitId}.${personId}`)
    if (gone !== undefined) return gone
    const kept = survivor(unitId)
    return after.units.has(kept) ? kept : (path.findLast((above) => after.units.has(above)) ?? unitId)
  }
}
