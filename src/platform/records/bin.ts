import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import { tableSql } from '#engine/query/source.ts'
import { attempt } from '#platform/db/attempt.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step, type Tx } from '#platform/db/step.ts'
import type { RecordKey } from './companion-store.ts'
import { faultsOf } from './faults-of.ts'
import { queryRecords } from './read.ts'
import { restoreInStep, type Needed, type RestoreOptions } from './restore.ts'
import { binnedSince, goneFrom } from './retention.ts'
import { may, objectFor } from './scope.ts'
import { scopeOf } from './sight.ts'
import { titlesById } from './titles.ts'

/** A record in the recycle bin. */
export interface Binned {
  readonly id: string
  readonly title: string
  readonly deletedAt: Date
  readonly deletedBy: string | null
  /** When it is gone for good. */
  readonly goneAt: Date
  /** With which record it went, as far as the actor reaches that. */
  readonly with: Needed | null
  /** What went with it and is still there, by object. */
  readonly companions: readonly { readonly object: string; readonly count: number }[]
}

export interface BinQuestion {
  readonly filter?: Filter | undefined
  /** Part of what names the record. */
  readonly search?: string | undefined
  /** Only what this person deleted. */
  readonly deletedBy?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** The objects of which the actor may restore records, with how many are in the bin. */
export async function countBin(ctx: Ctx): Promise<readonly { readonly object: string; readonly count: number }[]> {
  const objects = ctx.company.catalogue.all().filter((object) => may(ctx, object, 'delete'))
  return inView(ctx, async (tx) => {
    const counts: { object: string; count: number }[] = []
    for (const object of objects) {
      const { rows } = await sql<{ count: string }>`
        select count(*) as count from ${tableSql(object)} t
        where t.company_id = ${ctx.company.id} and t.deleted_at is not null and t.deleted_at > ${binnedSince(ctx)}
          and ${await scopeOf(ctx, object)}`.execute(tx)
      counts.push({ object: object.key, count: Number(rows[0]?.count ?? 0) })
    }
    return counts
  })
}

/** The deleted records of an object that the actor may restore, the newest first, a page at a time. */
export async function listBin(
  ctx: Ctx,
  key: string,
  { filter, search, deletedBy, limit, cursor }: BinQuestion,
): Promise<{ readonly rows: readonly Binned[]; readonly cursor: string | null }> {
  const object = objectFor(ctx, key, 'delete')
  const named: Filter | undefined = search ? { field: object.title, op: 'contains', value: search } : undefined
  const page = await queryRecords(ctx, key, {
    filter: all(filter, named),
    // Deleting it was its last change.
    sort: [{ field: 'updatedAt', descending: true }],
    fields: [object.title],
    deleted: true,
    deletedBy,
    limit,
    cursor,
  })
  const ids = page.rows.map(({ id }) => id)
  const rows = await inView(ctx, (tx) => binnedOf(tx, ctx, object, ids))
  return { rows, cursor: page.cursor }
}

interface BinnedRow extends Pick<Binned, 'id' | 'deletedAt' | 'deletedBy'> {
  readonly withObject: string | null
  readonly withId: string | null
  readonly companions: Readonly<Record<string, number>> | null
}

async function binnedOf(tx: Tx, ctx: Ctx, object: ObjectType, ids: readonly string[]): Promise<readonly Binned[]> {
  const titles = await titlesById(tx, ctx, object, ids)
  const { rows } = await sql<BinnedRow>`
    select t.id, t.deleted_at as "deletedAt", p.name as "deletedBy", c.with_object as "withObject", c.with_id as "withId",
      (select jsonb_object_agg(n.object, n.count) from (
        select object, count(*) as count from bin_companion o
        where o.company_id = t.company_id and o.with_object = ${object.key} and o.with_id = t.id group by object) n
      ) as companions
    from unnest(${ids}::uuid[]) with ordinality as i(id, place)
    join ${tableSql(object)} t on t.company_id = ${ctx.company.id} and t.id = i.id and t.deleted_at is not null
    left join person p on p.company_id = t.company_id and p.id = t.updated_by
    left join bin_companion c on c.company_id = t.company_id and c.object = ${object.key} and c.record_id = t.id
    order by i.place`.execute(tx)
  const leaders = await leadersOf(tx, ctx, rows)
  return rows.map(({ id, deletedAt, deletedBy, withId, companions }) => ({
    id,
    title: titles.get(id) ?? '—',
    deletedAt,
    deletedBy,
    goneAt: goneFrom(deletedAt),
    with: (withId !== null && leaders.get(withId)) || null,
    companions: Object.entries(companions ?? {}).map(([one, count]) => ({ object: one, count })),
  }))
}

async function leadersOf(tx: Tx, ctx: Ctx, rows: readonly BinnedRow[]): Promise<ReadonlyMap<string, Needed>> {
  const leaders = new Map<string, Needed>()
  for (const [key, led] of Map.groupBy(rows, ({ withObject }) => withObject)) {
    const object = key === null ? undefined : ctx.company.catalogue.find(key)
    if (!object || !may(ctx, object, 'read')) continue
    const ids = [...new Set(led.flatMap(({ withId }) => withId ?? []))]
    for (const [id, title] of await titlesById(tx, ctx, object, ids)) leaders.set(id, { object: object.key, id, title })
  }
  return leaders
}

/** What came of restoring several records. */
export interface ManyRestored {
  /** Of those asked for. */
  readonly restored: number
  /** That came back with them. */
  readonly along: number
  /** That went with them but are out of the actor's reach. */
  readonly leftBehind: number
  readonly refused: readonly {
    readonly id: string
    readonly title: string | null
    readonly faults: readonly FieldFault[]
    /** Records in the bin that have to come back first. */
    readonly needed: readonly Needed[]
  }[]
}

/** Brings records back from the recycle bin as one operation; what cannot come back stays, with the reason. */
export async function restoreMany(
  ctx: Ctx,
  key: string,
  ids: readonly string[],
  options: RestoreOptions,
): Promise<ManyRestored> {
  const object = objectFor(ctx, key, 'delete')
  return inStep(ctx, (step) => restoreAll(step, object, [...new Set(ids)], options), { kind: 'record.restore' })
}

async function restoreAll(
  step: Step,
  object: ObjectType,
  ids: readonly string[],
  options: RestoreOptions,
): Promise<ManyRestored> {
  const tally = { restored: 0, along: 0, leftBehind: 0 }
  const neverGone = await livingOf(step, object, ids)
  let refused = new Map<string, ReturnType<typeof refusalOf>>()
  for (let open = ids; open.length > 0;) {
    refused = new Map()
    for (const id of open) {
      const tried = await attempt(step, (part) => restoreInStep(part, object, id, { ...options, unlessBlocked: true }))
      if (!tried.ok) refused.set(id, refusalOf(tried.error))
      else {
        tally.restored += 1
        tally.along += tried.result.along
        tally.leftBehind += tried.result.leftBehind
      }
    }
    // What came back may be what another of them waited for.
    if (refused.size === open.length) break
    open = [...refused.keys()]
  }
  // Some came back with others of the list before it was their turn.
  const waiting = [...refused.keys()].filter((id) => !neverGone.has(id))
  const back = await livingOf(step, object, waiting)
  const titles = await titlesById(step.tx, step.ctx, object, [...refused.keys()])
  return {
    ...tally,
    restored: tally.restored + back.size,
    along: tally.along - back.size,
    refused: [...refused]
      .filter(([id]) => !back.has(id))
      .map(([id, refusal]) => ({ id, title: titles.get(id) ?? null, ...refusal })),
  }
}

function refusalOf(error: Error): { faults: readonly FieldFault[]; needed: readonly Needed[] } {
  const details = 'details' in error ? error.details : undefined
  const needed = typeof details === 'object' && details !== null && 'needed' in details ? details.needed : []
  return { faults: faultsOf(error), needed: needed as readonly Needed[] }
}

async function livingOf(step: Step, object: ObjectType, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<Pick<RecordKey, 'id'>>`
    select t.id from ${tableSql(object)} t
    where t.company_id = ${step.ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
      and ${await scopeOf(step.ctx, object)}`.execute(step.tx)
  return new Set(rows.map(({ id }) => id))
}
