import { sql } from 'kysely'
import type { CompanyRole } from '#engine/policy/company-role.ts'
import type { Grantee, SharingRule } from '#engine/policy/sharing.ts'
import type { Tx } from '#platform/db/step.ts'

/** The roles that the company of the transaction made or changed, oldest first. */
export async function ownRoles(tx: Tx): Promise<readonly CompanyRole[]> {
  const { rows } = await sql<CompanyRole>`
    select key, label, basis, definition from access_role where company_id = current_company()
    order by created_at, key`.execute(tx)
  return rows
}

/** By which records are shared in the company of the transaction, oldest first. */
export async function sharingRules(tx: Tx): Promise<readonly SharingRule[]> {
  const { rows } = await sql<Omit<SharingRule, 'to'> & { kind: Grantee['kind']; grantee: string }>`
    select id, object, label, filter, grantee_kind as kind, grantee_id as grantee, level from sharing_rule
    where company_id = current_company() order by id`.execute(tx)
  return rows.map(({ kind, grantee, ...rule }) => ({ ...rule, to: { kind, id: grantee } }))
}
