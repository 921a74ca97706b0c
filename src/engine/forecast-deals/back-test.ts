import { addDays, type Day } from '#engine/calendar/day.ts'
import type { DealStory } from './deal.ts'
import { doubtOf, type Tried } from './doubt.ts'
import { learn, type Stated } from './experience.ts'
import { horizonOf, landedWith, restOf, toldByStories, type ForecastQuestion, type Rest } from './forecast.ts'

export interface TestedPeriod {
  readonly key: string
  readonly expected: number
  readonly low: number
  readonly high: number
  readonly actual: number
  readonly isInside: boolean
}

export interface BackTest {
  readonly periods: readonly TestedPeriod[]
  /** Share of the periods that ended inside their interval; null without any. */
  readonly coverage: number | null
  /** Mean of |forecast − actual| ÷ actual, over periods with results. */
  readonly mape: number | null
  /** (Sum of forecasts − sum of results) ÷ sum of results. */
  readonly bias: number | null
}

/** A past period as it stood on a day, with what was known of it then and what came. */
export interface Trial extends ForecastQuestion {
  readonly key: string
  /** What the whole period brought. */
  readonly actual: number
}

export interface Judged extends Tried {
  readonly tested: TestedPeriod
  readonly to: Day
}

/**
 * What the forecast would have said of a past period, from the deals as they stood on its day and from the trials that
 * were over by then, and what came.
 */
export function tryPeriod(trial: Trial, before: readonly Judged[]): Judged {
  return tryRest({ ...trial, rest: restOf(trial) }, before)
}

/** The same, from what the rest of the period was expected to bring. */
export function tryRest(
  { key, period, on, actual, rest }: Pick<Trial, 'key' | 'period' | 'on' | 'actual'> & { readonly rest: Rest },
  before: readonly Judged[],
): Judged {
  const { expected, low, high } = landedWith(rest, doubtOf(overBy(before, on), rest.open + rest.unseen))
  const tested = { key, expected, low, high, actual, isInside: low <= actual && actual <= high }
  return {
    said: rest.open + rest.unseen,
    came: Math.max(0, actual - rest.closed),
    variance: logVarianceOf(rest),
    to: period.to,
    tested,
  }
}

/** Where there was nothing to say and nothing came, nothing was tried. */
export function isTried({ said, tested }: Judged): boolean {
  return said > 0 || tested.actual > 0
}

/** Trials of periods that were over at the end of a day. */
export function overBy(trials: readonly Judged[], on: Day): readonly Judged[] {
  return trials.filter(({ to }) => to <= addDays(on, 1))
}

/** Of the logarithm, for a distribution that is roughly log-normal: ln(1 + variance ÷ mean²). */
function logVarianceOf({ open, unseen, variance }: Rest): number {
  const mean = open + unseen
  return mean <= 0 ? 0 : Math.log(1 + variance / mean ** 2)
}

interface NamedPeriod {
  readonly key: string
  readonly from: Day
  readonly to: Day
}

/** Forecasts of periods on their eves, from the stories alone; periods of which nothing could be known are left out. */
export function backTest(
  { stories, stated }: { readonly stories: readonly DealStory[]; readonly stated: Stated },
  periods: readonly NamedPeriod[],
): BackTest {
  const trials: Judged[] = []
  for (const { key, from, to } of periods) {
    const on = addDays(from, -1)
    const horizon = horizonOf({ from, to }, on)
    const experience = horizon && learn(stories, on, horizon, stated)
    if (!experience?.isGrounded) continue
    const actual = stories.reduce(
      (sum, { won, closedOn, wonAmount }) =>
        won && closedOn !== null && closedOn >= from && closedOn < to ? sum + wonAmount : sum,
      0,
    )
    const told = toldByStories({ stories, experience, period: { from, to }, on })
    trials.push(tryPeriod({ ...told, key, actual }, trials))
  }
  return judged(trials.map(({ tested }) => tested))
}

/** How often the intervals held, and how far the middle lay off. */
export function judged(periods: readonly TestedPeriod[]): BackTest {
  const { bias, mape } = errorsOf(periods.map(({ expected, actual }) => ({ said: expected, actual })))
  const coverage = periods.length === 0 ? null : periods.filter(({ isInside }) => isInside).length / periods.length
  return { periods, coverage, mape, bias }
}

export interface Errors {
  /** (Σ said − Σ actual) ÷ Σ actual, above zero where too much was promised; null where nothing came at all. */
  readonly bias: number | null
  /** Mean of |said − actual| ÷ actual; null where no case had a result. */
  readonly mape: number | null
  readonly cases: number
  /** Cases of which something was said and nothing came: the bias counts them; MAPE, which divides by what came, cannot. */
  readonly withoutResult: number
}

/** How far what was said lay from what came, over all cases alike: what was promised and did not come counts as well. */
export function errorsOf(cases: readonly { readonly said: number; readonly actual: number }[]): Errors {
  const some = cases.filter(({ actual }) => actual > 0)
  const came = cases.reduce((sum, { actual }) => sum + actual, 0)
  const said = cases.reduce((sum, one) => sum + one.said, 0)
  const off = some.reduce((sum, one) => sum + Math.abs(one.said - one.actual) / one.actual, 0)
  return {
    bias: came > 0 ? (said - came) / came : null,
    mape: some.length > 0 ? off / some.length : null,
    cases: cases.length,
    withoutResult: cases.filter(({ said: one, actual }) => one > 0 && actual <= 0).length,
  }
}
