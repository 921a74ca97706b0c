import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { AppError } from '#base/errors.ts'
import { signInManage, type signInReply } from '#engine/contract/sign-in.ts'
import { roleOf } from '#engine/policy/company-role.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany } from '#platform/db/system.ts'
import { countAttempt, dropOldAttempts, forgetAttempt } from './attempt-store.ts'
import { newChallenge } from './challenge.ts'
import { giveCookie } from './cookie.ts'
import { knownDevice, rememberDevice } from './device.ts'
import { authErrors } from './errors.ts'
import { contextFor, permissionsOf, type AuthParts } from './gate.ts'
import { readIdentifier, type Identifier } from './identifier.ts'
import { findLogin, membershipsOf, type Login } from './login-store.ts'
import { standingOf } from './policy-store.ts'
import { checkAgainstNobody, isPassword } from './secret.ts'
import { hasSecondFactor } from './second-factor-store.ts'
import { actingPerson, dropExpired, openSession, type NewSession, type SessionWay } from './session-store.ts'
import { isSecure } from './settings.ts'
import { auditSignIn } from './sign-in-audit.ts'
import { auditRefusal } from './sign-in-refused.ts'

export type SignInReply = z.input<typeof signInReply>

export interface Credentials {
  readonly identifier: string
  readonly password: string
  /** Slug of the company, when the login has several. */
  readonly company?: string | undefined
}

/** Signs in with e-mail or phone and password, or asks which of the login's companies is meant, or for a code. */
export async function signIn(
  parts: AuthParts,
  credentials: Credentials,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  // Before the password is read: where it would travel in the open, nobody signs in.
  isSecure(request, parts.settings)
  const login = await proveLogin(parts, credentials, request, reply)
  const memberships = await membershipsOf(parts.db, login.id)
  if (memberships.length === 0) throw authErrors.SIGN_IN_REFUSED()
  const chosen = memberships.length === 1 ? memberships[0] : memberships.find((one) => one.slug === credentials.company)
  if (!chosen) return { choose: memberships.map(({ slug, name }) => ({ slug, name })) }
  const { companyId, personId } = chosen
  const identifier = identifierOf(credentials.identifier)
  return askOrOpen(parts, { login, companyId, personId, way: 'password', identifier }, request, reply)
}

interface Proved {
  readonly login: Login
  readonly companyId: string
  readonly personId: string
  readonly way: 'password' | 'link'
  /** What was typed; the browser is remembered for it. */
  readonly identifier: string
}

/** After the first factor: asks for the second where there is one, else opens the door. */
export async function askOrOpen(
  parts: AuthParts,
  { login, identifier, ...who }: Proved,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  if (await hasSecondFactor(parts.db, login.id)) {
    const now = parts.now?.() ?? new Date()
    const challenge = newChallenge({ loginId: login.id, identifier, ...who }, login.passwordHash, now)
    return { secondFactor: { challenge } }
  }
  const answer = await openDoor(parts, { loginId: login.id, ...who }, request, reply)
  rememberDevice(request, reply, parts.settings, identifier)
  return answer
}

interface Entering extends Omit<NewSession, 'origin' | 'address'> {
  /** Who vouched for them, where the way leaves that open; for the audit log. */
  readonly provider?: string
}

/** Opens a session for a person who has proved who they are, gives its cookie, and notes it in the audit log. */
export async function openDoor(
  parts: AuthParts,
  { provider, ...who }: Entering,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  const way = who.way ?? 'password'
  await requireWay(parts, { ...who, way })
  const agent = request.headers['user-agent'] ?? null
  const token = await openSession(parts.db, { ...who, origin: agent, address: request.ip })
  const acting = await actingPerson(parts.db, { session: token })
  if (!acting) throw authErrors.SIGN_IN_REFUSED()
  giveCookie(request, reply, parts.settings, token)
  const ctx = await contextFor(parts, acting, request)
  await inStep(
    { ...ctx, via: 'page' },
    async (step) => {
      const vouched = provider === undefined ? {} : { provider }
      auditSignIn(step, 'signed-in', acting.personId, { address: request.ip, agent, way, ...vouched })
    },
    { kind: 'session.sign-in' },
  )
  return {
    person: { id: acting.personId, name: acting.personName, role: acting.role },
    company: { id: acting.companyId, slug: acting.slug, name: acting.companyName },
    mustChangePassword: acting.mustChange,
  }
}

/** Where the company takes no passwords, only those who look after sign-in still come in with one. */
async function requireWay(
  parts: AuthParts,
  who: { readonly companyId: string; readonly personId: string; readonly way: SessionWay },
): Promise<void> {
  if (who.way === 'oidc' || who.way === 'demo') return
  const { policy, role } = await standingOf(parts.db, who)
  if (policy.passwordSignIn) return
  const company = await findCompany(parts.db, { id: who.companyId })
  if (!company || role === undefined) throw authErrors.SIGN_IN_REFUSED()
  if (permissionsOf(roleOf(company.roles, role), parts.permissions).includes(signInManage)) return
  throw authErrors.PASSWORD_SIGN_IN_OFF({ company: company.name })
}

async function proveLogin(
  parts: AuthParts,
  credentials: Credentials,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Login> {
  const identifier = identifierOf(credentials.identifier)
  const device = knownDevice(request, parts.settings, identifier)
  const attempt = { identifier, address: request.ip, device }
  const minutes = await countAttempt(parts.db, attempt)
  if (minutes !== undefined) throw locked(minutes, reply)
  const { login, isProved } = await tryPassword(parts, readIdentifier(credentials.identifier), credentials.password)
  if (login && !isProved) auditRefusal(parts, login.id, 'sign-in-failed', request)
  if (!login || !isProved) throw authErrors.SIGN_IN_REFUSED()
  await forgetAttempt(parts.db, attempt)
  await dropOldAttempts(parts.db)
  await dropExpired(parts.db)
  return login
}

/** Too many attempts: says when to come back. */
export function locked(minutes: number, reply: FastifyReply): AppError {
  reply.header('retry-after', minutes * 60)
  return authErrors.SIGN_IN_LOCKED({ minutes }, [], { retryAfterMinutes: minutes })
}

/** What attempts are counted by: the login as it is kept, else what was typed. */
function identifierOf(text: string): string {
  return readIdentifier(text)?.value ?? text.trim().toLowerCase()
}

async function tryPassword(
  parts: AuthParts,
  identifier: Identifier | undefined,
  password: string,
): Promise<{ readonly login: Login | undefined; readonly isProved: boolean }> {
  const login = identifier && (await findLogin(parts.db, identifier))
  const isProved = login ? await isPassword(password, login.passwordHash) : await checkAgainstNobody(password)
  return { login, isProved }
}
