import type { Day } from '#engine/calendar/day.ts'
import { daysAfter, daysBetween, partOf, standsOn, type DealStory, type OpenDeal } from './deal.ts'
import { noDoubt, type Doubt } from './doubt.ts'
import type { Experience, Horizon } from './experience.ts'
import { betaDraw, gammaDraw, normalDraw, poissonDraw, randomOf, seedOf } from './random.ts'

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

export interface ForecastQuestion {
  /** Deals in which those who are asked for have a part, or a sample of them. */
  readonly stories: readonly DealStory[]
  /** How many deals each of them stands for; one unless told. */
  readonly weight?: number
  /** Whose parts are forecast; everybody's unless told. */
  readonly people?: ReadonlySet<string> | undefined
  /** `[from, to)` */
  readonly period: { readonly from: Day; readonly to: Day }
  /** What is known at the end of this day. */
  readonly on: Day
  /** Learned on that day for what is left of the period. */
  readonly experience: Experience
  /** Won in the period by `on`, and in the days before; read from the stories unless told. */
  readonly closed?: number
  readonly pace?: Pace
  /** The same seed gives the same interval. */
  readonly seed?: string
  readonly runs?: number
}

/** Days after `on` that are still in the period; undefined when none is. */
export function horizonOf({ from, to }: ForecastQuestion['period'], on: Day): Horizon | undefined {
  const until = daysBetween(on, to) - 1
  return until <= 0 ? undefined : { after: Math.max(0, daysBetween(on, from) - 1), until }
}

/** What the rest of a period may bring: what is expected, and as many cases as were drawn. */
export interface Rest {
  readonly question: ForecastQuestion
  readonly closed: number
  readonly open: number
  readonly unseen: number
  readonly deals: readonly WeighedDeal[]
  readonly growth: number
  readonly coming: Omit<Coming, 'factor'>
  /** In no order. */
  readonly drawn: readonly number[]
}

/**
 * Where a period will land: what is closed, plus of every open deal its amount × calibrated chance to be won × chance to
 * close inside the period, plus what deals bring that nobody knows yet: what was won in a day until now × the days that
 * are left × the share of such deals. The interval is simulated: chances are drawn anew in each run, for all deals of a
 * stage together, because they may be mistaken for all of them at once; and so is how far such forecasts were off before.
 */
export function forecastDeals(question: ForecastQuestion, doubt: Doubt = noDoubt): DealForecast {
  return landedWith(restOf(question), doubt)
}

/** The same before anything is known of how such forecasts did. */
export function restOf(question: ForecastQuestion): Rest {
  const { period, on, people, stories, experience, weight = 1 } = question
  const closed = question.closed ?? weight * wonIn(question, period.from, period.to)
  const horizon = horizonOf(period, on)
  const nothing = { perDay: 0, days: 0, share: 0 }
  if (!horizon) return { question, closed, open: 0, unseen: 0, deals: [], drawn: [], growth: 1, coming: nothing }
  const open = stories.flatMap((story): readonly OpenDeal[] => {
    const deal = standsOn(story, on)
    const part = deal ? partOf(story, people) : 0
    return deal && part > 0 ? [{ ...deal, amount: deal.amount * part }] : []
  })
  const growth = meanOf(experience.growth, 1)
  const deals = open.map((deal): WeighedDeal => {
    const [win, inside] = [experience.winAt(deal).mean, experience.insideAt(deal).mean]
    return { id: deal.id, amount: deal.amount, win, inside, expected: deal.amount * win * inside * growth }
  })
  const pace = question.pace ?? paceOf(question)
  const days = horizon.until - horizon.after
  const unseen = pace.perDay * days * experience.unseen.share
  return {
    question,
    closed,
    open: weight * deals.reduce((sum, { expected }) => sum + expected, 0),
    unseen,
    deals,
    growth,
    coming: { perDay: pace.perDay, days, share: experience.unseen.share },
    drawn: drawnCases(question, open, { unseen, pace, days }),
  }
}

