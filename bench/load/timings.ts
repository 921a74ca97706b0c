import { percentile } from '../measure.ts'

/** What became of the requests of one kind. */
export interface Row {
  readonly what: string
  readonly requests: number
  readonly errors: number
  readonly 'p50 ms': number
  readonly 'p95 ms': number
  readonly 'p99 ms': number
  readonly 'longest ms': number
}

/** How long requests took, and which went wrong. */
export interface Timings {
  note(what: string, ms: number): void
  fail(what: string, why: string): void
  /** The first of what went wrong, in words. */
  readonly examples: readonly string[]
  rows(): readonly Row[]
  total(): Row
}

export function keepTimings(): Timings {
  const times = new Map<string, number[]>()
  const errors = new Map<string, number>()
  const examples: string[] = []
  return {
    examples,
    note: (what, ms) => {
      const known = times.get(what)
      if (known) known.push(ms)
      else times.set(what, [ms])
    },
    fail: (what, why) => {
      errors.set(what, (errors.get(what) ?? 0) + 1)
      if (examples.length < 20) examples.push(`${what}: ${why}`)
    },
    rows: () => [...times].map(([what, taken]) => rowOf(what, taken, errors.get(what) ?? 0)),
    total: () => {
      const failed = [...errors.values()].reduce((sum, count) => sum + count, 0)
      return rowOf('everything', [...times.values()].flat(), failed)
    },
  }
}

function rowOf(what: string, unsorted: readonly number[], errors: number): Row {
  const times = unsorted.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(percentile(times, share))
  return {
    what,
    requests: times.length,
    errors,
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'p99 ms': at(0.99),
    'longest ms': Math.round(times.at(-1) ?? Number.NaN),
  }
}
