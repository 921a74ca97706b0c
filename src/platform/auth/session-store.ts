import { sql, type Kysely } from 'kysely'
import type { Language } from '#base/label.ts'
import type { Db, Tables } from '#platform/db/connect.ts'
import { sessionDays } from './cookie.ts'
import { hashToken, newApiKey, newSessionToken } from './secret.ts'

type Rows = Kysely<Tables>

export interface ActingPerson {
  readonly companyId: string
  readonly slug: string
  readonly companyName: string
  readonly currency: string
  readonly zone: string
  readonly fiscalStart: number
  readonly companyLanguage: Language
  readonly demo: boolean
  readonly orgVersion: string
  readonly shapeVersion: string
  readonly personId: string
  readonly loginId: string | null
  readonly personName: string
  /** Key of the role. */
  readonly role: string
  readonly language: Language | null
  readonly mustChange: boolean
  readonly expiresAt: Date | null
  readonly createdAt: Date
}

/** Whom a session token or an API key stands for; nobody once it expired, was revoked, or the person was deactivated. */
export async function actingPerson(
  db: Db,
  given: { readonly session?: string | undefined; readonly apiKey?: string | undefined },
): Promise<ActingPerson | undefined> {
  const session = given.session ? hashToken(given.session) : null
  const apiKey = given.apiKey ? hashToken(given.apiKey) : null
  const { rows } = await sql<ActingPerson>`
    select company_id as "companyId", slug, company_name as "companyName", currency, zone, fiscal_start as "fiscalStart",
      company_language as "companyLanguage", demo, org_version as "orgVersion", shape_version as "shapeVersion", person_id as "personId",
      login_id as "loginId", person_name as "personName", role, language, must_change as "mustChange",
      expires_at as "expiresAt", created_at as "createdAt"
    from acting_person(${session}, ${apiKey})
  `.execute(db)
  return rows[0]
}

export interface NewSession {
  /** Nobody's for people of the demo, who have none. */
  readonly loginId: string | null
  readonly companyId: string
  readonly personId: string
  /** The browser's own words about itself, for the person's list of sessions. */
  readonly origin: string | null
}

/** Opens a session and answers its token, which is kept nowhere. */
export async function openSession(db: Rows, session: NewSession): Promise<string> {
  const token = newSessionToken()
  await sql`
    insert into session (token_hash, login_id, company_id, person_id, expires_at, origin)
    values (${hashToken(token)}, ${session.loginId}, ${session.companyId}, ${session.personId},
      now() + make_interval(days => ${sessionDays}), ${session.origin?.slice(0, 300) ?? null})
  `.execute(db)
  return token
}

/** Sessions in use go on, but none longer than 90 days. */
export async function prolongSession(db: Rows, token: string): Promise<void> {
  await sql`
    update session set expires_at = least(now() + make_interval(days => ${sessionDays}), created_at + interval '90 days')
    where token_hash = ${hashToken(token)}
  `.execute(db)
}

export async function closeSession(db: Rows, token: string): Promise<void> {
  await sql`delete from session where token_hash = ${hashToken(token)}`.execute(db)
}

/** Ends all sessions of a login, but for the one given. */
export async function closeSessionsOfLogin(db: Rows, loginId: string, kept?: string): Promise<void> {
  await sql`
    delete from session where login_id = ${loginId} and token_hash is distinct from ${kept ? hashToken(kept) : null}
  `.execute(db)
}

/** Ends what a person of one company has open: sessions and API keys. */
export async function closeAccessOfPerson(db: Rows, companyId: string, personId: string): Promise<void> {
  await sql`
    with keys as (delete from api_key where company_id = ${companyId} and person_id = ${personId})
    delete from session where company_id = ${companyId} and person_id = ${personId}
  `.execute(db)
}

export async function dropExpired(db: Rows): Promise<void> {
  await sql`
    with keys as (delete from api_key where expires_at < now())
    delete from session where expires_at < now()
  `.execute(db)
}

export interface ApiKeyOwner {
  readonly companyId: string
  readonly personId: string
  readonly name: string
  readonly expiresAt: Date | null
}

/** Makes an API key and answers it once; only its hash is kept. */
export async function createApiKey(db: Rows, owner: ApiKeyOwner): Promise<string> {
  const key = newApiKey()
  await sql`
    insert into api_key (key_hash, company_id, person_id, name, expires_at)
    values (${hashToken(key)}, ${owner.companyId}, ${owner.personId}, ${owner.name}, ${owner.expiresAt})
  `.execute(db)
  return key
}
