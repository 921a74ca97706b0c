import { sql } from 'kysely'
import { calendarFrom, isSameYear } from '#engine/calendar/change-calendar.ts'
import { faultsOfCalendar } from '#engine/calendar/check-calendar.ts'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import { fiscalMonths, fiscalQuarters, fiscalYearOf, yearPeriod } from '#engine/calendar/period.ts'
import type { Period } from '#engine/calendar/period.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import type { WorkExceptions } from '#engine/calendar/workday.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import type { CalendarChange, CalendarView, FiscalYearShown } from '../calendar-contract.ts'
import { orgErrors } from '../errors.ts'
import { ensurePeriods } from './period-store.ts'
import { yearsInUse } from './years-in-use.ts'
import type { YearInUse } from './years-in-use.ts'

/** The company's fiscal calendar with its years around today, and what keeps years as they are. */
export async function showCalendar(ctx: Ctx): Promise<CalendarView> {
  const { calendar, workCalendar } = ctx.company
  const inUse = await inView(ctx, (tx) => yearsInUse(tx, ctx))
  const last = inUse.at(-1)
  return {
    calendar,
    workCalendar,
    years: yearsShown(ctx, calendar),
    inUse: onTheWire(inUse),
    free: last ? last.year + 1 : null,
  }
}

/** What a change would come to; CALENDAR_REFUSED where it leaves days out or counts them twice. */
export async function previewCalendar(ctx: Ctx, change: CalendarChange) {
  const next = sound(calendarFrom(ctx.company.calendar, change.rule, change.from))
  const inUse = await inView(ctx, (tx) => yearsInUse(tx, ctx))
  return { years: yearsShown(ctx, next), refused: onTheWire(inTheWay(ctx, inUse, next)) }
}

/**
 * Lets years follow another calendar. Years that plans, forecasts or snapshots refer to keep their periods:
 * CALENDAR_IN_USE names those that would not.
 */
export async function changeCalendar(ctx: Ctx, change: CalendarChange): Promise<CalendarView> {
  const next = sound(calendarFrom(ctx.company.calendar, change.rule, change.from))
  await inStep(
    ctx,
    async (step) => {
      const { company } = ctx
      // Whoever writes periods meanwhile waits, and so does another change.
      await sql`select 1 from company where id = ${company.id} for update`.execute(step.tx)
      const refused = inTheWay(ctx, await yearsInUse(step.tx, ctx), next)
      if (refused.length > 0) throw inUseError(refused)
      await sql`update company set fiscal_calendar = ${JSON.stringify(next)}::jsonb where id = ${company.id}`.execute(
        step.tx,
      )
      await rewritePeriods(step, next)
      step.audit({
        object: 'company',
        recordId: company.id,
        action: 'updated',
        before: { calendar: company.calendar },
        after: { calendar: next },
      })
    },
    { kind: 'company.calendar' },
  )
  return showCalendar({ ...ctx, company: { ...ctx.company, calendar: next } })
}

/** Sets the days that the company works or rests by its own word; all others are as the country has them. */
export async function changeWorkdays(ctx: Ctx, exceptions: WorkExceptions): Promise<CalendarView> {
  const { company } = ctx
  await inStep(
    ctx,
    async (step) => {
      await sql`update company set work_exceptions = ${JSON.stringify(exceptions)}::jsonb where id = ${company.id}`.execute(
        step.tx,
      )
      step.audit({
        object: 'company',
        recordId: company.id,
        action: 'updated',
        before: { workExceptions: company.workCalendar.exceptions ?? {} },
        after: { workExceptions: exceptions },
      })
    },
    { kind: 'company.workdays' },
  )
  return showCalendar({ ...ctx, company: { ...company, workCalendar: workCalendarOf(company.zone, exceptions) } })
}

function sound(calendar: FiscalCalendar): FiscalCalendar {
  const faults = faultsOfCalendar(calendar)
  if (faults.length > 0) throw orgErrors.CALENDAR_REFUSED({}, faults.slice(0, 100))
  return calendar
}

function inTheWay(ctx: Ctx, inUse: readonly YearInUse[], next: FiscalCalendar): readonly YearInUse[] {
  return inUse.filter(({ year }) => !isSameYear(ctx.company.calendar, next, year))
}

function inUseError(refused: readonly YearInUse[]) {
  const years = refused.map(({ year }) => year).join(', ')
  return orgErrors.CALENDAR_IN_USE(
    { years },
    refused.flatMap(({ year, by }) => by.map((label) => ({ field: 'from', code: `year_${year}`, label }))),
  )
}

/** Rows of years that look otherwise now are written anew; nothing refers to them. */
async function rewritePeriods(step: Step, next: FiscalCalendar): Promise<void> {
  const { rows } = await sql<{ year: number }>`select year from period where kind = 'year'`.execute(step.tx)
  const changed = rows.map(({ year }) => year).filter((year) => !isSameYear(step.ctx.company.calendar, next, year))
  if (changed.length === 0) return
  await sql`delete from period where year = any(${changed}::int[])`.execute(step.tx)
  for (const year of changed) await ensurePeriods(step, year, year, next)
}

function yearsShown(ctx: Ctx, calendar: FiscalCalendar): FiscalYearShown[] {
  const year = fiscalYearOf(ctx.today, calendar)
  return [-1, 0, 1, 2, 3].map((step) => yearShown(calendar, year + step))
}

function yearShown(calendar: FiscalCalendar, year: number): FiscalYearShown {
  const { from, to } = yearPeriod(calendar, year)
  const shown = ({ key, label, from: first, to: end }: Period) => ({ key, label: { ...label }, from: first, to: end })
  return {
    year,
    from,
    to,
    quarters: fiscalQuarters(calendar, year).map(shown),
    periods: fiscalMonths(calendar, year).map(shown),
  }
}

function onTheWire(years: readonly YearInUse[]) {
  return years.map(({ year, by }) => ({ year, by: by.map((label) => ({ ...label })) }))
}
