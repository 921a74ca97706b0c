import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Language } from '#base/label.ts'
import { today } from '#engine/calendar/day.ts'
import type { Db, Tables } from '#platform/db/connect.ts'
import type { Company, Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'

type Rows = Kysely<Tables>

const columns = sql`id, slug, name, currency, zone, fiscal_start as "fiscalStart", language, demo,
  org_version as "orgVersion"`

export async function companyOfSlug(db: Rows, slug: string): Promise<Company | undefined> {
  const { rows } = await sql<Company>`select ${columns} from company where slug = ${slug}`.execute(db)
  return rows[0]
}

export async function companyOfId(db: Rows, id: string): Promise<Company | undefined> {
  const { rows } = await sql<Company>`select ${columns} from company where id = ${id}`.execute(db)
  return rows[0]
}

export async function allCompanies(db: Rows): Promise<readonly Company[]> {
  const { rows } = await sql<Company>`select ${columns} from company order by created_at`.execute(db)
  return rows
}

export async function insertCompany(db: Rows, company: Company, tiers: readonly string[]): Promise<void> {
  await sql`
    insert into company (id, slug, name, currency, zone, fiscal_start, language, demo, tiers)
    values (${company.id}, ${company.slug}, ${company.name}, ${company.currency}, ${company.zone},
      ${company.fiscalStart}, ${company.language}, ${company.demo}, ${tiers}::text[])
  `.execute(db)
}

export async function tiersOf(db: Rows, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ tiers: string[] }>`select tiers from company where id = ${companyId}`.execute(db)
  return rows[0]?.tiers ?? []
}

export interface SystemParts {
  readonly db: Db
  readonly log: Logger
  readonly now?: (() => Date) | undefined
}

/** The context in which jobs and commands act: nobody in particular, who may everything in this one company. */
export function systemCtx(parts: SystemParts, company: Company, language: Language = company.language): Ctx {
  return {
    db: parts.db,
    company,
    actor: { personId: null, loginId: null, name: 'terrace', role: 'administrator' },
    language,
    today: today(company.zone, parts.now?.() ?? new Date()),
    requestId: newId(),
    log: parts.log.child({ company: company.slug }),
  }
}
