import { sql } from 'kysely'
import { fiscalPeriods } from '#engine/calendar/period.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'

/** The fiscal year's row; its periods are written down the first time that something refers to them. */
export async function keepFiscalYear(step: Step, year: number): Promise<string> {
  const { company } = step.ctx
  const rows = fiscalPeriods({ year, startMonth: company.fiscalStart }).map(({ kind, key, number, from, to }) => ({
    id: newId(),
    kind,
    key,
    number,
    from_day: from,
    to_day: to,
  }))
  await sql`
    insert into period (company_id, id, kind, key, year, number, from_day, to_day)
    select ${company.id}, r.id, r.kind, r.key, ${year}, r.number, r.from_day, r.to_day
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, kind text, key text, number int, from_day date, to_day date)
    on conflict do nothing`.execute(step.tx)
  const { rows: found } = await sql<{ id: string }>`
    select id from period where kind = 'year' and year = ${year}`.execute(step.tx)
  const id = found[0]?.id
  if (id === undefined) throw new Error(`the fiscal year ${year} overlaps another calendar`)
  return id
}
