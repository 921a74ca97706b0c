import { sql } from 'kysely'
import type { Step, Tx } from '#platform/db/step.ts'

/** What a reorganisation touches. */
export interface Touched {
  readonly structureId: string
  readonly units: readonly string[]
  readonly people: readonly string[]
}

/** Rows as the database writes them, in the order of their keys. */
type Rows = readonly Readonly<Record<string, unknown>>[]

/** The dated facts of some units and people. */
export interface OrgFacts {
  readonly places: Rows
  readonly assignments: Rows
  readonly closed: Rows
}

const placesOfUnits = ({ units }: Touched) => sql`p.unit_id = any(${units}::uuid[])`
const assignmentsOfPeople = ({ people, structureId }: Touched) =>
  sql`a.person_id = any(${people}::uuid[]) and a.structure_id = ${structureId}`

export async function factsOf(tx: Tx, touched: Touched): Promise<OrgFacts> {
  const { rows } = await sql<OrgFacts>`
    select
      coalesce((select jsonb_agg(to_jsonb(p) order by p.id) from unit_parent p where ${placesOfUnits(touched)}), '[]') as places,
      coalesce((select jsonb_agg(to_jsonb(a) order by a.id) from assignment a where ${assignmentsOfPeople(touched)}), '[]')
        as assignments,
      coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'closed_on', u.closed_on) order by u.id)
        from unit u where u.id = any(${touched.units}::uuid[])), '[]') as closed`.execute(tx)
  const [facts] = rows
  if (!facts) throw new Error('an aggregate has a row')
  return facts
}

/** Puts the dated facts back. A unit that was not there before has none, and is closed: what refers to it stays whole. */
export async function restoreFacts({ tx, ctx }: Step, touched: Touched, facts: OrgFacts): Promise<void> {
  const [places, assignments, closed] = [facts.places, facts.assignments, facts.closed].map((rows) =>
    JSON.stringify(rows),
  )
  await sql`delete from unit_parent p where ${placesOfUnits(touched)}`.execute(tx)
  await sql`delete from assignment a where ${assignmentsOfPeople(touched)}`.execute(tx)
  await sql`insert into unit_parent select * from jsonb_populate_recordset(null::unit_parent, ${places}::jsonb)`.execute(
    tx,
  )
  await sql`insert into assignment select * from jsonb_populate_recordset(null::assignment, ${assignments}::jsonb)`.execute(
    tx,
  )
  await sql`
    update unit u set version = version + 1, code = case when c.id is null then null else u.code end,
      closed_on = case when c.id is null then ${ctx.today}::date else c.closed_on end
    from unnest(${touched.units}::uuid[]) t(id)
      left join jsonb_to_recordset(${closed}::jsonb) as c(id uuid, closed_on date) on c.id = t.id
    where u.company_id = ${ctx.company.id} and u.id = t.id`.execute(tx)
}
