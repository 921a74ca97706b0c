import { done, refused, type Outcome } from '#base/outcome.ts'
import { daysBetween, type Day } from '#engine/calendar/day.ts'
import { home } from '#engine/region/region.ts'
import { regions } from '#engine/region/regions.ts'

export interface Territory {
  /** Codes of regions; none: everywhere. */
  readonly regions: readonly string[]
  /** None: all industries. */
  readonly industries: readonly string[]
}

export interface MarketSize {
  readonly id: string
  /** Null: everywhere. */
  readonly region: string | null
  /** Null: all industries. */
  readonly industry: string | null
  /** `[from, to)` */
  readonly from: Day
  readonly to: Day
  /** When the source told it. */
  readonly toldOn: Day
  /** In the base currency, in ten-thousandths; null where it has no rate. */
  readonly worth: bigint | null
}

interface Span {
  /** `[from, to)` */
  readonly from: Day
  readonly to: Day
}

/** A unit and what lies below it. */
export interface CoveringUnit {
  readonly unitId: string | null
  readonly children: readonly CoveringUnit[]
}

/** Whether a region lies in another or is it; everywhere contains all. Codes of divisions begin with those they lie in. */
export function liesIn(region: string | null, outer: string | null): boolean {
  if (outer === null) return true
  if (region === null) return false
  return region === outer || (/^\d/.test(region) && (outer === home || region.startsWith(outer)))
}

/** What the company as a whole covers, unless somebody said otherwise. */
export const everywhere: Territory = { regions: [], industries: [] }

export function isTerritory({ regions, industries }: Territory): boolean {
  return regions.length > 0 || industries.length > 0
}

/** The sizes that a territory covers wholly. */
export function coveredBy({ regions, industries }: Territory, sizes: readonly MarketSize[]): readonly MarketSize[] {
  return sizes.filter(({ region, industry }) => {
    const isInRegion = regions.length === 0 || regions.some((outer) => liesIn(region, outer))
    return isInRegion && (industries.length === 0 || (industry !== null && industries.includes(industry)))
  })
}

/**
 * Why the market of territories is not known: nobody said what they cover, a part of them or of the days is not told, two
 * sizes have an unknown part in common, or an amount has no rate.
 */
export type UnknownMarket = 'territory' | 'untold' | 'crossing' | 'unvalued'

/** How much of a size counts, in ten-thousandths of the base currency. */
export interface CountedSize {
  readonly size: MarketSize
  readonly amount: bigint
}

/**
 * What the market of some territories together comes to in a span is the sum of these: day by day the size that was told
 * last of each region and industry, those that lie within another left out, each by its share of days. Refused unless the
 * whole of every territory is told on every day: sales are never divided by the size of a part of their market. Refused as
 * well where two sizes cross, so that nobody knows what they have in common.
 */
export function countedSizes(
  territories: readonly Territory[],
  sizes: readonly MarketSize[],
  span: Span,
): Outcome<{ counted: readonly CountedSize[] }, UnknownMarket> {
  if (territories.length === 0) return refused('territory')
  const days = new Map<MarketSize, number>()
  for (const part of partsOf(span, sizes)) {
    const told = toldLast(sizes.filter(({ from, to }) => from <= part.from && part.to <= to))
    const covered = territories.map((territory) => coveredBy(territory, told))
    if (covered.some((some, at) => !isWhole(territories[at], some))) return refused('untold')
    const all = [...new Set(covered.flat())]
    const widest = all.filter((size) => !all.some((wider) => isWithin(size, wider)))
    if (widest.some((one) => widest.some((other) => isCrossing(one, other)))) return refused('crossing')
    for (const size of widest) days.set(size, (days.get(size) ?? 0) + daysBetween(part.from, part.to))
  }
  const counted = [...days].flatMap(([size, count]): readonly CountedSize[] => {
    if (size.worth === null) return []
    const all = BigInt(daysBetween(size.from, size.to))
    return [{ size, amount: (size.worth * BigInt(count) * 2n + all) / (all * 2n) }]
  })
  return counted.length < days.size ? refused('unvalued') : done({ counted })
}

/** The same as one sum; null where it is not known. */
export function worthOf(territories: readonly Territory[], sizes: readonly MarketSize[], span: Span): bigint | null {
  const market = countedSizes(territories, sizes, span)
  return market.ok ? market.counted.reduce((sum, { amount }) => sum + amount, 0n) : null
}

/** The days of a span in parts within which no size begins or ends. */
function partsOf({ from, to }: Span, sizes: readonly MarketSize[]): readonly Span[] {
  const turns = sizes.flatMap((size) => [size.from, size.to]).filter((day) => from < day && day < to)
  const ends = [from, ...[...new Set(turns)].toSorted(), to]
  return ends.slice(1).map((end, at) => ({ from: ends[at] ?? end, to: end }))
}

/** Of each region and industry the size that was told last; of two told on one day the one that begins later. */
function toldLast(sizes: readonly MarketSize[]): readonly MarketSize[] {
  const last = new Map<string, MarketSize>()
  for (const size of sizes.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))) {
    last.set(JSON.stringify([size.region, size.industry]), size)
  }
  return [...last.values()]
}

const rank = ({ toldOn, from, id }: MarketSize): string => `${toldOn} ${from} ${id}`

/** Whether sizes tell all of a territory: of each region and industry of it, or of everything that the region is made of. */
function isWhole(territory: Territory | undefined, sizes: readonly MarketSize[]): boolean {
  const { regions: codes = [], industries = [] } = territory ?? {}
  const told = new Set(sizes.map(({ region, industry }) => JSON.stringify([region, industry])))
  const isTold = (region: string | null, industry: string | null): boolean => {
    if (told.has(JSON.stringify([region, industry]))) return true
    const within = region === null ? [] : regions.childrenOf(region)
    return within.length > 0 && within.every(({ code }) => isTold(code, industry))
  }
  const outer = codes.length === 0 ? [null] : codes
  return outer.every((region) => (industries.length === 0 ? [null] : industries).every((one) => isTold(region, one)))
}

function isWithin(size: MarketSize, wider: MarketSize): boolean {
  if (size.region === wider.region && size.industry === wider.industry) return false
  return liesIn(size.region, wider.region) && (wider.industry === null || size.industry === wider.industry)
}

/** One is of the wider region, the other of all industries. */
function isCrossing(one: MarketSize, other: MarketSize): boolean {
  if (one.region === other.region || one.industry === null || other.industry !== null) return false
  return liesIn(other.region, one.region)
}

/**
 * The territories of which each unit of a tree is made, by its key: its own, else those of all units right below it; null
 * where one of them has none, so that nobody knows what it covers.
 */
export function coverage(
  top: CoveringUnit,
  territories: ReadonlyMap<string, Territory>,
): ReadonlyMap<string, readonly Territory[] | null> {
  const found = new Map<string, readonly Territory[] | null>()
  const cover = ({ unitId, children }: CoveringUnit): readonly Territory[] | null => {
    const below = children.map(cover)
    const own = unitId === null ? undefined : territories.get(unitId)
    const isKnown = below.length > 0 && below.every((some) => some !== null)
    const covered = own && isTerritory(own) ? [own] : isKnown ? below.flatMap((some) => some ?? []) : null
    if (unitId !== null) found.set(unitId, covered)
    return covered
  }
  cover(top)
  return found
}