/** The forecast, as far as it can be trusted. */
export function landedWith(
  { question, closed, open, unseen, deals, growth, coming, drawn }: Rest,
  { factor, deviation }: Doubt,
): DealForecast {
  const [newOpen, newUnseen] = [open * factor, unseen * factor]
  const expected = closed + newOpen + newUnseen
  const random = randomOf(seedFor(question, 'doubt'))
  const cases = drawn
    .map((rest) => rest * factor * Math.exp(deviation * normalDraw(random) - (deviation * deviation) / 2))
    .sort((one, other) => one - other)
  return {
    closed,
    open: newOpen,
    unseen: newUnseen,
    expected,
    // Where a few large deals decide, the mean may lie where hardly any case does: the interval reaches it all the same.
    low: Math.min(expected, closed + (cases[Math.floor(cases.length * 0.1)] ?? 0)),
    high: Math.max(expected, closed + (cases[Math.ceil(cases.length * 0.9) - 1] ?? 0)),
    deals: deals.map((deal) => ({ ...deal, expected: deal.expected * factor })),
    adjustment: growth * factor,
    coming: { ...coming, factor },
  }
}

const seedFor = ({ seed, period, on }: ForecastQuestion, what: string) =>
  seedOf(`${seed ?? ''} ${period.from} ${period.to} ${on} ${what}`)

/** Won by those who are asked for in `[from, to)`, as far as it is known. */
function wonIn({ stories, people, on }: ForecastQuestion, from: Day, to: Day): number {
  return stories.reduce((sum, story) => {
    const { won, closedOn, wonAmount } = story
    const counts = won && closedOn !== null && closedOn >= from && closedOn < to && closedOn <= on
    return counts ? sum + wonAmount * partOf(story, people) : sum
  }, 0)
}

/** The year until `on`, or as much of it as the stories tell. */
function paceOf(question: ForecastQuestion): Pace {
  const { stories, on, weight = 1 } = question
  const first = stories.reduce((day, { from }) => (from < day ? from : day), on)
  const begin = daysAfter(on, -365) > first ? daysAfter(on, -365) : first
  const days = Math.max(1, daysBetween(begin, on))
  return { perDay: (weight * wonIn(question, daysAfter(begin, 1), daysAfter(on, 1))) / days, days }
}

interface Unknown {
  readonly unseen: number
  readonly pace: Pace
  readonly days: number
}

/** What open and unseen deals bring in so many runs. */
function drawnCases(
  question: ForecastQuestion,
  open: readonly OpenDeal[],
  { unseen, pace, days }: Unknown,
): readonly number[] {
  const { experience, weight = 1 } = question
  const random = randomOf(seedFor(question, 'deals'))
  const runs = question.runs ?? (open.length > 300 ? 600 : 2000)
  const weighed = open.map((deal) => {
    return { deal, win: experience.winAt(deal), inside: experience.insideAt(deal), stage: deal.stage ?? '' }
  })
  const { meanAmount, deals: samples } = experience.unseen
  const count = meanAmount > 0 ? unseen / meanAmount : 0
  // As many such deals were won in the days that the pace was taken from.
  const seen = count * (pace.days / days)
  const growth = () => experience.growth[Math.floor(random() * experience.growth.length)] ?? 1
  return Array.from({ length: runs }, () => {
    const draws = new Map<string, number>()
    // One quantile for all deals of a stage: their chances err together.
    const drawn = (key: string, rate: { readonly mean: number; readonly weight: number }) => {
      const known = draws.get(key)
      if (known !== undefined) return known * rate.mean
      const share = Math.min(0.999, Math.max(0.001, rate.mean))
      const ratio = betaDraw(random, share * rate.weight, (1 - share) * rate.weight) / share
      draws.set(key, ratio)
      return ratio * rate.mean
    }
    let sum = 0
    for (const { deal, win, inside, stage } of weighed) {
      const chance = Math.min(1, drawn(`win ${stage}`, win)) * Math.min(1, drawn(inside.cell, inside))
      if (random() < chance) sum += weight * deal.amount * growth()
    }
    const coming = seen > 0 ? poissonDraw(random, (count * gammaDraw(random, seen + 0.5)) / seen) : 0
    for (let at = 0; at < coming; at += 1) sum += drawnAmount(random, samples, meanAmount)
    return sum
  })
}

/** The amount of one of the deals, each as likely as it is to be unknown. */
function drawnAmount(random: () => number, deals: Experience['unseen']['deals'], instead: number): number {
  for (let tries = 0; tries < 200; tries += 1) {
    const deal = deals[Math.floor(random() * deals.length)]
    if (deal && random() < deal.chance) return deal.amount
  }
  return instead
}

function meanOf(values: readonly number[], instead: number): number {
  return values.length === 0 ? instead : values.reduce((sum, value) => sum + value, 0) / values.length
}
