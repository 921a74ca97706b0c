/** The instant at which clocks in `zone` show the wall time `asUtc`; corrected twice, for the days clocks change. */
export function instantIn(zone: string, asUtc: number): Date {
  let guess = asUtc
  for (let round = 0; round < 2; round += 1) guess = asUtc - offsetAt(zone, guess)
  return new Date(guess)
}

function offsetAt(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(instant))
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - instant
}
