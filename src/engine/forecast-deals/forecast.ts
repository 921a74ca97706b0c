import type { Day } from '#engine/calendar/day.ts'
import { widthOf } from '#engine/forecast/normal.ts'
import { daysAfter, daysBetween, openOn, partOf, type DealStory, type OpenDeal } from './deal.ts'
import type { Doubt } from './doubt.ts'
import type { Experience, Horizon } from './experience.ts'
import { addDeal, broughtBy, noSums, weigh, type Brought } from './open-sums.ts'

/** An open deal as the forecast counts it; amounts are the part of those who are asked for. */
export interface WeighedDeal {
  readonly id: string
  readonly amount: number
  /** Chance to be won ever, and to close inside the period if it is won. */
  readonly win: number
  readonly inside: number
  readonly expected: number
}

/** Amounts in the base currency; statistics, so floats. */
export interface DealForecast {
  readonly closed: number
  readonly open: number
  readonly unseen: number
  /** Closed, open and unseen together. */
  readonly expected: number
  /** Standard deviation of what the period ends with. */
  readonly deviation: number
  /** Between them the period ends in eight of ten cases. */
  readonly low: number
  readonly high: number
  readonly deals: readonly WeighedDeal[]
  /** What amounts are won for beside what they were thought to be worth × how far such forecasts were off before. */
  readonly adjustment: number
  /** What unseen deals were reckoned from. */
  readonly coming: Coming
}

/** What was won in a day so far × the days that are left × the share that nobody knew before. */
export interface Coming {
  readonly perDay: number
  readonly days: number
  readonly share: number
  /** What such a forecast is to be multiplied by, as it did before. */
  readonly factor: number
}

/** What was won in a day, on the average of so many days. */
export interface Pace {
  readonly perDay: number
  readonly days: number
}

/** `[from, to)` */
type Days = Readonly<Record<'from' | 'to', Day>>

export interface ForecastQuestion {
  /** The deals that are open at the end of the day, or a sample of them; amounts are the part that counts. */
  readonly open: readonly OpenDeal[]
  /** How many deals each of them stands for; one unless told. */
  readonly weight?: number
  readonly period: Days
  /** What is known at the end of this day. */
  readonly on: Day
  /** Learned on that day for what is left of the period. */
  readonly experience: Experience
  /** Won in the period by `on`, and in the days before. */
  readonly closed: number
  readonly pace: Pace
}

/** Days after `on` that are still in the period; undefined when none is. */
export function horizonOf({ from, to }: Days, on: Day): Horizon | undefined {
  const until = daysBetween(on, to) - 1
  return until <= 0 ? undefined : { after: Math.max(0, daysBetween(on, from) - 1), until }
}

/** What the rest of a period may bring, before anything is known of how such forecasts did. */
export interface Rest {
  readonly closed: number
  readonly open: number
  readonly unseen: number
  /** Of open and unseen together. */
  readonly variance: number
  readonly deals: readonly WeighedDeal[]
  readonly growth: number
  readonly coming: Omit<Coming, 'factor'>
}

/**
 * Where a period will land, before it is corrected by how such forecasts did: what is closed, plus of every open deal its
 * amount × calibrated chance to be won × chance to close inside the period, plus what deals bring that nobody knows yet:
 * what was won in a day until now × the days that are left × the share of such deals.
 */
export function restOf({ open: found, weight = 1, ...told }: ForecastQuestion): Rest {
  if (!horizonOf(told.period, told.on)) return restWith(told, { expected: 0, variance: 0 })
  const sums = noSums()
  const deals = found.map((deal): WeighedDeal => {
    const weighed = weigh(deal, told.experience)
    addDeal(sums, weighed)
    return { id: deal.id, amount: deal.amount, win: weighed.win, inside: weighed.inside, expected: weighed.expected }
  })
  return { ...restWith(told, broughtBy(sums, weight)), deals }
}

/** The same from sums over open deals, where they are too many to be held one by one. */
export function restWith(
  { period, on, experience, closed, pace }: Omit<ForecastQuestion, 'open' | 'weight'>,
  open: Brought,
): Rest {
  const horizon = horizonOf(period, on)
  const nothing = { perDay: 0, days: 0, share: 0 }
  if (!horizon) return { closed, open: 0, unseen: 0, variance: 0, deals: [], growth: 1, coming: nothing }
  const days = horizon.until - horizon.after
  const unseen = pace.perDay * days * experience.unseen.share
  return {
    closed,
    open: open.expected,
    unseen,
    variance: open.variance + varianceOfUnseen(unseen, pace, days, experience),
    deals: [],
    growth: experience.growth.mean,
    coming: { perDay: pace.perDay, days, share: experience.unseen.share },
  }
}

/** A Poisson number of deals of differing amounts; how many are usual is known from those of the days before, √(n + ½)/n. */
function varianceOfUnseen(
  unseen: number,
  pace: Pace,
  days: number,
  { unseen: { meanAmount, meanSquare } }: Experience,
) {
  if (unseen <= 0 || meanAmount <= 0) return 0
  const count = unseen / meanAmount
  const seen = count * (pace.days / days)
  return count * meanSquare + (unseen * unseen * (seen + 0.5)) / (seen * seen)
}

/** The forecast, as far as it can be trusted: E[(f·X)²] for a factor with a deviation of its logarithm. */
export function landedWith(rest: Rest, { factor, deviation: doubted }: Doubt): DealForecast {
  const { closed, deals, growth, coming, variance } = rest
  const [open, unseen] = [rest.open * factor, rest.unseen * factor]
  const toCome = open + unseen
  const square = (variance * factor * factor + toCome * toCome) * Math.exp(doubted * doubted)
  const deviation = Math.sqrt(Math.max(0, square - toCome * toCome))
  const width = widthOf(0.8) * deviation
  return {
    closed,
    open,
    unseen,
    expected: closed + toCome,
    deviation,
    low: closed + Math.max(0, toCome - width),
    high: closed + toCome + width,
    deals: deals.map((deal) => ({ ...deal, expected: deal.expected * factor })),
    adjustment: growth * factor,
    coming: { ...coming, factor },
  }
}

interface Told {
  readonly stories: readonly DealStory[]
  /** Whose parts are forecast; everybody's unless told. */
  readonly people?: ReadonlySet<string>
  readonly period: Days
  readonly on: Day
  readonly experience: Experience
}

/** What a forecast asks, where the stories of all deals tell what was won as well. */
export function toldByStories({ stories, people, period, on, experience }: Told): ForecastQuestion {
  const wonIn = ({ from, to }: Days) =>
    stories.reduce((sum, story) => {
      const { won, closedOn, wonAmount } = story
      const counts = won && closedOn !== null && closedOn >= from && closedOn < to && closedOn <= on
      return counts ? sum + wonAmount * partOf(story, people) : sum
    }, 0)
  const first = stories.reduce((day, { from }) => (from < day ? from : day), on)
  // The year until `on`, or as much of it as the stories tell.
  const begin = daysAfter(on, -365) > first ? daysAfter(on, -365) : first
  const days = Math.max(1, daysBetween(begin, on))
  return {
    open: openOn(stories, on, people),
    period,
    on,
    experience,
    closed: wonIn(period),
    pace: { perDay: wonIn({ from: daysAfter(begin, 1), to: daysAfter(on, 1) }) / days, days },
  }
}
