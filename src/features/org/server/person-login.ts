import { readIdentifier, type Identifier } from '#platform/auth/identifier.ts'
import { dropLinksOfLogin } from '#platform/auth/link-store.ts'
import {
  countCompanies,
  findLogin,
  insertLogin,
  saveIdentifiers,
  savePassword,
  type Login,
} from '#platform/auth/login-store.ts'
import { hashPassword, newOneTimePassword } from '#platform/auth/secret.ts'
import { closeAccessOfPerson } from '#platform/auth/session-store.ts'
import { auditSignIn } from '#platform/auth/sign-in-audit.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step, type Tx } from '#platform/db/step.ts'
import { securityEvent } from '#platform/notify/index.ts'
import { orgErrors, refuse } from '../errors.ts'
import { guardAdministrator } from './guard-administrators.ts'
import { personOf, savePerson, takenMark, type Person } from './person-store.ts'

/**
 * Gives a person a one-time password, to invite or to reset, and ends what was open. It is answered once. A login that
 * also belongs to another company is out of reach: its owner alone changes it.
 */
export async function resetPassword(ctx: Ctx, personId: string): Promise<{ identifier: string; password: string }> {
  const password = newOneTimePassword()
  const hashed = await hashPassword(password)
  return inStep(
    ctx,
    async (step) => {
      const person = await personOf(step.tx, personId)
      guardAdministrator(ctx, person)
      if (!person.isActive) throw refuse('PERSON_REFUSED', 'id', 'inactive', words.inactive, { name: person.name })
      const identifier = identifierOf(person)
      if (person.loginId) await replacePassword(step, person.loginId, hashed)
      else await giveLogin(step, person, { passwordHash: hashed, mustChange: true })
      await closeAccessOfPerson(step.tx, ctx.company.id, personId)
      auditSignIn(step, 'password-reset', personId, { by: 'administrator' })
      step.tell({ name: 'org.person.changed', payload: { personId } })
      if (person.loginId) step.tell(securityEvent(personId, 'password-reset'))
      return { identifier: identifier.value, password }
    },
    { kind: 'org.person.reset-password' },
  )
}

/** Brings the login's e-mail and phone in line with the person's, if the login is this company's alone. */
export async function followIdentifiers(step: Step, before: Person, after: Person): Promise<void> {
  if (!before.loginId || (before.email === after.email && before.phone === after.phone)) return
  if ((await countCompanies(step.tx, before.loginId)) > 1) throw orgErrors.LOGIN_SHARED()
  if (after.email === null && after.phone === null)
    throw orgErrors.LOGIN_MISSING({}, [{ field: 'email', code: 'required', label: words.needed }])
  await refuseTakenLogin(step, after, before.loginId)
  await saveIdentifiers(step.tx, before.loginId, after)
}

const words = {
  inactive: { zh: '{name} 已停用', en: '{name} is deactivated' },
  taken: { zh: '公司里已有人使用', en: 'Somebody of the company has it already' },
  needed: { zh: '需要邮箱或手机号才能登录', en: 'An e-mail or phone is needed to sign in' },
} as const

async function replacePassword(step: Step, loginId: string, hashed: string): Promise<void> {
  if ((await countCompanies(step.tx, loginId)) > 1) throw orgErrors.LOGIN_SHARED()
  await savePassword(step.tx, loginId, hashed, true)
}

/** Makes the login of a person who has none, with the person's e-mail and phone; answers its key. */
export async function giveLogin(
  step: Step,
  person: Person,
  secret: { readonly passwordHash: string; readonly mustChange: boolean },
): Promise<string> {
  await refuseTakenLogin(step, person)
  const { email, phone } = person
  const loginId = await insertLogin(step.tx, { email, phone, ...secret })
  await joinLogin(step, person, loginId)
  return loginId
}

/** Ties a person to a login whose owner proved to be the same; what its other companies handed out opens nothing more. */
export async function joinLogin(step: Step, person: Person, loginId: string): Promise<void> {
  const saved = await savePerson(step, { ...person, loginId }, person.version)
  if (saved === undefined) throw orgErrors.PERSON_CHANGED({ name: person.name }, [], { current: person })
  await dropLinksOfLogin(step.tx, loginId)
}

/** The login that has the person's e-mail or phone already, made by another company of this server. */
export async function loginElsewhere(tx: Tx, person: Pick<Person, 'email' | 'phone'>): Promise<Login | undefined> {
  for (const text of [person.email, person.phone]) {
    const identifier = text === null ? undefined : readIdentifier(text)
    const login = identifier && (await findLogin(tx, identifier))
    if (login) return login
  }
  return undefined
}

/** Gives a person without e-mail and phone one of them, to sign in with; answers the person as they are now. */
export async function giveContact(step: Step, person: Person, identifier: Identifier): Promise<Person> {
  const after: Person = { ...person, [identifier.kind]: identifier.value }
  if (await takenMark(step.tx, { email: after.email, employeeNo: null, id: person.id }))
    throw refuse('PERSON_REFUSED', 'identifier', 'taken', words.taken)
  const version = await savePerson(step, after, person.version)
  if (version === undefined) throw orgErrors.PERSON_CHANGED({ name: person.name }, [], { current: person })
  step.audit({ object: 'person', recordId: person.id, action: 'updated', before: person, after: { ...after, version } })
  return { ...after, version }
}

/** Another login of this server has the e-mail or phone already. */
async function refuseTakenLogin(step: Step, person: Pick<Person, 'email' | 'phone'>, own?: string): Promise<void> {
  for (const text of [person.email, person.phone]) {
    const identifier = text === null ? undefined : readIdentifier(text)
    const login = identifier && (await findLogin(step.tx, identifier))
    if (login && login.id !== own) throw orgErrors.LOGIN_ELSEWHERE({ identifier: identifier.value })
  }
}

function identifierOf(person: Person): Identifier {
  const identifier = readIdentifier(person.email ?? person.phone ?? '')
  if (identifier) return identifier
  throw orgErrors.LOGIN_MISSING({}, [{ field: 'email', code: 'required', label: words.needed }])
}

/** The phone and e-mail as logins keep them; throws naming the field. */
export function normalContacts<T extends { email?: string | null | undefined; phone?: string | null | undefined }>(
  given: T,
): { email?: string | null; phone?: string | null } {
  return {
    ...(given.email === undefined ? {} : { email: normal(given.email, 'email') }),
    ...(given.phone === undefined ? {} : { phone: normal(given.phone, 'phone') }),
  }
}

function normal(text: string | null, kind: Identifier['kind']): string | null {
  if (text === null || text.trim() === '') return null
  const identifier = readIdentifier(text)
  if (identifier?.kind === kind) return identifier.value
  const label = { zh: '格式不对', en: 'Not in the right format' }
  throw refuse('PERSON_REFUSED', kind, 'malformed', label)
}
