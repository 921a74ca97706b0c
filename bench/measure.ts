/** Milliseconds of each repetition, shortest first. */
export type Times = readonly number[]

/** Milliseconds that one act took. */
export async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return performance.now() - start
}

/**
 * Times several acts in turn, so that whatever else the machine does meanwhile falls on all of them alike. Some rounds
 * go before, unmeasured, to warm caches and compilers.
 */
export async function timesInTurn<Name extends string>(
  { rounds, warmUp = 5 }: { readonly rounds: number; readonly warmUp?: number },
  acts: Readonly<Record<Name, (round: number) => Promise<unknown>>>,
): Promise<Readonly<Record<Name, Times>>> {
  const names = Object.keys(acts) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of names) {
      const took = await timeOf(() => acts[name](round + warmUp))
      if (round >= 0) times[name].push(took)
    }
  }
  for (const name of names) times[name].sort((a, b) => a - b)
  return times
}

/** The time that this share of the repetitions stayed under: 0.5 is the median. */
export function percentile(times: Times, share: number): number {
  const place = Math.min(times.length - 1, Math.max(0, Math.ceil(times.length * share) - 1))
  return times[place] ?? Number.NaN
}
