import type { RobotAdapter } from './adapter.ts'

type Rates = RobotAdapter['rates']

/** The longest stretch that counts, in seconds. */
export const stretchOf = (rates: Rates): number => Math.max(...rates.map(({ seconds }) => seconds))

/** How many calls may follow now, after these. */
export function callsLeft(rates: Rates, calls: readonly Date[], now: Date): number {
  return Math.max(0, Math.min(...rates.map(({ calls: most, seconds }) => most - within(calls, now, seconds).length)))
}

/** When the next call may follow, at the earliest. */
export function nextCallAt(rates: Rates, calls: readonly Date[], now: Date): Date {
  const free = rates.flatMap(({ calls: most, seconds }) => {
    const recent = within(calls, now, seconds)
    const oldest = recent[recent.length - most]
    return oldest ? [oldest.getTime() + seconds * 1000] : []
  })
  return new Date(Math.max(now.getTime(), ...free))
}

const within = (calls: readonly Date[], now: Date, seconds: number) =>
  calls.filter((at) => at.getTime() > now.getTime() - seconds * 1000)
