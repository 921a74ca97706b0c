// Statistics of series: floating-point numbers, never exact money.

export function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** 0 for no values at all. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}

/** Linear between neighbours (type 7 of Hyndman & Fan 1996); 0 for no values at all. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, share))
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}

/** Of a sample (n − 1); 0 for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const middle = mean(values)
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1))
}

/** The line `level + slope × t` through the values at t = 1, 2, … by least squares. */
export function lineThrough(values: readonly number[]): { readonly level: number; readonly slope: number } {
  const { length } = values
  if (length < 2) return { level: values[0] ?? 0, slope: 0 }
  const middleOfTime = (length + 1) / 2
  const middle = mean(values)
  const covariance = sum(values.map((value, at) => (at + 1 - middleOfTime) * (value - middle)))
  const slope = (covariance * 12) / (length * (length * length - 1))
  return { level: middle - slope * middleOfTime, slope }
}
