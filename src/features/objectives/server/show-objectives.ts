import { AppError } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { mayAct } from '#platform/records/scope.ts'
import { attainmentTree, findPlan, nodeIdOf, planStore, summaryOf } from '#features/targets/server/index.ts'
import type { OpenPlan } from '#features/targets/server/index.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { manageObjectives, type Objective } from '../contract.ts'
import { objectiveStore } from './objective-store.ts'
import type { StoredObjective } from './objective-store.ts'

/** Every objective with what its measure says to this reader, and the plans that serve none. */
export async function listObjectives(ctx: Ctx) {
  const { stored, links, plans } = await inView(ctx, async (tx) => {
    const opened = new Map<string, OpenPlan>()
    for (const { id } of await planStore.list(tx, ctx, {})) {
      const open = await findPlan(tx, ctx, id)
      if (open) opened.set(id, open)
    }
    return { stored: await objectiveStore.all(tx), links: await objectiveStore.links(tx), plans: opened }
  })
  const manages = mayAct(ctx, manageObjectives)
  const trees: Trees = new Map()
  const objectives: Objective[] = []
  for (const one of stored) {
    const own = links.filter(({ objectiveId }) => objectiveId === one.id)
    objectives.push({
      ...one,
      ...(await measureOf(ctx, one, trees)),
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

/** Trees by metric and period: objectives mostly measure a few metrics of one year. */
type Trees = Map<string, Promise<AttainmentNode | null>>

/** What the measure says; nothing of a metric or unit out of the reader's sight. */
async function measureOf(ctx: Ctx, { metric: key, unitId, period }: StoredObjective, trees: Trees) {
  const metric = key === null ? undefined : metricsInSight(ctx).find(key)
  if (!metric || unitId === null) return { metricLabel: metric?.label ?? null, measure: null, progress: null }
  const asked = `${metric.key} ${period}`
  const tree = trees.get(asked) ?? treeOf(ctx, metric.key, period)
  trees.set(asked, tree)
  return { metricLabel: metric.label, measure: metric.unit, progress: progressAt(await tree, unitId) }
}

/** Null where the calendar has no such period any more. */
async function treeOf(ctx: Ctx, metric: string, period: string): Promise<AttainmentNode | null> {
  try {
    return await attainmentTree(ctx, metric, { period })
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return null
    throw error
  }
}

function progressAt(node: AttainmentNode | null, unitId: string): Objective['progress'] {
  if (node === null) return null
  if (node.id === unitId) return { actual: node.actual, target: node.target, attainment: node.attainment }
  for (const child of node.children) {
    const found = progressAt(child, unitId)
    if (found) return found
  }
  return null
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
