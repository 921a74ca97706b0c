import { done, refused, type Outcome } from '#base/outcome.ts'

/** In which order people wrote day, month and year when the text itself does not tell. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy'

/** `doubt` marks a date such as 3/1/26 that reads two ways; the reader says which one was taken. */
export type DateReading = Outcome<{ readonly value: string; readonly doubt?: 'AMBIGUOUS_DATE' }, 'NOT_A_DATE'>

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Serials of 1927 to 2173: below that a bare number is more likely a year or a count. */
const firstSerial = 10_000
const lastSerial = 99_999

/**
 * A calendar date as people write it → `YYYY-MM-DD`. Understands ISO, 2026年3月1日, 20260301, 1 Mar 2026, Mar 1, 2026,
 * 3/1/26 in either order, and Excel's day numbers. A time of day behind the date is left out.
 */
export function readDate(written: string, order?: DateOrder): DateReading {
  const text = written.normalize('NFKC').trim()
  return (
    yearFirst(text) ??
    chinese(text) ??
    compact(text) ??
    monthByName(text) ??
    serial(text) ??
    numeric(text, order) ??
    bad()
  )
}

/**
 * The order that every date of a column allows, or undefined when several remain: a 31 in the first place
 * settles the whole column.
 */
export function dateOrderOf(texts: Iterable<string>): DateOrder | undefined {
  let dayFirst = false
  let monthFirst = false
  for (const written of texts) {
    const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}(?!\d)/.exec(written.normalize('NFKC').trim())
    if (!parts) continue
    if (Number(parts[1]) > 12) dayFirst = true
    if (Number(parts[2]) > 12) monthFirst = true
  }
  if (dayFirst === monthFirst) return undefined
  return dayFirst ? 'dmy' : 'mdy'
}

function yearFirst(text: string): DateReading | undefined {
  const parts = /^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?=$|[T\s])/.exec(text)
  return parts ? dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined
}

function chinese(text: string): DateReading | undefined {
  const parts = /^(\d{4}|\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(?=$|[\s\d(星周上下])/.exec(text)
  return parts ? dateOf(fullYear(parts[1]), Number(parts[2]), Number(parts[3])) : undefined
}

function compact(text: string): DateReading | undefined {
  const parts = /^((?:19|20)\d{2})(\d{2})(\d{2})(?=$|[T\s])/.exec(text)
  return parts ? dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined
}

function monthByName(text: string): DateReading | undefined {
  const plain = text.toLowerCase().replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+/, '')
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]*([a-z]{3,9})\.?[\s,-]*'?(\d{4}|\d{2})(?=$|\s)/.exec(plain)
  if (dayFirst) return named(dayFirst[3], dayFirst[2], dayFirst[1])
  const monthFirst = /^([a-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+'?(\d{4}|\d{2})(?=$|\s)/.exec(plain)
  return monthFirst ? named(monthFirst[3], monthFirst[1], monthFirst[2]) : undefined
}

function named(year: string | undefined, month: string | undefined, day: string | undefined): DateReading {
  const place = months.indexOf((month ?? '').slice(0, 3))
  return place < 0 ? bad() : dateOf(fullYear(year), place + 1, Number(day))
}

function serial(text: string): DateReading | undefined {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return undefined
  const days = Math.floor(Number(text))
  if (days < firstSerial || days > lastSerial) return undefined
  return done({ value: new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10) })
}

function numeric(text: string, order: DateOrder | undefined): DateReading | undefined {
  const parts = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{1,2})(?=$|[T\s])/.exec(text)
  if (!parts) return undefined
  const [first, second, third] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (order === 'ymd') return dateOf(fullYear(parts[1]), second, third)
  if (parts[3]?.length === 1) return bad()
  const year = fullYear(parts[3])
  if (order === 'dmy') return dateOf(year, second, first)
  if (order === 'mdy') return dateOf(year, first, second)
  if (first > 12) return dateOf(year, second, first)
  const reading = dateOf(year, first, second)
  const isEitherWay = second <= 12 && first !== second
  return reading.ok && isEitherWay ? done({ value: reading.value, doubt: 'AMBIGUOUS_DATE' as const }) : reading
}

/** Two digits: 70–99 are of the last century, as spreadsheets have it. */
function fullYear(digits: string | undefined): number {
  const year = Number(digits)
  if (digits?.length !== 2) return year
  return year >= 70 ? 1900 + year : 2000 + year
}

function dateOf(year: number, month: number, day: number): DateReading {
  const made = new Date(Date.UTC(year, month - 1, day))
  const isReal = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
  return isReal && year >= 1000 ? done({ value: made.toISOString().slice(0, 10) }) : bad()
}

function bad(): DateReading {
  return refused('NOT_A_DATE')
}
