import type { BinRestored } from './use-bin.ts'

/** Most records that one request brings back. */
const mostAtOnce = 200

/** A selection in as many parts as it takes requests. */
export function portionsOf(ids: readonly string[]): readonly (readonly string[])[] {
  const parts = Math.ceil(ids.length / mostAtOnce)
  return Array.from({ length: parts }, (_, at) => ids.slice(at * mostAtOnce, (at + 1) * mostAtOnce))
}

type Refused = BinRestored['refused']

/** What is still refused after some of it was tried again; `left` is what was refused of these. */
export function stillRefused(known: Refused, tried: readonly string[], left: Refused): Refused {
  return [...known.filter(({ id }) => !tried.includes(id)), ...left]
}
