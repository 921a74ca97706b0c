import { sql } from 'kysely'
import { inWords, type Label } from '#base/label.ts'
import type { ObjectType, RecordAction } from '#engine/model/object-type.ts'
import { worthBy } from '#engine/metrics/to-sql.ts'
import type { Asker, Sight, Sql, Viewpoint, Worth } from '#engine/query/to-sql.ts'
import { conditionsIn, type Filter } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { recordErrors } from './errors.ts'
import { keyReaches } from './key-reach.ts'
import { orgView, type PeopleInReach } from './reach.ts'

/** Which rows of an object the actor reaches, as a condition on `t`. */
export async function scopeOf(ctx: Ctx, object: ObjectType): Promise<Sql> {
  return (await sightOf(ctx))(object, 't') ?? sql`true`
}

/** Something that lets an actor see records of an object: all of them, or those that meet a condition. */
export interface Grant {
  /** `everybody`: everybody sees all of them; `role`: this role does; `people`: those of the people in reach. */
  readonly kind: 'everybody' | 'role' | 'people'
  readonly when: Sql | undefined
}

/** Whatever lets an actor see records of an object. What lists show and the reasons that are told both come from here. */
export function grantsOf(reach: PeopleInReach, object: ObjectType, alias: string): readonly Grant[] {
  if (object.visibleToAll) return [{ kind: 'everybody', when: undefined }]
  if (reach === 'everything') return [{ kind: 'role', when: undefined }]
  return [{ kind: 'people', when: sql`${sql.ref(`${alias}.owner_id`)} = any(${reach}::uuid[])` }]
}

/** The same for whatever object and alias. The only place where scope becomes SQL. */
export async function sightOf(ctx: Ctx): Promise<Sight> {
  const reach = await orgView().reach(ctx)
  return (object, alias) => {
    if (!keyReaches(ctx, object, 'read')) return sql`false`
    const conditions = grantsOf(reach, object, alias).map(({ when }) => when)
    if (conditions.includes(undefined)) return undefined
    return conditions.length === 1 ? conditions[0] : sql`(${sql.join(conditions, sql` or `)})`
  }
}

/**
 * The same person with the sight of the whole company: for what the system does in her name to records that hang on
 * hers, whoever sees them.
 */
export function withWholeSight(ctx: Ctx): Ctx {
  return { ...ctx, actor: { ...ctx.actor, role: 'administrator' }, key: undefined }
}

const actionWords: Readonly<Record<RecordAction, Label>> = {
  read: { zh: '查看', en: 'read' },
  create: { zh: '新建', en: 'create' },
  update: { zh: '修改', en: 'change' },
  delete: { zh: '删除', en: 'delete' },
  import: { zh: '导入', en: 'import' },
  export: { zh: '导出', en: 'export' },
}

export function may(ctx: Ctx, object: ObjectType, action: RecordAction): boolean {
  return keyReaches(ctx, object, action) && object.rights[action].includes(ctx.actor.role)
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

/** Amounts in the company's base currency, by the rate of the day on which the figures count them. */
export function worthOf({ company, today }: Ctx): Worth {
  return worthBy(company.metrics.sourcesOf, { base: company.currency, zone: company.zone, today })
}

/** Who looks, when, and the people of every unit that the filters name, their own too. */
export async function viewpointOf(ctx: Ctx, ...filters: readonly Filter[]): Promise<Viewpoint> {
  const units = [...new Set(filters.flatMap(unitsIn))]
  const people = new Map(
    await Promise.all(units.map(async (unit) => [unit, await orgView().peopleUnder(ctx, unit)] as const)),
  )
  const { zone, fiscalStart } = ctx.company
  return {
    personId: ctx.actor.personId,
    today: ctx.today,
    zone,
    fiscalStart,
    peopleOf: (unit) => people.get(unit) ?? [],
    myPeople: filters.some(asksForMyUnit) ? await orgView().peopleBelow(ctx) : [],
  }
}

function unitsIn(filter: Filter): readonly string[] {
  return conditionsIn(filter).flatMap(({ value }) =>
    typeof value === 'object' && value !== null && 'unit' in value ? [value.unit] : [],
  )
}

function asksForMyUnit(filter: Filter): boolean {
  return conditionsIn(filter).some(({ value }) => typeof value === 'object' && value !== null && 'myUnit' in value)
}
