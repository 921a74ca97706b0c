import { sql } from 'kysely'
import type { Logger } from 'pino'
import { today } from '#engine/calendar/day.ts'
import { workCalendarOf, type WorkExceptions } from '#engine/calendar/workday.ts'
import { roleOf, standardRole } from '#engine/policy/company-role.ts'
import type { Db } from './connect.ts'
import type { Company, Ctx } from './ctx.ts'
import { companyShape, inRole, type CompanyShape } from '#platform/records/company-shape.ts'
import { newId } from './new-id.ts'
import { inView } from './step.ts'

type CompanyRow = Omit<Company, 'catalogue' | 'workCalendar' | keyof CompanyShape> &
  Pick<Company, 'shapeVersion'> & { readonly workExceptions: WorkExceptions }

/** A company by key or slug; undefined if there is none. */
export async function findCompany(
  db: Db,
  by: { readonly id: string } | { readonly slug: string },
): Promise<Company | undefined> {
  const condition = 'id' in by ? sql`id = ${by.id}` : sql`slug = ${by.slug}`
  const { rows } = await sql<CompanyRow>`
    select id, slug, name, currency, zone, fiscal_calendar as "calendar", work_exceptions as "workExceptions", language, demo,
      org_version as "orgVersion", shape_version as "shapeVersion"
    from company where ${condition}`.execute(db)
  const [found] = rows
  if (!found) return undefined
  const { workExceptions, ...company } = found
  const shape = await companyShape(db, company)
  return {
    ...company,
    workCalendar: workCalendarOf(company.zone, workExceptions),
    ...shape,
    catalogue: shape.wholeCatalogue,
  }
}

/** The context in which jobs and commands act for a company: nobody in person, with every right. */
export function systemContext(
  house: { readonly db: Db; readonly log: Logger; readonly now?: () => Date },
  company: Company,
): Ctx {
  const now = house.now?.() ?? new Date()
  return {
    db: house.db,
    company,
    actor: { personId: null, loginId: null, name: 'Terrace', role: standardRole('administrator') },
    language: company.language,
    now,
    today: today(company.zone, now),
    requestId: newId(),
    log: house.log,
  }
}

/** Somebody of a company, by whom an act may be done. */
export interface Person {
  readonly id: string
  readonly name: string
  /** Key of the role. */
  readonly role: string
  readonly loginId: string | null
}

/** The same act as that person would do it: with their role, and what it knows. */
export function asPerson<C extends Ctx>(ctx: C, { id, name, role: key, loginId }: Person): C {
  const role = roleOf(ctx.company.roles, key)
  return {
    ...ctx,
    company: { ...ctx.company, ...inRole(ctx.company, role) },
    actor: { personId: id, loginId, name, role },
  }
}

/** The context in which a job acts for the person who asked for it, with the rights of now; undefined if they left. */
export async function contextOfPerson(system: Ctx, personId: string): Promise<Ctx | undefined> {
  const { rows } = await inView(system, (tx) =>
    sql<Person>`
      select id, name, role, login_id as "loginId" from person
      where company_id = ${system.company.id} and id = ${personId} and is_active`.execute(tx),
  )
  const [person] = rows
  return person && asPerson(system, person)
}
