import { chanceOf as seeded, type Chance } from '#app/demo/chance.ts'
import { achievabilityOf, type Achievability, type Evidence } from '#engine/forecast/achievability.ts'
import { yieldEstimate } from '#engine/forecast/evidence.ts'
import { landing } from '#engine/forecast/landing.ts'

/** A deal that somebody decides on: won or lost in its month, known so many months before. */
interface Deal {
  readonly month: number
  readonly amount: number
  readonly isWon: boolean
  readonly knownFor: number
}

/** A unit as chance made it: what its people won month by month, and what was in its pipeline. */
interface SimulatedUnit {
  readonly deals: readonly Deal[]
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
  const found = achievabilityOf({ target, better: 'higher', evidence })
  return found && { found, target, actual }
}

type Seen = {
  readonly past: number
  readonly months: number
  readonly history: NonNullable<ReturnType<typeof landing>>
}

function evidenceOf({ deals, won, heads }: SimulatedUnit, { past, months, history }: Seen): readonly Evidence[] {
  const own: Evidence = { kind: 'history', mean: history.mean, deviation: history.deviation }
  const staffed = won.slice(0, past).map((value, at) => ({ value, base: heads[at] ?? 0 }))
  const capacity = yieldEstimate({ past: staffed.slice(-24), ahead: heads.slice(past, past + months), actual: 0 })
  const piped = won.slice(0, past).map((value, at) => ({ value, base: openAt(deals, at) }))
  const ahead = Array.from({ length: months }, () => openAt(deals, past))
  const pipeline = yieldEstimate({ past: piped.slice(-12), ahead, actual: 0 })
  return [
    own,
    ...(capacity ? [{ kind: 'capacity', ...capacity } as const] : []),
    ...(pipeline ? [{ kind: 'pipeline', ...pipeline } as const] : []),
  ]
}

/** Deals that are known and not decided as a month begins. */
function openAt(deals: readonly Deal[], month: number): number {
  return sumOf(deals.filter((deal) => deal.month >= month && deal.month - deal.knownFor < month))
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
  return { deals, won, heads }
}

function decide(chance: Chance, month: number, each: number): Deal {
  const likely = 0.1 + chance.next() * 0.6
  const amount = chance.skewed(each, 0.7)
  return { month, amount, isWon: chance.happens(likely), knownFor: chance.whole(0, longestCycle) }
}

function sumOf(deals: readonly Deal[]): number {
  return total(deals.map((deal) => deal.amount))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
