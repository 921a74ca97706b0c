import { sql } from 'kysely'
import { registerYearsUser } from '#features/org/server/index.ts'

/** Objectives are of a fiscal period. */
export function registerAimedYears(): void {
  registerYearsUser(objectives)
}

const objectives: Parameters<typeof registerYearsUser>[0] = {
  label: { zh: '战略目标', en: 'Objectives' },
  years: async (tx) => {
    const { rows } = await sql<{ year: number }>`select distinct left(period, 4)::int as year from objective`.execute(
      tx,
    )
    return rows.map(({ year }) => year)
  },
}
