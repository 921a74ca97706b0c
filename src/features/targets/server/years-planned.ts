import { sql } from 'kysely'
import { registerYearsUser } from '#features/org/server/index.ts'

/** Plans keep the periods of their fiscal years. */
export function registerPlannedYears(): void {
  registerYearsUser(plans)
}

const plans: Parameters<typeof registerYearsUser>[0] = {
  label: { zh: '目标计划', en: 'Target plans' },
  years: async (tx) => {
    const { rows } = await sql<{ year: number }>`
      select distinct f.year from plan p join period f on f.company_id = p.company_id and f.id = p.period_id`.execute(
      tx,
    )
    return rows.map(({ year }) => year)
  },
}
