import type { NoticeRhythm } from '#engine/contract/notices.ts'
import { addDays, today, weekday } from '#engine/calendar/day.ts'
import { instantIn, wallTimeIn } from '#engine/calendar/wall-time.ts'

/** Unless a company or a person says otherwise: quiet at night, the digest in the morning. */
export const standardRhythm: NoticeRhythm = {
  quietFrom: 22 * 60,
  quietTo: 8 * 60,
  zone: null,
  digest: 'daily',
  digestHour: 9,
  digestWeekday: 1,
}

const hourMs = 3_600_000
const minuteMs = 60_000

/** When something may leave that would leave now: now, or at the end of the quiet hours that it falls into. */
export function afterQuiet(rhythm: NoticeRhythm, companyZone: string, now: Date): Date {
  const { quietFrom, quietTo } = rhythm
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return now
  const zone = rhythm.zone ?? companyZone
  const wall = wallTimeIn(zone, now)
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes()
  const isOvernight = quietFrom > quietTo
  const isQuiet = isOvernight ? minute >= quietFrom || minute < quietTo : minute >= quietFrom && minute < quietTo
  if (!isQuiet) return now
  const day = today(zone, now)
  const endDay = isOvernight && minute >= quietFrom ? addDays(day, 1) : day
  return instantIn(zone, Date.parse(endDay) + quietTo * minuteMs)
}

/** When the next digest leaves, later than now. */
export function nextDigest(rhythm: NoticeRhythm, companyZone: string, now: Date): Date {
  const zone = rhythm.zone ?? companyZone
  const first = today(zone, now)
  for (let ahead = 0; ; ahead += 1) {
    const day = addDays(first, ahead)
    if (rhythm.digest === 'weekly' && weekday(day) !== rhythm.digestWeekday) continue
    const at = instantIn(zone, Date.parse(day) + rhythm.digestHour * hourMs)
    if (at > now) return at
  }
}
