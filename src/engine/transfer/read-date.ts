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
 * settles the whole column. Where the first number may be the year as well as the day (26-03-01), years lie close
 * together and days far apart; due dates on one day of the month leave it open. With slashes the year comes last.
 */
export function dateOrderOf(texts: Iterable<string>): DateOrder | undefined {
  const triples = [...texts].flatMap((written) => tripleOf(written.normalize('NFKC').trim()) ?? [])
  const allowed = (['ymd', 'mdy', 'dmy'] as const).filter((order) => triples.every((triple) => allows(order, triple)))
  if (triples.length === 0) return undefined
  if (allowed.length === 1) return allowed[0]
  if (allowed.includes('mdy')) return undefined
  const areFirstWide = isWide(triples.map(({ first }) => first))
  const areLastWide = isWide(triples.map(({ last }) => last))
  const isSlashed = triples.some(({ mark }) => mark === '/')
  const likely = allowed.filter((order) =>
    order === 'ymd' ? areLastWide && !areFirstWide && !isSlashed : areFirstWide && !areLastWide,
  )
  return likely.length === 1 ? likely[0] : undefined
}

/** More years than a column of dates spans, as a rule. */
const manyYears = 10

const isWide = (numbers: readonly string[]): boolean =>
  Math.max(...numbers.map(Number)) - Math.min(...numbers.map(Number)) > manyYears

/** 3/1/26 and the like: three numbers of which the first has two digits at most. */
interface Triple {
  readonly first: string
  readonly mark: string
  readonly middle: string
  readonly last: string
}

function tripleOf(text: string): Triple | undefined {
  const parts = /^(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{1,2})(?=$|[T\s])/.exec(text)
  const [, first, mark, middle, last] = parts ?? []
  if (first === undefined || mark === undefined || middle === undefined || last === undefined) return undefined
  return { first, mark, middle, last }
}

/** Years have two digits or four, and only a four-digit one stands nowhere but at the end. */
function allows(order: DateOrder, { first, middle, last }: Triple): boolean {
  const isYear = (digits: string) => digits.length !== 1
  const isDay = (digits: string) => digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 31
  const isMonth = (digits: string) => isDay(digits) && Number(digits) <= 12
  if (order === 'ymd') return isYear(first) && isMonth(middle) && isDay(last)
  return order === 'dmy'
    ? isDay(first) && isMonth(middle) && isYear(last)
    : isMonth(first) && isDay(middle) && isYear(last)
}

function yearFirst(text: string): DateReading | undefined {
  const parts = /^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\.?(?=$|[T\s(星周上下])/.exec(text)
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

/** Not told in which order: month first, as long as that can be; what else it may mean is a doubt. */
function numeric(text: string, order: DateOrder | undefined): DateReading | undefined {
  const triple = tripleOf(text)
  if (!triple) return undefined
  if (order !== undefined) return inOrder(triple, order)
  const readings = ordersOf(triple).map((one) => inOrder(triple, one))
  const [taken, ...others] = readings.flatMap((reading) => (reading.ok ? [reading] : []))
  if (!taken) return bad()
  const isOtherwise = others.some(({ value }) => value !== taken.value)
  return isOtherwise ? done({ value: taken.value, doubt: 'AMBIGUOUS_DATE' as const }) : taken
}

/** Likely ones first. The year stands in front only where no month can; with strokes, as in ISO, rather than a day. */
function ordersOf(triple: Triple): readonly DateOrder[] {
  if (allows('mdy', triple)) return allows('dmy', triple) ? ['mdy', 'dmy'] : ['mdy']
  const orders = triple.mark === '-' ? (['ymd', 'dmy'] as const) : (['dmy', 'ymd'] as const)
  return orders.filter((one) => allows(one, triple))
}

function inOrder({ first, middle, last }: Triple, order: DateOrder): DateReading {
  if (order === 'ymd') return dateOf(fullYear(first), Number(middle), Number(last))
  if (last.length === 1) return bad()
  return order === 'dmy'
    ? dateOf(fullYear(last), Number(middle), Number(first))
    : dateOf(fullYear(last), Number(first), Number(middle))
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
