import type { Label } from '#base/label.ts'
import { inWords } from '#base/label.ts'
import { fromUnits, isWhole, toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { CascadeWish } from '../contract.ts'
import { openDraft } from '../draft.ts'
import { readRowId } from '../levels.ts'
import { treeOfRows } from '../plan-cells.ts'
import { isLocked, nodeOf, totalOf } from '../plan-tree.ts'
import type { CellChange, PlanTree } from '../plan-tree.ts'
import { refusalWords } from '../refusal-words.ts'
import { yearInMonths } from '../seasons.ts'
import type { Profile } from '../seasons.ts'
import { spread } from '../spread.ts'
import type { Refused, Weigh } from '../spread.ts'
import { firstThatWeighs } from '../weights.ts'
import { cascadeRule } from './cascade-rule.ts'
import type { CascadePlan } from './cascade-rule.ts'
import { isTooHigh } from '../too-high.ts'
import { amountFault, amountTooHigh } from './faults.ts'
import { countedIn, refuseTotalTooHigh } from './refuse-wrong-cells.ts'
import type { OpenPlan } from './show-plan.ts'
import type { StoredPlan } from './plan-store.ts'
import type { Cells } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'

interface Wish {
  readonly node?: string | undefined
  readonly total?: string | undefined
  readonly cascade: CascadeWish
  /** Weighs before what the cascade says, e.g. the targets of another year. */
  readonly weigh?: Weigh | undefined
  /** Weights of the year's periods that take the place of the cascade's season. */
  readonly profile?: Profile | undefined
}

interface Cascaded {
  readonly changes: readonly CellChange[]
  /** New values of the rows that changed, as they are saved. */
  readonly cells: ReadonlyMap<string, Pick<Cells, 'months'>>
  readonly notes: readonly Label[]
}

/** Cascades a row of a plan as somebody wished; throws CASCADE_REFUSED where locks leave no room. */
export async function cascadeFrom(
  tx: Tx,
  ctx: Ctx,
  { plan, rows, all, fixedTops }: Pick<OpenPlan, 'plan' | 'rows' | 'all' | 'fixedTops'>,
  wish: Wish,
): Promise<Cascaded> {
  const tree = treeOfRows(all, plan)
  const node = wish.node ?? tree.root
  if (!tree.nodes.has(node)) throw targetErrors.NODE_NOT_FOUND()
  const rule = onAnyLevel(withStart(await cascadeRule(tx, ctx, plan, rows, wish.cascade), wish))
  if (wish.total !== undefined) refuseTotalTooHigh(ctx, 'total', wish.total, plan)
  const started = startFrom(tree, { node, fixedTops }, wish, rule, plan.unit)
  if (!started.ok) throw refusedCascade(ctx, all, started)
  const result = spread(started.tree, node, { ...rule, given: givenTo(ctx, wish, plan) })
  if (!result.ok) throw refusedCascade(ctx, all, result)

  const changed = new Set([...started.changes, ...result.changes].map((change) => change.node))
  const cells = new Map(
    [...changed].map((id) => [
      id,
      { months: nodeOf(result.tree, id).months.map((value) => fromUnits(value, plan.unit)) },
    ]),
  )
  return { changes: [...started.changes, ...result.changes], cells, notes: rule.notes }
}

/** Rates that somebody wrote by hand; PLAN_INVALID where one is finer than the plan counts, or more than the metric can be. */
function givenTo(ctx: Ctx, { cascade }: Wish, plan: StoredPlan): ReadonlyMap<string, bigint> | undefined {
  const { rule, unit } = plan
  if (rule.nodes !== 'same' || cascade.method !== 'manual') return undefined
  const given = Object.entries(cascade.weights ?? {})
  const faults = given.flatMap(([id, value]) => {
    const field = `cascade.weights.${id}`
    if (!isWhole(value, unit)) return [amountFault(field, value, unit)]
    return isTooHigh(value, plan) ? [amountTooHigh(field, value, countedIn(ctx, plan))] : []
  })
  if (faults.length > 0) throw targetErrors.PLAN_INVALID({}, faults)
  return new Map(given.map(([id, value]) => [id, toUnits(value, unit)]))
}

function withStart(rule: CascadePlan, { weigh, profile }: Wish): CascadePlan {
  return {
    ...rule,
    weigh: weigh ? firstThatWeighs(weigh, rule.weigh) : rule.weigh,
    profile: profile ?? rule.profile,
  }
}

/** What is known of people and units counts on every level of the plan. */
function onAnyLevel(rule: CascadePlan): CascadePlan {
  const weigh: Weigh = (children, month) =>
    rule.weigh(
      children.map((child) => ({ ...child, id: readRowId(child.id).id })),
      month,
    )
  return { ...rule, weigh }
}

/** A new total or season changes the row itself first: only the top may, others would leave their parent. */
function startFrom(
  tree: PlanTree,
  { node, fixedTops }: { readonly node: string; readonly fixedTops: readonly string[] },
  { total }: Wish,
  { profile, step }: CascadePlan,
  unit: string,
) {
  const { months, parent } = nodeOf(tree, node)
  // Levels, rates and counts have no season to be spread over: a new one holds in every period.
  const season = tree.rule.periods === 'sum' ? profile : null
  if (total === undefined && season === null) return { ok: true, tree, changes: [] } as const
  if (parent !== null || fixedTops.includes(readRowId(node).id))
    return { ok: false, reason: 'only-at-the-top' } as const
  const year = total === undefined ? totalOf(months) : toUnits(total, unit)
  const spreadOut =
    tree.rule.periods === 'sum'
      ? yearInMonths(tree, node, year, season ?? months, step)
      : ({
          ok: true,
          months: months.map((value, month) => (isLocked(nodeOf(tree, node), month) ? value : year)),
        } as const)
  if (!spreadOut.ok) return spreadOut
  const draft = openDraft(tree)
  spreadOut.months.forEach((value, month) => draft.set(node, month, value))
  return { ok: true, ...draft.finish() } as const
}

function refusedCascade(ctx: Ctx, rows: readonly StoredRow[], { reason, at }: Refused<keyof typeof refusalWords>) {
  const name = rows.find((row) => row.id === at)?.name ?? ''
  return targetErrors.CASCADE_REFUSED({ reason: inWords(refusalWords[reason], ctx.language, { name }) }, [
    { field: 'node', code: reason, label: refusalWords[reason], params: { name } },
  ])
}
