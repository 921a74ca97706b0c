interface Corner {
  readonly point: readonly number[]
  readonly value: number
}

/** Where to begin and how far to step at first. What is not allowed has the value Infinity. */
export interface Beginning {
  readonly from: readonly number[]
  readonly steps: readonly number[]
  /** Evaluations at most. */
  readonly most?: number
  /** Ends when the corners' values differ by less than this part of the best. */
  readonly tolerance?: number
}

/** The simplex method of Nelder & Mead (1965): reflect, expand, contract, shrink. Answers the best point it met. */
export function minimise(cost: (point: readonly number[]) => number, beginning: Beginning): Corner {
  const { from, steps, most = 120 * from.length, tolerance = 1e-8 } = beginning
  let evaluations = 0
  const corner = (point: readonly number[]): Corner => {
    evaluations += 1
    const value = cost(point)
    return { point, value: Number.isNaN(value) ? Infinity : value }
  }
  const corners = [corner(from), ...from.map((_, at) => corner(stepped(from, steps, at)))]
  const byValue = (one: Corner, other: Corner) => one.value - other.value
  corners.sort(byValue)
  while (evaluations < most) {
    const [best] = corners
    const worst = corners[from.length]
    const second = corners[from.length - 1] ?? best
    if (!best || !worst || !second || worst.value - best.value <= tolerance * Math.abs(best.value)) break
    const middle = centre(corners.slice(0, -1))
    const along = (factor: number) =>
      corner(middle.map((value, at) => value + factor * ((worst.point[at] ?? 0) - value)))
    const better = moved(along, best, second, worst)
    if (better) corners[from.length] = better
    else for (let at = 1; at < corners.length; at += 1) corners[at] = corner(centre([best, corners[at] ?? best]))
    corners.sort(byValue)
  }
  return corners[0] ?? corner(from)
}

function moved(along: (factor: number) => Corner, best: Corner, second: Corner, worst: Corner): Corner | null {
  const reflected = along(-1)
  if (reflected.value < best.value) {
    const expanded = along(-2)
    return expanded.value < reflected.value ? expanded : reflected
  }
  if (reflected.value < second.value) return reflected
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5)
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null
}

function stepped(from: readonly number[], steps: readonly number[], at: number): readonly number[] {
  return from.map((value, place) => (place === at ? value + (steps[at] ?? 0) : value))
}

function centre(corners: readonly Corner[]): readonly number[] {
  const [first] = corners
  if (!first) return []
  return first.point.map((_, at) => corners.reduce((total, { point }) => total + (point[at] ?? 0), 0) / corners.length)
}
