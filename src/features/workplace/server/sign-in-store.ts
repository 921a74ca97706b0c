import { sql } from 'kysely'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { WorkplaceApp } from '#platform/workplace/index.ts'
import { connectionOf } from './connection-store.ts'
import { appOf } from './connections.ts'

/** What a company registered at a brand by which its people sign in; undefined where they do not. */
export async function signInAppOf(tx: Tx, ctx: Ctx, brand: WorkplaceBrand): Promise<WorkplaceApp | undefined> {
  const kept = await connectionOf(tx, ctx, brand)
  return kept?.isSignInOn ? appOf(kept) : undefined
}

/** The brands by which people of the company sign in. */
export async function signInBrands(tx: Tx): Promise<ReadonlySet<WorkplaceBrand>> {
  const { rows } = await sql<{ brand: WorkplaceBrand }>`
    select brand from workplace_connection where is_sign_in_on
  `.execute(tx)
  return new Set(rows.map(({ brand }) => brand))
}

/** The active person to whom the sync linked a member of the brand. */
export async function personOfMember(
  tx: Tx,
  member: { readonly brand: WorkplaceBrand; readonly id: string },
): Promise<{ readonly id: string; readonly loginId: string | null } | undefined> {
  const { rows } = await sql<{ id: string; loginId: string | null }>`
    select p.id, p.login_id as "loginId" from workplace_link l
      join person p on p.company_id = l.company_id and p.id = l.person_id
    where l.brand = ${member.brand} and l.kind = 'person' and l.external_id = ${member.id} and p.is_active
  `.execute(tx)
  return rows[0]
}
