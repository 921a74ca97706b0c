import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { orgErrors } from '../errors.ts'
import { keepPeopleSearched } from './person-search.ts'

export interface Person {
  readonly id: string
  readonly loginId: string | null
  readonly name: string
  readonly employeeNo: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly role: string
  readonly isActive: boolean
  readonly version: number
}

const columns = sql`p.id, p.login_id as "loginId", p.name, p.employee_no as "employeeNo", p.email, p.phone, p.role,
  p.is_active as "isActive", p.version`

/** The person, or PERSON_NOT_FOUND. */
export async function personOf(tx: Tx, id: string): Promise<Person> {
  const { rows } = await sql<Person>`select ${columns} from person p where p.id = ${id}`.execute(tx)
  if (!rows[0]) throw orgErrors.PERSON_NOT_FOUND()
  return rows[0]
}

export type PersonRow = Omit<Person, 'id' | 'isActive' | 'version'>

export async function insertPerson(step: Step, person: PersonRow): Promise<string> {
  const id = newId()
  await sql`
    insert into person (company_id, id, login_id, name, employee_no, email, phone, role)
    values (${step.ctx.company.id}, ${id}, ${person.loginId}, ${person.name}, ${person.employeeNo}, ${person.email},
      ${person.phone}, ${person.role})
  `.execute(step.tx)
  await keepPeopleSearched(step, [{ before: null, after: { ...person, id, isActive: true } }])
  return id
}

/** Saves the person; answers the new version, or undefined when somebody else was first. */
export async function savePerson(step: Step, person: Person, version: number): Promise<number | undefined> {
  const before = await personOf(step.tx, person.id)
  const { rows } = await sql<{ version: number }>`
    update person set name = ${person.name}, employee_no = ${person.employeeNo}, email = ${person.email},
      phone = ${person.phone}, role = ${person.role}, login_id = ${person.loginId}, is_active = ${person.isActive},
      version = version + 1
    where id = ${person.id} and version = ${version} returning version
  `.execute(step.tx)
  if (rows[0]) await keepPeopleSearched(step, [{ before, after: person }])
  return rows[0]?.version
}

export async function countAdministrators(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from person where role = 'administrator' and is_active
  `.execute(tx)
  return Number(rows[0]?.count ?? 0)
}

/** Which of a person's unique marks another person of the company has already. */
export async function takenMark(
  tx: Tx,
  person: { readonly email: string | null; readonly employeeNo: string | null; readonly id?: string },
): Promise<'email' | 'employeeNo' | undefined> {
  const { rows } = await sql<{ mark: 'email' | 'employeeNo' }>`
    select case when lower(email) = lower(${person.email}) then 'email' else 'employeeNo' end as mark from person
    where (lower(email) = lower(${person.email}) or employee_no = ${person.employeeNo})
      and id is distinct from ${person.id ?? null}::uuid
    limit 1
  `.execute(tx)
  return rows[0]?.mark
}

export interface FoundPerson {
  readonly id: string
  readonly name: string
  readonly employeeNo: string | null
  readonly role: string
  readonly isActive: boolean
  readonly unitId: string | null
  readonly unitName: string | null
  readonly position: string | null
}

export interface PeopleSearch {
  readonly search?: string | undefined
  readonly unit?: string | undefined
  readonly role?: string | undefined
  readonly inactive?: boolean | undefined
  readonly limit: number
  /** Name and id of the last person of the page before. */
  readonly after?: readonly [name: string, id: string] | undefined
  readonly today: Day
  /** E-mails and phones are searched only for those who may see them. */
  readonly withContacts: boolean
}

/** People in the order of their names, with their unit of today. */
export async function findPeople(tx: Tx, wanted: PeopleSearch): Promise<readonly FoundPerson[]> {
  const like = wanted.search ? `%${wanted.search.replace(/[\\%_]/g, '\\$&')}%` : null
  const contacts = wanted.withContacts ? sql`or p.email ilike ${like} or p.phone like ${like}` : sql``
  const [afterName, afterId] = wanted.after ?? [null, null]
  const { rows } = await sql<FoundPerson>`
    select p.id, p.name, p.employee_no as "employeeNo", p.role, p.is_active as "isActive",
      u.id as "unitId", u.name as "unitName", a.position
    from person p
    left join structure s on s.is_default
    left join assignment a on a.person_id = p.id and a.structure_id = s.id and a.is_main
      and a.from_day <= ${wanted.today}::date and a.to_day > ${wanted.today}::date
    left join unit u on u.id = a.unit_id
    where (${like}::text is null or p.name ilike ${like} or p.employee_no ilike ${like} ${contacts})
      and (${wanted.role ?? null}::text is null or p.role = ${wanted.role ?? null})
      and (${wanted.inactive ?? false} or p.is_active)
      and (${wanted.unit ?? null}::uuid is null or exists (
        select from units_on(s.id, ${wanted.today}::date) t
        where t.unit_id = a.unit_id and ${wanted.unit ?? null}::uuid = any(t.path)))
      and (${afterName}::text is null or (p.name collate "zh-x-icu", p.id) > (${afterName}, ${afterId}::uuid))
    order by p.name collate "zh-x-icu", p.id limit ${wanted.limit}
  `.execute(tx)
  return rows
}
