import type { Day } from '#engine/calendar/day.ts'
import { daysBetween, standsOn, type DealStory, type OpenDeal } from './deal.ts'
import { learn, type Experience, type Horizon, type Stated } from './experience.ts'
import { betaDraw, gammaDraw, poissonDraw, randomOf, seedOf } from './random.ts'

/** An open deal as the forecast counts it. */
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
  readonly experience: Experience
}

export interface ForecastQuestion {
  /** Every deal of the company: what is learned is learned from all. */
  readonly stories: readonly DealStory[]
  /** Whose deals are forecast; everybody's unless told. */
  readonly owners?: ReadonlySet<string>
  /** `[from, to)` */
  readonly period: { readonly from: Day; readonly to: Day }
  /** What is known at the end of this day. */
  readonly on: Day
  readonly stated: Stated
  /** Won in the period by `on`; added up from the stories unless told. */
  readonly closed?: number
  /** The same seed gives the same interval. */
  readonly seed?: string
  readonly runs?: number
}

/** Days after `on` that are still in the period; undefined when none is. */
export function horizonOf({ from, to }: ForecastQuestion['period'], on: Day): Horizon | undefined {
  const until = daysBetween(on, to) - 1
  return until <= 0 ? undefined : { after: Math.max(0, daysBetween(on, from) - 1), until }
}

/**
 * Where a period will land: what is closed, plus of every open deal its amount × calibrated chance to be won × chance to
 * close inside the period, plus what deals bring that nobody knows yet. The interval is simulated: chances are drawn anew
 * in each run, for all deals of a stage together, because they may be mistaken for all of them at once.
 */
export function forecastDeals(question: ForecastQuestion): DealForecast {
  const { period, on, stated, owners } = question
  const isAsked = (owner: string | null) => owners === undefined || (owner !== null && owners.has(owner))
  const stories = question.stories.map((story) => asKnownOn(story, on)).filter((story) => story !== undefined)
  const closed = question.closed ?? closedBy(stories, period, on, isAsked)
  const horizon = horizonOf(period, on)
  const experience = learn(stories, on, horizon ?? { after: 0, until: 1 }, stated)
  if (!horizon) {
    return { closed, open: 0, unseen: 0, expected: closed, low: closed, high: closed, deals: [], experience }
  }
  const open = stories.flatMap((story) => (isAsked(story.owner) ? (standsOn(story, on) ?? []) : []))
  const growth = meanOf(experience.growth, 1)
  const deals = open.map((deal): WeighedDeal => {
    const [win, inside] = [experience.winAt(deal).mean, experience.insideAt(deal).mean]
    return { id: deal.id, amount: deal.amount, win, inside, expected: deal.amount * win * inside * growth }
  })
  const windows = experience.unseen.map((window) => window.filter(({ owner }) => isAsked(owner)))
  const unseen = meanOf(
    windows.map((window) => window.reduce((sum, { amount }) => sum + amount, 0)),
    0,
  )
  const opened = deals.reduce((sum, { expected }) => sum + expected, 0)
  const [low, high] = eightOfTen(open, experience, windows, {
    seed: seedOf(`${question.seed ?? ''} ${period.from} ${period.to} ${on}`),
    runs: question.runs ?? (open.length > 300 ? 600 : 2000),
  })
  return {
    closed,
    open: opened,
    unseen,
    expected: closed + opened + unseen,
    low: closed + low,
    high: closed + high,
    deals,
    experience,
  }
}

/** The story without anything that came after the day. */
export function asKnownOn(story: DealStory, day: Day): DealStory | undefined {
  if (story.from > day) return undefined
  if (story.closedOn !== null && story.closedOn <= day) return story
  return {
    ...story,
    standings: story.standings.filter(({ from }) => from <= day),
    closedOn: null,
    won: false,
    wonAmount: 0,
  }
}

function closedBy(
  stories: readonly DealStory[],
  { from, to }: ForecastQuestion['period'],
  on: Day,
  isAsked: (owner: string | null) => boolean,
): number {
  return stories.reduce((sum, { won, closedOn, wonAmount, owner }) => {
    const counts = won && closedOn !== null && closedOn >= from && closedOn < to && closedOn <= on && isAsked(owner)
    return counts ? sum + wonAmount : sum
  }, 0)
}

/** The 10th and the 90th of a hundred of what open and unseen deals bring. */
function eightOfTen(
  open: readonly OpenDeal[],
  experience: Experience,
  windows: Experience['unseen'],
  { seed, runs }: { readonly seed: number; readonly runs: number },
): readonly [low: number, high: number] {
  const random = randomOf(seed)
  const weighed = open.map((deal) => {
    return { deal, win: experience.winAt(deal), inside: experience.insideAt(deal), stage: deal.stage ?? '' }
  })
  const amounts = windows.flat().map(({ amount }) => amount)
  const pick = (from: readonly number[], instead: number) => from[Math.floor(random() * from.length)] ?? instead
  const totals = Array.from({ length: runs }, () => {
    const draws = new Map<string, number>()
    // One quantile for all deals of a stage: their chances err together.
    const drawn = (key: string, { mean, weight }: { readonly mean: number; readonly weight: number }) => {
      const known = draws.get(key)
      if (known !== undefined) return known * mean
      const share = Math.min(0.999, Math.max(0.001, mean))
      const ratio = betaDraw(random, share * weight, (1 - share) * weight) / share
      draws.set(key, ratio)
      return ratio * mean
    }
    let sum = 0
    for (const { deal, win, inside, stage } of weighed) {
      const chance = Math.min(1, drawn(`win ${stage}`, win)) * Math.min(1, drawn(inside.cell, inside))
      if (random() < chance) sum += deal.amount * pick(experience.growth, 1)
    }
    if (amounts.length > 0) {
      const perWindow = drawnCount(
        random,
        windows.map((window) => window.length),
      )
      for (let at = 0; at < perWindow; at += 1) sum += pick(amounts, 0)
    }
    return sum
  }).sort((one, other) => one - other)
  return [totals[Math.floor(runs * 0.1)] ?? 0, totals[Math.ceil(runs * 0.9) - 1] ?? 0]
}

/** How many a window brings: Poisson about a rate that is itself uncertain, and varies as the windows did. */
function drawnCount(random: () => number, counts: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0)
  const mean = all / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, counts.length - 1)
  const rate = gammaDraw(random, all + 0.5) / counts.length
  if (variance <= mean || mean === 0) return poissonDraw(random, rate)
  const shape = mean ** 2 / (variance - mean)
  return poissonDraw(random, (rate * gammaDraw(random, shape)) / shape)
}

function meanOf(values: readonly number[], instead: number): number {
  return values.length === 0 ? instead : values.reduce((sum, value) => sum + value, 0) / values.length
}
