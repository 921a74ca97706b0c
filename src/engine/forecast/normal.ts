/**
 * The share of a standard normal distribution below z. Series and continued fraction of the error function
 * (Abramowitz & Stegun 7.1.5 and 7.1.14); right to twelve decimals.
 */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const above = x < 3 ? 0.5 - bySeries(x) / 2 : byFraction(x) / 2
  return z > 0 ? 1 - above : above
}

/** erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5·…·(2n+1)). */
function bySeries(x: number): number {
  let term = x
  let total = x
  for (let n = 1; n < 200 && term > total * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1)
    total += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total
}

/** erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))). */
function byFraction(x: number): number {
  let rest = x
  for (let k = 60; k > 0; k -= 1) rest = x + k / 2 / rest
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * rest)
}

/** The z below which the share of a standard normal distribution lies; by halving, right to nine decimals. */
export function normalQuantile(share: number): number {
  if (share <= 0) return -Infinity
  if (share >= 1) return Infinity
  let low = -10
  let high = 10
  while (high - low > 1e-10) {
    const middle = (low + high) / 2
    if (normalShare(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** How many standard deviations to either side hold the level, e.g. 1.2816 for 0.8. */
export function widthOf(level: number): number {
  return normalQuantile(0.5 + level / 2)
}
