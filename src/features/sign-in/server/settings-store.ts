import { sql } from 'kysely'
import type { Tx } from '#platform/db/step.ts'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import type { OidcClient } from '#platform/auth/oidc.ts'
import type { PolicyChange } from '../contract.ts'

export interface SsoSettings {
  readonly isOn: boolean
  readonly name: string
  readonly issuer: string | null
  readonly clientId: string | null
  readonly sealedSecret: string | null
  readonly addsPeople: boolean
  readonly domains: readonly string[]
  readonly lastSuccessAt: Date | null
  readonly lastProblem: string | null
  readonly lastProblemAt: Date | null
}

const none: SsoSettings = {
  isOn: false,
  name: '',
  issuer: null,
  clientId: null,
  sealedSecret: null,
  addsPeople: false,
  domains: [],
  lastSuccessAt: null,
  lastProblem: null,
  lastProblemAt: null,
}

/** How the company of the transaction uses single sign-on. */
export async function ssoOf(tx: Tx): Promise<SsoSettings> {
  const { rows } = await sql<SsoSettings>`
    select oidc_on as "isOn", coalesce(oidc_name, '') as name, oidc_issuer as issuer, oidc_client_id as "clientId",
      oidc_secret as "sealedSecret", oidc_adds_people as "addsPeople", oidc_domains as domains,
      oidc_last_success_at as "lastSuccessAt", oidc_last_problem as "lastProblem",
      oidc_last_problem_at as "lastProblemAt"
    from sign_in_policy
  `.execute(tx)
  return rows[0] ?? none
}

/** The company at its identity provider; undefined where single sign-on is off or not wholly told. */
export function clientOf({ isOn, issuer, clientId, sealedSecret }: SsoSettings): OidcClient | undefined {
  const clientSecret = sealedSecret === null ? undefined : openSecret('oidc', sealedSecret)
  if (!isOn || issuer === null || clientId === null || clientSecret === undefined) return undefined
  return { issuer, clientId, clientSecret }
}

/** Saves the whole policy; answers the new version, or undefined when somebody else was first. */
export async function savePolicy(tx: Tx, companyId: string, change: PolicyChange): Promise<number | undefined> {
  const sso = change.singleSignOn
  const secret = sso.clientSecret === undefined ? null : sealSecret('oidc', sso.clientSecret)
  const { rows } = await sql<{ version: number }>`
    insert into sign_in_policy as p (company_id, second_factor, second_factor_roles, password_least, password_sign_in,
      oidc_on, oidc_name, oidc_issuer, oidc_client_id, oidc_secret, oidc_adds_people, oidc_domains)
    values (${companyId}, ${change.secondFactor}, ${change.secondFactorRoles}::text[], ${change.passwordLeast},
      ${change.passwordSignIn}, ${sso.isOn}, ${sso.name || null}, ${sso.issuer}, ${sso.clientId}, ${secret},
      ${sso.addsPeople}, ${sso.domains}::text[])
    on conflict (company_id) do update set version = p.version + 1, second_factor = excluded.second_factor,
      second_factor_roles = excluded.second_factor_roles, password_least = excluded.password_least,
      password_sign_in = excluded.password_sign_in, oidc_on = excluded.oidc_on, oidc_name = excluded.oidc_name,
      oidc_issuer = excluded.oidc_issuer, oidc_client_id = excluded.oidc_client_id,
      oidc_secret = coalesce(excluded.oidc_secret, p.oidc_secret), oidc_adds_people = excluded.oidc_adds_people,
      oidc_domains = excluded.oidc_domains
      where p.version = ${change.version}
    returning version
  `.execute(tx)
  return rows[0]?.version
}

export async function noteSsoSuccess(tx: Tx): Promise<void> {
  await sql`update sign_in_policy set oidc_last_success_at = now()`.execute(tx)
}

export async function noteSsoProblem(tx: Tx, problem: string): Promise<void> {
  await sql`update sign_in_policy set oidc_last_problem = ${problem}, oidc_last_problem_at = now()`.execute(tx)
}

export interface FactorCount {
  readonly withLogin: number
  readonly withSecondFactor: number
}

/** How many active people have a login, and how many of them a second factor. */
export async function countFactors(tx: Tx): Promise<FactorCount> {
  const { rows } = await sql<FactorCount>`
    select count(*)::int as "withLogin", count(f.login_id)::int as "withSecondFactor"
    from person p left join second_factor f on f.login_id = p.login_id and f.confirmed_at is not null
    where p.is_active and p.login_id is not null
  `.execute(tx)
  return rows[0] ?? { withLogin: 0, withSecondFactor: 0 }
}
