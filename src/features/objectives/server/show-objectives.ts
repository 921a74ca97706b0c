import { AppError } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { mayAct } from '#platform/records/scope.ts'
import { attainmentTree, findPlan, nodeIdOf, planStore, summaryOf } from '#features/targets/server/index.ts'
import type { OpenPlan } from '#features/targets/server/index.ts'
import { manageObjectives, type Objective } from '../contract.ts'
import { objectiveStore } from './objective-store.ts'
import type { StoredObjective } from './objective-store.ts'

/** Every objective with what its measure says to this reader, and the plans that serve none. */
export async function listObjectives(ctx: Ctx) {
  const { stored, links, plans } = await inView(ctx, async (tx) => {
    const opened = new Map<string, OpenPlan>()
    for (const { id } of await planStore.list(tx, {})) {
      const open = await findPlan(tx, ctx, id)
      if (open) opened.set(id, open)
    }
    return { stored: await objectiveStore.all(tx), links: await objectiveStore.links(tx), plans: opened }
  })
  const manages = mayAct(ctx, manageObjectives)
  const objectives: Objective[] = []
  for (const one of stored) {
    const own = links.filter(({ objectiveId }) => objectiveId === one.id)
    objectives.push({
      ...one,
      ...(await measureOf(ctx, one)),
      links: own.flatMap((link) => linkInSight(ctx, plans.get(link.planId), link)),
      can: { manage: manages || (one.ownerId !== null && one.ownerId === ctx.actor.personId) },
    })
  }
  const linked = new Set(links.map(({ planId }) => planId))
  return {
    objectives,
    unlinked: [...plans.values()].flatMap((open) => {
      const { id: planId, metricLabel, year } = summaryOf(ctx, open)
      return linked.has(planId) ? [] : [{ planId, label: metricLabel, year }]
    }),
    can: { manage: manages },
  }
}

/** What the measure says; nothing of a metric or unit out of the reader's sight. */
async function measureOf(ctx: Ctx, { metric: key, unitId, period }: StoredObjective) {
  const metric = key === null ? undefined : metricsInSight(ctx).find(key)
  if (!metric || unitId === null) return { metricLabel: metric?.label ?? null, measure: null, progress: null }
  const progress = await progressOf(ctx, metric.key, unitId, period)
  return { metricLabel: metric.label, measure: metric.unit, progress }
}

async function progressOf(ctx: Ctx, metric: string, node: string, period: string) {
  try {
    const { actual, target, attainment } = await attainmentTree(ctx, metric, { period, node })
    return { actual, target, attainment }
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return null
    throw error
  }
}

function linkInSight(
  ctx: Ctx,
  open: OpenPlan | undefined,
  { planId, unitId, personId }: { planId: string; unitId: string | null; personId: string | null },
): Objective['links'] {
  if (!open) return []
  const { metricLabel: planLabel, year } = summaryOf(ctx, open)
  if (unitId === null) return [{ planId, node: null, planLabel, year, nodeName: null }]
  const node = nodeIdOf({ unitId, personId })
  const row = open.rows.find(({ id }) => id === node)
  return row ? [{ planId, node, planLabel, year, nodeName: row.name }] : []
}
