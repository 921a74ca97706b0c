import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { Revision } from '../contract.ts'
import { rowIdAt } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import { planStore } from './plan-store.ts'
import type { StoredRevision } from './plan-store.ts'
import { openPlan } from './show-plan.ts'

export async function listRevisions(ctx: Ctx, planId: string): Promise<{ revisions: Revision[] }> {
  return inView(ctx, async (tx) => {
    await openPlan(tx, ctx, planId)
    return { revisions: (await planStore.revisions(tx, planId)).map(revisionOnTheWire) }
  })
}

/** The rows of a revision that the actor may see, before and after. */
export async function showRevision(ctx: Ctx, planId: string, version: number) {
  return inView(ctx, async (tx) => {
    const { rows } = await openPlan(tx, ctx, planId)
    const revision = (await planStore.revisions(tx, planId, version - 1)).find((each) => each.version === version)
    const changes = await planStore.changesOf(tx, planId, version)
    if (!revision || !changes) throw targetErrors.REVISION_NOT_FOUND()
    const names = new Map(rows.map((row) => [row.id, row.name]))
    return {
      revision: revisionOnTheWire(revision),
      rows: changes.flatMap(({ level, unit, person, before, after, lockedBefore, lockedAfter }) => {
        const place = nodeIdOf({ unitId: unit, personId: person })
        const node = rowIdAt(level ?? 'target', place)
        const name = names.get(place)
        if (name === undefined) return []
        const locks = {
          lockedBefore: lockedBefore ? [...lockedBefore] : null,
          lockedAfter: lockedAfter ? [...lockedAfter] : null,
        }
        return [{ node, name, before: [...before], after: [...after], ...locks }]
      }),
    }
  })
}

/** A revision as it travels. */
export function revisionOnTheWire({ version, kind, personId, personName, at, reason, rows }: StoredRevision): Revision {
  return {
    version,
    kind,
    by: personId === null ? null : { id: personId, name: personName ?? '' },
    at: at.toISOString(),
    reason,
    rows,
  }
}
