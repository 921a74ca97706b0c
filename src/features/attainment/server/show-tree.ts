import type { Metric } from '#engine/metrics/metric.ts'
import { findNode } from '#engine/metrics/find-node.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { targetErrors } from '#features/targets/contract.ts'
import { attainedTree, attainmentSettings, metricAsked, periodAsked } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { defaultStructure } from '#platform/ledger/index.ts'
import { attainmentErrors, refuseToCome } from '../errors.ts'
import { findSnapshot, keptDays, type Which } from './snapshot-store.ts'
import { treeOfSnapshot } from './stand-up.ts'

export interface TreeAsked {
  readonly period?: string | undefined
  readonly node?: string | undefined
  readonly on: string
}

export const whichOf = (on: string): Which => (on === 'closing' ? 'closing' : { on })

/** The tree of attainment as it was shown on a day, or when the period was closed; judged by the lights of today. */
export async function treeAsShown(ctx: Ctx, metricKey: string, { period: key, node, on }: TreeAsked) {
  const metric = metricAsked(ctx, metricKey)
  const period = periodAsked(ctx, key)
  if (on !== 'closing') refuseToCome('on', on, ctx.today)
  return inView(ctx, async (tx) => {
    const structureId = await defaultStructure(tx, ctx)
    const of = { metric: metric.key, structureId, period: period.key }
    const snapshot = await findSnapshot(tx, ctx, of, whichOf(on))
    if (!snapshot) throw attainmentErrors.SNAPSHOT_NOT_FOUND({ on })
    const { tree, rows } = await treeOfSnapshot(tx, ctx, metric, snapshot)
    const top = node === undefined ? tree : findNode(tree, node)
    if (!top) throw targetErrors.NODE_NOT_FOUND()
    const { settings } = await attainmentSettings(tx, ctx)
    const { workdays, workdaysElapsed, planId } = snapshot
    const share = workdays === 0 ? Number(snapshot.onDay >= snapshot.to) : workdaysElapsed / workdays
    const elapsed = { workdays, elapsed: workdaysElapsed, share }
    return {
      ...attainedTree(top, { metric, rows, elapsed, settings }),
      ...(isUnionOfTops(top, metric) ? unknownFigure : {}),
      meta: {
        metric: metric.key,
        planId,
        draftId: null,
        fill: 'ready' as const,
        period: { ...period, from: snapshot.from, to: snapshot.to, elapsed: share, workdays, workdaysElapsed },
      },
      shown: {
        on: snapshot.onDay,
        takenAt: snapshot.takenAt,
        isClosing: snapshot.isClosing,
        takenByName: snapshot.takenByName,
        metricVersion: snapshot.metricVersion,
        planVersion: snapshot.planVersion,
      },
    }
  })
}

/** What was kept of single nodes says nothing of how many they have together, where the same may count in several. */
function isUnionOfTops({ id }: TierNode, { kind, quotient }: Metric): boolean {
  return id === 'mine' && (kind === 'distinct' || quotient !== undefined)
}

const unknownFigure = {
  actual: null,
  attainment: null,
  pace: null,
  gap: null,
  requiredPerDay: null,
  light: null,
  reason: 'no-actual',
} as const

/** The days whose figures were kept of a metric and period. */
export async function daysShown(
  ctx: Ctx,
  metricKey: string,
  { period: key }: { readonly period?: string | undefined },
) {
  const metric = metricAsked(ctx, metricKey)
  const period = periodAsked(ctx, key)
  return inView(ctx, async (tx) => {
    const structureId = await defaultStructure(tx, ctx)
    return { days: await keptDays(tx, ctx, { metric: metric.key, structureId, period: period.key }) }
  })
}
