import type { Evidence } from '#engine/forecast/achievability.ts'
import { peersEstimate, yieldEstimate } from '#engine/forecast/evidence.ts'
import { landing, type Landing } from '#engine/forecast/landing.ts'

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
  return [...history, ...capacityOf(past, moment), ...pipelineOf(past, moment)]
}

/** One person's capacity is that person's history. */
function capacityOf({ months, heads, headsAhead, actual }: RowPast, { share, wait, season }: Moment): Evidence[] {
  if (Math.max(...heads, 0) < 2) return []
  const past = months.map((value, at) => ({ value, base: heads[at] ?? 0 })).slice(-2 * season)
  const [first = 0, ...rest] = headsAhead
  const found = yieldEstimate({ past, ahead: [wait > 0 ? first : first * (1 - share), ...rest], actual })
  return found ? [{ kind: 'capacity', ...found }] : []
}

/** What an open amount brought in a month, times what is open now: the pipeline is taken to be refilled as it was. */
function pipelineOf({ months, actual, pipeline }: RowPast, { wait, open, share }: Moment): Evidence[] {
  if (!pipeline || wait > 0 || pipeline.now <= 0) return []
  const { before, now } = pipeline
  const past = months.slice(-before.length).map((value, at) => ({ value, base: before[at] ?? 0 }))
  const ahead = Array.from({ length: open }, (_, at) => (at === 0 ? now * (1 - share) : now))
  const found = yieldEstimate({ past, ahead, actual })
  return found ? [{ kind: 'pipeline', ...found }] : []
}
