import { sql } from 'kysely'
import type { CompanyRole } from '#engine/policy/company-role.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface RoleRow extends CompanyRole {
  readonly version: number
}

/** The roles that the company made or changed. */
export async function roleRows(tx: Tx): Promise<readonly RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select key, label, basis, definition, version from access_role where company_id = current_company()
    order by created_at, key`.execute(tx)
  return rows
}

export async function writeRole({ ctx, tx }: Step, { key, label, basis, definition, version }: RoleRow): Promise<void> {
  await sql`
    insert into access_role (company_id, key, label, basis, definition, version)
    values (${ctx.company.id}, ${key}, ${JSON.stringify(label)}::jsonb, ${basis}, ${JSON.stringify(definition)}::jsonb,
      ${version})
    on conflict (company_id, key) do update
      set label = excluded.label, definition = excluded.definition, version = excluded.version, updated_at = now()`.execute(
    tx,
  )
}

export async function deleteRole({ ctx, tx }: Step, key: string): Promise<void> {
  await sql`delete from access_role where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
}

/** Lets a role of the company go for good: its key is never given again. */
export async function retireRole(step: Step, key: string): Promise<void> {
  await deleteRole(step, key)
  await sql`insert into retired_role (company_id, key) values (${step.ctx.company.id}, ${key})`.execute(step.tx)
}

export async function retiredKeys(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`
    select key from retired_role where company_id = current_company()`.execute(tx)
  return rows.map(({ key }) => key)
}

/** How many active people hold each role; how many of all, to let a role go. */
export async function holders(tx: Tx): Promise<readonly { role: string; active: number; all: number }[]> {
  const { rows } = await sql<{ role: string; active: number; all: number }>`
    select role, count(*) filter (where is_active)::int as active, count(*)::int as "all" from person
    where company_id = current_company() group by role`.execute(tx)
  return rows
}
