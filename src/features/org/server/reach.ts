import { sql } from 'kysely'
import { reachOf } from '#engine/policy/role.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { PeopleInReach } from '#platform/records/reach.ts'

/** Of a request under way: it keeps the reach that it began with, whatever is changed beside it. */
const begun = new WeakMap<Ctx, Promise<PeopleInReach>>()

/**
 * The people whose records an actor reaches today: everybody, those under the units that a manager heads or stands in,
 * or only the actor.
 */
export function scopeOf(ctx: Ctx): Promise<PeopleInReach> {
  const asked = begun.get(ctx) ?? readScope(ctx)
  begun.set(ctx, asked)
  return asked
}

async function readScope(ctx: Ctx): Promise<PeopleInReach> {
  const reach = reachOf[ctx.actor.role]
  if (reach === 'everything') return 'everything'
  const { personId } = ctx.actor
  if (personId === null) return []
  if (reach === 'own') return [personId]
  return remembered(ctx, `below:${personId}`, () => readBelow(ctx, personId))
}

/** The people who today stand in a unit or below it. */
export async function peopleUnder(ctx: Ctx, unitId: string): Promise<readonly string[]> {
  return remembered(ctx, `under:${unitId}`, () => readUnder(ctx, unitId))
}

/** Answers of one state of one company's org on one day; the oldest companies are forgotten first. */
const answers = new Map<
  string,
  { readonly state: string; readonly byQuestion: Map<string, Promise<readonly string[]>> }
>()
const companiesRemembered = 200
/** Whoever asks names the unit, also units that are not there. */
const questionsRemembered = 5000

function remembered(ctx: Ctx, question: string, read: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const state = `${ctx.company.orgVersion}@${ctx.today}`
  const known = answers.get(ctx.company.id)
  const current = known?.state === state ? known : { state, byQuestion: new Map<string, Promise<readonly string[]>>() }
  answers.delete(ctx.company.id)
  answers.set(ctx.company.id, current)
  const oldest = answers.keys().next().value
  if (answers.size > companiesRemembered && oldest !== undefined) answers.delete(oldest)
  const found = current.byQuestion.get(question)
  if (found) return found
  const asked = read()
  if (current.byQuestion.size >= questionsRemembered) current.byQuestion.clear()
  current.byQuestion.set(question, asked)
  asked.catch(() => current.byQuestion.delete(question))
  return asked
}

async function readBelow(ctx: Ctx, personId: string): Promise<readonly string[]> {
  const day = ctx.today
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with own as (
        select structure_id, id as unit_id from unit
        where head_id = ${personId} and (closed_on is null or closed_on > ${day}::date)
        union
        select structure_id, unit_id from assignment
        where person_id = ${personId} and from_day <= ${day}::date and to_day > ${day}::date
      ), reached as (
        select t.unit_id from structure s cross join lateral units_on(s.id, ${day}::date) t
        where s.id in (select structure_id from own) and t.path && (select array_agg(unit_id) from own)
      )
      select distinct a.person_id as id from assignment a
      where a.unit_id in (select unit_id from reached) and a.from_day <= ${day}::date and a.to_day > ${day}::date
      union select ${personId}::uuid
    `.execute(tx)
    return rows.map((row) => row.id)
  })
}

async function readUnder(ctx: Ctx, unitId: string): Promise<readonly string[]> {
  const day = ctx.today
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select distinct a.person_id as id
      from unit u cross join lateral units_on(u.structure_id, ${day}::date) t
      join assignment a on a.unit_id = t.unit_id and a.from_day <= ${day}::date and a.to_day > ${day}::date
      where u.id = ${unitId} and ${unitId}::uuid = any(t.path)
    `.execute(tx)
    return rows.map((row) => row.id)
  })
}

/** The units around a person today: those over the person's own, and those at or under them. */
export interface UnitsAround {
  /** In which the person stands, which the person heads, and all above. */
  readonly over: readonly string[]
  /** Which the person heads or stands in, and all below. */
  readonly under: readonly string[]
}

/** Where the actor stands in the organisation today, for what is meant for a unit and everybody below it. */
export async function unitsAround(ctx: Ctx): Promise<UnitsAround> {
  const { personId } = ctx.actor
  if (personId === null) return { over: [], under: [] }
  const day = ctx.today
  return inView(ctx, async (tx) => {
    const { rows } = await sql<UnitsAround>`
      with own as (
        select structure_id, id as unit_id from unit
        where head_id = ${personId} and (closed_on is null or closed_on > ${day}::date)
        union
        select structure_id, unit_id from assignment
        where person_id = ${personId} and from_day <= ${day}::date and to_day > ${day}::date
      ), placed as (
        select t.unit_id, t.path from structure s cross join lateral units_on(s.id, ${day}::date) t
        where s.id in (select structure_id from own)
      )
      select
        array(select distinct u from placed p cross join lateral unnest(p.path) u where p.unit_id in (select unit_id from own)) as over,
        array(select p.unit_id from placed p where p.path && (select array_agg(unit_id) from own)) as under`.execute(tx)
    return rows[0] ?? { over: [], under: [] }
  })
}
