import { sql } from 'kysely'
import { countCompanies } from '#platform/auth/login-store.ts'
import { closeAccessOfPerson } from '#platform/auth/session-store.ts'
import type { Step } from '#platform/db/step.ts'
import { orgErrors } from '../errors.ts'
import { personOf, savePerson, type Person } from './person-store.ts'

export type { Person }
export { personOf }

/**
 * Gives a departed colleague another name and forgets what else tells them apart; their login goes, unless it belongs to
 * another company, too. Records, results and the history keep pointing at the same person.
 */
export async function anonymisePerson(step: Step, id: string, name: string): Promise<void> {
  const person = await personOf(step.tx, id)
  if (person.isActive) throw new Error('only somebody who left is anonymised')
  await closeAccessOfPerson(step.tx, step.ctx.company.id, id)
  const isAlone = person.loginId !== null && (await countCompanies(step.tx, person.loginId)) === 1
  const bare = { ...person, name, employeeNo: null, email: null, phone: null, loginId: null }
  const saved = await savePerson(step, bare, person.version)
  if (saved === undefined) throw orgErrors.PERSON_CHANGED({ name: person.name })
  if (isAlone) await sql`delete from login where id = ${person.loginId}`.execute(step.tx)
  step.tell({ name: 'org.person.changed', payload: { personId: id } })
}
