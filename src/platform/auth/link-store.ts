import { sql, type Kysely } from 'kysely'
import type { Tables } from '#platform/db/connect.ts'
import { hashToken, newSessionToken } from './secret.ts'

type Rows = Kysely<Tables>

export type LinkPurpose = 'invitation' | 'reset'

export interface SignInLink {
  readonly companyId: string
  readonly personId: string
  readonly purpose: LinkPurpose
  readonly expiresAt: Date
}

/** Makes a link's token and answers it, which is kept nowhere; an earlier link of the person for the same opens nothing more. */
export async function newLink(db: Rows, link: SignInLink): Promise<string> {
  const { companyId, personId, purpose, expiresAt } = link
  const token = newSessionToken()
  await sql`
    delete from sign_in_link where company_id = ${companyId} and person_id = ${personId} and purpose = ${purpose}
  `.execute(db)
  await sql`
    insert into sign_in_link (token_hash, company_id, person_id, purpose, expires_at)
    values (${hashToken(token)}, ${companyId}, ${personId}, ${purpose}, ${expiresAt})
  `.execute(db)
  return token
}

const columns = sql`company_id as "companyId", person_id as "personId", purpose, expires_at as "expiresAt"`

/** What a token opens; undefined once it was used, expired or replaced. */
export async function linkOf(db: Rows, token: string): Promise<SignInLink | undefined> {
  const { rows } = await sql<SignInLink>`
    select ${columns} from sign_in_link where token_hash = ${hashToken(token)} and expires_at > now()
  `.execute(db)
  return rows[0]
}

/** Uses a token up; of two at once one is refused. */
export async function takeLink(db: Rows, token: string): Promise<boolean> {
  const taken = await sql`
    delete from sign_in_link where token_hash = ${hashToken(token)} and expires_at > now()
  `.execute(db)
  return taken.numAffectedRows === 1n
}

/** Until when the invitation of a person stands; null: there is none. */
export async function invitedUntil(db: Rows, companyId: string, personId: string): Promise<Date | null> {
  const { rows } = await sql<{ until: Date | null }>`
    select max(expires_at) as until from sign_in_link
    where company_id = ${companyId} and person_id = ${personId} and purpose = 'invitation' and expires_at > now()
  `.execute(db)
  return rows[0]?.until ?? null
}

/** Ends every open link of a login's people, in all its companies: none outlives the password that it could replace. */
export async function dropLinksOfLogin(db: Rows, loginId: string): Promise<void> {
  await sql`
    delete from sign_in_link l using people_of_login(${loginId}) p
    where l.company_id = p.company_id and l.person_id = p.person_id
  `.execute(db)
}
