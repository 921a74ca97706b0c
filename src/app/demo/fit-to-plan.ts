import { addMonths, yearAndMonth, type Day } from '#engine/calendar/day.ts'
import type { Chance } from './chance.ts'
import { quarterOf, shareBehind } from './days.ts'
import type { Deal } from './deal.ts'
import type { PlanStory, Setting } from './story.ts'
import { lastDay, star, troubled } from './tell-org.ts'

/** How this quarter goes, against what should be reached by now. */
const now: Readonly<Record<string, number>> = {
  华东大区: 0.98,
  华南大区: 1.02,
  华北大区: 0.91,
  西南大区: 0.58,
  华中大区: 0.95,
}
const starNow = 1.95
/** How the representative of the demo does, who should have something to reach for. */
const favouriteNow = 0.86
const favouriteBefore = 0.97
/** How the company did in the quarters before, the latest first. */
const before = [0.98, 1.0, 1.03, 0.97, 1.01, 0.95, 1.02, 0.98]

/**
 * Won amounts are fitted to the plan, so that on every day the company stands where a believable one would: near its
 * pace, one region in trouble, one team far ahead, people scattered around. Counts, days and owners stay.
 */
export function fitToPlan(
  setting: Setting,
  chance: Chance,
  deals: readonly Deal[],
  plans: readonly PlanStory[],
  favourite: string | undefined,
): void {
  const planned = plannedOf(plans)
  const quarters = Map.groupBy(
    deals.filter(({ status }) => status === 'won'),
    ({ closedOn }) => quarterOf(closedOn ?? ''),
  )
  for (const quarter of [...quarters.keys()].sort()) {
    const won = quarters.get(quarter) ?? []
    const behind = shareBehind(quarter, addMonths(quarter, 3), lastDay(setting))
    const expected = (deal: Deal) => behind * (planned.get(`${deal.team} ${deal.owner} ${quarter}`) ?? 0)
    fitPeople(chance, won, expected)
    fitTeams(chance, won, expectedByTeam(planned, quarter, behind), wishesOf(setting, chance, quarter))
    const own = won.filter(({ owner }) => owner === favourite)
    const share = quarter === quarterOf(lastDay(setting)) ? favouriteNow : favouriteBefore
    if (own[0]) fitSum(own, share * expected(own[0]))
  }
}

/** Yuan by team, person and quarter. */
function plannedOf(plans: readonly PlanStory[]): ReadonlyMap<string, number> {
  const planned = new Map<string, number>()
  for (const { metric, year, cells } of plans) {
    if (metric !== 'signed_amount') continue
    for (const { unit, person, months } of cells) {
      for (let at = 0; at < 4; at += 1)
        planned.set(`${unit} ${person} ${addMonths(`${year}-01-01`, at * 3)}`, sum(months.slice(at * 3, at * 3 + 3)))
    }
  }
  return planned
}

function expectedByTeam(
  planned: ReadonlyMap<string, number>,
  quarter: Day,
  behind: number,
): ReadonlyMap<string, number> {
  const teams = new Map<string, number>()
  for (const [key, amount] of planned) {
    const [team = '', , day] = key.split(' ')
    if (day === quarter) teams.set(team, (teams.get(team) ?? 0) + amount * behind)
  }
  return teams
}

/** One big deal makes no hero: amounts move towards what was expected of the person. */
function fitPeople(chance: Chance, won: readonly Deal[], expected: (deal: Deal) => number): void {
  for (const own of Map.groupBy(won, ({ team, owner }) => `${team} ${owner}`).values()) {
    const [first] = own
    const wish = first ? expected(first) * chance.skewed(1, 0.3) : 0
    if (wish > 0) scale(own, Math.min(3, Math.max(0.3, (wish / sum(own.map(({ amount }) => amount))) ** 0.7)))
  }
}

/** Each team to its share of what its region should reach, with some luck; then the region as a whole. */
function fitTeams(chance: Chance, won: readonly Deal[], expected: ReadonlyMap<string, number>, wishes: Wishes): void {
  const byTeam = Map.groupBy(won, ({ team }) => team)
  for (const [region, teams] of Map.groupBy([...expected.keys()].sort(), regionOf)) {
    for (const team of teams) {
      const wish = team === star ? wishes.star : wishes.ofRegion(region) * chance.skewed(1, 0.12)
      fitSum(byTeam.get(team) ?? [], wish * (expected.get(team) ?? 0))
    }
    const deals = teams.flatMap((team) => byTeam.get(team) ?? [])
    const goal = wishes.ofRegion(region) * sum(teams.map((team) => expected.get(team) ?? 0))
    fitSum(deals, goal, { least: 0.8, most: 2.5 })
  }
}

/** Amounts change by a factor within bounds, so that a deal stays one that its product could be. */
function fitSum(deals: readonly Deal[], goal: number, { least, most } = { least: 0.3, most: 3 }): void {
  if (goal <= 0 || deals.length === 0) return
  scale(deals, Math.min(most, Math.max(least, goal / sum(deals.map(({ amount }) => amount)))))
}

interface Wishes {
  /** Result against what should be reached by then. */
  ofRegion(region: string): number
  readonly star: number
}

/** A quarter counts as young while too little of it is over to show anything; then the one before shows the trouble. */
const young = 0.2

function wishesOf(setting: Setting, chance: Chance, quarter: Day): Wishes {
  const last = lastDay(setting)
  const current = quarterOf(last)
  const ago = quartersBetween(quarter, current)
  const isYoung = shareBehind(current, addMonths(current, 3), last) < young
  if (ago === 0 || (ago === 1 && isYoung)) return { ofRegion: (region) => now[region] ?? 1, star: starNow }
  const company = before[ago - 1] ?? 1
  const luck = new Map(Object.keys(now).map((region) => [region, chance.skewed(company, 0.04)]))
  const slide = Math.max(0.9, 1 - 0.07 / ago)
  return { ofRegion: (region) => (luck.get(region) ?? 1) * (region === troubled ? slide : 1), star: company }
}

function quartersBetween(from: Day, to: Day): number {
  const a = yearAndMonth(from)
  const b = yearAndMonth(to)
  return ((b.year - a.year) * 12 + b.month - a.month) / 3
}

function scale(deals: readonly Deal[], factor: number): void {
  for (const deal of deals) deal.amount = Math.max(3000, Math.round((deal.amount * factor) / 100) * 100)
}

function regionOf(team: string): string {
  return team.split('/')[1] ?? ''
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
