import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A stream of chance that a seed decides: the same seed gives the same stream on every machine. */
export interface Chance {
  /** In `[0, 1)`. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  happens(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** Picks by weight; weights need not sum to anything, but one must be positive. */
  pickBy<T>(list: readonly T[], weightOf: (item: T, at: number) => number): T
  /** Bell-shaped around 0 with deviation 1. */
  normal(): number
  /** Heavy to the right; half of the values are below the median. */
  skewed(median: number, deviation: number): number
  shuffled<T>(list: readonly T[]): T[]
  /** A stream of its own, so that one chapter of a story does not move another. */
  chapter(name: string): Chance
}

export function chanceOf(seed: string): Chance {
  const source = xoroshiro128plus(hash(seed))
  const next = () => uniformFloat64(source)
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    whole,
    normal,
    happens: (probability) => next() < probability,
    pick: (list) => itemAt(list, whole(0, list.length - 1)),
    pickBy: (list, weightOf) => itemAt(list, placeOf(list.map(weightOf), next())),
    skewed: (median, deviation) => median * Math.exp(deviation * normal()),
    shuffled(list) {
      const mixed = [...list]
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = whole(0, at)
        ;[mixed[at], mixed[other]] = [itemAt(mixed, other), itemAt(mixed, at)]
      }
      return mixed
    },
    chapter: (name) => chanceOf(`${seed}/${name}`),
  }
}

/** Where a share of the whole falls among weights. */
function placeOf(weights: readonly number[], share: number): number {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let left = share * whole
  for (const [at, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return at
  }
  return weights.findLastIndex((weight) => weight > 0)
}

function itemAt<T>(list: readonly T[], at: number): T {
  const item = list[at]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value | 0
}
