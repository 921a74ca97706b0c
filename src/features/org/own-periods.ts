import { isDay } from '#engine/calendar/day.ts'
import type { Day } from '#engine/calendar/day.ts'
import type { OwnRule } from '#engine/calendar/fiscal-calendar.ts'

/** A line for every fiscal year, with the first days of its periods. */
export function periodsAsText({ years }: OwnRule): string {
  return years.map((days) => days.join(' ')).join('\n')
}

/**
 * The days of a pasted list: a line for every fiscal year, days divided by spaces, tabs, commas or semicolons, written
 * 2026-01-31, 2026/1/31 or 2026年1月31日. Answers what is no day beside them.
 */
export function readPeriods(text: string): { readonly years: Day[][]; readonly unread: readonly string[] } {
  const unread: string[] = []
  const years = text
    .split(/\r?\n/)
    .map((line) =>
      line
        .split(/[\s,，、;；]+/)
        .filter((word) => word !== '')
        .flatMap((word) => {
          const day = dayWritten(word)
          if (day === undefined) unread.push(word)
          return day ?? []
        }),
    )
    .filter((days) => days.length > 0)
  return { years, unread }
}

function dayWritten(word: string): Day | undefined {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(word) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(written) ? written : undefined
}
