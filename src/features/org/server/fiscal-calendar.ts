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
import type { Step, Tx } from '#platform/db/step.ts'
import type { CalendarChange, CalendarView, FiscalYearShown } from '../calendar-contract.ts'
import { orgErrors } from '../errors.ts'
import { ensurePeriods } from './period-store.ts'
import { yearsInUse } from './years-in-use.ts'
import type { YearInUse } from './years-in-use.ts'

/** The company's fiscal calendar with its years around today, and what keeps years as they are. */
export async function showCalendar(ctx: Ctx): Promise<CalendarView> {
  const { written, inUse } = await inView(ctx, async (tx) => ({
    written: await writtenCalendar(tx, ctx),
    inUse: await yearsInUse(tx, ctx),
  }))
  const { calendar, exceptions, version } = written
  const last = inUse.at(-1)
  return {
    calendar,
    workCalendar: workCalendarOf(ctx.company.zone, exceptions),
    version,
    years: yearsShown(ctx, calendar),
    inUse: onTheWire(inUse),
    free: last ? last.year + 1 : null,
  }
}

/** What a change would come to; CALENDAR_REFUSED where it leaves days out or counts them twice. */
export async function previewCalendar(ctx: Ctx, change: CalendarChange) {
  const next = sound(calendarFrom(ctx.company.calendar, change.rule, change.from))
  const inUse = await inView(ctx, (tx) => yearsInUse(tx, ctx))
  return { years: yearsShown(ctx, next), refused: onTheWire(inTheWay(ctx.company.calendar, inUse, next)) }
}

/**
 * Lets years follow another calendar. Years that plans, forecasts or snapshots refer to keep their periods:
 * CALENDAR_IN_USE names those that would not. CALENDAR_CHANGED where it was decided on another than is written.
 */
export async function changeCalendar(
  ctx: Ctx,
  { version, ...change }: CalendarChange & Decided,
): Promise<CalendarView> {
  await inStep(
    ctx,
    async (step) => {
      const { calendar } = await lockCalendar(step, version)
      const next = sound(calendarFrom(calendar, change.rule, change.from))
      const refused = inTheWay(calendar, await yearsInUse(step.tx, ctx), next)
      if (refused.length > 0) throw inUseError(refused)
      await sql`update company set fiscal_calendar = ${JSON.stringify(next)}::jsonb where id = ${ctx.company.id}`.execute(
        step.tx,
      )
      await rewritePeriods(step, calendar, next)
      auditCompany(step, { calendar }, { calendar: next })
    },
    { kind: 'company.calendar' },
  )
  return showCalendar(ctx)
}

/** Sets the days that the company works or rests by its own word; all others are as the country has them. */
export async function changeWorkdays(
  ctx: Ctx,
  { exceptions, version }: { readonly exceptions: WorkExceptions } & Decided,
): Promise<CalendarView> {
  await inStep(
    ctx,
    async (step) => {
      const before = await lockCalendar(step, version)
      await sql`
        update company set work_exceptions = ${JSON.stringify(exceptions)}::jsonb where id = ${ctx.company.id}`.execute(
        step.tx,
      )
      auditCompany(step, { workExceptions: before.exceptions }, { workExceptions: exceptions })
    },
    { kind: 'company.workdays' },
  )
  return showCalendar(ctx)
}

/** The version on which a change was decided; undefined: it holds for whatever is written. */
interface Decided {
  readonly version?: string | undefined
}

/** Whoever writes periods meanwhile waits, and so does another change: it sees what this one wrote. */
async function lockCalendar(step: Step, version: string | undefined): Promise<WrittenCalendar> {
  await sql`select 1 from company where id = ${step.ctx.company.id} for update`.execute(step.tx)
  const written = await writtenCalendar(step.tx, step.ctx)
  if (version !== undefined && version !== written.version) throw orgErrors.CALENDAR_CHANGED()
  return written
}

interface WrittenCalendar {
  readonly calendar: FiscalCalendar
  readonly exceptions: WorkExceptions
  readonly version: string
}

/** As it is in the database: what the act began with may have been changed since. */
async function writtenCalendar(tx: Tx, { company }: Ctx): Promise<WrittenCalendar> {
  const { rows } = await sql<WrittenCalendar>`
    select fiscal_calendar as calendar, work_exceptions as exceptions,
      md5(fiscal_calendar::text || work_exceptions::text) as version
    from company where id = ${company.id}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the company is gone')
  return row
}

function auditCompany(step: Step, before: object, after: object): void {
  step.audit({ object: 'company', recordId: step.ctx.company.id, action: 'updated', before, after })
}

function sound(calendar: FiscalCalendar): FiscalCalendar {
  const faults = faultsOfCalendar(calendar)
  if (faults.length > 0) throw orgErrors.CALENDAR_REFUSED({}, faults.slice(0, 100))
  return calendar
}

function inTheWay(before: FiscalCalendar, inUse: readonly YearInUse[], next: FiscalCalendar): readonly YearInUse[] {
  return inUse.filter(({ year }) => !isSameYear(before, next, year))
}

function inUseError(refused: readonly YearInUse[]) {
  const years = refused.map(({ year }) => year).join(', ')
  return orgErrors.CALENDAR_IN_USE(
    { years },
    refused.flatMap(({ year, by }) => by.map((label) => ({ field: 'from', code: `year_${year}`, label }))),
  )
}

/** Rows of years that look otherwise now are written anew; nothing refers to them. */
async function rewritePeriods(step: Step, before: FiscalCalendar, next: FiscalCalendar): Promise<void> {
  const { rows } = await sql<{ year: number }>`select year from period where kind = 'year'`.execute(step.tx)
  const changed = rows.map(({ year }) => year).filter((year) => !isSameYear(before, next, year))
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
