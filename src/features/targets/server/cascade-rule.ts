import type { Label } from '#base/label.ts'
import { addDays } from '#engine/calendar/day.ts'
import { toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { fillOf } from '#platform/ledger/index.ts'
import { targetErrors } from '../contract.ts'
import type { CascadeWish } from '../contract.ts'
import { nodeIdOf } from '../node-id.ts'
import { totalOf } from '../plan-tree.ts'
import { evenProfile, profileOf } from '../seasons.ts'
import type { Profile } from '../seasons.ts'
import type { SpreadRule, Weigh } from '../spread.ts'
import { standingsOf } from '../standings.ts'
import {
  byBlend,
  byCurrent,
  byEqual,
  byHand,
  byHeadcount,
  byLastActual,
  byPotential,
  firstThatWeighs,
} from '../weights.ts'
import type { Standings } from '../weights.ts'
import { actualsByPeriod } from './actual-store.ts'
import { marketOfUnits, potentialNote } from './market-potential.ts'
import { orgStore } from './org-store.ts'
import { blendNotWhole, wrongWidth } from './faults.ts'
import { leavesToLearnFrom } from './leaves-to-learn-from.ts'
import { leavesOf } from './plan-year.ts'
import type { StoredPlan } from './plan-store.ts'
import type { StoredRow } from './stored-row.ts'

export interface CascadePlan extends SpreadRule {
  /** Null: months stay as they are. */
  readonly profile: Profile | null
  /** What had to be done differently than asked, and why. */
  readonly notes: readonly Label[]
}

/** What somebody wished as rules with the facts of the year: who stood where, and what the base year brought. */
export async function cascadeRule(
  tx: Tx,
  ctx: Ctx,
  plan: StoredPlan,
  rows: readonly StoredRow[],
  wish: CascadeWish,
): Promise<CascadePlan> {
  if (plan.rule.nodes === 'same') return handedDown(wish)
  refusePartialBlend(wish)
  const baseYear = wish.baseYear ?? plan.year - 1
  const months = leavesOf(ctx, plan.year)
  const presence = await orgStore.presence(tx, plan.structureId, months)
  const learned = leavesToLearnFrom(ctx, baseYear, plan.rule.periods)
  const metric = ctx.company.metrics.find(plan.metric)
  const actual =
    metric && needsHistory(wish)
      ? await actualsByPeriod(tx, ctx, { metric, structureId: plan.structureId, spans: learned.spans, unit: plan.unit })
      : new Map<string, bigint[]>()
  const standings = standingsOf(
    rows,
    new Map(presence.map((each) => [nodeIdOf(each), each])),
    actual,
    {
      headsCarry: wish.headsCarry,
      ramp: wish.ramp.map(BigInt),
      width: months.length,
    },
    await potentialOf(tx, ctx, plan, wish),
  )
  const market = needsPotential(wish) ? await marketOfUnits(tx, ctx, plan.year) : undefined
  const history = profileOf([...actual.values()], months.length)
  const notes = [
    ...(needsHistory(wish) ? await historyNotes(tx, plan.metric, { year: baseYear, isEmpty: history === null }) : []),
    ...(needsHistory(wish) && history !== null && learned.note ? [learned.note] : []),
    ...(market ? [potentialNote(market)] : []),
  ]
  return {
    weigh: weighBy(wish, standings, market?.sizes),
    step: stepOf(wish, plan.unit),
    profile: profileBy(wish, history, months.length),
    notes,
  }
}

/** Parts of a blend are shares of a whole: PLAN_INVALID where they are not. */
function refusePartialBlend({ method, blend }: CascadeWish): void {
  if (method !== 'blend') return
  const sum = Object.values(blend ?? {}).reduce((all, part) => all + part, 0)
  if (sum !== 100) throw targetErrors.PLAN_INVALID({}, [blendNotWhole('cascade.blend', sum)])
}

const byNothing: Weigh = (children) => children.map(() => 0n)

/** Nothing is shared out of a rate: it is handed down, whatever the shares were to go by. */
function handedDown({ method }: CascadeWish): CascadePlan {
  const notes = method === 'equal' || method === 'current' || method === 'manual' ? [] : [rateIsHandedDown]
  return { weigh: byNothing, step: 1n, profile: null, notes }
}

const rateIsHandedDown: Label = {
  zh: '比率类目标不分摊：下级得到与上级相同的比率，可以再逐个调整',
  en: 'A rate is not shared out: those below get the same rate, which can be changed one by one',
}

function needsHistory({ method, season }: CascadeWish): boolean {
  return method === 'last_actual' || method === 'blend' || season === 'history'
}

function needsPotential({ method, blend }: CascadeWish): boolean {
  return method === 'potential' || (method === 'blend' && (blend?.potential ?? 0) > 0)
}

/** Open pipeline by row as it stands today: weighted by probability where the company reckons that. */
async function potentialOf(
  tx: Tx,
  ctx: Ctx,
  plan: StoredPlan,
  wish: CascadeWish,
): Promise<ReadonlyMap<string, bigint>> {
  const { metrics } = ctx.company
  const metric = metrics.find('weighted_pipeline') ?? metrics.find('pipeline_value')
  if (!metric || !needsPotential(wish)) return new Map()
  const upToToday = [{ from: '0001-01-01', to: addDays(ctx.today, 1) }]
  const found = await actualsByPeriod(tx, ctx, {
    metric,
    structureId: plan.structureId,
    spans: upToToday,
    unit: '0.01',
  })
  return new Map([...found].map(([id, [value = 0n]]) => [id, value]))
}

function weighBy(wish: CascadeWish, standings: Standings, market: ReadonlyMap<string, bigint> = new Map()): Weigh {
  const equal = byEqual(standings, wish.headsCarry)
  const headcount = byHeadcount(standings, wish.headsCarry)
  switch (wish.method) {
    case 'equal':
      return equal
    case 'headcount':
      return firstThatWeighs(headcount, equal)
    case 'last_actual':
      return firstThatWeighs(byLastActual(standings), equal)
    case 'potential':
      return firstThatWeighs(byPotential(standings, market), equal)
    case 'manual':
      return byHand(new Map(Object.entries(wish.weights ?? {}).map(([id, weight]) => [id, toUnits(weight, '0.0001')])))
    case 'current':
      return firstThatWeighs(byCurrent, equal)
    case 'blend': {
      const { equal: e = 0, headcount: h = 0, lastActual: l = 0, potential: p = 0, current: c = 0 } = wish.blend ?? {}
      const parts = [
        { weigh: equal, percent: BigInt(e) },
        { weigh: headcount, percent: BigInt(h) },
        { weigh: byLastActual(standings), percent: BigInt(l) },
        { weigh: byPotential(standings, market), percent: BigInt(p) },
        { weigh: byCurrent, percent: BigInt(c) },
      ]
      return firstThatWeighs(byBlend(parts), equal)
    }
  }
}

function stepOf(wish: CascadeWish, unit: string): bigint {
  const step = wish.step === undefined ? 1n : toUnits(wish.step, unit)
  return step > 0n ? step : 1n
}

function profileBy({ season }: CascadeWish, history: Profile | null, width: number): Profile | null {
  if (season === 'current') return null
  if (season === 'even') return evenProfile(width)
  if (season === 'history') return history ?? evenProfile(width)
  if (season.length !== width) throw targetErrors.PLAN_INVALID({}, [wrongWidth('cascade.season', width)])
  const given = season.map((weight) => toUnits(weight, '0.0001'))
  return totalOf(given) > 0n ? given : evenProfile(width)
}

/** What is to be known of results that a plan is spread by. */
async function historyNotes(
  tx: Tx,
  metric: string,
  { year, isEmpty }: { readonly year: number; readonly isEmpty: boolean },
): Promise<readonly Label[]> {
  const isWhole = (await fillOf(tx, metric)) === 'ready'
  return [...(isWhole ? [] : [notWhole(year)]), ...(isEmpty ? [noHistory(year)] : [])]
}

function notWhole(year: number): Label {
  return {
    zh: `这个指标的已有记录还没有全部算入，${year} 财年的业绩不完整；算完后请重新分解`,
    en: `Not all existing records of this metric are counted, so the results of fiscal ${year} are incomplete; cascade again once they are`,
  }
}

function noHistory(year: number): Label {
  return {
    zh: `${year} 财年没有实际业绩，已改为平均分解`,
    en: `Fiscal ${year} has no results; the split is equal instead`,
  }
}
