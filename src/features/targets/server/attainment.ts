import { findNode } from '#engine/metrics/find-node.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { figureOf, readRounded, writeAmount } from '#engine/metrics/metric.ts'
import { planRuleOf } from '#engine/metrics/plan-rule.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Elapsed } from '#engine/calendar/workday.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { fillOf, creditingAnew } from '#platform/ledger/index.ts'
import { targetErrors } from '../contract.ts'
import type { AttainmentNode } from '../contract.ts'
import type { AttainmentSettings } from '../attainment-settings.ts'
import { levelReached } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import { isInForce } from '../plan-path.ts'
import { standingOf } from '../pace.ts'
import { attainmentSettings } from './attainment-settings.ts'
import { readLevels, type LevelsOfRow } from './level-store.ts'
import { elapsedOf, metricAsked, periodAsked } from './period-asked.ts'
import { seesDrafts } from './plan-makers.ts'
import { planStore } from './plan-store.ts'
import { leavesIn } from './plan-year.ts'
import { readPlannedTree } from './planned-tree.ts'
import type { TargetOfRow } from './target-store.ts'

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
  /** The structure that was asked for by its key; none: the default one. */
  readonly structure?: string | undefined
}

/** Actual, target and pace at every node that the actor sees, from the roll-up and the plan. */
export async function attainmentTree(ctx: Ctx, metricKey: string, { period: key, node, structure }: Question) {
  const metric = metricAsked(ctx, metricKey)
  const period = periodAsked(ctx, key)
  const elapsed = elapsedOf(ctx, period)
  return inView(ctx, async (tx) => {
    const { tree, targets } = await readPlannedTree(tx, ctx, metric, period)
    const top = node === undefined ? tree.tree : findNode(tree.tree, node)
    if (!top) throw targetErrors.NODE_NOT_FOUND()
    const { settings } = await attainmentSettings(tx, ctx)
    const levels = targets ? await readLevels(tx, targets, leavesIn(ctx, period)) : noLevels
    return {
      ...attainedTree(top, { metric, isToCome: tree.isToCome, rows: targets?.rows ?? [], levels, elapsed, settings }),
      meta: {
        metric: metric.key,
        planId: targets?.planId ?? null,
        draftId: await draftOf(tx, ctx, metric.key, period.year),
        fill: await fillIn(tx, ctx, { metric: metric.key, structure }),
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

/** What came before a structure was begun is credited to it by a run: until that is done its figures still grow. */
async function fillIn(tx: Tx, ctx: Ctx, of: { readonly metric: string; readonly structure: string | undefined }) {
  const fill = await fillOf(tx, of.metric)
  if (fill !== 'ready' || of.structure === undefined) return fill
  const moving = await creditingAnew(tx, ctx)
  if (!moving) return fill
  return moving.failedAt ? 'failed' : 'filling'
}

/**
 * A node and its children in several periods, each as the tree of that period tells them: read at one moment, and no
 * deeper than told. Undefined where the node does not stand in a period.
 */
export async function attainmentOver(
  ctx: Ctx,
  metricKey: string,
  periods: readonly Period[],
  node: string | undefined,
): Promise<readonly (AttainmentNode | undefined)[]> {
  const metric = metricAsked(ctx, metricKey)
  return inView(ctx, async (tx) => {
    const { settings } = await attainmentSettings(tx, ctx)
    const tops: (AttainmentNode | undefined)[] = []
    for (const period of periods) {
      const { tree, targets } = await readPlannedTree(tx, ctx, metric, period)
      const top = node === undefined ? tree.tree : findNode(tree.tree, node)
      const elapsed = elapsedOf(ctx, period)
      const view = { metric, isToCome: tree.isToCome, rows: targets?.rows ?? [], elapsed, settings }
      tops.push(top && attainedTree(withChildren(top), view))
    }
    return tops
  })
}

/** A node with its children and no more; of a child is told whether anything is below it, by a child without its own. */
function withChildren(top: TierNode): TierNode {
  const bare = (node: TierNode): TierNode => ({ ...node, children: [] })
  return {
    ...top,
    children: top.children.map((child) => ({ ...child, children: child.children.slice(0, 1).map(bare) })),
  }
}

async function draftOf(tx: Tx, ctx: Ctx, metric: string, year: number): Promise<string | null> {
  const [plan] = await planStore.list(tx, ctx, { metric, year })
  if (!plan || isInForce(plan.status) || !(await seesDrafts(tx, ctx, plan.id))) return null
  return plan.id
}

const noLevels: ReadonlyMap<string, LevelsOfRow> = new Map()

/** By what the nodes of a tree are judged. */
export interface View {
  readonly metric: Metric
  /** A level of days to come has no figure. */
  readonly isToCome?: boolean
  /** Targets by the places of the plan, which nodes name by their order. */
  readonly rows: readonly TargetOfRow[]
  /** Floor and stretch by unit, or by unit and person; what was kept of another day has none. */
  readonly levels?: ReadonlyMap<string, LevelsOfRow>
  readonly elapsed: Elapsed
  readonly settings: AttainmentSettings
}

/** Every node of a tree with its target and pace. */
export function attainedTree(top: TierNode, view: View): AttainmentNode {
  return attained(top, view).node
}

interface Attained {
  readonly node: AttainmentNode
  readonly own: TargetOfRow | undefined
}

/** A unit or a person in two places has the target where the plan put it. */
function attained(tier: TierNode, view: View): Attained {
  const children = tier.children.map((child) => attained(child, view))
  const own = targetOf(tier, view, children)
  const { metric, elapsed, settings, isToCome = false } = view
  const actual = isToCome ? null : figureOf(metric, tier.numerator, tier.denominator)
  const amount = amountOf(tier, actual, metric)
  const standing = standingOf(
    {
      actual: amount,
      target: own?.target ?? null,
      expected: own?.expected ?? null,
      direction: metric.better,
      base: own?.base,
      isRate: metric.kind === 'ratio',
      clamp: settings.clamp,
      workdaysLeft: elapsed.workdays - elapsed.elapsed,
    },
    settings.lights,
  )
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
      weight: metric.kind === 'ratio' ? writeAmount(tier.denominator) : null,
      target: own ? writeAmount(own.target) : null,
      expected: own ? writeAmount(own.expected) : null,
      attainment: standing.attainment,
      pace: standing.pace,
      gap: standing.gap,
      requiredPerDay: standing.requiredPerDay,
      levels: own ? levelsOf(tier, own, amount, view) : null,
      light: standing.light,
      reason: standing.reason,
      children: children.map((child) => child.node),
    },
  }
}

function levelsOf(
  { unitId, personId }: TierNode,
  { target }: TargetOfRow,
  actual: bigint | null,
  { metric, levels }: View,
): AttainmentNode['levels'] {
  const beside = unitId === null ? undefined : levels?.get(nodeIdOf({ unitId, personId }))
  if (!beside) return null
  const [floor, stretch] = [beside.floor ?? null, beside.stretch ?? null]
  return {
    floor: floor === null ? null : writeAmount(floor),
    stretch: stretch === null ? null : writeAmount(stretch),
    reached: actual === null ? null : levelReached(actual, { floor, target, stretch }, metric.better),
  }
}

/** The figure in ten-thousandths; a rate rounded to as many decimals. */
function amountOf({ numerator }: TierNode, figure: string | null, { kind }: Metric): bigint | null {
  if (figure === null) return null
  return kind === 'ratio' ? readRounded(figure) : numerator
}

/**
 * The row's own target. A node over several parts of a plan has the sum of theirs; of rates the one that all of them have,
 * and of distinct counts none, for what they have together was never set.
 */
function targetOf(
  { kind, unitId, planned }: TierNode,
  { rows, metric }: View,
  children: readonly Attained[],
): TargetOfRow | undefined {
  if (unitId !== null) return planned === null ? undefined : rows[planned]
  const parts = children.flatMap((child) => (child.own ? [child.own] : []))
  const [first, ...others] = parts
  if (kind === 'person' || first === undefined) return undefined
  if (others.length === 0) return first
  const { nodes = 'sum' } = planRuleOf(metric) ?? {}
  if (nodes === 'same')
    return others.every(({ target }) => target === first.target) ? { ...first, base: null } : undefined
  if (nodes === 'apart') return undefined
  return {
    target: parts.reduce((sum, part) => sum + part.target, 0n),
    expected: parts.reduce((sum, part) => sum + part.expected, 0n),
  }
}
