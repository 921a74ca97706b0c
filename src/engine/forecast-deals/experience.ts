import type { Day } from '#engine/calendar/day.ts'
import { daysAfter, daysBetween, standsOn, type DealStory, type OpenDeal } from './deal.ts'

/** The days after a day of observation in which deals are to close: after `after`, up to and with `until`. */
export interface Horizon {
  readonly after: number
  readonly until: number
}

/** A share that was observed: of how many deals, shrunk to what was believed before. */
export interface Rate {
  readonly mean: number
  /** What it rests on, in deals, the belief included: the weight of the share when it is drawn. */
  readonly weight: number
}

/** What the past of a company teaches about its open deals. */
export interface Experience {
  readonly horizon: Horizon
  /** Closed deals that it rests on. */
  readonly closedDeals: number
  /** Chance to be won ever, by stage; how far age changes it is in `winAt`. */
  readonly stages: ReadonlyMap<string, Rate & { readonly stated: number; readonly deals: number }>
  /** Chance to be won ever. */
  winAt(deal: OpenDeal): Rate
  /** Chance to close inside the horizon, if it is won. */
  insideAt(deal: OpenDeal): Rate & { readonly cell: string }
  /** What deals were won for, relative to what they were thought to be worth. */
  readonly growth: Growth
  /** Of what is won inside, what comes from deals that nobody knew on the day. */
  readonly unseen: Unseen
  /** Whether days of the past showed what became of open deals: without any, all this is belief. */
  readonly isGrounded: boolean
}

/** The mean of such ratios, and of their squares. */
export interface Growth {
  readonly mean: number
  readonly meanSquare: number
}

/** A share of what is won in a horizon, not a sum: a sample of deals teaches it as well as all of them would. */
export interface Unseen {
  /** By amount, 0–1. */
  readonly share: number
  readonly meanAmount: number
  /** Of the squares of such amounts. */
  readonly meanSquare: number
  /** Won deals with the chance that such a one was not known when the horizon began. */
  readonly deals: readonly UnseenDeal[]
}

export interface UnseenDeal {
  readonly id: string
  readonly wonOn: Day
  readonly amount: number
  readonly chance: number
}

/** Percent by stage, as the company states it. */
export type Stated = ReadonlyMap<string, number>

/** How many deals a belief weighs: with ten deals the own experience counts half. */
export const beliefWeight = 10
const unknownStage = 'unknown'
const mostSnapshots = 20
/** With fewer closed deals hardly anything was learned. */
const leastClosed = 20

/**
 * Learns from deals as they stood on past days: how often those of a stage and an age were won, and how often those with
 * such an expected date closed inside the horizon. Observed are only days whose horizon had passed by `on`, deals that
 * are still open among them, so that slow deals count too and nothing after `on` is looked at.
 */
export function learn(stories: readonly DealStory[], on: Day, horizon: Horizon, stated: Stated): Experience {
  const ended = stories.filter(({ closedOn }) => closedOn !== null && closedOn <= on)
  const wins = winsByCell(ended)
  const byStage = new Map(
    [...new Set([...stated.keys(), ...wins.stages.keys()])].map((stage) => {
      const belief = (stated.get(stage) ?? 30) / 100
      const seen = wins.stages.get(stage) ?? { won: 0, all: 0 }
      return [stage, { ...shrunk(seen, belief), stated: belief, deals: seen.all }] as const
    }),
  )
  const winAt = (deal: OpenDeal): Rate => {
    const stage = byStage.get(deal.stage ?? unknownStage) ?? shrunk({ won: 0, all: 0 }, 0.3)
    const seen = wins.cells.get(cellOfWin(deal))
    return seen ? { mean: shrunk(seen, stage.mean).mean, weight: stage.weight } : stage
  }
  const snapshots = observed(stories, on, horizon)
  const timing = timingByCell(snapshots, horizon, winAt)
  return {
    horizon,
    closedDeals: ended.length,
    stages: byStage,
    winAt,
    insideAt: (deal) => timing(deal),
    growth: growthIn(snapshots),
    unseen: unseenOf(ended, horizon),
    isGrounded: ended.length >= leastClosed && isGroundedOn(ended, on, horizon),
  }
}

