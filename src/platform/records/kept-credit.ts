import { sql } from 'kysely'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { sourceOf, toSql } from '#engine/query/to-sql.ts'
import { seesAll } from '#engine/query/viewpoint.ts'
import type { Step } from '#platform/db/step.ts'
import type { RowInput } from './draft.ts'
import { behaviourOf } from './registry.ts'
import { viewpointOf, worthOf } from './viewpoint.ts'

/** A change of one record that, where it gives it to another person, leaves a result that was made with who made it. */
export async function withKeptCredit(step: Step, object: ObjectType, row: RowInput): Promise<RowInput> {
  const owner = row.values['ownerId']
  const isSplit = (row.values['credits'] ?? null) !== null
  if (row.id === undefined || typeof owner !== 'string' || isSplit) return row
  const [kept] = await rowsForOwner(step, object, [row.id], owner)
  return { ...row, values: { ...row.values, ...kept?.values } }
}

/** Rows that give records to another person, results that were made still credited to whose they were. */
export async function rowsForOwner(
  step: Step,
  object: ObjectType,
  ids: readonly string[],
  toId: string,
): Promise<readonly (RowInput & { readonly id: string })[]> {
  const makers = await makersOf(step, object, ids)
  return ids.map((id) => {
    const maker = makers.get(id)
    const kept: RecordValues = maker && maker !== toId ? { credits: [{ person: maker, percent: '100' }] } : {}
    return { id, values: { ownerId: toId, ...kept } }
  })
}

/** Whose result a record is, of those that made one and are not split: split ones say already whose it is. */
async function makersOf(step: Step, object: ObjectType, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { settled } = behaviourOf(object.key)
  if (!settled || !object.fields.some(({ type }) => type === 'credits')) return new Map()
  const { company } = step.ctx
  const viewpoint = await viewpointOf(step.ctx, settled)
  const source = sourceOf(object, {
    catalogue: company.wholeCatalogue,
    viewpoint,
    sight: seesAll,
    worth: worthOf(step.ctx),
  })
  const condition = toSql(settled, source)
  const { rows } = await sql<{ id: string; ownerId: string }>`
    select t.id, t.owner_id as "ownerId" from ${source.from()}
    where t.company_id = ${company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
      and t.owner_id is not null and ${condition} and not exists (
        select from credit c where c.company_id = t.company_id and c.object = ${object.key} and c.record_id = t.id)`.execute(
    step.tx,
  )
  return new Map(rows.map(({ id, ownerId }) => [id, ownerId]))
}
