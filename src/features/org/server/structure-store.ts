import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { holdStill } from '#platform/ledger/index.ts'
import { orgErrors } from '../errors.ts'

export interface Structure {
  readonly id: string
  readonly key: string
  readonly nameZh: string
  readonly nameEn: string
  readonly isDefault: boolean
  /** First day on which it is no more. */
  readonly closedOn: Day | null
  readonly version: number
}

/** The structures that every company begins with; results roll up the administrative one. */
const firstStructures = [
  { key: 'administrative', zh: '行政组织', en: 'Organisation' },
  { key: 'region', zh: '区域', en: 'Regions' },
  { key: 'product_line', zh: '产品线', en: 'Product lines' },
] as const

export async function insertStructures(step: Step): Promise<void> {
  const company = step.ctx.company.id
  for (const { key, zh, en } of firstStructures) {
    await sql`
      insert into structure (company_id, id, key, name_zh, name_en, is_default)
      values (${company}, ${newId()}, ${key}, ${zh}, ${en}, ${key === 'administrative'})
    `.execute(step.tx)
  }
}

export async function structures(tx: Tx): Promise<readonly Structure[]> {
  const { rows } = await sql<Structure>`
    select id, key, name_zh as "nameZh", name_en as "nameEn", is_default as "isDefault",
      closed_on as "closedOn", version
    from structure order by is_default desc, key
  `.execute(tx)
  return rows
}

/** The structure, or STRUCTURE_NOT_FOUND. */
export async function structureById(tx: Tx, id: string): Promise<Structure> {
  const found = (await structures(tx)).find((one) => one.id === id)
  if (!found) throw orgErrors.STRUCTURE_NOT_FOUND()
  return found
}

export async function insertStructure(
  step: Step,
  { key, nameZh, nameEn }: Pick<Structure, 'key' | 'nameZh' | 'nameEn'>,
): Promise<string> {
  const id = newId()
  await sql`
    insert into structure (company_id, id, key, name_zh, name_en)
    values (${step.ctx.company.id}, ${id}, ${key}, ${nameZh}, ${nameEn})`.execute(step.tx)
  return id
}

/** Saves names and the day of closing; answers the new version, or undefined when somebody else was first. */
export async function saveStructure(step: Step, next: Structure): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    update structure set name_zh = ${next.nameZh}, name_en = ${next.nameEn}, closed_on = ${next.closedOn},
      version = version + 1
    where id = ${next.id} and version = ${next.version} returning version`.execute(step.tx)
  return rows[0]?.version
}

/** The structure of that key, or the one along which results roll up. */
export async function structureOf(tx: Tx, key?: string): Promise<Structure> {
  const found = (await structures(tx)).find((one) => (key === undefined ? one.isDefault : one.key === key))
  if (!found) throw orgErrors.STRUCTURE_NOT_FOUND()
  return found
}

/**
 * Begins a change of the org: changes of one company follow one another, and what was derived before is stale. Saves
 * under way are waited for, and later ones wait, so that none is credited by an org that is no more.
 */
export async function openOrg(step: Step): Promise<void> {
  await holdStill(step)
  await sql`update company set org_version = org_version + 1 where id = ${step.ctx.company.id}`.execute(step.tx)
}
