import { sql } from 'kysely'
import { importSetSchema, mappingSchema, type ImportSet, type Mapping } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { transferErrors } from './errors.ts'
import { importTarget, importTargets } from './targets.ts'

export interface Description {
  readonly id: string
  readonly kind: 'mapping' | 'set'
  readonly object: string | null
  readonly name: string
  readonly description: unknown
}

/** The company's descriptions for what the actor may import. */
export async function listDescriptions(ctx: Ctx): Promise<readonly Description[]> {
  const objects = importTargets(ctx).map((target) => target.object)
  const { rows } = await inView(ctx, (tx) =>
    sql<Description>`
      select id, kind, object, name, description from import_description
      where company_id = ${ctx.company.id} and (object is null or object = any(${objects}::text[])) order by kind, name`.execute(
      tx,
    ),
  )
  return rows
}

const either = { zh: '请给出 mapping 或 set 之一', en: 'Give either a mapping or a set' }

/** Keeps a mapping or a set for what the actor may import under a name; the one of that name is replaced. */
export async function saveDescription(
  ctx: Ctx,
  input: { readonly name: string; readonly mapping?: Mapping | undefined; readonly set?: ImportSet | undefined },
): Promise<Description> {
  const { name, mapping, set } = input
  if ((mapping === undefined) === (set === undefined)) {
    throw transferErrors.MAPPING_INVALID({}, [{ field: 'mapping', code: 'either', label: either }])
  }
  for (const { object } of mapping ? [mapping] : (set?.steps ?? [])) importTarget(ctx, object)
  const kind = mapping ? 'mapping' : 'set'
  const description = mapping ? mappingSchema.parse({ ...mapping, name }) : importSetSchema.parse({ ...set, name })
  return inStep(ctx, async ({ tx }) => {
    const { rows } = await sql<Description>`
      insert into import_description (company_id, id, kind, object, name, description, created_by)
      values (${ctx.company.id}, ${newId()}, ${kind}, ${mapping?.object ?? null}, ${name},
        ${JSON.stringify(description)}::jsonb, ${ctx.actor.personId})
      on conflict (company_id, kind, name) do update set description = excluded.description, object = excluded.object
      returning id, kind, object, name, description`.execute(tx)
    const [saved] = rows
    if (!saved) throw transferErrors.MAPPING_NOT_FOUND()
    return saved
  })
}

export async function removeDescription(ctx: Ctx, id: string): Promise<void> {
  const removed = isId(id)
    ? await inStep(ctx, async ({ tx }) => {
        const { rows } = await sql<{ id: string }>`
          delete from import_description where company_id = ${ctx.company.id} and id = ${id} returning id`.execute(tx)
        return rows.length
      })
    : 0
  if (removed === 0) throw transferErrors.MAPPING_NOT_FOUND()
}
