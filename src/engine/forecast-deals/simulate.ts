import { addDays, type Day } from '#engine/calendar/day.ts'
import type { DealStory, Standing } from './deal.ts'
import { normalDraw, poissonDraw, randomOf } from './random.ts'

/** A company that might be: its deals over some years, to try the forecast on. */
export interface SimulatedCompany {
  readonly stories: readonly DealStory[]
  /** What the company believes of its stages, percent; more or less wrong. */
  readonly stated: ReadonlyMap<string, number>
}

const stages = ['first', 'second', 'third', 'fourth'] as const

/**
 * Deals come by a Poisson process, move on or are lost week by week with chances of their stage, are worth a log-normal
 * amount that changes under way, and their expected date is put off again and again. Seeded.
 */
export function simulateCompany(
  seed: number,
  { from, days }: { readonly from: Day; readonly days: number },
): SimulatedCompany {
  const random = randomOf(seed)
  const perWeek = 1 + random() * 6
  const speed = 0.1 + random() * 0.15
  const loss = 0.02 + random() * 0.06
  const slack = 0.6 + random() * 1.2
  const scale = 20_000 + random() * 200_000
  const stories: DealStory[] = []
  for (let week = 0; week * 7 < days; week += 1) {
    const count = poissonDraw(random, perWeek)
    for (let at = 0; at < count; at += 1) {
      const begun = addDays(from, week * 7 + Math.floor(random() * 7))
      stories.push(
        told(`${seed}-${stories.length}`, begun, { random, speed, loss, slack, scale, end: addDays(from, days) }),
      )
    }
  }
  const stated = new Map(stages.map((stage, at) => [stage, 10 + at * 22]))
  return { stories, stated }
}

interface Fate {
  readonly random: () => number
  readonly speed: number
  readonly loss: number
  readonly slack: number
  readonly scale: number
  readonly end: Day
}

function told(id: string, from: Day, { random, speed, loss, slack, scale, end }: Fate): DealStory {
  const meant = () => Math.round((4 / speed) * 7 * slack * (0.5 + random()))
  let amount = scale * Math.exp(0.8 * normalDraw(random))
  let expectedOn = addDays(from, meant())
  let stage = 0
  const standings: Standing[] = [{ from, stage: stages[0], amount, expectedOn }]
  for (let day = addDays(from, 7); day < end; day = addDays(day, 7)) {
    const turn = random()
    const closedOn = addDays(day, Math.floor(random() * 7))
    if (turn < loss) return { id, shares: [], from, standings, closedOn, won: false, wonAmount: 0 }
    if (turn < loss + speed) {
      stage += 1
      if (stage === stages.length) return { id, shares: [], from, standings, closedOn, won: true, wonAmount: amount }
    }
    if (random() < 0.05) amount *= 0.8 + random() * 0.35
    if (day > expectedOn && random() < 0.7) expectedOn = addDays(day, Math.round(meant() / 3))
    standings.push({ from: day, stage: stages[stage] ?? null, amount, expectedOn })
  }
  return { id, shares: [], from, standings, closedOn: null, won: false, wonAmount: 0 }
}
