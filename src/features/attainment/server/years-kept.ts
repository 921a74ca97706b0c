import { sql } from 'kysely'
import { registerYearsUser } from '#features/org/server/index.ts'

/** Snapshots are of the periods that their fiscal years had. */
export function registerKeptYears(): void {
  registerYearsUser(snapshots)
}

const snapshots: Parameters<typeof registerYearsUser>[0] = {
  label: { zh: '达成快照', en: 'Snapshots of attainment' },
  years: async (tx) => {
    const { rows } = await sql<{ year: number }>`
      select distinct left(period, 4)::int as year from attainment_snapshot`.execute(tx)
    return rows.map(({ year }) => year)
  },
}
