import type { Day } from '#engine/calendar/day.ts'

/** From a day on a deal stood in a stage, was worth so much and was expected on a day; null: not known. */
export interface Standing {
  readonly from: Day
  readonly stage: string | null
  /** In the base currency. A statistic is made of it: a float will do. */
  readonly amount: number | null
  readonly expectedOn: Day | null
}

/** What of a deal counts for a person, 0–1; the shares of a deal add up to one. */
export interface Share {
  readonly person: string
  readonly share: number
}

/** A deal with all that is known of its past. */
export interface DealStory {
  readonly id: string
  readonly shares: readonly Share[]
  /** The first day on which it was known. */
  readonly from: Day
  /** In the order of their days, the first on `from`. */
  readonly standings: readonly Standing[]
  readonly closedOn: Day | null
  readonly won: boolean
  /** What it was won for. */
  readonly wonAmount: number
}

/** A deal as it was known on a day: nothing of what came later is in it. */
export interface OpenDeal {
  readonly id: string
  readonly stage: string | null
  readonly amount: number
  readonly ageDays: number
  /** Below zero: its day has passed. */
  readonly daysToExpected: number | null
}

/** The deal as it stood at the end of a day; undefined where it was not known or not open then. */
export function standsOn(story: DealStory, day: Day): OpenDeal | undefined {
  if (story.from > day || (story.closedOn !== null && story.closedOn <= day)) return undefined
  const standing = story.standings.findLast(({ from }) => from <= day)
  if (!standing) return undefined
  return {
    id: story.id,
    stage: standing.stage,
    amount: standing.amount ?? 0,
    ageDays: daysBetween(story.from, day),
    daysToExpected: standing.expectedOn === null ? null : daysBetween(day, standing.expectedOn),
  }
}

/** The deals that were open at the end of a day, each with the part of its amount that counts for these people. */
export function openOn(stories: readonly DealStory[], day: Day, people?: ReadonlySet<string>): readonly OpenDeal[] {
  return stories.flatMap((story) => {
    const deal = standsOn(story, day)
    const part = deal ? partOf(story, people) : 0
    return deal && part > 0 ? [{ ...deal, amount: deal.amount * part }] : []
  })
}

/** The part of a deal that counts for these people, 0–1; all of it where nobody is named. */
export function partOf({ shares }: DealStory, people: ReadonlySet<string> | undefined): number {
  if (!people) return 1
  return shares.reduce((sum, { person, share }) => (people.has(person) ? sum + share : sum), 0)
}

const dayMs = 86_400_000

/** Days from one date to another. Asked for every deal on every day of observation, so without a calendar library. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs
}

/** The date so many days later. */
export function daysAfter(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}
