import { done, refused, type Outcome } from '#base/outcome.ts'
import type { Day } from '#engine/calendar/day.ts'
import { contains, type Span } from './span.ts'

/** A main assignment of one person in one structure. Mains never overlap. */
export interface Main extends Span {
  readonly id: string
}

export interface Wanted extends Span {
  /** What becomes of mains that begin after `from`. */
  readonly later?: 'keep' | 'replace' | undefined
}

/** What must change so that the person stands in the new unit for the wanted days. */
export interface Placement {
  readonly removed: readonly string[]
  readonly shortened: readonly Main[]
  /** The former assignment goes on after a limited one: a copy of `id` with these days. */
  readonly resumed: readonly Main[]
  readonly placed: Span
}

/**
 * Puts a main assignment among the others: the one it interrupts ends on its first day and goes on after its last.
 * Refuses when later moves exist and nobody said what becomes of them.
 */
export function placeMain(mains: readonly Main[], wanted: Wanted): Outcome<Placement, 'later-move'> {
  const later = mains
    .filter((main) => main.from > wanted.from && main.from < wanted.to)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const next = later[0]
  if (next && !wanted.later) return refused('later-move', next.from)

  const placed: Span = { from: wanted.from, to: next && wanted.later === 'keep' ? next.from : wanted.to }
  const changes = mains
    .filter((main) => main.from < placed.to && placed.from < main.to)
    .map((main) => cut(main, placed))
  return done({
    removed: changes.flatMap((change) => (change.before ? [] : change.after ? [] : [change.id])),
    shortened: changes.flatMap(({ id, before, after }) => {
      const kept = before ?? after
      return kept ? [{ id, ...kept }] : []
    }),
    resumed: changes.flatMap(({ id, before, after }) => (before && after ? [{ id, ...after }] : [])),
    placed,
  })
}

interface Cut {
  readonly id: string
  readonly before: Span | undefined
  readonly after: Span | undefined
}

/** What is left of a span before and after the placed one. */
function cut(main: Main, placed: Span): Cut {
  return {
    id: main.id,
    before: main.from < placed.from ? { from: main.from, to: placed.from } : undefined,
    after: placed.to < main.to ? { from: placed.to, to: main.to } : undefined,
  }
}

export interface Shared extends Span {
  /** Percent of working time, as a decimal. */
  readonly share: string
}

/** The first day on which somebody would work more than full time, if any. */
export function firstOverload(assignments: readonly Shared[]): Day | undefined {
  const starts = [...new Set(assignments.map((one) => one.from))].sort((a, b) => (a < b ? -1 : 1))
  return starts.find((day) => {
    const total = assignments
      .filter((one) => contains(one, day))
      .reduce((sum, one) => sum + Math.round(Number(one.share) * 100), 0)
    return total > 10_000
  })
}
