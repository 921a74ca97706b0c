import type { Period } from '#engine/calendar/period.ts'

/** The key of the same period of the fiscal year before: `2017-Q2` → `2016-Q2`; that year may not have it. */
export function keyOfYearBefore({ key, year }: Pick<Period, 'key' | 'year'>): string {
  return key.replace(/^\d{4}/, String(year - 1))
}
