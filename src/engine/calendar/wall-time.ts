/** The instant at which clocks in `zone` show the wall time `asUtc`; corrected twice, for the days clocks change. */
export function instantIn(zone: string, asUtc: number): Date {
  let guess = asUtc
  for (let round = 0; round < 2; round += 1) guess = asUtc - offsetAt(zone, guess)
  return new Date(guess)
}

/** What clocks in `zone` show at the instant, as if it were UTC; to the second. */
export function wallTimeIn(zone: string, instant: Date): Date {
  const whole = Math.floor(instant.getTime() / 1000) * 1000
  return new Date(whole + offsetAt(zone, whole))
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Making one takes longer than reading it a hundred times. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, made)
  return made
}

function offsetAt(zone: string, instant: number): number {
  const parts = clockOf(zone).formatToParts(new Date(instant))
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - instant
}
