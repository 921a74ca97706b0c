import { sql, type Kysely } from 'kysely'
import type { Language } from '#base/label.ts'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import type { WorkExceptions } from '#engine/calendar/workday.ts'
import type { Db, Tables } from '#platform/db/connect.ts'
import { sessionDays } from './cookie.ts'
import { hashToken, newSessionToken } from './secret.ts'

type Rows = Kysely<Tables>

export interface ActingPerson {
  readonly companyId: string
  readonly slug: string
  readonly companyName: string
  readonly currency: string
  readonly zone: string
  readonly calendar: FiscalCalendar
  readonly workExceptions: WorkExceptions
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
  /** Of the session; null with an API key. */
  readonly sessionId: string | null
  readonly seenAt: Date | null
  /** The person whose eyes the session looks through. */
  readonly viewingAs: string | null
  /** The company asks for a second factor, and the login has none yet. */
  readonly secondFactorDue: boolean
}

/** Whom a session token or an API key stands for; nobody once it expired, was revoked, or the person was deactivated. */
export async function actingPerson(
  db: Db,
  given: { readonly session?: string | undefined; readonly apiKey?: string | undefined },
): Promise<ActingPerson | undefined> {
  const session = given.session ? hashToken(given.session) : null
  const apiKey = given.apiKey ? hashToken(given.apiKey) : null
  const { rows } = await sql<ActingPerson>`
    select company_id as "companyId", slug, company_name as "companyName", currency, zone, fiscal_calendar as "calendar",
      work_exceptions as "workExceptions", company_language as "companyLanguage", demo, org_version as "orgVersion", shape_version as "shapeVersion", person_id as "personId",
      login_id as "loginId", person_name as "personName", role, language, must_change as "mustChange",
      expires_at as "expiresAt", created_at as "createdAt", session_id as "sessionId", seen_at as "seenAt",
      coalesce(second_factor_due, false) as "secondFactorDue",
      (select viewing_as from session where token_hash = ${session}) as "viewingAs"
    from acting_person(${session}, ${apiKey}) left join session_standing(${session}) on true
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
  readonly address?: string | null
  readonly way?: SessionWay
}

/** How a session began. */
export type SessionWay = 'password' | 'link' | 'oidc' | 'demo'

/** Opens a session and answers its token, which is kept nowhere. */
export async function openSession(db: Rows, session: NewSession): Promise<string> {
  const token = newSessionToken()
  await sql`
    insert into session (token_hash, login_id, company_id, person_id, expires_at, origin, address, way)
    values (${hashToken(token)}, ${session.loginId}, ${session.companyId}, ${session.personId},
      now() + make_interval(days => ${sessionDays}), ${session.origin?.slice(0, 300) ?? null},
      ${session.address ?? null}, ${session.way ?? 'password'})
  `.execute(db)
  return token
}

/** Notes that a session is in use, and from where. It goes on, but none longer than 90 days. */
export async function touchSession(db: Rows, token: string, address: string): Promise<void> {
  await sql`
    update session set seen_at = now(), address = ${address},
      expires_at = least(now() + make_interval(days => ${sessionDays}), created_at + interval '90 days')
    where token_hash = ${hashToken(token)}
  `.execute(db)
}

/** Lets a session look with the eyes of another person of its company; null: with its own again. */
export async function lookAs(db: Rows, sessionId: string, personId: string | null): Promise<void> {
  await sql`update session set viewing_as = ${personId} where id = ${sessionId}`.execute(db)
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

export interface OpenSession {
  readonly id: string
  readonly origin: string | null
  readonly address: string | null
  readonly way: SessionWay
  readonly createdAt: Date
  readonly seenAt: Date
  readonly company: string
}

/** Whose sessions are meant: those of a login in all companies, or of a person in one. */
export interface SessionOwner {
  readonly loginId: string | null
  readonly companyId: string
  readonly personId: string
}

const ownedBy = ({ loginId, companyId, personId }: SessionOwner) =>
  sql`(s.login_id = ${loginId} or s.company_id = ${companyId} and s.person_id = ${personId})`

/** Sessions that have not expired, the last used first. */
export async function sessionsOf(db: Rows, owner: SessionOwner): Promise<readonly OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    select s.id, s.origin, s.address, s.way, s.created_at as "createdAt", s.seen_at as "seenAt", c.name as company
    from session s join company c on c.id = s.company_id
    where ${ownedBy(owner)} and s.expires_at > now() order by s.seen_at desc, s.id limit 200
  `.execute(db)
  return rows
}

/** Ends one session, or all but the one that is kept; answers how many. */
export async function endSessions(
  db: Rows,
  owner: SessionOwner,
  which: { readonly id: string } | { readonly allBut: string | null },
): Promise<number> {
  const meant = 'id' in which ? sql`s.id = ${which.id}` : sql`s.id is distinct from ${which.allBut}::uuid`
  const ended = await sql`delete from session s where ${ownedBy(owner)} and ${meant}`.execute(db)
  return Number(ended.numAffectedRows ?? 0)
}

/** Ends what a person of one company has open: sessions, API keys, and links that would open a session. */
export async function closeAccessOfPerson(db: Rows, companyId: string, personId: string): Promise<void> {
  await sql`
    with keys as (delete from api_key where company_id = ${companyId} and person_id = ${personId}),
      links as (delete from sign_in_link where company_id = ${companyId} and person_id = ${personId})
    delete from session where company_id = ${companyId} and person_id = ${personId}
  `.execute(db)
}

export async function dropExpired(db: Rows): Promise<void> {
  await sql`
    with keys as (delete from api_key where expires_at < now()),
      links as (delete from sign_in_link where expires_at < now())
    delete from session where expires_at < now()
  `.execute(db)
}