interface Seen {
  readonly won: number
  readonly all: number
}

function shrunk({ won, all }: Seen, belief: number): Rate {
  return { mean: (won + beliefWeight * belief) / (all + beliefWeight), weight: all + beliefWeight }
}

function cellOfWin({ stage, ageDays }: OpenDeal): string {
  return `${stage ?? unknownStage} ${ageDays < 60 ? 'new' : ageDays < 180 ? 'grown' : 'old'}`
}

/** The deals closed by a day that were ever in a stage: what its chance was learned from. */
export function wentThrough(stories: readonly DealStory[], on: Day, stage: string): readonly DealStory[] {
  return stories.filter((story) => story.closedOn !== null && story.closedOn <= on && walkOf(story).stages.has(stage))
}

/** Each closed deal counts once in every stage, and once in every age of it, that it was in. */
function winsByCell(ended: readonly DealStory[]) {
  const stages = new Map<string, Seen>()
  const cells = new Map<string, Seen>()
  for (const story of ended) {
    const walked = walkOf(story)
    count(stages, walked.stages, story.won)
    count(cells, walked.cells, story.won)
  }
  return { stages, cells }
}

interface Walk {
  readonly stages: ReadonlySet<string>
  readonly cells: ReadonlySet<string>
}

/** What a closed deal went through stays as it is: it is walked once, however often it is learned from. */
const walks = new WeakMap<DealStory, Walk>()

function walkOf(story: DealStory): Walk {
  const known = walks.get(story)
  if (known) return known
  const closed = story.closedOn ?? story.from
  const days = [story.from, ...story.standings.map(({ from }) => from)]
  for (let day = daysAfter(story.from, 30); day < closed && days.length < 60; day = daysAfter(day, 30)) days.push(day)
  const stood = days.flatMap((day) => standsOn(story, day) ?? [])
  const walk = {
    stages: new Set(stood.map(({ stage }) => stage ?? unknownStage)),
    cells: new Set(stood.map(cellOfWin)),
  }
  walks.set(story, walk)
  return walk
}

function count(into: Map<string, Seen>, keys: ReadonlySet<string>, won: boolean): void {
  for (const key of keys) {
    const seen = into.get(key) ?? { won: 0, all: 0 }
    into.set(key, { won: seen.won + (won ? 1 : 0), all: seen.all + 1 })
  }
}

interface Snapshot {
  readonly deal: OpenDeal
  readonly inside: boolean
  readonly wonAmount: number
}

/** Every deal that was open on past days, with what became of it inside the horizon of that day. */
function observed(stories: readonly DealStory[], on: Day, { after, until }: Horizon): readonly Snapshot[] {
  const last = daysAfter(on, -until)
  const step = Math.max(7, Math.floor((until - after) / 4))
  const snapshots: Snapshot[] = []
  for (let at = 0; at < mostSnapshots; at += 1) {
    const day = daysAfter(last, -step * at)
    for (const story of stories) {
      const deal = standsOn(story, day)
      if (!deal) continue
      const days = story.won && story.closedOn !== null ? daysBetween(day, story.closedOn) : Infinity
      snapshots.push({ deal, inside: days > after && days <= until, wonAmount: story.wonAmount })
    }
  }
  return snapshots
}

/** As it was until the first is known. */
function growthIn(snapshots: readonly Snapshot[]): Growth {
  const ratios = snapshots.flatMap(({ deal, wonAmount, inside }) =>
    inside && deal.amount > 0 ? [Math.min(4, wonAmount / deal.amount)] : [],
  )
  if (ratios.length === 0) return { mean: 1, meanSquare: 1 }
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
  return { mean, meanSquare: ratios.reduce((sum, ratio) => sum + ratio * ratio, 0) / ratios.length }
}

