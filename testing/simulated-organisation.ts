import { chanceOf as seeded, type Chance } from '#app/demo/chance.ts'
import { achievabilityOf, type Achievability, type Evidence } from '#engine/forecast/achievability.ts'
import { addDays, type Day } from '#engine/calendar/day.ts'
import { yieldEstimate } from '#engine/forecast/evidence.ts'
import { landing } from '#engine/forecast/landing.ts'
import { tryPeriod, type Judged as Trial } from '#engine/forecast-deals/back-test.ts'
import type { DealStory } from '#engine/forecast-deals/deal.ts'
import { doubtOf } from '#engine/forecast-deals/doubt.ts'
import { learn } from '#engine/forecast-deals/experience.ts'
import { horizonOf, landedWith, restOf, toldByStories } from '#engine/forecast-deals/forecast.ts'

/** A deal that somebody decides on: won or lost in its month, known so many months before. */
interface Deal {
  readonly month: number
  readonly amount: number
  readonly isWon: boolean
  readonly knownFor: number
}

/** A unit as chance made it: what its people won month by month, and what was in its pipeline. */
interface SimulatedUnit {
  readonly stories: readonly DealStory[]
  readonly won: readonly number[]
  /** Full heads of each month, newcomers by their ramp. */
  readonly heads: readonly number[]
}

/** A target period of a unit, judged when it began, and what came of it. */
export interface Judged {
  readonly found: Achievability
  readonly target: number
  readonly actual: number
}

const longestCycle = 4
/** So many periods before tell how deals are to be taken. */
const triedPeriods = 4

/** The same seed makes the same organisation. Units differ in size, season, trend, luck and how far their past goes. */
export function judgeOrganisation(seed: string, units: number): readonly Judged[] {
  return Array.from({ length: units }, (_, at) => judgeUnit(seeded(`${seed}/${at}`))).flatMap((judged) => judged ?? [])
}

function judgeUnit(chance: Chance): Judged | null {
  const past = chance.whole(15, 60)
  const months = chance.pick([1, 3, 3, 6, 12])
  const unit = simulate(chance, past + months)
  const history = unit.won.slice(0, past)
  const ahead = landing({ history, actual: 0, current: 0, share: 0, open: months })
  if (!ahead) return null
  const actual = total(unit.won.slice(past))
  const evidence = evidenceOf(unit, { past, months, history: ahead })
  const target = ahead.mean * (0.5 + chance.next())
  const found = achievabilityOf({ target, better: 'higher', evidence, least: 0 })
  return found && { found, target, actual }
}

type Seen = {
  readonly past: number
  readonly months: number
  readonly history: NonNullable<ReturnType<typeof landing>>
}

function evidenceOf({ stories, won, heads }: SimulatedUnit, { past, months, history }: Seen): readonly Evidence[] {
  const own: Evidence = { kind: 'history', mean: history.mean, deviation: history.deviation }
  const staffed = won.slice(0, past).map((value, at) => ({ value, base: heads[at] ?? 0 }))
  const capacity = yieldEstimate({ past: staffed.slice(-24), ahead: heads.slice(past, past + months), actual: 0 })
  const piped = dealsEstimate(stories, past, months)
  return [
    own,
    ...(capacity ? [{ kind: 'capacity', ...capacity } as const] : []),
    ...(piped ? [{ kind: 'pipeline', ...piped } as const] : []),
  ]
}

const begin = '2015-01-01'
const daysOfMonth = 30
const dayOf = (month: number): Day => addDays(begin, month * daysOfMonth)
/** What the company believes of its open deals, percent. */
const stated = new Map([['open', 30]])

/** By deals, as it would have been told as the period begins, corrected by how it did in periods before. */
function dealsEstimate(stories: readonly DealStory[], past: number, months: number) {
  const told = (at: number) => {
    const period = { from: dayOf(at), to: dayOf(at + months) }
    const on = addDays(period.from, -1)
    const horizon = horizonOf(period, on)
    const experience = horizon && learn(stories, on, horizon, stated)
    return experience?.isGrounded ? toldByStories({ stories, period, on, experience }) : undefined
  }
  const trials: Trial[] = []
  for (let at = Math.max(months, past - triedPeriods * months); at <= past - months; at += months) {
    const question = told(at)
    const [from, to] = [dayOf(at), dayOf(at + months)]
    const actual = stories.reduce(
      (sum, { closedOn, wonAmount }) =>
        closedOn !== null && closedOn >= from && closedOn < to ? sum + wonAmount : sum,
      0,
    )
    if (question) trials.push(tryPeriod({ ...question, key: String(at), actual }, trials))
  }
  const question = told(past)
  if (!question) return null
  const rest = restOf(question)
  const { expected: mean, deviation } = landedWith(rest, doubtOf(trials, rest.open + rest.unseen))
  return deviation > 0 ? { mean, deviation } : null
}

function simulate(chance: Chance, months: number): SimulatedUnit {
  const each = chance.skewed(40, 0.5)
  const swing = chance.next() * 0.4
  const season = Array.from({ length: 12 }, () => 1 + swing * (2 * chance.next() - 1))
  const growth = 1 + chance.normal() * 0.006
  const busy = 0.6 + chance.next() * 2
  let market = 1
  let staff = chance.whole(3, 25)
  let ramped: number = staff
  const deals: Deal[] = []
  const heads: number[] = []
  for (let month = 0; month < months; month += 1) {
    market *= growth * (1 + chance.normal() * 0.02)
    if (chance.happens(0.15)) staff = Math.max(2, staff + chance.whole(-1, 2))
    ramped = Math.min(staff, ramped + Math.max(0, staff - ramped) * 0.35)
    heads.push(ramped)
    const expected = ramped * busy * market * (season[month % 12] ?? 1)
    const count = Math.max(0, Math.round(expected + Math.sqrt(expected) * chance.normal()))
    for (let at = 0; at < count; at += 1) deals.push(decide(chance, month, each))
  }
  const won = heads.map((_, month) => sumOf(deals.filter((deal) => deal.isWon && deal.month === month)))
  return { stories: deals.map((deal, at) => storyOf(chance, deal, String(at))), won, heads }
}

function decide(chance: Chance, month: number, each: number): Deal {
  const likely = 0.1 + chance.next() * 0.6
  const amount = chance.skewed(each, 0.7)
  return { month, amount, isWon: chance.happens(likely), knownFor: chance.whole(0, longestCycle) }
}

/** It was expected about when it was decided. */
function storyOf(chance: Chance, { month, amount, isWon, knownFor }: Deal, id: string): DealStory {
  const from = addDays(dayOf(month - knownFor), chance.whole(0, daysOfMonth / 2 - 1))
  const closedOn = addDays(dayOf(month), chance.whole(daysOfMonth / 2, daysOfMonth - 1))
  const expectedOn = addDays(closedOn, Math.round(20 * chance.normal()))
  const standings = [{ from, stage: 'open', amount, expectedOn }]
  return { id, shares: [], from, standings, closedOn, won: isWon, wonAmount: isWon ? amount : 0 }
}

function sumOf(deals: readonly Deal[]): number {
  return total(deals.map((deal) => deal.amount))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
