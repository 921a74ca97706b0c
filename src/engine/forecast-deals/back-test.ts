import { addDays, type Day } from '#engine/calendar/day.ts'
import { forecastDeals, type ForecastQuestion } from './forecast.ts'

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

type TestQuestion = Omit<ForecastQuestion, 'period' | 'on' | 'closed'>

interface NamedPeriod {
  readonly key: string
  readonly from: Day
  readonly to: Day
}

/** What the forecast would have said on the eve of past periods, from the deals as they stood then, and what came. */
export function backTest(question: TestQuestion, periods: readonly NamedPeriod[]): BackTest {
  return judged(periods.map((period) => testPeriod(question, period)))
}

/** The same of one period. */
export function testPeriod(question: TestQuestion, { key, from, to }: NamedPeriod): TestedPeriod {
  const { stories, owners } = question
  const { expected, low, high } = forecastDeals({ ...question, period: { from, to }, on: addDays(from, -1), runs: 500 })
  const actual = stories.reduce((sum, { won, closedOn, wonAmount, owner }) => {
    const isAsked = owners === undefined || (owner !== null && owners.has(owner))
    return won && isAsked && closedOn !== null && closedOn >= from && closedOn < to ? sum + wonAmount : sum
  }, 0)
  return { key, expected, low, high, actual, isInside: low <= actual && actual <= high }
}

/** How often the intervals held, and how far the middle lay off. */
export function judged(periods: readonly TestedPeriod[]): BackTest {
  const { bias, mape } = errorsOf(periods.map(({ expected, actual }) => ({ said: expected, actual })))
  const coverage = periods.length === 0 ? null : periods.filter(({ isInside }) => isInside).length / periods.length
  return { periods, coverage, mape, bias }
}

/**
 * How far what was said lay from what came: MAPE = mean of |said − actual| ÷ actual over cases with actual > 0;
 * bias = (Σ said − Σ actual) ÷ Σ actual, above zero where too much was promised. Null where nothing came.
 */
export function errorsOf(cases: readonly { readonly said: number; readonly actual: number }[]): {
  readonly bias: number | null
  readonly mape: number | null
  readonly cases: number
} {
  const some = cases.filter(({ actual }) => actual > 0)
  const all = some.reduce((sum, { actual }) => sum + actual, 0)
  if (some.length === 0) return { bias: null, mape: null, cases: 0 }
  return {
    bias: (some.reduce((sum, { said }) => sum + said, 0) - all) / all,
    mape: some.reduce((sum, { said, actual }) => sum + Math.abs(said - actual) / actual, 0) / some.length,
    cases: some.length,
  }
}
