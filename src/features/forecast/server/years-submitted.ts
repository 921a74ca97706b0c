import { sql } from 'kysely'
import { registerYearsUser } from '#features/org/server/index.ts'

/** What people said of a period is compared with that period: its fiscal year stays as it was. */
export function registerSubmittedYears(): void {
  registerYearsUser(submissions)
}

const submissions: Parameters<typeof registerYearsUser>[0] = {
  label: { zh: '销售预测', en: 'Forecasts' },
  years: async (tx, ctx) => {
    const { rows } = await sql<{ year: number }>`
      select distinct left(period_key, 4)::int as year from forecast_entry
      where company_id = ${ctx.company.id}`.execute(tx)
    return rows.map(({ year }) => year)
  },
}
