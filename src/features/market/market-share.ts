import { daysBetween, earlier, later, type Day } from '#engine/calendar/day.ts'
import { home } from '#engine/region/region.ts'

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
  /** In the base currency, in ten-thousandths; null where it has no rate. */
  readonly worth: bigint | null
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
 * What these sizes come to in a span `[from, to)`, in ten-thousandths: each by the share of its days that lie in the span,
 * one that lies within another left out. Null where none says anything of the span.
 */
export function worthIn(
  sizes: readonly MarketSize[],
  { from, to }: { readonly from: Day; readonly to: Day },
): bigint | null {
  const parts = sizes
    .filter((size) => size.from < to && from < size.to && !sizes.some((wider) => isWithin(size, wider)))
    .flatMap((size) => {
      if (size.worth === null) return []
      const days = BigInt(daysBetween(later(size.from, from), earlier(size.to, to)))
      const all = BigInt(daysBetween(size.from, size.to))
      return [(size.worth * days * 2n + all) / (all * 2n)]
    })
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0n)
}

function isWithin(size: MarketSize, wider: MarketSize): boolean {
  if (size.id === wider.id || wider.from >= size.to || size.from >= wider.to) return false
  const isNarrower = size.region !== wider.region || size.industry !== wider.industry
  return (
    isNarrower && liesIn(size.region, wider.region) && (wider.industry === null || size.industry === wider.industry)
  )
}

/** What each unit of a tree covers, by its key: by its own territory, else all that its children cover, each size once. */
export function coverage(
  top: CoveringUnit,
  territories: ReadonlyMap<string, Territory>,
  sizes: readonly MarketSize[],
): ReadonlyMap<string, readonly MarketSize[]> {
  const found = new Map<string, readonly MarketSize[]>()
  const cover = ({ unitId, children }: CoveringUnit): readonly MarketSize[] => {
    const below = [...new Set(children.flatMap(cover))]
    const own = unitId === null ? undefined : territories.get(unitId)
    const covered = own && isTerritory(own) ? coveredBy(own, sizes) : below
    if (unitId !== null) found.set(unitId, covered)
    return covered
  }
  cover(top)
  return found
}
