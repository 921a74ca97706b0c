import { sql, type Kysely } from 'kysely'
import type { Tables } from '#platform/db/connect.ts'
import type { Company } from '#platform/db/ctx.ts'

type Rows = Kysely<Tables>

export interface CompanyName {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly demo: boolean
}

/** Every company of this server: setup and commands look across them before they enter one. */
export async function allCompanies(db: Rows): Promise<readonly CompanyName[]> {
  const { rows } = await sql<CompanyName>`select id, slug, name, demo from company order by created_at`.execute(db)
  return rows
}

export async function insertCompany(db: Rows, company: Company, tiers: readonly string[]): Promise<void> {
  await sql`
    insert into company (id, slug, name, currency, zone, fiscal_calendar, language, demo, tiers)
    values (${company.id}, ${company.slug}, ${company.name}, ${company.currency}, ${company.zone},
      ${JSON.stringify(company.calendar)}::jsonb, ${company.language}, ${company.demo}, ${tiers}::text[])
  `.execute(db)
}

/** Names of the tiers from the top, as the company chose them. */
export async function tiersOf(db: Rows, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ tiers: string[] }>`select tiers from company where id = ${companyId}`.execute(db)
  return rows[0]?.tiers ?? []
}
