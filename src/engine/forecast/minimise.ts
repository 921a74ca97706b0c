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
    const best = corners[0]
    const worst = corners[from.length]
    const second = corners[from.length - 1] ?? best
    if (!best || !worst || !second || worst.value - best.value <= tolerance * Math.abs(best.value)) break
    const middle = centre(corners, from.length)
    const along = (factor: number) => {
      const point = middle.slice()
      for (let at = 0; at < point.length; at += 1) {
        const value = point[at] ?? 0
        point[at] = value + factor * ((worst.point[at] ?? 0) - value)
      }
      return corner(point)
    }
    const better = moved(along, best, second, worst)
    if (better) {
      corners[from.length] = better
      sink(corners)
    } else {
      for (let at = 1; at < corners.length; at += 1) corners[at] = corner(centre([best, corners[at] ?? best], 2))
      corners.sort(byValue)
    }
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

/** Moves the last corner to its place among the others, which are in order: behind those as good as it. */
function sink(corners: Corner[]): void {
  for (let at = corners.length - 1; at > 0; at -= 1) {
    const [before, own] = [corners[at - 1], corners[at]]
    if (!before || !own || !(before.value > own.value)) return
    corners[at - 1] = own
    corners[at] = before
  }
}

/** The middle of the first so many corners. Runs hundreds of thousands of times for a plan: plain loops. */
function centre(corners: readonly Corner[], count: number): number[] {
  const width = corners[0]?.point.length ?? 0
  const point: number[] = []
  for (let at = 0; at < width; at += 1) {
    let total = 0
    for (let each = 0; each < count; each += 1) total += corners[each]?.point[at] ?? 0
    point.push(total / count)
  }
  return point
}
