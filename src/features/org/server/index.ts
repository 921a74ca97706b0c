import type { FastifyInstance } from 'fastify'
import type { AuthParts } from '#platform/auth/gate.ts'
import { registerOrgRoutes } from './routes.ts'

export { anonymisePerson, personOf, type Person } from './anonymise-person.ts'
export { assignInStep, changePosition } from './assign.ts'
export { activatePerson, addPerson, changePerson, deactivatePerson, refuseRoleWithoutAccess } from './change-people.ts'
export { changeUnit, closeUnit, createUnit, moveUnit, reopenUnit } from './change-units.ts'
export { allCompanies, tiersOf } from './company-store.ts'
export { createCompany, type NewCompany } from './create-company.ts'
export { rewriteCreditSpans } from './credit-span-store.ts'
export { ensureHeads, ensurePeople, ensureUnits, pathKey, type EnsuredPerson, type UnitPath } from './ensure-org.ts'
export { headsOf } from './heads.ts'
export { onCompanyCreated, registerHoldings, type Holding } from './hooks.ts'
export { registerOrgImport } from './import-org.ts'
export { carryLeaversUp, leaveCompany } from './leave.ts'
export { orgToday, type PersonToday, type UnitToday } from './org-today.ts'
export { placePerson } from './place-person.ts'
export { ensurePeriods } from './period-store.ts'
export { changeCalendar } from './fiscal-calendar.ts'
export { registerYearsUser } from './years-in-use.ts'
export { guardAdministrator } from './guard-administrators.ts'
export { giveContact, giveLogin, joinLogin, loginElsewhere } from './person-login.ts'
export { drawnOn } from './drawn-on.ts'
export { doWhatIsDue, registerUnitChangesDue } from './unit-changes-due.ts'
export { takeBackRedrawn, writeRedrawn, type WrittenFacts } from './write-redrawn.ts'
export { inStructure } from './structures.ts'
export { openOrg, structureById, structureOf } from './structure-store.ts'
export { unitOf } from './unit-store.ts'
export { namesHeld, peopleCalled, unitsCalled } from './name-store.ts'
export { registerPeopleSearch } from './person-search.ts'
export {
  peopleBelow,
  peopleUnder,
  placeOf,
  scopeOf,
  standingOf,
  unitsAround,
  unitsInReach,
  type UnitsAround,
} from './reach.ts'
export { registerDemo, setupToken, type Demo, type DemoPersona } from './setup.ts'
export { addPersonByCommand, createPersonKey, linkLogin, resetPasswordByCommand } from './server-acts.ts'

/** Serves the room's routes. */
export function registerOrg(app: FastifyInstance, parts: AuthParts): void {
  registerOrgRoutes(app, parts)
}
