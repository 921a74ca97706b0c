import type { Clock } from './clock.ts'

/** So many calls in any stretch of so many seconds. */
export interface Rate {
  readonly calls: number
  readonly seconds: number
}

/** Waits until another call of the same app may follow. */
export function pacer(rates: readonly Rate[], clock: Clock): (app: string) => Promise<void> {
  const most = Math.max(...rates.map(({ calls }) => calls))
  const made = new Map<string, number[]>()

  return async (app) => {
    const calls = made.get(app) ?? []
    made.set(app, calls)
    const now = clock.now()
    const free = rates.map(
      (rate) => (calls[calls.length - rate.calls] ?? Number.NEGATIVE_INFINITY) + rate.seconds * 1000,
    )
    const at = Math.max(now, ...free)
    calls.push(at)
    if (calls.length > 2 * most) calls.splice(0, calls.length - most)
    if (at > now) await clock.wait(at - now)
  }
}
