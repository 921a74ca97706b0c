import type { Language } from '#base/label.ts'
import { wallTimeIn } from '#engine/calendar/wall-time.ts'

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const near: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: { '-1': '昨天', '0': '今天', '1': '明天' },
  en: { '-1': 'Yesterday', '0': 'Today', '1': 'Tomorrow' },
}

interface DayParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
}

// A business day is a calendar date: it is read as UTC so that no zone can move it.
function partsOf(day: string): DayParts | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day)
  if (!match) return undefined
  const date = new Date(`${match[0]}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return undefined
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), weekday: date.getUTCDay() }
}

let clocks = Intl.DateTimeFormat().resolvedOptions().timeZone

/** From here on every moment is told by the clocks of this zone: a company's history reads the same wherever somebody is. */
export function tellTimeOf(zone: string): void {
  clocks = zone
}

/** Today by those clocks, which are the browser's before anybody is signed in, as `YYYY-MM-DD`. */
export function localToday(now: Date = new Date()): string {
  return wallTimeIn(clocks, now).toISOString().slice(0, 10)
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000,
  )
}

/** The day before: the last day of a period that ends before `day`. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** 3月5日 周四, with the year when it is another one; Thu 5 Mar in English. */
export function dayText(day: string | null | undefined, language: Language, today: string = localToday()): string {
  const parts = day ? partsOf(day) : undefined
  if (!parts) return '—'
  const otherYear = String(parts.year) !== today.slice(0, 4)
  const weekday = weekdays[language][parts.weekday] ?? ''
  if (language === 'zh') return `${otherYear ? `${parts.year}年` : ''}${parts.month + 1}月${parts.day}日 ${weekday}`
  return `${weekday} ${parts.day} ${months[parts.month] ?? ''}${otherYear ? ` ${parts.year}` : ''}`
}

/** 今天, 明天, 昨天 when near; otherwise the day. */
export function nearDayText(day: string | null | undefined, language: Language, today: string = localToday()): string {
  if (!day || !partsOf(day)) return '—'
  return near[language][String(daysBetween(today, day))] ?? dayText(day, language, today)
}

/** The date alone, for dense tables: 2017-03-05 reads the same everywhere. */
export function plainDay(day: string | null | undefined): string {
  return day ? day.slice(0, 10) : '—'
}

/** A moment by the company's clocks: 3月5日 周四 14:05. */
export function momentText(instant: string | null | undefined, language: Language): string {
  const at = momentOf(instant)
  return at ? `${nearDayText(at.day, language)} ${at.clock}` : '—'
}

/** The same for dense tables: 2026-03-05 14:05. */
export function plainMoment(instant: string | null | undefined): string {
  const at = momentOf(instant)
  return at ? `${at.day} ${at.clock}` : '—'
}

function momentOf(instant: string | null | undefined) {
  const at = new Date(instant ?? '')
  if (Number.isNaN(at.getTime())) return undefined
  const wall = wallTimeIn(clocks, at).toISOString()
  return { day: wall.slice(0, 10), clock: wall.slice(11, 16) }
}
