import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { orgErrors } from '../errors.ts'
import type { Span } from '../span.ts'

export interface Assignment extends Span {
  readonly id: string
  readonly structureId: string
  readonly personId: string
  readonly unitId: string
  readonly position: string | null
  readonly repTier: string | null
  readonly share: string
  readonly isMain: boolean
}

const columns = sql`id, structure_id as "structureId", person_id as "personId", unit_id as "unitId", position,
  rep_tier as "repTier", share, is_main as "isMain", from_day as from, to_day as to`

/** The assignment, or ASSIGNMENT_NOT_FOUND. */
export async function assignmentOf(tx: Tx, id: string): Promise<Assignment> {
  const { rows } = await sql<Assignment>`select ${columns} from assignment where id = ${id}`.execute(tx)
  if (!rows[0]) throw orgErrors.ASSIGNMENT_NOT_FOUND()
  return rows[0]
}

/** A person's assignments, oldest first; in one structure if named. */
export async function assignmentsOf(tx: Tx, personId: string, structureId?: string): Promise<readonly Assignment[]> {
  const { rows } = await sql<Assignment>`
    select ${columns} from assignment
    where person_id = ${personId} and (${structureId ?? null}::uuid is null or structure_id = ${structureId ?? null})
    order by from_day, is_main desc
  `.execute(tx)
  return rows
}

/** Assignments in a unit that last beyond a day. */
export async function assignmentsIn(tx: Tx, unitId: string, after: Day): Promise<readonly Assignment[]> {
  const { rows } = await sql<Assignment>`
    select ${columns} from assignment where unit_id = ${unitId} and to_day > ${after}::date order by from_day
  `.execute(tx)
  return rows
}

export type NewRow = Omit<Assignment, 'id'>

export async function insertAssignment(step: Step, row: NewRow): Promise<string> {
  const id = newId()
  await sql`
    insert into assignment (company_id, id, structure_id, person_id, unit_id, position, rep_tier, share, is_main,
      from_day, to_day)
    values (${step.ctx.company.id}, ${id}, ${row.structureId}, ${row.personId}, ${row.unitId}, ${row.position},
      ${row.repTier}, ${row.share}, ${row.isMain}, ${row.from}, ${row.to})
  `.execute(step.tx)
  return id
}

export async function saveDays(step: Step, id: string, span: Span): Promise<void> {
  await sql`update assignment set from_day = ${span.from}, to_day = ${span.to} where id = ${id}`.execute(step.tx)
}

export async function saveAssignment(step: Step, row: Assignment): Promise<void> {
  await sql`
    update assignment set position = ${row.position}, rep_tier = ${row.repTier}, share = ${row.share}
    where id = ${row.id}
  `.execute(step.tx)
}

/** The unit and share of an assignment, where it begins on the day of the change. */
export async function saveInPlace(step: Step, { id, unitId, share }: Assignment): Promise<void> {
  await sql`update assignment set unit_id = ${unitId}, share = ${share} where id = ${id}`.execute(step.tx)
}

export async function removeAssignments(step: Step, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from assignment where id = any(${ids}::uuid[])`.execute(step.tx)
}
