import { sql } from 'kysely'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { PersonLink } from '../sync-shapes.ts'

/** Whom an account there means; also somebody who left. */
export async function linkedPerson(
  tx: Tx,
  ctx: Ctx,
  brand: WorkplaceBrand,
  externalId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ personId: string }>`
    select person_id as "personId" from workplace_link
    where company_id = ${ctx.company.id} and brand = ${brand} and kind = 'person' and external_id = ${externalId}`.execute(
    tx,
  )
  return rows[0]?.personId
}

/** From now on the account means that person; one that meant them before means nobody. */
export async function linkPerson(
  { tx, ctx }: Step,
  brand: WorkplaceBrand,
  { externalId, personId }: { readonly externalId: string; readonly personId: string },
): Promise<void> {
  await sql`
    delete from workplace_link
    where company_id = ${ctx.company.id} and brand = ${brand} and kind = 'person'
      and (person_id = ${personId} or external_id = ${externalId})`.execute(tx)
  await sql`
    insert into workplace_link (company_id, brand, kind, external_id, person_id)
    values (${ctx.company.id}, ${brand}, 'person', ${externalId}, ${personId})`.execute(tx)
}

/** The day on which somebody was gone there; null: they are there. */
export async function markLeft(
  { tx, ctx }: Step,
  brand: WorkplaceBrand,
  { externalId, on }: { readonly externalId: string; readonly on: string | null },
): Promise<void> {
  await sql`
    update workplace_link set left_on = ${on}
    where company_id = ${ctx.company.id} and brand = ${brand} and kind = 'person' and external_id = ${externalId}`.execute(
    tx,
  )
}

export async function linkedUnit(
  tx: Tx,
  ctx: Ctx,
  brand: WorkplaceBrand,
  departmentId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ unitId: string }>`
    select unit_id as "unitId" from workplace_link
    where company_id = ${ctx.company.id} and brand = ${brand} and kind = 'department'
      and external_id = ${departmentId}`.execute(tx)
  return rows[0]?.unitId
}

/** From now on the department is that unit; one that was it before is not any more. */
export async function linkUnit(
  { tx, ctx }: Step,
  brand: WorkplaceBrand,
  { departmentId, unitId }: { readonly departmentId: string; readonly unitId: string },
): Promise<void> {
  await dropUnitLink({ tx, ctx }, brand, unitId)
  await sql`
    insert into workplace_link (company_id, brand, kind, external_id, unit_id)
    values (${ctx.company.id}, ${brand}, 'department', ${departmentId}, ${unitId})`.execute(tx)
}

export async function dropUnitLink(
  { tx, ctx }: Pick<Step, 'tx' | 'ctx'>,
  brand: WorkplaceBrand,
  unitId: string,
): Promise<void> {
  await sql`
    delete from workplace_link
    where company_id = ${ctx.company.id} and brand = ${brand} and unit_id = ${unitId}`.execute(tx)
}

/** People and units stay; nobody knows any more who is who. */
export async function dropLinks({ tx, ctx }: Step, brand: WorkplaceBrand): Promise<void> {
  await sql`delete from workplace_link where company_id = ${ctx.company.id} and brand = ${brand}`.execute(tx)
}

export interface Links {
  readonly unitLinks: ReadonlyMap<string, string>
  readonly personLinks: ReadonlyMap<string, PersonLink>
}

export async function allLinks(tx: Tx, ctx: Ctx, brand: WorkplaceBrand): Promise<Links> {
  const { rows } = await sql<{
    externalId: string
    unitId: string | null
    personId: string | null
    hasLeft: boolean
  }>`
    select external_id as "externalId", unit_id as "unitId", person_id as "personId", left_on is not null as "hasLeft"
    from workplace_link where company_id = ${ctx.company.id} and brand = ${brand} order by external_id`.execute(tx)
  return {
    unitLinks: new Map(rows.flatMap(({ externalId, unitId }) => (unitId ? [[externalId, unitId] as const] : []))),
    personLinks: new Map(
      rows.flatMap(({ externalId, personId, hasLeft }) =>
        personId ? [[externalId, { personId, hasLeft }] as const] : [],
      ),
    ),
  }
}
