import { findNode } from '#engine/metrics/tier-tree.ts'
import type { TierNode } from '#engine/metrics/tier-tree.ts'
import { figureOf, readAmount, writeAmount } from '#engine/metrics/metric.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { fillOf } from '#platform/ledger/index.ts'
import { targetErrors } from '../contract.ts'
import type { AttainmentNode } from '../contract.ts'
import { standingOf } from '../pace.ts'
import { elapsedOf, metricAsked, periodAsked } from './period-asked.ts'
import { readPlannedTree } from './planned-tree.ts'
import type { TargetOfRow } from './target-store.ts'

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
}

/** Actual, target and pace at every node that the actor sees, from the roll-up and the plan. */
export async function attainmentTree(ctx: Ctx, metricKey: string, { period: key, node }: Question) {
  const metric = metricAsked(ctx, metricKey)
  const period = periodAsked(ctx, key)
  const elapsed = elapsedOf(ctx, period)
  return inView(ctx, async (tx) => {
    const { tree, targets } = await readPlannedTree(tx, ctx, metric, period, elapsed)
    const top = node === undefined ? tree.tree : findNode(tree.tree, node)
    if (!top) throw targetErrors.NODE_NOT_FOUND()
    const view = {
      metric,
      rows: targets?.rows ?? [],
      workdaysLeft: elapsed.workdays - elapsed.elapsed,
    }
    return {
      ...attained(top, view).node,
      meta: {
        metric: metric.key,
        planId: targets?.planId ?? null,
        fill: await fillOf(tx, metric.key),
        period: {
          ...period,
          elapsed: elapsed.share,
          workdays: elapsed.workdays,
          workdaysElapsed: elapsed.elapsed,
        },
      },
    }
  })
}

interface View {
  readonly metric: Metric
  readonly rows: readonly TargetOfRow[]
  readonly workdaysLeft: number
}

interface Attained {
  readonly node: AttainmentNode
  readonly own: TargetOfRow | undefined
}

/** A unit or a person in two places has the target where the plan put it. */
function attained(tier: TierNode, view: View): Attained {
  const children = tier.children.map((child) => attained(child, view))
  const own = targetOf(tier, view.rows, children)
  const { metric } = view
  const actual = figureOf(metric, tier.numerator, tier.denominator)
  const standing = standingOf({
    actual: amountOf(tier, actual, metric),
    target: own?.target ?? null,
    expected: own?.expected ?? null,
    direction: metric.better,
    workdaysLeft: view.workdaysLeft,
  })
  // Named one by one: spreading thousands of nodes takes longer than computing them.
  return {
    own,
    node: {
      id: tier.id,
      kind: tier.kind,
      unitId: tier.unitId,
      personId: tier.personId,
      name: tier.name,
      tier: tier.tier,
      headName: tier.headName,
      actual,
      target: own ? writeAmount(own.target) : null,
      expected: own ? writeAmount(own.expected) : null,
      attainment: standing.attainment,
      pace: standing.pace,
      gap: standing.gap,
      requiredPerDay: standing.requiredPerDay,
      light: standing.light,
      reason: standing.reason,
      children: children.map((child) => child.node),
    },
  }
}

/** The figure in ten-thousandths; a rate to as many decimals. */
function amountOf({ numerator }: TierNode, figure: string | null, { kind }: Metric): bigint | null {
  if (figure === null) return null
  return kind === 'ratio' ? readAmount(figure) : numerator
}

/** The row's own target; a node over several parts of a plan has the sum of theirs. */
function targetOf(
  { kind, unitId, planned }: TierNode,
  rows: View['rows'],
  children: readonly Attained[],
): TargetOfRow | undefined {
  if (unitId !== null) return planned === null ? undefined : rows[planned]
  const parts = children.flatMap((child) => (child.own ? [child.own] : []))
  if (kind === 'person' || parts.length === 0) return undefined
  return {
    target: parts.reduce((sum, part) => sum + part.target, 0n),
    expected: parts.reduce((sum, part) => sum + part.expected, 0n),
  }
}