/** What is believed of a deal that is won, by where its expected date lies, until the company's own past says otherwise. */
const beliefs = { none: 0.4, overdue: 0.4, before: 0.3, early: 0.7, late: 0.55, next: 0.2, far: 0.05 } as const

function cellOfTiming({ daysToExpected: days }: OpenDeal, { after, until }: Horizon): keyof typeof beliefs {
  if (days === null) return 'none'
  if (days < 0) return 'overdue'
  if (days <= after) return 'before'
  if (days <= (after + until) / 2) return 'early'
  if (days <= until) return 'late'
  return days <= 2 * until - after ? 'next' : 'far'
}

/**
 * Share of the deals won inside among those that were expected to be won at all, so that the product of both chances is
 * what was seen. Neighbouring days show the same deals again: they weigh as many as there were different ones.
 */
function timingByCell(snapshots: readonly Snapshot[], horizon: Horizon, winAt: (deal: OpenDeal) => Rate) {
  const cells = new Map<string, { inside: number; expected: number; deals: Set<string>; seen: number }>()
  const add = (key: string, { deal, inside }: Snapshot) => {
    const cell = cells.get(key) ?? { inside: 0, expected: 0, deals: new Set<string>(), seen: 0 }
    cell.inside += inside ? 1 : 0
    cell.expected += winAt(deal).mean
    cell.seen += 1
    cell.deals.add(deal.id)
    cells.set(key, cell)
  }
  for (const snapshot of snapshots) {
    const due = cellOfTiming(snapshot.deal, horizon)
    add(due, snapshot)
    add(`${due} ${snapshot.deal.stage ?? unknownStage}`, snapshot)
  }
  const shareOf = (key: string, belief: number): Rate => {
    const cell = cells.get(key)
    if (!cell) return { mean: belief, weight: beliefWeight }
    const perDeal = cell.deals.size / cell.seen
    const [inside, expected] = [cell.inside * perDeal, cell.expected * perDeal]
    const weight = expected + beliefWeight
    return { mean: Math.min(1, (inside + beliefWeight * belief) / weight), weight }
  }
  return (deal: OpenDeal): Rate & { readonly cell: string } => {
    const due = cellOfTiming(deal, horizon)
    const own = `${due} ${deal.stage ?? unknownStage}`
    const common = shareOf(due, beliefs[due])
    return cells.has(own) ? { ...shareOf(own, common.mean), cell: own } : { ...common, cell: due }
  }
}

/**
 * A deal that was won at the age a, on whatever day of a horizon, was unknown as it began if it fell later than a: of the
 * days in (after, until] that is the share (until − max(a, after)) ÷ (until − after).
 */
function unseenOf(ended: readonly DealStory[], { after, until }: Horizon): Unseen {
  const won = ended.filter((story) => story.won && story.wonAmount > 0)
  const deals = won.flatMap(({ id, from, closedOn, wonAmount }): readonly UnseenDeal[] => {
    const wonOn = closedOn ?? from
    const chance = (until - Math.max(daysBetween(from, wonOn), after)) / (until - after)
    return chance > 0 ? [{ id, wonOn, amount: wonAmount, chance }] : []
  })
  const all = won.reduce((sum, { wonAmount }) => sum + wonAmount, 0)
  const unseen = deals.reduce((sum, { amount, chance }) => sum + amount * chance, 0)
  const count = deals.reduce((sum, { chance }) => sum + chance, 0)
  const squares = deals.reduce((sum, { amount, chance }) => sum + amount * amount * chance, 0)
  const perDeal = (sum: number) => (count === 0 ? 0 : sum / count)
  return { share: all === 0 ? 0 : unseen / all, meanAmount: perDeal(unseen), meanSquare: perDeal(squares), deals }
}

/** Deals were already closed as the newest day began whose horizon has passed. */
function isGroundedOn(ended: readonly DealStory[], on: Day, { until }: Horizon): boolean {
  const day = daysAfter(on, -until)
  return ended.some(({ closedOn }) => closedOn !== null && closedOn <= day)
}
