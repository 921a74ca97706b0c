import type { Seeded } from './seeded.ts'

/** One measured figure beside its goal. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** In words, e.g. `≤ 50`; empty where a figure is shown without a goal. */
  readonly goal: string
  readonly holds: boolean
}

/** What a `*.bench.ts` file exports as `bench`. */
export type Bench = (setting: Setting) => Promise<readonly Figure[]>

export interface Setting {
  /** 1 is what the goals are about; less, while the benchmarks themselves are worked on. */
  readonly scale: number
  /** Rows of the one file to import, where that is asked for. */
  readonly rows?: number | undefined
  /** The throw-away company on its own database; seeded when it is first asked for. */
  seeded(): Promise<Seeded>
}

type Goal = { readonly atMost: number } | { readonly atLeast: number }

export function figure(name: string, value: number, unit: string, goal?: Goal): Figure {
  const rounded = Number(value.toPrecision(4))
  if (!goal) return { name, value: rounded, unit, goal: '', holds: true }
  if ('atMost' in goal) return { name, value: rounded, unit, goal: `≤ ${goal.atMost}`, holds: value <= goal.atMost }
  return { name, value: rounded, unit, goal: `≥ ${goal.atLeast}`, holds: value >= goal.atLeast }
}
