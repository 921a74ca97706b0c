import { addDays, today as dayIn, type Day } from '#engine/calendar/day.ts'
import { errorsOf } from '#engine/forecast-deals/back-test.ts'
import type { MarkKey } from './contract.ts'

/** What somebody said of a period that is over, as landings: closed then + commit, and + best case. */
export interface SaidOnce {
  /** The entry that said it. */
  readonly entry: string
  readonly at: Date
  readonly commit: number
  readonly bestCase: number
}

/** What was said is taken back. */
export interface TakenBack {
  readonly at: Date
  readonly isTakenBack: true
}

export interface PastPeriod {
  readonly from: Day
  readonly to: Day
  /** What closed. */
  readonly closed: number
  /** The oldest first. */
  readonly said: readonly (SaidOnce | TakenBack)[]
}

/**
 * The day up to whose end something must have been said to stand at a mark. The begin is the end of the first seven days:
 * people submit in them. The others are so many days before the end of the period.
 */
export function markDay(mark: MarkKey, { from, to }: Pick<PastPeriod, 'from' | 'to'>): Day {
  if (mark === 'begin') return addDays(from, 6)
  return addDays(to, mark === 't90' ? -90 : mark === 't30' ? -30 : -7)
}

/** The last word by a mark; undefined where nothing had been said, or it had been taken back by then. */
export function lastWord(period: PastPeriod, mark: MarkKey, zone: string): SaidOnce | undefined {
  const day = markDay(mark, period)
  const last = period.said.findLast(({ at }) => dayIn(zone, at) <= day)
  return last && 'isTakenBack' in last ? undefined : last
}

/** What stood at every mark. */
export function wordsOf(period: PastPeriod, zone: string): Readonly<Record<MarkKey, SaidOnce | undefined>> {
  return atMarks((mark) => lastWord(period, mark, zone))
}

/** Bias and MAPE of a submitter's commit and best case at every mark, over the periods in which something was said by then. */
export function accuracyOf(periods: readonly PastPeriod[], zone: string) {
  return atMarks((mark) => {
    const cases = periods.flatMap((period) => {
      const word = lastWord(period, mark, zone)
      return word ? [{ word, actual: period.closed }] : []
    })
    return {
      commit: errorsOf(cases.map(({ word, actual }) => ({ said: word.commit, actual }))),
      bestCase: errorsOf(cases.map(({ word, actual }) => ({ said: word.bestCase, actual }))),
    }
  })
}

function atMarks<Found>(at: (mark: MarkKey) => Found): Record<MarkKey, Found> {
  return { begin: at('begin'), t90: at('t90'), t30: at('t30'), t7: at('t7') }
}
