import { sql } from 'kysely'
import { reachOf } from '#engine/policy/role.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { PeopleInReach, Standing, UnitsInReach } from '#platform/records/reach.ts'

/** Some units, and the people who stand in them. */
interface Part {
  readonly units: readonly string[]
  readonly people: readonly string[]
}

/** Of a request under way: it keeps the reach that it began with, whatever is changed beside it. */
const begun = new WeakMap<Ctx, Promise<'everything' | Part>>()

/** The people whose records an actor reaches today: everybody, those in the units in reach, or only the actor. */
export async function scopeOf(ctx: Ctx): Promise<PeopleInReach> {
  const reach = await askedOnce(ctx)
  return reach === 'everything' ? reach : reach.people
}

/**
 * The units that an actor sees as a whole, figures and targets of any day: all of them, or for a manager the units that
 * she heads or has her main assignment in, today, with every unit that stands below them today. None for whoever
 * reaches only the own records.
 */
export async function unitsInReach(ctx: Ctx): Promise<UnitsInReach> {
  const reach = await askedOnce(ctx)
  return reach === 'everything' ? reach : reach.units
}

function askedOnce(ctx: Ctx): Promise<'everything' | Part> {
  const asked = begun.get(ctx) ?? readReach(ctx)
  begun.set(ctx, asked)
  return asked
}

async function readReach(ctx: Ctx): Promise<'everything' | Part> {
  const reach = reachOf[ctx.actor.role]
  if (reach === 'everything') return 'everything'
  const { personId } = ctx.actor
  if (personId === null) return { units: [], people: [] }
  if (reach === 'own') return { units: [], people: [personId] }
  const below = await partBelow(ctx, personId)
  return { units: below.units, people: [...new Set([...below.people, personId])] }
}

const partBelow = (ctx: Ctx, personId: string) =>
  remembered(ctx, `below:${personId}`, () => readPart(ctx, ownUnits(ctx, personId)))

/** The people of the units where the actor stands or that they head, and below, whatever they may see. */
export async function peopleBelow(ctx: Ctx): Promise<readonly string[]> {
  const { personId } = ctx.actor
  return personId === null ? [] : [...new Set([...(await partBelow(ctx, personId)).people, personId])]
}

/** The people who today stand in a unit or below it. */
export async function peopleUnder(ctx: Ctx, unitId: string): Promise<readonly string[]> {
  const asked = sql`select structure_id, id as unit_id from unit where id = ${unitId}`
  return (await remembered(ctx, `under:${unitId}`, () => readPart(ctx, asked))).people
}

/** Answers of one state of one company's org on one day; the oldest companies are forgotten first. */
const answers = new Map<string, { readonly state: string; readonly byQuestion: Map<string, Promise<Part>> }>()
const companiesRemembered = 200
/** Whoever asks names the unit, also units that are not there. */
const questionsRemembered = 5000

function remembered(ctx: Ctx, question: string, read: () => Promise<Part>): Promise<Part> {
  const state = `${ctx.company.orgVersion}@${ctx.today}`
  const known = answers.get(ctx.company.id)
  const current = known?.state === state ? known : { state, byQuestion: new Map<string, Promise<Part>>() }
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

function ownUnits({ today }: Ctx, personId: string): Sql {
  return sql`
    select structure_id, id as unit_id from unit
    where head_id = ${personId} and (closed_on is null or closed_on > ${today}::date)
    union
    select structure_id, unit_id from assignment
    where person_id = ${personId} and is_main and from_day <= ${today}::date and to_day > ${today}::date`
}

/** The units of `tops` and those below them today, with the people who stand there today. */
async function readPart(ctx: Ctx, tops: Sql): Promise<Part> {
  const day = ctx.today
  return inView(ctx, async (tx) => {
    const { rows } = await sql<Part>`
      with top as (${tops}), reached as (
        select t.unit_id from structure s cross join lateral units_on(s.id, ${day}::date) t
        where s.id in (select structure_id from top) and t.path && (select array_agg(unit_id) from top)
      )
      select array(select unit_id::text from reached) as units, array(
        select distinct a.person_id::text from assignment a
        where a.unit_id in (select unit_id from reached) and a.from_day <= ${day}::date and a.to_day > ${day}::date
      ) as people`.execute(tx)
    return rows[0] ?? { units: [], people: [] }
  })
}

/** How a person stands to the units whose people an actor reaches. */
export async function standingOf(ctx: Ctx, personId: string): Promise<Standing> {
  const { today: day, actor } = ctx
  if (actor.personId === null) return { own: [], over: [], stands: [] }
  const own = ownUnits(ctx, actor.personId)
  const { rows } = await inView(ctx, (tx) =>
    sql<Standing>`
      with top as (${own}), stands as (
        select unit_id from assignment
        where person_id = ${personId} and from_day <= ${day}::date and to_day > ${day}::date
      ), placed as (
        select t.unit_id, t.path from structure s cross join lateral units_on(s.id, ${day}::date) t
        where s.id in (select structure_id from top)
      )
      select array(select u.name from unit u where u.id in (select unit_id from top) order by u.name) as own,
        array(select u.name from unit u where u.id in (
          select p from placed cross join lateral unnest(path) p
          where unit_id in (select unit_id from stands) and p in (select unit_id from top)) order by u.name) as over,
        array(select u.name from unit u where u.id in (select unit_id from stands) order by u.name) as stands`.execute(
      tx,
    ),
  )
  return rows[0] ?? { own: [], over: [], stands: [] }
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
