import { areAlike, mustCompare } from '#engine/duplicates/keys.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Probe } from './suspects.ts'

/** Rows that came before, by the keys of the rules. It grows with every row that is no twin. */
export type SeenRows = Map<string, readonly RecordValues[]>

/** The rule by which a row is the same as one that came before; nothing, and the row is remembered, if it is not. */
export function twinAmong(seen: SeenRows, { keys, values }: Pick<Probe, 'keys' | 'values'>): DuplicateRule | undefined {
  const places = keys.map((one) => ({ ...one, place: `${one.comparison}\n${one.key}` }))
  const twin = places.find(({ rule, key, place }) =>
    seen.get(place)?.some((other) => !mustCompare(rule, key) || areAlike(rule, values, other)),
  )
  if (twin) return twin.rule
  for (const { rule, key, place } of places) {
    // Most keys tell enough by themselves; files are long, and their rows need not be kept.
    seen.set(place, mustCompare(rule, key) ? [...(seen.get(place) ?? []), values] : unread)
  }
  return undefined
}

const unread: readonly RecordValues[] = [{}]
