import { sql } from 'kysely'
import { registerYearsUser } from '#features/org/server/index.ts'

/** Proposals and appeals count their periods by the plan's fiscal year. */
export function registerAgreedYears(): void {
  registerYearsUser(agreements)
}

const agreements: Parameters<typeof registerYearsUser>[0] = {
  label: { zh: '上报与申诉', en: 'Proposals and appeals' },
  years: async (tx) => {
    const { rows } = await sql<{ year: number }>`
      select distinct f.year from plan p join period f on f.company_id = p.company_id and f.id = p.period_id
      where exists (select from target_proposal q where q.company_id = p.company_id and q.plan_id = p.id)
        or exists (select from appeal a where a.company_id = p.company_id and a.plan_id = p.id)`.execute(tx)
    return rows.map(({ year }) => year)
  },
}
