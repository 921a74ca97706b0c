import { authErrors } from '#platform/auth/errors.ts'
import { closeAccessOfPerson } from '#platform/auth/session-store.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { httpErrors } from '#platform/http/serve.ts'
import { inWords } from '#base/label.ts'
import { isAdministrative } from '#engine/policy/company-role.ts'
import type { NewPerson, PersonChange } from '../contract.ts'
import { orgErrors, refuse } from '../errors.ts'
import { mayAct } from '#platform/records/scope.ts'
import { manageAccess } from '../permissions.ts'
import { assignInStep } from './assign.ts'
import { refuseOrphans } from './change-units.ts'
import { rewriteCreditSpans } from './credit-span-store.ts'
import { guardAdministrator } from './guard-administrators.ts'
import { followIdentifiers, normalContacts } from './person-login.ts'
import { countAdministrators, insertPerson, personOf, savePerson, takenMark, type Person } from './person-store.ts'
import { openOrg } from './structure-store.ts'

/** Adds a person, in a unit if named. Without an e-mail they own records but cannot sign in yet. */
export async function addPerson(ctx: Ctx, wanted: NewPerson): Promise<{ id: string }> {
  return inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      refuseRoleWithoutAccess(ctx, wanted.role, 'representative')
      const contacts = { email: null, phone: null, ...normalContacts(wanted) }
      const row = {
        name: wanted.name,
        employeeNo: wanted.employeeNo || null,
        ...contacts,
        role: wanted.role,
        loginId: null,
      }
      await refuseTakenMark(step, row)
      const id = await insertPerson(step, row)
      await rewriteCreditSpans(step, [id])
      step.audit({ object: 'person', recordId: id, action: 'created', before: null, after: row })
      step.tell({ name: 'org.person.added', payload: { personId: id } })
      if (wanted.unitId)
        await assignInStep(step, { ...wanted, personId: id, unitId: wanted.unitId, from: wanted.from ?? null })
      return { id }
    },
    { kind: 'org.person.add' },
  )
}

/** Changes a person's name, contacts or role. Only who manages access changes roles and what people sign in with. */
export async function changePerson(ctx: Ctx, id: string, change: PersonChange): Promise<{ version: number }> {
  return inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const before = await personOf(step.tx, id)
      const after: Person = {
        ...before,
        name: change.name ?? before.name,
        employeeNo: change.employeeNo === undefined ? before.employeeNo : change.employeeNo || null,
        role: change.role ?? before.role,
        ...normalContacts(change),
      }
      refuseRoleWithoutAccess(ctx, after.role, before.role)
      const changesContact = after.email !== before.email || after.phone !== before.phone
      if (changesContact) guardAdministrator(ctx, before)
      if (changesContact && before.loginId !== null) requireAccess(ctx)
      await refuseTakenMark(step, after)
      await followIdentifiers(step, before, after)
      const version = await savePerson(step, after, change.version)
      if (version === undefined) throw orgErrors.PERSON_CHANGED({ name: before.name }, [], { current: before })
      await refuseNoAdministrator(step)
      step.audit({ object: 'person', recordId: id, action: 'updated', before, after: { ...after, version } })
      step.tell({ name: 'org.person.changed', payload: { personId: id } })
      return { version }
    },
    { kind: 'org.person.change' },
  )
}

/** Takes a person's access away at once. Records and assignments stay until they are handed over. */
export async function deactivatePerson(ctx: Ctx, id: string): Promise<void> {
  await setActive(ctx, id, false)
}

export async function activatePerson(ctx: Ctx, id: string): Promise<void> {
  await setActive(ctx, id, true)
}

async function setActive(ctx: Ctx, id: string, isActive: boolean): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const person = await personOf(step.tx, id)
      if (person.isActive === isActive) return
      if (isActive) await saveActive(step, person, true)
      else await deactivateInStep(step, person)
      await refuseOrphans(step, [id], 'id')
    },
    { kind: isActive ? 'org.person.activate' : 'org.person.deactivate' },
  )
}

/** Takes a person's access away as part of a larger act, which sees to it that they head nothing. */
export async function deactivateInStep(step: Step, person: Person): Promise<void> {
  await saveActive(step, person, false)
  await closeAccessOfPerson(step.tx, step.ctx.company.id, person.id)
}

async function saveActive(step: Step, person: Person, isActive: boolean): Promise<void> {
  const { id: recordId } = person
  guardAdministrator(step.ctx, person)
  await savePerson(step, { ...person, isActive }, person.version)
  await refuseNoAdministrator(step)
  const action = isActive ? 'activated' : 'deactivated'
  step.audit({ object: 'person', recordId, action, before: { isActive: !isActive }, after: { isActive } })
  step.tell({ name: `org.person.${action}`, payload: { personId: recordId } })
}

/** Only administrators make administrators, or take that away: else whoever gives roles could take every right. */
export function refuseRoleWithoutAccess(ctx: Ctx, wanted: string, before: string): void {
  if (wanted === before) return
  requireAccess(ctx)
  if (!ctx.company.roles.has(wanted)) throw refuse('PERSON_REFUSED', 'role', 'unknown', noSuchRole)
  const isAboutAdministrators = [wanted, before].some((key) => isAdministrative(ctx.company.roles, key))
  if (isAboutAdministrators && ctx.actor.role.key !== 'administrator') throw orgErrors.ADMINISTRATOR_ONLY()
}

const noSuchRole = { zh: '没有这个角色', en: 'There is no such role' }

/** A program whose key may this would soon hold every right: by a role of its own, or by an address that a password is mailed to. */
function requireAccess(ctx: Ctx): void {
  if (ctx.via === 'key') throw authErrors.KEY_NOT_HERE()
  if (mayAct(ctx, manageAccess)) return
  const permission = inWords(manageAccess.label, ctx.language)
  throw httpErrors.PERMISSION_MISSING({ permission }, [], { permission: manageAccess.key })
}

async function refuseNoAdministrator(step: Step): Promise<void> {
  if ((await countAdministrators(step.tx)) === 0) throw orgErrors.LAST_ADMINISTRATOR()
}

async function refuseTakenMark(
  step: Step,
  person: { readonly id?: string; readonly email: string | null; readonly employeeNo: string | null },
): Promise<void> {
  const mark = await takenMark(step.tx, person)
  if (!mark) return
  const label = { zh: '公司里已有人使用', en: 'Somebody of the company has it already' }
  throw refuse('PERSON_REFUSED', mark, 'taken', label)
}
