import { sql } from 'kysely'
import { fiscalPeriods } from '#engine/calendar/period.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'

/** Writes the company's fiscal periods of these years where they are missing: facts and plans refer to the rows. */
export async function ensurePeriods(step: Step, firstYear: number, lastYear: number): Promise<void> {
  const { id: company, calendar } = step.ctx.company
  const { rows } = await sql<{ year: number }>`
    select year from period where kind = 'year' and year between ${firstYear} and ${lastYear}
  `.execute(step.tx)
  const known = new Set(rows.map((row) => row.year))
  const missing = Array.from({ length: lastYear - firstYear + 1 }, (_, at) => firstYear + at)
    .filter((year) => !known.has(year))
    .flatMap((year) => fiscalPeriods(calendar, year))
    .map(({ kind, key, year, number, from, to }) => ({
      id: newId(),
      kind,
      key,
      year,
      number,
      from_day: from,
      to_day: to,
    }))
  if (missing.length === 0) return
  await sql`
    insert into period (company_id, id, kind, key, year, number, from_day, to_day)
    select ${company}, p.id, p.kind, p.key, p.year, p.number, p.from_day, p.to_day
    from jsonb_to_recordset(${JSON.stringify(missing)}::jsonb)
      as p(id uuid, kind text, key text, year int, number int, from_day date, to_day date)
    on conflict do nothing
  `.execute(step.tx)
}
