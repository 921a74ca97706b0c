import { sql } from 'kysely'
import { fiscalPeriods, fiscalYearOf, periodAround } from '#engine/calendar/period.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import type { Tx } from '#platform/db/step.ts'

/** Fiscal periods from the first year with results or a plan to the next one, or of one year; newest year first. */
export async function listPeriods(ctx: Ctx, { year }: { year?: number | undefined }) {
  const { calendar } = ctx.company
  const thisYear = fiscalYearOf(ctx.today, calendar)
  const years = year === undefined ? await inView(ctx, (tx) => yearsInUse(tx, ctx, thisYear)) : [year]
  const periods = years.flatMap((each) => fiscalPeriods(calendar, each))
  const currentKey = (kind: Period['kind']) => periodAround(ctx.today, kind, calendar).key
  return {
    periods: periods.map(({ key, kind, year: fiscal, label, from, to }) => ({
      key,
      kind,
      year: fiscal,
      label,
      from,
      to,
    })),
    current: { year: currentKey('year'), quarter: currentKey('quarter'), month: currentKey('month') },
  }
}

/** At most twenty years, so that one mistyped date of a record does not fill the picker. */
async function yearsInUse(tx: Tx, ctx: Ctx, thisYear: number): Promise<number[]> {
  const keys = metricsInSight(ctx)
    .all()
    .map((metric) => metric.key)
  const { rows } = await sql<{ first: string | null; planned: number | null; lastPlanned: number | null }>`
    select
      (select min(d.day) from unnest(${keys}::text[]) as m(metric) cross join lateral (
        select r.day from ledger_row r join structure s on s.company_id = r.company_id and s.id = r.structure_id and s.is_default
        where r.metric = m.metric order by r.day limit 1) d)::text as first,
      (select min(f.year) from plan p join period f on f.company_id = p.company_id and f.id = p.period_id) as planned,
      (select max(f.year) from plan p join period f on f.company_id = p.company_id and f.id = p.period_id) as "lastPlanned"`.execute(
    tx,
  )
  const [found] = rows
  const firstResult = found?.first ? fiscalYearOf(found.first, ctx.company.calendar) : thisYear
  const first = Math.max(Math.min(firstResult, found?.planned ?? thisYear, thisYear), thisYear - 19)
  const last = Math.max(thisYear + 1, found?.lastPlanned ?? thisYear)
  return Array.from({ length: last - first + 1 }, (_, at) => last - at)
}
