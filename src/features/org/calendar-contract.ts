import { z } from 'zod'
import { fiscalCalendarShape, fiscalRule, fiscalYears } from '#engine/calendar/fiscal-calendar.ts'
import { workCalendarShape, workExceptionsShape } from '#engine/calendar/workday.ts'
import { defineRoute } from '#engine/contract/route.ts'
import { calendarManage } from './permissions.ts'

const label = z.object({ zh: z.string(), en: z.string() })
const period = z.object({ key: z.string(), label, from: z.string(), to: z.string() })

const fiscalYearShown = z.object({
  year: z.number(),
  from: z.string(),
  /** The day after its last. */
  to: z.string(),
  quarters: z.array(period),
  /** Its leaf periods. */
  periods: z.array(period),
})
export type FiscalYearShown = z.infer<typeof fiscalYearShown>

const yearInUse = z.object({
  year: z.number(),
  /** What refers to its periods: plans, forecasts, snapshots. */
  by: z.array(label),
})

export const calendarReply = z.object({
  calendar: fiscalCalendarShape,
  /** This fiscal year, the one before and the next three. */
  years: z.array(fiscalYearShown),
  /** Years whose periods can no longer change. */
  inUse: z.array(yearInUse),
  /** The first year that may follow another calendar; null: all may. */
  free: z.number().nullable(),
  workCalendar: workCalendarShape,
  /** Another one after each change. */
  version: z.string(),
})
export type CalendarView = z.infer<typeof calendarReply>

const change = z.strictObject({
  rule: fiscalRule,
  /** The first fiscal year that follows it; null: all years. */
  from: z.number().int().min(fiscalYears.first).max(fiscalYears.last).nullable().default(null),
})
export type CalendarChange = z.output<typeof change>

/** The version that the change was decided on: CALENDAR_CHANGED where another is written. Without one it holds anyhow. */
const decidedOn = z.string().max(64).optional()

const permission = calendarManage

export const showCalendarRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/fiscal-calendar',
  summary: { zh: '财年、期间与工作日', en: 'Fiscal years, their periods, and working days' },
  access: { permission },
  reply: calendarReply,
})

export const previewCalendarRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/fiscal-calendar/preview',
  reads: true,
  summary: { zh: '预览财年日历', en: 'The periods that another calendar would give, and the years in its way' },
  access: { permission },
  body: change,
  reply: z.object({ years: z.array(fiscalYearShown), refused: z.array(yearInUse) }),
})

export const changeCalendarRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/fiscal-calendar',
  summary: { zh: '更改财年日历', en: 'Change the fiscal calendar' },
  access: { permission },
  body: change.extend({ version: decidedOn }),
  reply: calendarReply,
})

/** At most so many days of the company's own word. */
const mostExceptions = 3000

export const changeWorkdaysRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/fiscal-calendar/workdays',
  summary: { zh: '设置公司自己的上班日与休息日', en: 'Set the days that the company works or rests by its own word' },
  access: { permission },
  body: z.strictObject({
    /** Day → worked or free; replaces all that were set. */
    exceptions: workExceptionsShape.refine((days) => Object.keys(days).length <= mostExceptions),
    version: decidedOn,
  }),
  reply: calendarReply,
})
