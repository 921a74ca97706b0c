import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import { reachIn, reachToChange } from '#engine/policy/rights.ts'
import { reaches, type Reach } from '#engine/policy/role.ts'
import { granteeKey, granteeKeysOf, type SharingLevel, type SharingRule } from '#engine/policy/sharing.ts'
import { sourceOf, toSql, type Asker, type Sight, type Sql } from '#engine/query/to-sql.ts'
import { asWritten, seesAll } from '#engine/query/viewpoint.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { orgView, type PeopleInReach } from './reach.ts'
import { viewpointOf } from './viewpoint.ts'

/** What for records are looked at: to see them, or to change what is shared for that too; or to delete and give away. */
export type Purpose = 'see' | 'change' | 'own'

/** Something that lets an actor at records of an object: all of them, or those that meet a condition. */
export interface Grant {
  /**
   * `everybody`: everybody sees all of them; `role`: this role does; `people`: those of the people in reach; `rule`: what
   * a rule shares; `share`: what is shared one by one.
   */
  readonly kind: 'everybody' | 'role' | 'people' | 'rule' | 'share'
  readonly when: Sql | undefined
  readonly rule?: SharingRule
}

/** Whatever lets an actor at the records of an object, on an alias of its table. */
export type Grants = (object: ObjectType, alias: string, purpose: Purpose) => readonly Grant[]

/**
 * Whatever lets an actor see and change records. What lists show, what may be changed and the reasons that are told all
 * come from here: the only place where scope becomes SQL.
 */
export async function grantsOf(ctx: Ctx): Promise<Grants> {
  const standing = await standingOf(ctx)
  return (object, alias, purpose) => {
    if (object.visibleToAll) return [{ kind: 'everybody', when: undefined }]
    const { role } = ctx.actor
    const reach = purpose === 'see' ? reachIn(role, object.key) : reachToChange(role, object.key)
    const people = standing.reached.get(reach)
    if (people === undefined) throw new Error(`the reach ${reach} was not asked for`)
    if (people === 'everything') return [{ kind: 'role', when: undefined }]
    const owned: Grant = { kind: 'people', when: sql`${sql.ref(`${alias}.owner_id`)} = any(${people}::uuid[])` }
    if (purpose === 'own') return [owned]
    const level = purpose === 'see' ? 'read' : 'write'
    return [
      owned,
      ...standing.rules
        .filter((rule) => rule.object === object.key && isAtLeast(rule.level, level))
        .map((rule): Grant => ({
          kind: 'rule',
          rule,
          when: ruleSql(rule, object, alias, { ...standing, companyId: ctx.company.id }),
        })),
      { kind: 'share', when: sharedSql(ctx, object, alias, { level, keys: standing.keys }) },
    ]
  }
}

/** Everything by which records may be shared with the actor. */
export async function keysOfActor(ctx: Ctx): Promise<readonly string[]> {
  return (await standingOf(ctx)).keys
}

/** The objects of which a rule shares some with the actor. */
export async function objectsByRule(ctx: Ctx): Promise<ReadonlySet<string>> {
  return new Set((await standingOf(ctx)).rules.map(({ object }) => object))
}

/** Which rows of an object the actor may see, whatever object and alias; undefined: all of them. */
export async function sightOf(ctx: Ctx, purpose: Purpose = 'see'): Promise<Sight> {
  const grants = await grantsOf(ctx)
  return (object, alias) => anyOf(grants(object, alias, purpose))
}

/** Which rows of an object the actor reaches, as a condition on `t`. */
export async function scopeOf(ctx: Ctx, object: ObjectType, purpose: Purpose = 'see'): Promise<Sql> {
  return (await sightOf(ctx, purpose))(object, 't') ?? sql`true`
}

function anyOf(grants: readonly Grant[]): Sql | undefined {
  const conditions = grants.map(({ when }) => when)
  if (conditions.includes(undefined)) return undefined
  return conditions.length === 1 ? conditions[0] : sql`(${sql.join(conditions, sql` or `)})`
}

interface Standing {
  /** The people in reach, for every reach that the role has in some object. */
  readonly reached: ReadonlyMap<Reach, PeopleInReach>
  /** By what records are shared with the actor. */
  readonly keys: readonly string[]
  /** The rules that share something with the actor. */
  readonly rules: readonly SharingRule[]
  /** How the filters of rules are read: by the eyes of the actor, over everything that there is. */
  readonly asker: Asker
}

/** Of a request under way: it is asked once. */
const begun = new WeakMap<Ctx, Promise<Standing>>()

function standingOf(ctx: Ctx): Promise<Standing> {
  const asked = begun.get(ctx) ?? readStanding(ctx)
  begun.set(ctx, asked)
  return asked
}

async function readStanding(ctx: Ctx): Promise<Standing> {
  const { actor, company } = ctx
  const reached = new Map<Reach, PeopleInReach>()
  for (const reach of reachesOf(ctx)) reached.set(reach, await orgView().reach(ctx, reach))
  const { personId, role } = actor
  const isWhole = [...reached.values()].every((people) => people === 'everything')
  const place = isWhole ? { units: [], over: [] } : await orgView().place(ctx)
  const keys = granteeKeysOf({ personId, role: role.key, ...place })
  const rules = company.sharingRules.filter(({ to }) => keys.includes(granteeKey(to)))
  const filters = rules.map(({ filter }) => filter)
  return {
    reached,
    keys,
    rules,
    asker: {
      catalogue: company.wholeCatalogue,
      viewpoint: await viewpointOf(ctx, ...filters),
      sight: seesAll,
      worth: asWritten,
    },
  }
}

function reachesOf({ actor: { role }, company }: Ctx): ReadonlySet<Reach> {
  const objects = ['', ...company.wholeCatalogue.all().map(({ key }) => key)]
  const asked = objects.flatMap((object) => [reachIn(role, object), reachToChange(role, object)])
  return new Set(reaches.filter((reach) => asked.includes(reach)))
}

const isAtLeast = (level: SharingLevel, wanted: SharingLevel): boolean => wanted === 'read' || level === 'write'

/**
 * A filter that joins other records is asked apart: the statement around it does not know of them. It names nothing of
 * that statement, so that it is answered once and not for every row. It is read over the whole object: what it names may
 * be hidden from the actor.
 */
function ruleSql(
  { filter }: SharingRule,
  { key }: ObjectType,
  alias: string,
  { asker, companyId }: Pick<Standing, 'asker'> & { readonly companyId: string },
): Sql {
  const object = asker.catalogue.get(key)
  const plain = sourceOf(object, asker, { alias })
  const condition = toSql(filter, plain)
  if (plain.isAlone()) return condition
  const inner = `${alias}s`
  const source = sourceOf(object, asker, { alias: inner })
  const met = toSql(filter, source)
  return sql`${sql.ref(`${alias}.id`)} in (
    select ${sql.ref(`${inner}.id`)} from ${source.from()}
    where ${sql.ref(`${inner}.company_id`)} = ${companyId}::uuid and ${met})`
}

/** Asked once a statement, then a list of ids: an index can answer. */
function sharedSql(
  { company, today }: Ctx,
  object: ObjectType,
  alias: string,
  { level, keys }: { readonly level: SharingLevel; readonly keys: readonly string[] },
): Sql {
  return sql`${sql.ref(`${alias}.id`)} = any(array(
    select sh.record_id from record_share sh
    where sh.company_id = ${company.id} and sh.object = ${object.key} and sh.grantee = any(${keys}::text[])
      and (sh.until_day is null or sh.until_day >= ${today}::date) ${level === 'write' ? sql`and sh.level = 'write'` : sql``}))`
}
