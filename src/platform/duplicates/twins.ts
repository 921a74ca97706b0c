import { areAlike, mustCompare } from '#engine/duplicates/keys.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Probe } from './suspects.ts'

/** Rows that came before, by the keys of the rules. It grows with every row that is no twin, until it is full. */
export interface SeenRows {
  readonly byPlace: Map<string, RecordValues[]>
  /** How many keys and values may still be remembered. */
  room: number
}

/** Some hundred bytes each. */
const mostSeen = 500_000

export function nothingSeen(most = mostSeen): SeenRows {
  return { byPlace: new Map(), room: most }
}

/** Rows are remembered no more: twins of those that come from now on stay unknown. */
export function isFull({ room }: SeenRows): boolean {
  return room <= 0
}

/** The rule by which a row is the same as one that came before; nothing, and the row is remembered, if it is not. */
export function twinAmong(seen: SeenRows, { keys, values }: Pick<Probe, 'keys' | 'values'>): DuplicateRule | undefined {
  const places = keys.map((one) => ({ ...one, place: `${one.comparison}\n${one.key}` }))
  const twin = places.find(({ rule, key, place }) =>
    seen.byPlace.get(place)?.some((other) => !mustCompare(rule, key) || areAlike(rule, values, other)),
  )
  if (twin) return twin.rule
  for (const { rule, key, place } of places) {
    if (isFull(seen)) break
    const before = seen.byPlace.get(place)
    // Most keys tell enough by themselves; files are long, and their rows need not be kept.
    const kept = mustCompare(rule, key) ? comparedOf(rule, values) : {}
    if (before) before.push(kept)
    else seen.byPlace.set(place, [kept])
    seen.room -= 1
  }
  return undefined
}

function comparedOf({ compares }: DuplicateRule, values: RecordValues): RecordValues {
  return Object.fromEntries(compares.map(({ field }) => [field, values[field]] as const))
}
