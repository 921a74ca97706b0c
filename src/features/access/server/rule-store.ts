import { sql } from 'kysely'
import type { Grantee, SharingRule } from '#engine/policy/sharing.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface RuleRow extends SharingRule {
  readonly version: number
}

/** Every sharing rule, oldest first; also those that no longer fit the objects. */
export async function ruleRows(tx: Tx): Promise<readonly RuleRow[]> {
  const { rows } = await sql<Omit<RuleRow, 'to'> & { kind: Grantee['kind']; grantee: string }>`
    select id, object, label, filter, grantee_kind as kind, grantee_id as grantee, level, version from sharing_rule
    where company_id = current_company() order by id`.execute(tx)
  return rows.map(({ kind, grantee, ...rule }) => ({ ...rule, to: { kind, id: grantee } }))
}

export async function writeRule({ ctx, tx }: Step, { id, object, label, filter, to, level, version }: RuleRow) {
  await sql`
    insert into sharing_rule (company_id, id, object, label, filter, grantee_kind, grantee_id, level, version, created_by)
    values (${ctx.company.id}, ${id}, ${object}, ${JSON.stringify(label)}::jsonb, ${JSON.stringify(filter)}::jsonb,
      ${to.kind}, ${to.id}, ${level}, ${version}, ${ctx.actor.personId})
    on conflict (company_id, id) do update
      set object = excluded.object, label = excluded.label, filter = excluded.filter,
        grantee_kind = excluded.grantee_kind, grantee_id = excluded.grantee_id, level = excluded.level,
        version = excluded.version, updated_at = now()`.execute(tx)
}

export async function deleteRule({ ctx, tx }: Step, id: string): Promise<void> {
  await sql`delete from sharing_rule where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}
