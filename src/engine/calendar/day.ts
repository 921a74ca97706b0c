import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'

dayjs.extend(utc)

/** A calendar date `YYYY-MM-DD` without a zone. Dates of this form compare as text. */
export type Day = string

const dayMs = 86_400_000

const shape = /^\d{4}-\d{2}-\d{2}$/

/** Whether the text is a date that exists: 2023-02-29 is not. */
export function isDay(text: string): boolean {
  return shape.test(text) && dayjs.utc(text).format('YYYY-MM-DD') === text
}

export function addDays(day: Day, days: number): Day {
  // Called by the ten thousand: a date library takes fifty times as long.
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

/** The same day of a later month, or that month's last day: 31 January + 1 = 28 February. */
export function addMonths(day: Day, months: number): Day {
  return dayjs.utc(day).add(months, 'month').format('YYYY-MM-DD')
}

/** Days from one date to another; negative if the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.trunc((Date.parse(to) - Date.parse(from)) / dayMs)
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}

/** The year and month (1–12) that a date lies in. */
export function yearAndMonth(day: Day): { readonly year: number; readonly month: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) }
}

/** Monday = 1 … Sunday = 7. */
export function weekday(day: Day): number {
  return dayjs.utc(day).day() || 7
}

/** The later of two dates; the earlier is `earlier`. */
export function later(a: Day, b: Day): Day {
  return a > b ? a : b
}

export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The date that people in a zone write at an instant. */
export function today(zone: string, now: Date): Day {
  return formatOf(zone).format(now)
}

/** Every request asks for the date, and making a format takes far longer than writing by it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(zone, made)
  return made
}
