import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Label } from '#base/label.ts'
import { countAttempt, forgetAttempt } from '#platform/auth/attempt-store.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { readIdentifier } from '#platform/auth/identifier.ts'
import { linkOf, takeLink, type SignInLink } from '#platform/auth/link-store.ts'
import { loginOfId, membershipsOf, savePassword, type Login } from '#platform/auth/login-store.ts'
import { requireGoodPassword } from '#platform/auth/new-password.ts'
import { tellOfPassword } from '#platform/auth/notices.ts'
import { passwordLeastOf, policyOf } from '#platform/auth/policy-store.ts'
import { hashPassword, isPassword } from '#platform/auth/secret.ts'
import { closeSessionsOfLogin } from '#platform/auth/session-store.ts'
import { isSecure } from '#platform/auth/settings.ts'
import { askOrOpen, locked, type SignInReply } from '#platform/auth/sign-in.ts'
import { auditSignIn } from '#platform/auth/sign-in-audit.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { giveContact, giveLogin, joinLogin, loginElsewhere, personOf, type Person } from '#features/org/server/index.ts'
import type { lookedLink } from '../contract.ts'
import { signInErrors } from '../errors.ts'
import { languageOfPerson } from './invite.ts'

/** Whom a link is for; LINK_INVALID once it was used, expired or replaced. */
export async function lookAtLink(parts: AuthParts, token: string): Promise<z.input<typeof lookedLink>> {
  const { link, ctx } = await openLink(parts, token)
  return inView(ctx, async (tx) => {
    const person = await personOf(tx, link.personId)
    const { passwordLeast } = await policyOf(tx)
    return {
      purpose: link.purpose,
      company: ctx.company.name,
      name: person.name,
      identifier: person.email ?? person.phone,
      hasLogin: person.loginId === null && (await loginElsewhere(tx, person)) !== undefined,
      passwordLeast,
    }
  })
}

interface Given {
  readonly token: string
  readonly password: string
  readonly identifier?: string | undefined
}

/** Uses a link up: sets the password, makes the login of a person who has none, and signs in. */
export async function acceptLink(
  parts: AuthParts,
  given: Given,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  isSecure(request, parts.settings)
  const { link, ctx } = await openLink(parts, given.token)
  const person = await inView(ctx, (tx) => personOf(tx, link.personId))
  const other = person.loginId === null ? await inView(ctx, (tx) => loginElsewhere(tx, person)) : undefined
  if (other) await proveItsPassword(parts, other, given.password, request, reply)
  else await requireFit(parts, ctx, person, given.password)
  const passwordHash = other ? other.passwordHash : await hashPassword(given.password)
  const loginId = await inStep(
    ctx,
    async (step) => {
      if (!(await takeLink(step.tx, given.token))) throw signInErrors.LINK_INVALID()
      const action = link.purpose === 'reset' ? 'password-reset' : 'invitation-accepted'
      auditSignIn(step, action, person.id, { address: request.ip })
      return loginFor(step, person, { ...given, passwordHash, other })
    },
    { kind: `login.${link.purpose}` },
  )
  const login = await loginOfId(parts.db, loginId)
  if (!login) throw signInErrors.LINK_INVALID()
  const identifier = login.email ?? login.phone ?? ''
  const who = { login, identifier, companyId: link.companyId, personId: link.personId, way: 'link' as const }
  return askOrOpen(parts, who, request, reply)
}

async function loginFor(
  step: Step,
  person: Person,
  given: Given & { readonly passwordHash: string; readonly other: Login | undefined },
): Promise<string> {
  const { passwordHash, other } = given
  if (person.loginId) {
    await savePassword(step.tx, person.loginId, passwordHash, false)
    await closeSessionsOfLogin(step.tx, person.loginId)
    const language = await languageOfPerson(step, person.id)
    await tellOfPassword(step, { email: person.email, language, name: person.name })
    return person.loginId
  }
  if (other) {
    await joinLogin(step, person, other.id)
    return other.id
  }
  const reachable = (person.email ?? person.phone) ? person : await withContact(step, person, given.identifier)
  return giveLogin(step, reachable, { passwordHash, mustChange: false })
}

/** Whom nobody can write to chooses now what to sign in with. */
async function withContact(step: Step, person: Person, text: string | undefined): Promise<Person> {
  const identifier = readIdentifier(text ?? '')
  if (!identifier) throw refused('identifier', words.contactNeeded)
  return giveContact(step, person, identifier)
}

/** Counted with the attempts to sign in: a link is no way to guess more often. */
async function proveItsPassword(
  parts: AuthParts,
  login: Login,
  password: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const attempt = { identifier: login.email ?? login.phone ?? login.id, address: request.ip }
  const wait = await countAttempt(parts.db, attempt)
  if (wait !== undefined) throw locked(wait, reply)
  if (!(await isPassword(password, login.passwordHash))) throw refused('password', words.wrong)
  await forgetAttempt(parts.db, attempt)
}

async function requireFit(parts: AuthParts, ctx: Ctx, person: Person, password: string): Promise<void> {
  const companies = person.loginId ? (await membershipsOf(parts.db, person.loginId)).map((one) => one.companyId) : []
  const least = await passwordLeastOf(parts.db, [...companies, ctx.company.id])
  const known = [person.email, person.phone, person.name, ctx.company.name, ctx.company.slug]
  await requireGoodPassword(password, 'password', { least, known })
}

async function openLink(parts: AuthParts, token: string): Promise<{ readonly link: SignInLink; readonly ctx: Ctx }> {
  const link = await linkOf(parts.db, token)
  const company = link && (await findCompany(parts.db, { id: link.companyId }))
  if (!link || !company) throw signInErrors.LINK_INVALID()
  return { link, ctx: systemContext(parts, company) }
}

const words = {
  contactNeeded: { zh: '请填写邮箱或手机号', en: 'Please give an e-mail or a phone number' },
  wrong: { zh: '这不是该账号现有的密码', en: 'This is not the password of that login' },
} as const satisfies Record<string, Label>

function refused(field: string, label: Label) {
  return signInErrors.LINK_REFUSED({}, [{ field, code: 'refused', label }])
}
