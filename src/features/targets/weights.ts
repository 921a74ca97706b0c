import { monthOf, totalOf } from './plan-tree.ts'
import type { Weigh } from './spread.ts'

/** What is known of a row, month by month. */
export interface Standing {
  readonly kind: 'unit' | 'person'
  /** The person heads the unit it stands in. */
  readonly isHead: boolean
  /** The parent has units below it: people here work for all of them. */
  readonly besideUnits: boolean
  /** Days in the period × share of working time in percent, ramped for newcomers; units: the sum of those below. */
  readonly presence: readonly bigint[]
  /** Result of the same month of the base year, in units; never below zero. */
  readonly actual: readonly bigint[]
  /** Open pipeline of today, in units; never below zero. */
  readonly potential: bigint
}

export type Standings = ReadonlyMap<string, Standing>

/** What each row has now. */
export const byCurrent: Weigh = (children, month) => children.map((child) => monthOf(child.months, month))

/**
 * Every child the same, while it is there; a unit that nobody has joined yet counts. People beside units never get as
 * much as a whole unit.
 */
export function byEqual(standings: Standings, headsCarry: boolean): Weigh {
  return (children, month) =>
    children.map((child) => {
      const standing = standings.get(child.id)
      if (!standing) return 1n
      if (standing.kind === 'unit') return isOpen(standing, month) ? 1n : 0n
      return isOpen(standing, month) && carries(standing, headsCarry) && !standing.besideUnits ? 1n : 0n
    })
}

/** By time-weighted headcount of the month. */
export function byHeadcount(standings: Standings, headsCarry: boolean): Weigh {
  return (children, month) =>
    children.map((child) => {
      const standing = standings.get(child.id)
      return standing && carries(standing, headsCarry) ? (standing.presence[month] ?? 0n) : 0n
    })
}

/**
 * By the result of the base year. The whole year weighs, not the single month: a month without a sale is no reason for
 * a month without a target; rows that are absent in the month get nothing.
 */
export function byLastActual(standings: Standings): Weigh {
  return (children, month) =>
    children.map((child) => {
      const standing = standings.get(child.id)
      return standing && isOpen(standing, month) ? totalOf(standing.actual) : 0n
    })
}

/**
 * By what is in the pipeline today and by the size of the market, half each: two sizes that are no sum, so that their
 * shares among the children are. The market says nothing where it is not known of every unit beside each other, and
 * nothing of people. Rows that are absent in the period get nothing.
 */
export function byPotential(standings: Standings, market: ReadonlyMap<string, bigint> = new Map()): Weigh {
  const ofOpen =
    (weightOf: (id: string, standing: Standing) => bigint): Weigh =>
    (children, month) =>
      children.map((child) => {
        const standing = standings.get(child.id)
        return standing && isOpen(standing, month) ? weightOf(child.id, standing) : 0n
      })
  const pipeline = ofOpen((_, { potential }) => potential)
  if (market.size === 0) return pipeline
  const size = ofOpen((id) => market.get(id) ?? 0n)
  const known: Weigh = (children, month) => {
    const units = children.filter(({ id }) => standings.get(id)?.kind === 'unit')
    const isKnown = units.length > 0 && units.every(({ id }) => market.has(id))
    return isKnown ? size(children, month) : children.map(() => 0n)
  }
  return byBlend([
    { weigh: pipeline, percent: 50n },
    { weigh: known, percent: 50n },
  ])
}

/** By weights that somebody gave; below the rows named, in proportion to what they have. */
export function byHand(weights: ReadonlyMap<string, bigint>): Weigh {
  return (children, month) =>
    children.some((child) => weights.has(child.id))
      ? children.map((child) => weights.get(child.id) ?? 0n)
      : byCurrent(children, month)
}

export interface BlendPart {
  readonly weigh: Weigh
  readonly percent: bigint
}

/** The first rule that says anything decides: a new team without results is planned by the next rule. */
export function firstThatWeighs(...rules: readonly Weigh[]): Weigh {
  return (children, month) => {
    for (const weigh of rules) {
      const weights = weigh(children, month)
      if (weights.some((weight) => weight > 0n)) return weights
    }
    return children.map(() => 1n)
  }
}

/** Fine enough for shares of a blend; sums stay exact because only weights are rounded. */
const finesse = 1_000_000_000_000n

/** A weighted mixture; a part that says nothing (all zero) leaves its say to the others. */
export function byBlend(parts: readonly BlendPart[]): Weigh {
  return (children, month) => {
    const shares = parts.flatMap(({ weigh, percent }) => {
      const weights = weigh(children, month)
      const sum = totalOf(weights)
      return sum === 0n ? [] : [weights.map((weight) => (weight * percent * finesse) / sum)]
    })
    return children.map((_, at) => totalOf(shares.map((share) => share[at] ?? 0n)))
  }
}

/** How much of a row's months a newcomer counts: month 0 is the month of joining. After the curve: fully. */
export function ramped(presence: readonly bigint[], monthsSinceJoining: readonly number[], curve: readonly bigint[]) {
  return presence.map((days, at) => {
    const since = monthsSinceJoining[at] ?? curve.length
    return since < 0 || since >= curve.length ? days : (days * (curve[since] ?? 100n)) / 100n
  })
}

/** Heads and people beside units carry the result of others, unless they are told to carry their own. */
export function carries(standing: Pick<Standing, 'kind' | 'isHead' | 'besideUnits'>, headsCarry: boolean): boolean {
  return standing.kind === 'unit' || headsCarry || (!standing.isHead && !standing.besideUnits)
}

/** Somebody is there in the month; a unit that nobody ever joined, or only its head, stands open all year. */
function isOpen({ kind, presence }: Standing, month: number): boolean {
  return (presence[month] ?? 0n) > 0n || (kind === 'unit' && presence.every((days) => days === 0n))
}
