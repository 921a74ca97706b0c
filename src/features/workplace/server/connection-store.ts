import { sql } from 'kysely'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface Kept {
  readonly brand: WorkplaceBrand
  readonly corpId: string | null
  readonly appId: string
  /** Null: disconnected. */
  readonly sealedSecret: string | null
  readonly server: string | null
  readonly isSignInOn: boolean
  readonly isSyncOn: boolean
  readonly rootDepartment: string | null
  readonly unitId: string | null
  readonly role: string
}

export interface KeptConnection extends Kept {
  readonly lastSuccessAt: Date | null
  readonly lastFailureAt: Date | null
  readonly lastFailure: string | null
  readonly lastFailureDetail: string | null
  readonly linkedPeople: number
  readonly linkedUnits: number
  readonly version: number
}

const linked = (kind: string) => sql`(
  select count(*)::int from workplace_link l
  where l.company_id = c.company_id and l.brand = c.brand and l.kind = ${kind} and l.left_on is null)`
const columns = sql`
  c.brand, c.corp_id as "corpId", c.app_id as "appId", c.sealed_secret as "sealedSecret", c.server,
  c.is_sign_in_on as "isSignInOn", c.is_sync_on as "isSyncOn", c.root_department as "rootDepartment",
  c.unit_id as "unitId", c.role, c.last_success_at as "lastSuccessAt", c.last_failure_at as "lastFailureAt",
  c.last_failure as "lastFailure", c.last_failure_detail as "lastFailureDetail",
  ${linked('person')} as "linkedPeople", ${linked('department')} as "linkedUnits", c.version`

/** Those that are there and those that were. */
export async function allConnections(tx: Tx, ctx: Ctx): Promise<readonly KeptConnection[]> {
  const { rows } = await sql<KeptConnection>`
    select ${columns} from workplace_connection c where c.company_id = ${ctx.company.id}`.execute(tx)
  return rows
}

export async function connectionOf(tx: Tx, ctx: Ctx, brand: WorkplaceBrand): Promise<KeptConnection | undefined> {
  const last = await lastConnection(tx, ctx, brand)
  return last?.sealedSecret === null ? undefined : last
}

/** The same, or the one that was there. */
export async function lastConnection(tx: Tx, ctx: Ctx, brand: WorkplaceBrand): Promise<KeptConnection | undefined> {
  const { rows } = await sql<KeptConnection>`
    select ${columns} from workplace_connection c
    where c.company_id = ${ctx.company.id} and c.brand = ${brand}`.execute(tx)
  return rows[0]
}

/** False if there is one already. */
export async function insertConnection({ tx, ctx }: Step, kept: Kept): Promise<boolean> {
  const { rows } = await sql`
    insert into workplace_connection (company_id, brand, corp_id, app_id, sealed_secret, server, is_sign_in_on,
      is_sync_on, root_department, unit_id, role)
    values (${ctx.company.id}, ${kept.brand}, ${kept.corpId}, ${kept.appId}, ${kept.sealedSecret}, ${kept.server},
      ${kept.isSignInOn}, ${kept.isSyncOn}, ${kept.rootDepartment}, ${kept.unitId}, ${kept.role})
    on conflict do nothing returning brand`.execute(tx)
  return rows.length > 0
}

/** False if it is not the version that was seen. */
export async function saveConnection({ tx, ctx }: Step, kept: Kept, version: number): Promise<boolean> {
  const { rows } = await sql`
    update workplace_connection set corp_id = ${kept.corpId}, app_id = ${kept.appId},
      sealed_secret = ${kept.sealedSecret}, server = ${kept.server}, is_sign_in_on = ${kept.isSignInOn},
      is_sync_on = ${kept.isSyncOn}, root_department = ${kept.rootDepartment}, unit_id = ${kept.unitId},
      role = ${kept.role}, version = version + 1
    where company_id = ${ctx.company.id} and brand = ${kept.brand} and version = ${version} returning brand`.execute(tx)
  return rows.length > 0
}

/** Its secret is forgotten; which company it was is not. */
export async function cutConnection({ tx, ctx }: Step, brand: WorkplaceBrand): Promise<void> {
  await sql`
    update workplace_connection
    set sealed_secret = null, is_sign_in_on = false, is_sync_on = false, last_success_at = null, last_failure_at = null,
      last_failure = null, last_failure_detail = null, version = version + 1
    where company_id = ${ctx.company.id} and brand = ${brand}`.execute(tx)
}

export async function noteSuccess({ tx, ctx }: Step, brand: WorkplaceBrand): Promise<void> {
  await sql`
    update workplace_connection set last_success_at = ${ctx.now}
    where company_id = ${ctx.company.id} and brand = ${brand}`.execute(tx)
}

/** Shown to administrators until the next failure. `problem` is a code that has words, `detail` what the brand said. */
export async function noteFailure(
  { tx, ctx }: Step,
  brand: WorkplaceBrand,
  { problem, detail }: { readonly problem: string; readonly detail: string | null },
): Promise<void> {
  await sql`
    update workplace_connection
    set last_failure_at = ${ctx.now}, last_failure = ${problem}, last_failure_detail = ${detail}
    where company_id = ${ctx.company.id} and brand = ${brand}`.execute(tx)
}
