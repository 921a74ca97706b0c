import { addDays, addMonths, daysBetween, weekday } from './day.ts'
import type { Day } from './day.ts'
import type { FiscalCalendar, FiscalRule, OwnRule, WeekRule } from './fiscal-calendar.ts'

/** A fiscal year as its parts: the first days of its leaf periods in order, and the day after its last. */
export interface FiscalYear {
  readonly year: number
  readonly starts: readonly Day[]
  readonly end: Day
  /** How many leaf periods make a quarter; null: the year has none. */
  readonly perQuarter: number | null
}

/** The fiscal year in which a day lies. */
export function fiscalYearOf(day: Day, calendar: FiscalCalendar): number {
  let year = Number(day.slice(0, 4))
  while (day < startOf(calendar, year)) year -= 1
  while (day >= startOf(calendar, year + 1)) year += 1
  return year
}

const remembered = new WeakMap<FiscalCalendar, Map<number, FiscalYear>>()

/** The parts of a fiscal year. Years follow one another without gap, and so do the parts of each. */
export function fiscalYear(calendar: FiscalCalendar, year: number): FiscalYear {
  const years = remembered.get(calendar) ?? new Map<number, FiscalYear>()
  remembered.set(calendar, years)
  const known = years.get(year)
  if (known) return known
  const made = calendar.kind === 'changed' ? yearOfChanged(calendar, year) : yearOfRule(calendar, year)
  years.set(year, made)
  return made
}

function startOf(calendar: FiscalCalendar, year: number): Day {
  return calendar.kind === 'changed' ? startOfRule(ruleBefore(calendar, year), year) : startOfRule(calendar, year)
}

type Changed = Extract<FiscalCalendar, { kind: 'changed' }>

function ruleIn(calendar: Changed, year: number): FiscalRule {
  return calendar.later.findLast(({ from }) => from <= year)?.rule ?? calendar.first
}

/** The rule by which the year before ended. */
function ruleBefore(calendar: Changed, year: number): FiscalRule {
  return ruleIn(calendar, year - 1)
}

/**
 * Whole periods of the old rule come before those of the new one where they make quarters of it; all other days between
 * belong to its first period, so that no number of a period or quarter moves. An early end cuts the new year.
 */
function yearOfChanged(calendar: Changed, year: number): FiscalYear {
  const [old, rule] = [ruleBefore(calendar, year), ruleIn(calendar, year)]
  const whole = yearOfRule(rule, year)
  if (old === rule) return whole
  const [start, proper] = [startOfRule(old, year), startOfRule(rule, year)]
  const edges = [year, year + 1].flatMap((each) => yearOfRule(old, each).starts).filter((day) => day <= proper)
  const rest = whole.starts.filter((day) => day > start && day > proper)
  const starts = start < proper ? [...edges, ...rest] : [start, ...rest]
  return { ...whole, starts: withoutOdd(starts, whole, edges.length - 1) }
}

/** Joins what makes no quarter into one first period; without quarters all `before` periods of the old rule. */
function withoutOdd(starts: readonly Day[], { starts: usual, perQuarter }: FiscalYear, before: number): readonly Day[] {
  const hasQuarters = perQuarter !== null && usual.length % perQuarter === 0
  const odd = hasQuarters ? starts.length % perQuarter : Math.max(before, 0)
  return odd < starts.length ? starts.filter((_, at) => at === 0 || at > odd) : starts
}

function yearOfRule(rule: FiscalRule, year: number): FiscalYear {
  const end = startOfRule(rule, year + 1)
  switch (rule.kind) {
    case 'months':
      return { year, starts: monthsOfYear(startOfRule(rule, year)), end, perQuarter: 3 }
    case 'weeks':
      return { year, starts: weeksOfYear(rule, startOfRule(rule, year)), end, perQuarter: 3 }
    case 'own':
      return { year, starts: listedStarts(rule, year), end, perQuarter: rule.perQuarter }
  }
}

function startOfRule(rule: FiscalRule, year: number): Day {
  switch (rule.kind) {
    case 'months':
      return firstOf(year, rule.start)
    case 'weeks':
      return nearest(rule.weekday, dayOfMonth(year, rule))
    case 'own':
      return startOfListed(rule, year)
  }
}

const twelve = Array.from({ length: 12 }, (_, at) => at)

function monthsOfYear(start: Day): Day[] {
  const [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))]
  return twelve.map((at) => firstOf(year + Math.floor((month - 1 + at) / 12), ((month - 1 + at) % 12) + 1))
}

function firstOf(year: number, month: number): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`
}

/** Each quarter has 13 weeks. */
function weeksOfYear({ pattern }: WeekRule, start: Day): Day[] {
  const weeks = pattern.split('-').map(Number)
  let gone = 0
  return twelve.map((at) => {
    const first = addDays(start, gone * 7)
    gone += weeks[at % 3] ?? 0
    return first
  })
}

function dayOfMonth(year: number, { month, day }: WeekRule): Day {
  const first = firstOf(year, month)
  return addDays(first, Math.min(day, daysBetween(first, addMonths(first, 1))) - 1)
}

/** The weekday at most three days away. */
function nearest(wanted: number, day: Day): Day {
  const ahead = (wanted - weekday(day) + 7) % 7
  return addDays(day, ahead > 3 ? ahead - 7 : ahead)
}

function startOfListed({ firstYear, years, end }: OwnRule, year: number): Day {
  const at = year - firstYear
  if (at < 0) return addMonths(years[0]?.[0] ?? end, at * 12)
  return years[at]?.[0] ?? addMonths(end, (at - years.length) * 12)
}

function listedStarts(rule: OwnRule, year: number): readonly Day[] {
  const listed = rule.years[year - rule.firstYear]
  return listed ?? twelve.map((at) => monthsFromEdge(rule, year, at))
}

/** Counted from the edge of the list, so that the end of a short month does not shift what follows. */
function monthsFromEdge({ firstYear, years, end }: OwnRule, year: number, month: number): Day {
  const isBefore = year < firstYear
  const edge = isBefore ? (years[0]?.[0] ?? end) : end
  const at = isBefore ? year - firstYear : year - firstYear - years.length
  return addMonths(edge, at * 12 + month)
}
