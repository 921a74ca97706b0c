/** One measured figure beside its goal. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** In words, e.g. `<= 50`. */
  readonly goal: string
  readonly holds: boolean
}

/** What a `*.bench.ts` file exports as `bench`. */
export type Bench = () => Promise<readonly Figure[]>
