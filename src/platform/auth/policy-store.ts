import { sql } from 'kysely'
import { passwordLength } from '#engine/contract/sign-in.ts'
import type { Db } from '#platform/db/connect.ts'
import { enter, type Tx } from '#platform/db/step.ts'

/** How people of a company sign in. */
export interface SignInPolicy {
  readonly version: number
  readonly secondFactor: 'nobody' | 'roles' | 'everybody'
  /** Keys of roles. */
  readonly secondFactorRoles: readonly string[]
  readonly passwordLeast: number
  /** False: only administrators still sign in with a password, so that a broken identity provider locks nobody out. */
  readonly passwordSignIn: boolean
}

const usual: SignInPolicy = {
  version: 0,
  secondFactor: 'nobody',
  secondFactorRoles: [],
  passwordLeast: passwordLength.least,
  passwordSignIn: true,
}

/** The policy of the company of the transaction. */
export async function policyOf(tx: Tx): Promise<SignInPolicy> {
  const { rows } = await sql<SignInPolicy>`
    select version, second_factor as "secondFactor", second_factor_roles as "secondFactorRoles",
      password_least as "passwordLeast", password_sign_in as "passwordSignIn"
    from sign_in_policy
  `.execute(tx)
  return rows[0] ?? usual
}

/** The same before anybody is signed in. */
export async function policyOfCompany(db: Db, companyId: string): Promise<SignInPolicy> {
  return db.transaction().execute(async (tx) => {
    await enter(tx, { company: { id: companyId } })
    return policyOf(tx)
  })
}

/** What holds for a person before they are signed in: the policy, and the key of the role; none once inactive. */
export async function standingOf(
  db: Db,
  who: { readonly companyId: string; readonly personId: string },
): Promise<{ readonly policy: SignInPolicy; readonly role: string | undefined }> {
  return db.transaction().execute(async (tx) => {
    await enter(tx, { company: { id: who.companyId } })
    const { rows } = await sql<{ role: string }>`
      select role from person where id = ${who.personId} and is_active
    `.execute(tx)
    return { policy: await policyOf(tx), role: rows[0]?.role }
  })
}

/** The longest password that one of the login's companies asks for. */
export async function passwordLeastOf(db: Db, companies: readonly string[]): Promise<number> {
  const policies = await Promise.all(companies.map((id) => policyOfCompany(db, id)))
  return Math.max(passwordLength.least, ...policies.map((policy) => policy.passwordLeast))
}

/** Whether the policy asks people of the role, given by its key, for a second factor. */
export function asksForSecondFactor(policy: SignInPolicy, role: string): boolean {
  return (
    policy.secondFactor === 'everybody' || (policy.secondFactor === 'roles' && policy.secondFactorRoles.includes(role))
  )
}
