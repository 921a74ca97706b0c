/** A range of attainment `[from, to)`; 1 is the target reached. */
export interface Range {
  readonly key: string
  readonly from: number
  readonly to: number
}

/** Narrow where it matters: around the target. */
export const ranges: readonly Range[] = [
  { key: '<50%', from: -Infinity, to: 0.5 },
  { key: '50–80%', from: 0.5, to: 0.8 },
  { key: '80–95%', from: 0.8, to: 0.95 },
  { key: '95–100%', from: 0.95, to: 1 },
  { key: '100–110%', from: 1, to: 1.1 },
  { key: '110–130%', from: 1.1, to: 1.3 },
  { key: '≥130%', from: 1.3, to: Infinity },
]

/** One person with a target. */
export interface Attainer {
  readonly attainment: number
  readonly actual: number
}

export interface Spread {
  /** How many lie in each of the ranges. */
  readonly counts: readonly number[]
  /** Attainment below which half (a quarter, three quarters) of the people lie; null without people. */
  readonly median: number | null
  readonly lowerQuartile: number | null
  readonly upperQuartile: number | null
  /** How many reached their target. */
  readonly reached: number
  /** The part of all results that the best fifth (by result, rounded up) brought; null without results. */
  readonly byBestFifth: number | null
}

/** How people are spread over attainment. Quartiles by linear interpolation between neighbours (Hyndman–Fan type 7). */
export function spreadOf(people: readonly Attainer[]): Spread {
  const attained = people.map(({ attainment }) => attainment).toSorted((one, other) => one - other)
  return {
    counts: ranges.map(({ from, to }) => attained.filter((each) => each >= from && each < to).length),
    median: quantile(attained, 0.5),
    lowerQuartile: quantile(attained, 0.25),
    upperQuartile: quantile(attained, 0.75),
    reached: attained.filter((each) => each >= 1).length,
    byBestFifth: shareOfBest(people.map(({ actual }) => actual)),
  }
}

function quantile(sorted: readonly number[], part: number): number | null {
  const place = (sorted.length - 1) * part
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  return below === undefined || above === undefined ? null : below + (above - below) * (place - Math.floor(place))
}

function shareOfBest(results: readonly number[]): number | null {
  const total = results.reduce((sum, each) => sum + each, 0)
  if (!(total > 0)) return null
  const best = results.toSorted((one, other) => other - one).slice(0, Math.ceil(results.length / 5))
  return best.reduce((sum, each) => sum + each, 0) / total
}
