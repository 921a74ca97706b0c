import { sql } from 'kysely'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { nodeIdOf, readNodeId } from '../node-id.ts'
import type { StoredRevision } from './plan-store.ts'
import type { RowChange } from './row-changes.ts'

/** A revision with what it changed. */
export interface StoredChanges extends StoredRevision {
  readonly changes: readonly RowChange[]
  /** The row that an amendment is about; null where it is none. */
  readonly about: string | null
}

export interface RevisionsWanted {
  /** Versions above this one, and below that one; all unless told. */
  readonly after?: number | undefined
  readonly before?: number | undefined
  readonly by?: string | undefined
  /** How many, the newest first. */
  readonly limit: number
}

/** A revision as it is listed. */
export interface ListedRevision extends StoredRevision {
  readonly about: string | null
}

export const revisionStore = {
  /** The newest first; of `rows` only those counted that are among the nodes, if told. */
  async list(
    tx: Tx,
    planId: string,
    wanted: RevisionsWanted & { readonly nodes?: readonly string[] | undefined },
  ): Promise<readonly ListedRevision[]> {
    const places = wanted.nodes?.flatMap((node) => readNodeId(node) ?? [])
    const counted = places
      ? sql`(
          select count(*)::int from jsonb_to_recordset(r.changes) as c(unit uuid, person uuid)
          where (c.unit, coalesce(c.person, ${nobody}::uuid)) in (select * from unnest(
            ${places.map((place) => place.unitId)}::uuid[], ${places.map((place) => place.personId ?? nobody)}::uuid[])))`
      : sql`jsonb_array_length(r.changes)`
    const { rows } = await sql<ListedRow>`
      select ${columns}, ${counted} as rows
      from ${source} where ${isWanted(planId, wanted)} order by r.version desc limit ${wanted.limit}`.execute(tx)
    return rows.map(toListed)
  },

  /** The same with every change. */
  async changes(tx: Tx, planId: string, wanted: RevisionsWanted): Promise<readonly StoredChanges[]> {
    const { rows } = await sql<ListedRow & { changes: readonly RowChange[] }>`
      select ${columns}, r.changes, jsonb_array_length(r.changes) as rows
      from ${source} where ${isWanted(planId, wanted)} order by r.version desc limit ${wanted.limit}`.execute(tx)
    return rows.map((row) => ({ ...toListed(row), changes: row.changes }))
  },
}

const columns = sql`
  r.version, r.kind, r.person_id as "personId", w.name as "personName", r.at, r.reason, a.unit_id as "aboutUnit",
  nullif(a.person_id, ${nobody}::uuid) as "aboutPerson"`

const source = sql`
  plan_revision r left join person w on w.company_id = r.company_id and w.id = r.person_id
    left join plan_amendment a on a.company_id = r.company_id and a.plan_id = r.plan_id and a.version = r.version`

function isWanted(planId: string, { after = 0, before, by }: RevisionsWanted) {
  return sql`
    r.plan_id = ${planId} and r.version > ${after} and (${before ?? null}::int is null or r.version < ${before ?? null})
      and (${by ?? null}::uuid is null or r.person_id = ${by ?? null}::uuid)`
}

interface ListedRow extends StoredRevision {
  readonly aboutUnit: string | null
  readonly aboutPerson: string | null
}

function toListed({ aboutUnit, aboutPerson, ...row }: ListedRow): ListedRevision {
  return { ...row, about: aboutUnit === null ? null : nodeIdOf({ unitId: aboutUnit, personId: aboutPerson }) }
}
