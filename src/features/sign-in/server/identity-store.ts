import { sql } from 'kysely'
import type { OidcIdentity } from '#platform/auth/oidc.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface KnownPerson {
  readonly id: string
  readonly loginId: string | null
}

/** The active person whom the provider meant before. */
export async function personOfIdentity(tx: Tx, identity: OidcIdentity): Promise<KnownPerson | undefined> {
  const { rows } = await sql<KnownPerson>`
    select p.id, p.login_id as "loginId" from oidc_identity i join person p on p.id = i.person_id
    where i.issuer = ${identity.issuer} and i.subject = ${identity.subject} and p.is_active
  `.execute(tx)
  return rows[0]
}

/** Whether the provider meant somebody before, active or not. */
export async function isKnownIdentity(tx: Tx, identity: OidcIdentity): Promise<boolean> {
  const { rows } = await sql<object>`
    select from oidc_identity where issuer = ${identity.issuer} and subject = ${identity.subject}
  `.execute(tx)
  return rows.length > 0
}

/** The person of the company with this e-mail, active or not. */
export async function personOfEmail(
  tx: Tx,
  email: string,
): Promise<(KnownPerson & { readonly isActive: boolean }) | undefined> {
  const { rows } = await sql<KnownPerson & { isActive: boolean }>`
    select id, login_id as "loginId", is_active as "isActive" from person where lower(email) = ${email}
  `.execute(tx)
  return rows[0]
}

export async function linkIdentity(step: Step, identity: OidcIdentity, personId: string): Promise<void> {
  await sql`
    insert into oidc_identity (company_id, issuer, subject, person_id)
    values (${step.ctx.company.id}, ${identity.issuer}, ${identity.subject}, ${personId})
    on conflict do nothing
  `.execute(step.tx)
}
