import { sql } from 'kysely'
import { ensurePeriods } from '#features/org/server/index.ts'
import type { Step } from '#platform/db/step.ts'

/** The fiscal year's row, written down the first time that something refers to it. */
export async function keepFiscalYear(step: Step, year: number): Promise<string> {
  await ensurePeriods(step, year, year)
  const { rows } = await sql<{ id: string }>`
    select id from period where kind = 'year' and year = ${year}`.execute(step.tx)
  const [found] = rows
  if (!found) throw new Error(`the fiscal year ${year} overlaps another calendar`)
  return found.id
}
