import { sql } from 'kysely'
import { columnOf, isPart } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { tableSql } from '#engine/query/source.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { isId } from '#platform/db/new-id.ts'
import { recordErrors } from './errors.ts'
import { usesOf } from './in-use.ts'
import { findRecord } from './read.ts'
import { may, objectFor } from './scope.ts'
import { scopeOf } from './sight.ts'

/** Most records that go into the recycle bin with one other. */
export const mostChildren = 5000

/** Records below another: those that are a part of it, those that are a part of these, and so on. */
export interface Children {
  /** Ids by object, of those that the actor may delete. */
  readonly deletable: ReadonlyMap<string, readonly string[]>
  /** How many by object the actor sees but may not delete. */
  readonly kept: ReadonlyMap<string, number>
  /** There are more than were asked for; those that are answered are some of them. */
  readonly isMore: boolean
}

type Reach = (object: ObjectType, ids: readonly string[]) => Promise<readonly string[]>

interface Level {
  readonly object: ObjectType
  readonly ids: readonly string[]
}

/**
 * Walks from a record down to its children. `reach` answers which of some records the actor reaches; those are walked on
 * from. What only names a record, as a deal its product or a visit its contact, is no child of it.
 */
export async function childrenOf(
  tx: Tx,
  ctx: Ctx,
  top: Level,
  { reach, most = mostChildren }: { readonly reach: Reach; readonly most?: number },
): Promise<Children> {
  const known = new Set(top.ids)
  const deletable = new Map<string, string[]>()
  const kept = new Map<string, number>()
  let levels: readonly Level[] = [top]
  while (levels.length > 0) {
    const next: Level[] = []
    for (const { user, field, ids } of usersOf(ctx, levels)) {
      const pointing = (await idsPointing(tx, ctx, { user, field, ids }, most)).filter((id) => !known.has(id))
      if (pointing.length === 0) continue
      const reached = await reach(user, pointing)
      for (const id of reached) known.add(id)
      if (known.size - top.ids.length > most) return { deletable, kept, isMore: true }
      if (!may(ctx, user, 'delete')) {
        kept.set(user.key, (kept.get(user.key) ?? 0) + reached.length)
        continue
      }
      deletable.set(user.key, [...(deletable.get(user.key) ?? []), ...reached])
      if (reached.length > 0) next.push({ object: user, ids: reached })
    }
    levels = next
  }
  return { deletable, kept, isMore: false }
}

interface Pointing {
  readonly user: ObjectType
  readonly field: Field
  readonly ids: readonly string[]
}

/** The references by which records are a part of those of these levels. */
function usersOf(ctx: Ctx, levels: readonly Level[]): readonly Pointing[] {
  const objects = ctx.company.wholeCatalogue.all()
  return levels.flatMap(({ object, ids }) =>
    objects.flatMap((user) =>
      user.fields.filter((field) => field.to === object.key && isPart(field)).map((field) => ({ user, field, ids })),
    ),
  )
}

async function idsPointing(tx: Tx, ctx: Ctx, { user, field, ids }: Pointing, most: number): Promise<readonly string[]> {
  const company = ctx.company.id
  const statement = field.custom
    ? sql<{ id: string }>`
        select record_id as id from field_value
        where company_id = ${company} and field_id = ${field.custom.id} and id_value = any(${ids}::uuid[])
        limit ${most + 1}`
    : sql<{ id: string }>`
        select id from ${tableSql(user)} t
        where company_id = ${company} and ${sql.id(columnOf(field))} = any(${ids}::uuid[]) and deleted_at is null
        limit ${most + 1}`
  return (await statement.execute(tx)).rows.map(({ id }) => id)
}

/** What stands below a record, before somebody deletes it. */
export interface BeforeDeleting {
  /** Per object: how many the actor sees, and how many of these may go along. */
  readonly children: readonly { readonly object: string; readonly seen: number; readonly deletable: number }[]
  /** Objects of records that would keep it even then: out of reach, not to be deleted, or only naming it. */
  readonly keptBy: readonly string[]
}

/** What would go into the recycle bin with a record, and what stands against it. */
export async function beforeDeleting(ctx: Ctx, key: string, id: string): Promise<BeforeDeleting> {
  const object = objectFor(ctx, key, 'delete')
  return inView(ctx, async (tx) => {
    if (!isId(id) || !(await findRecord(tx, ctx, object, id))) throw recordErrors.RECORD_NOT_FOUND()
    const below = await lookBelow(tx, ctx, { object, ids: [id] })
    if (!below) throw recordErrors.TOO_MANY_CHILDREN({ most: mostChildren })
    return below
  })
}

/** The same for records in reach that are deleted together; nothing if more than `most` are a part of them. */
export async function lookBelow(
  tx: Tx,
  ctx: Ctx,
  top: Level,
  most = mostChildren,
): Promise<BeforeDeleting | undefined> {
  const { key } = top.object
  const reach: Reach = (user, ids) => reachedOf(tx, ctx, user, ids)
  const { deletable, kept, isMore } = await childrenOf(tx, ctx, top, { reach, most })
  if (isMore) return undefined
  const leaving = [...new Set([key, ...deletable.keys()])].map((one) => ({
    object: ctx.company.wholeCatalogue.get(one),
    stored: [...(deletable.get(one) ?? []), ...(one === key ? top.ids : [])].map((each) => ({ id: each })),
  }))
  const uses = await usesOf({ ctx, tx }, leaving)
  const objects = [...new Set([...deletable.keys(), ...kept.keys()])].filter((one) => ctx.company.catalogue.find(one))
  return {
    children: objects
      .map((one) => {
        const count = deletable.get(one)?.length ?? 0
        return { object: one, seen: count + (kept.get(one) ?? 0), deletable: count }
      })
      .filter(({ seen }) => seen > 0),
    keptBy: [...new Set([...uses.values()].flat())].filter((one) => ctx.company.catalogue.find(one)).toSorted(),
  }
}

async function reachedOf(tx: Tx, ctx: Ctx, object: ObjectType, ids: readonly string[]): Promise<readonly string[]> {
  if (!may(ctx, object, 'read')) return []
  const { rows } = await sql<{ id: string }>`
    select t.id from ${tableSql(object)} t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and ${await scopeOf(ctx, object, 'own')}`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}
