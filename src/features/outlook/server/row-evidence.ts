import type { Evidence } from '#engine/forecast/achievability.ts'
import {
  marketEstimate,
  peersEstimate,
  yieldEstimate,
  type Estimate,
  type YieldQuestion,
} from '#engine/forecast/evidence.ts'
import { rememberedSeries } from '#engine/forecast/remembered-series.ts'
import { landing, type Landing, type LandingKind } from '#engine/forecast/landing.ts'
import type { MarketGrowth } from './market-growth.ts'

/** What is known of a row of a plan up to today. */
export interface RowPast {
  /** Complete months, oldest first. */
  readonly months: readonly number[]
  /** Full heads of each of these months, newcomers by their ramp. */
  readonly heads: readonly number[]
  /** Full heads of each month of the period that is open. */
  readonly headsAhead: readonly number[]
  /** What the period has until now, and the running month. */
  readonly actual: number
  readonly current: number
  /** Null where the market is not known, or says nothing of the metric. */
  readonly market: MarketGrowth | null
  /** Who leads it, where it is a unit. */
  readonly headName: string | null
}

/** How the period stands beside today. */
export interface Moment {
  /** Null where nothing is known of how its months make a period of several, as of a distinct count. */
  readonly kind: LandingKind | null
  readonly share: number
  readonly season: number
  readonly wait: number
  readonly open: number
  /** Leaves of the period in all. */
  readonly months: number
}

/** Fewer months with results are no history of one's own. */
const leastMonths = 6

export function isWithoutHistory({ months }: RowPast): boolean {
  return months.filter((value) => value !== 0).length < leastMonths
}

/** Half a year ahead at least, three years at most: what is drawn and where it lands rest on one forecast. */
export function horizonOf({ wait, open }: Pick<Moment, 'wait' | 'open'>): number {
  return Math.min(36, Math.max(6, wait + open))
}

/** Where the row lands by its own history. */
export function landingOfRow(past: RowPast, moment: Moment): Landing | null {
  const kind = kindOf(moment)
  if (!kind) return null
  const { wait, open, season } = moment
  const ahead = { horizon: horizonOf(moment), skip: wait, until: wait + open, season }
  const forecast = open === 0 ? null : rememberedSeries(past.months, { ...ahead, effort: 'quick' })
  return landing({ ...moment, kind, history: past.months, actual: past.actual, current: past.current, forecast })
}

/** A count that is no sum of its months can still be followed within one of them. */
function kindOf({ kind, months }: Moment): LandingKind | null {
  return kind ?? (months === 1 ? 'flow' : null)
}

/** Months of full heads in the period: those that are over, and those that are open. */
export function headMonths({ heads, headsAhead }: RowPast, { wait, open, months }: Moment): number {
  const over = wait > 0 ? 0 : months - open
  const behind = over > 0 ? heads.slice(-over) : []
  return [...behind, ...headsAhead].reduce((total, head) => total + head, 0)
}

/** A series that never moved says little of how far it may: never surer than this part of what is to come. */
const leastDoubt = 0.05

function doubting({ mean, deviation }: Landing, { actual }: RowPast, kind: LandingKind): number {
  const toCome = Math.abs(kind === 'flow' ? mean - actual : mean)
  return Math.max(deviation, leastDoubt * toCome)
}

/** What is known of a row beside its own past. */
export interface Beside {
  /** Landings of rows like it, by head and month; they speak where it has no past. */
  readonly peersPerHead: readonly number[]
  /** Where its deals alone say that it lands; null where they say nothing. */
  readonly deals: Estimate | null
}

/** What speaks for and against a target. */
export function evidenceOf(past: RowPast, moment: Moment, { peersPerHead, deals }: Beside): readonly Evidence[] {
  const kind = kindOf(moment)
  const own = landingOfRow(past, moment)
  if (kind === null || (own && moment.open === 0)) {
    return own ? [{ kind: 'history', mean: own.mean, deviation: own.deviation }] : []
  }
  const deviation = own ? doubting(own, past, kind) : 0
  const history: Evidence[] = own ? [{ kind: 'history', mean: own.mean, deviation }] : []
  if (kind !== 'flow') return history
  const byDeals = evidenceByDeals(deals)
  if (isWithoutHistory(past)) {
    // A new start with a month or two is no measure of how sure they are: peers come first where there are any.
    const peers = peersEstimate(peersPerHead, openHeads(past, moment) || moment.open)
    if (peers) return [{ kind: 'peers', mean: past.actual + peers.mean, deviation: peers.deviation }, ...byDeals]
    return own && own.mean !== 0 ? [...history, ...byDeals] : byDeals
  }
  return [...history, ...byDeals, ...evidenceByCapacity(past, moment), ...marketOf(past)]
}

/** What is won, open and not known yet, deal by deal; of nothing at all nothing is told. */
function evidenceByDeals(deals: Beside['deals']): Evidence[] {
  if (!deals || deals.deviation <= 0) return []
  return [{ kind: 'pipeline', mean: deals.mean, deviation: deals.deviation }]
}

/** Months of full heads that are still to come, the running one by the part that is left. */
function openHeads({ headsAhead }: RowPast, { wait, share }: Moment): number {
  const [first = 0, ...later] = headsAhead
  return later.reduce((total, head) => total + head, wait > 0 ? first : first * (1 - share))
}

/** What the year before brought, grown as the market grew. */
function marketOf({ market, actual }: RowPast): Evidence[] {
  const found = market && marketEstimate(market)
  return found && found.mean > actual ? [{ kind: 'market', ...found }] : []
}

/** One person's capacity is that person's history. */
export function capacityBasis(
  { months, heads, headsAhead, actual }: RowPast,
  { share, wait, season }: Moment,
): YieldQuestion | null {
  if (Math.max(...heads, 0) < 2) return null
  const past = months.map((value, at) => ({ value, base: heads[at] ?? 0 })).slice(-2 * season)
  const [first = 0, ...rest] = headsAhead
  return { past, ahead: [wait > 0 ? first : first * (1 - share), ...rest], actual }
}

function evidenceByCapacity(past: RowPast, moment: Moment): Evidence[] {
  const basis = capacityBasis(past, moment)
  const found = basis && yieldEstimate(basis)
  return found ? [{ kind: 'capacity', ...found }] : []
}
