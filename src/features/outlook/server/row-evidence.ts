import type { Evidence } from '#engine/forecast/achievability.ts'
import { capacityEstimate, peersEstimate, pipelineEstimate } from '#engine/forecast/evidence.ts'
import { landing, type Landing } from '#engine/forecast/landing.ts'
import { sum } from '#engine/forecast/averages.ts'

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
  /** The open pipeline of today with what became of earlier ones; null where it says nothing of the metric. */
  readonly pipeline: PipelineNow | null
  /** Who leads it, where it is a unit. */
  readonly headName: string | null
}

export interface PipelineNow {
  /** Amounts of the deals that are open. */
  readonly value: number
  /** The share of deals that were won, 0–1. */
  readonly winRate: number
  readonly dealSize: number
  /** From engaged to won. */
  readonly cycleMonths: number
}

/** How the period stands beside today. */
export interface Moment {
  readonly kind: 'flow' | 'level'
  readonly share: number
  readonly season: number
  readonly wait: number
  readonly open: number
}

/** Fewer months with results are no history of one's own. */
const leastMonths = 6

export function isWithoutHistory({ months }: RowPast): boolean {
  return months.filter((value) => value !== 0).length < leastMonths
}

/** Where the row lands by its own history. */
export function landingOfRow(past: RowPast, moment: Moment): Landing | null {
  return landing({ ...moment, history: past.months, actual: past.actual, current: past.current })
}

/** What speaks for and against a target. Peers are landings of rows like it, by head; they speak where it has no past. */
export function evidenceOf(past: RowPast, moment: Moment, peersPerHead: readonly number[]): readonly Evidence[] {
  const own = landingOfRow(past, moment)
  const history: Evidence[] = own ? [{ kind: 'history', mean: own.mean, deviation: own.deviation }] : []
  if (moment.open === 0 || moment.kind === 'level') return history
  if (isWithoutHistory(past)) {
    const heads = Math.max(1, past.headsAhead.at(-1) ?? 1)
    const peers = peersEstimate(peersPerHead, heads)
    return [...(own && own.mean !== 0 ? history : []), ...(peers ? [{ kind: 'peers', ...peers } as const] : [])]
  }
  return [...history, ...capacityOf(past, moment), ...(own ? pipelineOf(past, moment, own) : [])]
}

/** One person's capacity is that person's history. */
function capacityOf({ months, heads, headsAhead, actual }: RowPast, { share, wait, season }: Moment): Evidence[] {
  if (Math.max(...heads, 0) < 2) return []
  const past = months.map((value, at) => ({ value, heads: heads[at] ?? 0 })).slice(-2 * season)
  const [first = 0, ...rest] = headsAhead
  const found = capacityEstimate({ past, heads: [wait > 0 ? first : first * (1 - share), ...rest], actual })
  return found ? [{ kind: 'capacity', ...found }] : []
}

/**
 * Deals of today end within a sales cycle, evenly; later ones are not known yet and come as forecast. From the ledger
 * alone: V/a deals of the mean size a, each won with the same chance.
 */
function pipelineOf({ actual, pipeline }: RowPast, { wait, open, share }: Moment, own: Landing): Evidence[] {
  if (!pipeline || wait > 0 || pipeline.value <= 0 || pipeline.dealSize <= 0 || !own.forecast) return []
  const { value, winRate, dealSize, cycleMonths } = pipeline
  const left = open - share
  const inside = Math.min(1, left / Math.max(1, cycleMonths))
  const count = Math.max(1, Math.round((value * inside) / dealSize))
  const deals = Array.from({ length: count }, () => ({ amount: (value * inside) / count, chance: winRate }))
  const later = Math.max(0, left - cycleMonths)
  const part = left > 0 ? later / left : 0
  const points = own.forecast.points
  const unseen = { mean: sum(points) * part, deviation: own.deviation * Math.sqrt(part) }
  return [{ kind: 'pipeline', ...pipelineEstimate({ actual, deals, unseen }) }]
}
