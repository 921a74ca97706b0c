import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { calendarName, type Entry } from '../entry.ts'
import type { Ctx } from '#platform/db/ctx.ts'

const minuteMs = 60_000
/** Calendars ask about so often. */
const minutesBetween = 30
/** What has a beginning and no end lasts so long. */
const usualMinutes = 30

/**
 * The calendar as a text of iCalendar (RFC 5545). An entry keeps its UID; its SEQUENCE grows with every change. Days are
 * days wherever one is; instants are written in UTC and shown in the zone of whoever looks.
 */
export function drawCalendar(ctx: Ctx, entries: readonly Entry[]): string {
  const calendar = ical({
    name: `${calendarName[ctx.language]} · ${ctx.actor.name}`,
    prodId: { company: 'Terrace', product: 'Terrace', language: ctx.language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: minutesBetween * 60,
    x: { 'X-WR-TIMEZONE': ctx.company.zone },
  })
  for (const { id, version, title, note, when, changedAt, isCancelled, url } of entries) {
    const isDay = 'day' in when
    const start = isDay ? new Date(`${when.day}T00:00:00Z`) : when.at
    calendar.createEvent({
      id: `${id}@terrace`,
      sequence: version - 1,
      stamp: changedAt,
      lastModified: changedAt,
      start,
      ...(isDay ? { allDay: true } : { end: new Date(start.getTime() + usualMinutes * minuteMs) }),
      summary: title,
      ...(note === null ? {} : { description: note }),
      url,
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}
