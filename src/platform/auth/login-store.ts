import { sql, type Kysely } from 'kysely'
import type { Db, Tables } from '#platform/db/connect.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Identifier } from './identifier.ts'
import { dropLinksOfLogin } from './link-store.ts'

export interface Login {
  readonly id: string
  readonly email: string | null
  readonly phone: string | null
  readonly passwordHash: string
  readonly mustChange: boolean
}

type Rows = Kysely<Tables>

const columns = sql`id, email, phone, password_hash as "passwordHash", must_change as "mustChange"`

export async function findLogin(db: Rows, identifier: Identifier): Promise<Login | undefined> {
  const column = sql.ref(identifier.kind)
  const { rows } = await sql<Login>`select ${columns} from login where ${column} = ${identifier.value}`.execute(db)
  return rows[0]
}

export async function loginOfId(db: Rows, id: string): Promise<Login | undefined> {
  const { rows } = await sql<Login>`select ${columns} from login where id = ${id}`.execute(db)
  return rows[0]
}

export interface NewLogin {
  readonly email: string | null
  readonly phone: string | null
  readonly passwordHash: string
  readonly mustChange: boolean
}

export async function insertLogin(db: Rows, login: NewLogin): Promise<string> {
  const id = newId()
  await sql`
    insert into login (id, email, phone, password_hash, must_change)
    values (${id}, ${login.email}, ${login.phone}, ${login.passwordHash}, ${login.mustChange})
  `.execute(db)
  return id
}

/** Sets another password; links that could set one, too, open nothing more. */
export async function savePassword(db: Rows, id: string, passwordHash: string, mustChange: boolean): Promise<void> {
  await sql`update login set password_hash = ${passwordHash}, must_change = ${mustChange} where id = ${id}`.execute(db)
  await dropLinksOfLogin(db, id)
}

export async function saveIdentifiers(db: Rows, id: string, known: Pick<Login, 'email' | 'phone'>): Promise<void> {
  await sql`update login set email = ${known.email}, phone = ${known.phone} where id = ${id}`.execute(db)
}

export interface Membership {
  readonly companyId: string
  readonly slug: string
  readonly name: string
  readonly personId: string
}

/** The companies that the login may enter now, by name. */
export async function membershipsOf(db: Db, loginId: string): Promise<readonly Membership[]> {
  const { rows } = await sql<Membership>`
    select company_id as "companyId", slug, name, person_id as "personId" from people_of_login(${loginId})
  `.execute(db)
  return rows
}

/** Counts inactive people too: whoever was elsewhere keeps the login to themselves. */
export async function countCompanies(db: Rows, loginId: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select companies_of_login(${loginId}) as count`.execute(db)
  return Number(rows[0]?.count ?? 0)
}
