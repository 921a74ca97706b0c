/** How a forecast is to be taken: times a factor, give or take a deviation of its logarithm. */
export interface Doubt {
  readonly factor: number
  readonly deviation: number
}

export const noDoubt: Doubt = { factor: 1, deviation: 0 }

/** What was expected of the rest of a past period, and what came. */
export interface Tried {
  readonly said: number
  readonly came: number
  /** Of the logarithm of what comes, as the deals themselves let it vary. */
  readonly variance: number
}

/** Before anything was tried: how far such forecasts lie off for good, bend with their size, and differ from time to time. */
const believed = { level: 0.15, bend: 0.4, spread: 0.08 } as const
/** As many trials as the belief in the spread weighs. */
const spreadWeight = 3

/**
 * What past trials teach about a forecast of this size. The logarithm of came ÷ said is a level, plus a bend × how much
 * more was said than usual, plus chance: a linear regression with normal priors around zero (Bayesian ridge; Gelman et
 * al., Bayesian Data Analysis, §14). So a forecast that lies far from all that were tried is doubted most: what twice the
 * usual pipeline brings has not been seen. Without trials the belief alone speaks.
 */
export function doubtOf(trials: readonly Tried[], said: number): Doubt {
  const tried = trials.filter((trial) => trial.said > 0)
  if (said <= 0) return noDoubt
  const center = tried.length === 0 ? Math.log(said) : meanOf(tried.map((trial) => Math.log(trial.said)))
  const points = tried.map(({ said: of, came, variance }) => ({
    // A little is lent to both sides, or nothing at all would be infinitely far off. Half the variance makes it a mean.
    off: Math.log((came + 0.05 * of) / (1.05 * of)) + variance / 2,
    beyond: Math.log(of) - center,
    variance,
  }))
  let spread = believed.spread ** 2
  let fitted = fit(points, spread)
  for (let turn = 0; turn < 3; turn += 1) {
    const { level, bend } = fitted
    const excess = points.reduce(
      (sum, { off, beyond, variance }) => sum + Math.max(0, (off - level - bend * beyond) ** 2 - variance),
      0,
    )
    spread = (spreadWeight * believed.spread ** 2 + excess) / (spreadWeight + points.length)
    fitted = fit(points, spread)
  }
  const beyond = Math.log(said) - center
  const { level, bend, levelVariance, bendVariance } = fitted
  return {
    factor: Math.exp(level + bend * beyond),
    deviation: Math.sqrt(levelVariance + bendVariance * beyond ** 2 + spread),
  }
}

interface Point {
  readonly off: number
  readonly beyond: number
  readonly variance: number
}

/** Level and bend, one after the other: around their centre they say little about each other. */
function fit(points: readonly Point[], spread: number) {
  const weights = points.map(({ variance }) => 1 / (variance + spread))
  const levelWeight = 1 / believed.level ** 2 + weights.reduce((sum, weight) => sum + weight, 0)
  const level = points.reduce((sum, { off }, at) => sum + (weights[at] ?? 0) * off, 0) / levelWeight
  const bendWeight =
    1 / believed.bend ** 2 + points.reduce((sum, { beyond }, at) => sum + (weights[at] ?? 0) * beyond ** 2, 0)
  const bend =
    points.reduce((sum, { off, beyond }, at) => sum + (weights[at] ?? 0) * (off - level) * beyond, 0) / bendWeight
  return { level, bend, levelVariance: 1 / levelWeight, bendVariance: 1 / bendWeight }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
