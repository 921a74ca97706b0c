/** Time as calls wait in it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  wait(ms: number): Promise<void>
}

export const realClock: Clock = {
  now: () => Date.now(),
  wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
}

/** How long one undertaking may wait for a brand, over all its calls. */
export interface Patience {
  /** Calls that came to nothing are made again so often. */
  readonly repeats: number
  /** False, and at once, where that would be too long. */
  wait(ms: number): Promise<boolean>
}

export function patienceFor(clock: Clock, { mostMs, repeats }: { mostMs: number; repeats: number }): Patience {
  let leftMs = mostMs
  return {
    repeats,
    wait: async (ms) => {
      if (ms > leftMs) return false
      leftMs -= ms
      await clock.wait(ms)
      return true
    },
  }
}
