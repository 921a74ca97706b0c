import type { Evidence, EvidenceKind } from '#engine/forecast/achievability.ts'
import { marketEstimate, peersEstimate, yieldEstimate, type YieldQuestion } from '#engine/forecast/evidence.ts'
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
  /** Null where it says nothing of the metric. */
  readonly pipeline: OpenPipeline | null
  /** Null where the market is not known, or says nothing of the metric. */
  readonly market: MarketGrowth | null
  /** Who leads it, where it is a unit. */
  readonly headName: string | null
}

export interface OpenPipeline {
  readonly now: number
  /** As the last months began, oldest first; the last one is the last complete month. */
  readonly before: readonly number[]
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

/** What speaks for and against a target. Peers are landings of rows like it, by head and month; they speak where it has no past. */
export function evidenceOf(past: RowPast, moment: Moment, peersPerHead: readonly number[]): readonly Evidence[] {
  const kind = kindOf(moment)
  const own = landingOfRow(past, moment)
  if (kind === null || (own && moment.open === 0)) {
    return own ? [{ kind: 'history', mean: own.mean, deviation: own.deviation }] : []
  }
  const deviation = own ? doubting(own, past, kind) : 0
  const history: Evidence[] = own ? [{ kind: 'history', mean: own.mean, deviation }] : []
  if (kind !== 'flow') return history
  if (isWithoutHistory(past)) {
    // A new start with a month or two is no measure of how sure they are: peers come first where there are any.
    const peers = peersEstimate(peersPerHead, openHeads(past, moment) || moment.open)
    if (peers) return [{ kind: 'peers', mean: past.actual + peers.mean, deviation: peers.deviation }]
    return own && own.mean !== 0 ? history : []
  }
  return [...history, ...yieldOf('capacity', past, moment), ...yieldOf('pipeline', past, moment), ...marketOf(past)]
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
function capacityBasis({ months, heads, headsAhead, actual }: RowPast, { share, wait, season }: Moment): Basis {
  if (Math.max(...heads, 0) < 2) return null
  const past = months.map((value, at) => ({ value, base: heads[at] ?? 0 })).slice(-2 * season)
  const [first = 0, ...rest] = headsAhead
  return { past, ahead: [wait > 0 ? first : first * (1 - share), ...rest], actual }
}

/** What an open amount brought in a month, times what is open now: the pipeline is taken to be refilled as it was. */
function pipelineBasis({ months, actual, pipeline }: RowPast, { wait, open, share }: Moment): Basis {
  if (!pipeline || wait > 0 || pipeline.now <= 0) return null
  const { before, now } = pipeline
  const past = months.slice(-before.length).map((value, at) => ({ value, base: before[at] ?? 0 }))
  const ahead = Array.from({ length: open }, (_, at) => (at === 0 ? now * (1 - share) : now))
  return { past, ahead, actual }
}

type Basis = YieldQuestion | null

/** What the estimate of a side is reckoned from, where it is a base times what it brought in a month. */
export function basisOf(kind: EvidenceKind, past: RowPast, moment: Moment): Basis {
  if (kind === 'capacity') return capacityBasis(past, moment)
  return kind === 'pipeline' ? pipelineBasis(past, moment) : null
}

function yieldOf(kind: 'capacity' | 'pipeline', past: RowPast, moment: Moment): Evidence[] {
  const basis = basisOf(kind, past, moment)
  const found = basis && yieldEstimate(basis)
  return found ? [{ kind, ...found }] : []
}
