import { sql } from 'kysely'
import { reachOf } from '#engine/policy/company-role.ts'
import type { Reach } from '#engine/policy/role.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { PeopleInReach, Place, Standing, UnitsInReach } from '#platform/records/reach.ts'
import { rememberingBy } from './remember.ts'

/** Some units, and the people who stand in them. */
interface Part {
  readonly units: readonly string[]
  readonly people: readonly string[]
}

/** Of a request under way: it keeps the reach that it began with, whatever is changed beside it. */
const begun = new WeakMap<Ctx, Map<Reach, Promise<'everything' | Part>>>()

/**
 * The people whose records an actor reaches today: everybody, those in the units in reach, or only the actor; as far as
 * the role reaches unless told.
 */
export async function scopeOf(ctx: Ctx, reach = reachOf(ctx.actor.role)): Promise<PeopleInReach> {
  const part = await askedOnce(ctx, reach)
  return part === 'everything' ? part : part.people
}

/**
 * The units that an actor sees as a whole, figures and targets of any day: all of them, or for a manager the units that
 * she heads or has her main assignment in, today, with every unit that stands below them today. None for whoever
 * reaches only the own records, or those of one unit without what stands below it.
 */
export async function unitsInReach(ctx: Ctx, reach = reachOf(ctx.actor.role)): Promise<UnitsInReach> {
  const part = await askedOnce(ctx, reach)
  return part === 'everything' ? part : part.units
}

function askedOnce(ctx: Ctx, reach: Reach): Promise<'everything' | Part> {
  const known = begun.get(ctx) ?? new Map<Reach, Promise<'everything' | Part>>()
  begun.set(ctx, known)
  const asked = known.get(reach) ?? readReach(ctx, reach)
  known.set(reach, asked)
  return asked
}

async function readReach(ctx: Ctx, reach: Reach): Promise<'everything' | Part> {
  if (reach === 'everything') return 'everything'
  const { personId } = ctx.actor
  if (personId === null) return { units: [], people: [] }
  if (reach === 'own') return { units: [], people: [personId] }
  const { units, people } = await partOf(ctx, reach, personId)
  return { units, people: [...new Set([...people, personId])] }
}

function partOf(ctx: Ctx, reach: Exclude<Reach, 'everything' | 'own'>, personId: string): Promise<Part> {
  if (reach === 'below') return partBelow(ctx, personId)
  const tops = reach === 'unit' ? ownUnits(ctx, personId) : headedUnits(ctx, personId)
  return rememberedPart(ctx, `${reach}:${personId}`, () =>
    reach === 'unit' ? readUnits(ctx, tops) : readPart(ctx, tops),
  )
}

const partBelow = (ctx: Ctx, personId: string) =>
  rememberedPart(ctx, `below:${personId}`, () => readPart(ctx, ownUnits(ctx, personId)))

/** The people of the units where the actor stands or that they head, and below, whatever they may see. */
export async function peopleBelow(ctx: Ctx): Promise<readonly string[]> {
  const { personId } = ctx.actor
  return personId === null ? [] : [...new Set([...(await partBelow(ctx, personId)).people, personId])]
}

/** The people who today stand in a unit or below it. */
export async function peopleUnder(ctx: Ctx, unitId: string): Promise<readonly string[]> {
  const asked = sql`select structure_id, id as unit_id from unit where id = ${unitId}`
  return (await rememberedPart(ctx, `under:${unitId}`, () => readPart(ctx, asked))).people
}

const rememberedPart = rememberingBy<Part>()
const rememberedPlace = rememberingBy<Place>()

/** Of the structure that results roll up: who heads a region or a product line besides reaches nobody by that. */
const inDefault = sql`structure_id in (select s.id from structure s where s.is_default)`

function headedUnits({ today }: Ctx, personId: string): Sql {
  return sql`
    select structure_id, id as unit_id from unit
    where head_id = ${personId} and (closed_on is null or closed_on > ${today}::date) and ${inDefault}`
}

function ownUnits(ctx: Ctx, personId: string): Sql {
  const { today } = ctx
  return sql`
    ${headedUnits(ctx, personId)}
    union
    select structure_id, unit_id from assignment
    where person_id = ${personId} and is_main and from_day <= ${today}::date and to_day > ${today}::date and ${inDefault}`
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

/** The people who stand in these units themselves. No figure of a unit is theirs alone: none is seen as a whole. */
async function readUnits(ctx: Ctx, units: Sql): Promise<Part> {
  const day = ctx.today
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ people: readonly string[] }>`
      with own as (${units})
      select array(
        select distinct a.person_id::text from assignment a
        where a.unit_id in (select unit_id from own) and a.from_day <= ${day}::date and a.to_day > ${day}::date
      ) as people`.execute(tx)
    return { units: [], people: rows[0]?.people ?? [] }
  })
}

/** The units where the actor stands today or that they head, and all above them: what is shared with these is theirs. */
export async function placeOf(ctx: Ctx): Promise<Place> {
  const { personId } = ctx.actor
  if (personId === null) return { units: [], over: [] }
  return rememberedPlace(ctx, personId, () => readPlace(ctx, personId))
}

async function readPlace(ctx: Ctx, personId: string): Promise<Place> {
  const day = ctx.today
  return inView(ctx, async (tx) => {
    const { rows } = await sql<Place>`
      with own as (${headedUnits(ctx, personId)} union
        select structure_id, unit_id from assignment
        where person_id = ${personId} and from_day <= ${day}::date and to_day > ${day}::date
      ), placed as (
        select t.unit_id, t.path from structure s cross join lateral units_on(s.id, ${day}::date) t
        where s.id in (select structure_id from own)
      )
      select array(select unit_id::text from own) as units, array(
        select distinct u::text from placed p cross join lateral unnest(p.path) u
        where p.unit_id in (select unit_id from own)) as over`.execute(tx)
    return rows[0] ?? { units: [], over: [] }
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
