import { sql } from 'kysely'
import { authErrors } from '#platform/auth/errors.ts'
import { readIdentifier } from '#platform/auth/identifier.ts'
import { findLogin } from '#platform/auth/login-store.ts'
import { createKey } from '#platform/auth/key-store.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { orgErrors, refuse } from '../errors.ts'
import { addPerson } from './change-people.ts'
import { resetPassword } from './person-login.ts'
import { personOf, savePerson, type Person } from './person-store.ts'
import { structureOf } from './structure-store.ts'
import { unitsOn } from './tree.ts'

/** Finds a person of the company by e-mail, phone, employee number or a name that only one person has. */
export async function personNamed(step: Step, text: string): Promise<Person> {
  const identifier = readIdentifier(text)
  const { rows } = await sql<{ id: string }>`
    select id from person
    where lower(email) = lower(${text}) or employee_no = ${text} or name = ${text}
      or phone = ${identifier?.kind === 'phone' ? identifier.value : text}
    order by is_active desc limit 2
  `.execute(step.tx)
  const [found, second] = rows
  if (!found || second) throw orgErrors.PERSON_NOT_FOUND()
  return personOf(step.tx, found.id)
}

/** Makes an API key for a person and answers it once; it may do what the person may. */
export async function createPersonKey(
  ctx: Ctx,
  wanted: {
    readonly person: string
    readonly name: string
    readonly days?: number | undefined
    /** Everything that the person may, unless told. */
    readonly scopes?: readonly string[] | undefined
  },
): Promise<string> {
  return inStep(
    ctx,
    async (step) => {
      const person = await personNamed(step, wanted.person)
      if (!person.isActive) throw refuse('PERSON_REFUSED', 'person', 'inactive', words.inactive, { name: person.name })
      const expiresAt = wanted.days === undefined ? null : new Date(Date.now() + wanted.days * 86_400_000)
      const { name, scopes = ['write'] } = wanted
      const owner = { companyId: ctx.company.id, personId: person.id }
      const { secret } = await createKey(step.tx, { ...owner, name, scopes, expiresAt })
      const after = { name, scopes, expiresAt }
      step.audit({ object: 'person', recordId: person.id, action: 'api-key-created', before: null, after })
      return secret
    },
    { kind: 'api-key.create' },
  )
}

/**
 * Links a person to a login that already exists on this server, so that one sign-in serves several companies. Only the
 * server's operator does this: a company's administrator could otherwise enter another company by naming an e-mail.
 */
export async function linkLogin(ctx: Ctx, wanted: { readonly person: string; readonly login: string }): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const person = await personNamed(step, wanted.person)
      const identifier = readIdentifier(wanted.login)
      const login = identifier && (await findLogin(step.tx, identifier))
      if (!login) throw authErrors.IDENTIFIER_INVALID()
      const saved = await savePerson(step, { ...person, loginId: login.id }, person.version)
      if (saved === undefined) throw orgErrors.PERSON_CHANGED({ name: person.name })
      step.audit({ object: 'person', recordId: person.id, action: 'login-linked', before: null, after: null })
    },
    { kind: 'person.link-login' },
  )
}

const words = {
  inactive: { zh: '{name} 已停用', en: '{name} is deactivated' },
} as const

export interface CommandPerson {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly role: string
  /** Name of the unit; the top unless given. */
  readonly unit?: string | undefined
}

/** Adds a person from the console, in the unit of that name. */
export async function addPersonByCommand(ctx: Ctx, wanted: CommandPerson): Promise<{ id: string }> {
  const unitId = await inView(ctx, async (tx) => {
    const units = await unitsOn(tx, (await structureOf(tx)).id, ctx.today)
    const named = wanted.unit === undefined ? units.slice(0, 1) : units.filter((unit) => unit.name === wanted.unit)
    const [unit, second] = named
    if (!unit || second) throw orgErrors.UNIT_NOT_FOUND()
    return unit.id
  })
  const { name, email, phone, role } = wanted
  return addPerson(ctx, { name, email, phone, role, unitId })
}

/** Gives a person a one-time password from the console. */
export async function resetPasswordByCommand(
  ctx: Ctx,
  text: string,
): Promise<{ identifier: string; password: string }> {
  const person = await inStep(ctx, (step) => personNamed(step, text))
  return resetPassword(ctx, person.id)
}
