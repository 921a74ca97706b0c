import { inWords, type Label } from '#base/label.ts'
import type { ObjectType, RecordAction } from '#engine/model/object-type.ts'
import { mayDo } from '#engine/policy/rights.ts'
import { holds, standardRole } from '#engine/policy/company-role.ts'
import type { Permission } from '#engine/policy/role.ts'
import type { Asker } from '#engine/query/to-sql.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { recordErrors } from './errors.ts'
import { sightOf } from './sight.ts'
import { viewpointOf, worthOf } from './viewpoint.ts'

/**
 * The same person with the sight of the whole company: for what the system does in her name to records that hang on
 * hers, whoever sees them.
 */
export function withWholeSight(ctx: Ctx): Ctx {
  const { company, actor } = ctx
  return {
    ...ctx,
    company: { ...company, catalogue: company.wholeCatalogue },
    actor: { ...actor, role: standardRole('administrator') },
  }
}

const actionWords: Readonly<Record<RecordAction, Label>> = {
  read: { zh: '查看', en: 'read' },
  create: { zh: '新建', en: 'create' },
  update: { zh: '修改', en: 'change' },
  delete: { zh: '删除', en: 'delete' },
  import: { zh: '导入', en: 'import' },
  transfer: { zh: '转移', en: 'give away' },
  export: { zh: '导出', en: 'export' },
}

/** Whether the actor's role may do that with some records of the object. */
export function may(ctx: Ctx, object: ObjectType, action: RecordAction): boolean {
  return mayDo(ctx.actor.role, object, action)
}

/** Whether the actor's role holds a permission that their room declares. */
export function mayAct(ctx: Ctx, permission: Permission): boolean {
  return holds(ctx.actor.role, permission)
}

/** The object of that key, if the actor's role may do that with it; otherwise the error that says why not. */
export function objectFor(ctx: Ctx, key: string, action: RecordAction): ObjectType {
  const object = ctx.company.catalogue.find(key)
  if (!object) throw recordErrors.OBJECT_NOT_FOUND({ object: key })
  if (may(ctx, object, action)) return object
  throw recordErrors.ACTION_NOT_ALLOWED({
    action: inWords(actionWords[action], ctx.language),
    object: inWords(object.label, ctx.language),
  })
}

/** Who asks, for the compiler of filters. */
export async function askerOf(ctx: Ctx, ...filters: readonly Filter[]): Promise<Asker> {
  return {
    catalogue: ctx.company.catalogue,
    viewpoint: await viewpointOf(ctx, ...filters),
    sight: await sightOf(ctx),
    worth: worthOf(ctx),
  }
}
