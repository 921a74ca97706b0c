import { sql } from 'kysely'
import { trimZeros } from '#engine/money/decimal.ts'
import { newId, nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { nodeIdOf, readNodeId } from '../node-id.ts'
import type { Place } from '../node-id.ts'
import type { Carry } from '../carry.ts'

export interface NewAmendment {
  readonly planId: string
  readonly version: number
  readonly place: Place
  /** The first period that changes, counted from 1, and its first day. */
  readonly from: number
  readonly fromDay: string
  readonly carry: Carry
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly reason: string
  readonly appealId: string | null
}

export interface StoredAmendment extends Omit<NewAmendment, 'planId' | 'place'> {
  readonly id: string
  readonly node: string
  readonly byId: string | null
  readonly byName: string | null
  readonly at: Date
}

export const amendmentStore = {
  async add({ tx, ctx }: Step, one: NewAmendment): Promise<string> {
    const id = newId()
    await sql`
      insert into plan_amendment (company_id, id, plan_id, version, unit_id, person_id, from_period, from_day, carry, before,
        after, reason, appeal_id, decided_by, at)
      values (${ctx.company.id}, ${id}, ${one.planId}, ${one.version}, ${one.place.unitId}, ${one.place.personId ?? nobody},
        ${one.from}, ${one.fromDay}::date, ${one.carry}, ${one.before}::numeric[], ${one.after}::numeric[], ${one.reason},
        ${one.appealId}, ${ctx.actor.personId}, ${ctx.now})`.execute(tx)
    return id
  },

  /** Those of the nodes, newest first; up to a version and so many, if told. */
  async list(
    tx: Tx,
    planId: string,
    nodes: readonly string[],
    { upTo = Infinity, limit }: { readonly upTo?: number; readonly limit?: number } = {},
  ): Promise<StoredAmendment[]> {
    const places = nodes.flatMap((node) => readNodeId(node) ?? [])
    const { rows } = await sql<RawAmendment>`
      select a.id, a.version, a.unit_id, nullif(a.person_id, ${nobody}::uuid) as person_id, a.from_period as "from",
        a.from_day as "fromDay", a.carry, a.before::text[] as before, a.after::text[] as after, a.reason,
        a.appeal_id as "appealId", a.decided_by as "byId", w.name as "byName", a.at
      from plan_amendment a left join person w on w.company_id = a.company_id and w.id = a.decided_by
      where a.plan_id = ${planId} and (${!Number.isFinite(upTo)} or a.version <= ${Number.isFinite(upTo) ? upTo : 0})
        and (a.unit_id, a.person_id) in (select * from unnest(
          ${places.map((place) => place.unitId)}::uuid[], ${places.map((place) => place.personId ?? nobody)}::uuid[]))
      order by a.version desc limit ${limit ?? null}`.execute(tx)
    return rows.map(({ unit_id, person_id, ...row }) => ({
      ...row,
      node: nodeIdOf({ unitId: unit_id, personId: person_id }),
      before: row.before.map(trimZeros),
      after: row.after.map(trimZeros),
    }))
  },
}

interface RawAmendment extends Omit<StoredAmendment, 'node'> {
  readonly unit_id: string
  readonly person_id: string | null
}
