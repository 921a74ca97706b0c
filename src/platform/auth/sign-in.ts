import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { signInReply } from '#engine/contract/sign-in.ts'
import { inStep } from '#platform/db/step.ts'
import { countAttempt, dropOldAttempts, forgetAttempt } from './attempt-store.ts'
import { giveCookie } from './cookie.ts'
import { authErrors } from './errors.ts'
import { contextFor, type AuthParts } from './gate.ts'
import { readIdentifier, type Identifier } from './identifier.ts'
import { findLogin, membershipsOf, type Login } from './login-store.ts'
import { checkAgainstNobody, isPassword } from './secret.ts'
import { actingPerson, dropExpired, openSession, type NewSession } from './session-store.ts'
import { isSecure } from './settings.ts'

export type SignInReply = z.input<typeof signInReply>

export interface Credentials {
  readonly identifier: string
  readonly password: string
  /** Slug of the company, when the login has several. */
  readonly company?: string | undefined
}

/** Signs in with e-mail or phone and password, or asks which of the login's companies is meant. */
export async function signIn(
  parts: AuthParts,
  credentials: Credentials,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  // Before the password is read: where it would travel in the open, nobody signs in.
  isSecure(request, parts.settings)
  const login = await proveLogin(parts, credentials, request.ip, reply)
  const memberships = await membershipsOf(parts.db, login.id)
  if (memberships.length === 0) throw authErrors.SIGN_IN_REFUSED()
  const chosen = memberships.length === 1 ? memberships[0] : memberships.find((one) => one.slug === credentials.company)
  if (!chosen) return { choose: memberships.map(({ slug, name }) => ({ slug, name })) }
  const { companyId, personId } = chosen
  return openDoor(parts, { loginId: login.id, companyId, personId }, request, reply)
}

/** Opens a session for a person who has proved who they are, gives its cookie, and notes it in the audit log. */
export async function openDoor(
  parts: AuthParts,
  who: Omit<NewSession, 'origin'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  const token = await openSession(parts.db, { ...who, origin: request.headers['user-agent'] ?? null })
  const acting = await actingPerson(parts.db, { session: token })
  if (!acting) throw authErrors.SIGN_IN_REFUSED()
  giveCookie(request, reply, parts.settings, token)
  const ctx = await contextFor(parts, acting, request)
  await inStep(
    ctx,
    async (step) => {
      step.audit({
        object: 'session',
        recordId: acting.personId,
        action: 'signed-in',
        before: null,
        after: { address: request.ip },
      })
    },
    { kind: 'session.sign-in' },
  )
  return {
    person: { id: acting.personId, name: acting.personName, role: acting.role },
    company: { id: acting.companyId, slug: acting.slug, name: acting.companyName },
    mustChangePassword: acting.mustChange,
  }
}

async function proveLogin(
  parts: AuthParts,
  credentials: Credentials,
  address: string,
  reply: FastifyReply,
): Promise<Login> {
  const identifier = readIdentifier(credentials.identifier)
  const attempt = { identifier: identifier?.value ?? credentials.identifier.toLowerCase(), address }
  const minutes = await countAttempt(parts.db, attempt)
  if (minutes !== undefined) {
    reply.header('retry-after', minutes * 60)
    throw authErrors.SIGN_IN_LOCKED({ minutes }, [], { retryAfterMinutes: minutes })
  }
  const login = await loginWithPassword(parts, identifier, credentials.password)
  if (!login) throw authErrors.SIGN_IN_REFUSED()
  await forgetAttempt(parts.db, attempt)
  await dropOldAttempts(parts.db)
  await dropExpired(parts.db)
  return login
}

async function loginWithPassword(
  parts: AuthParts,
  identifier: Identifier | undefined,
  password: string,
): Promise<Login | undefined> {
  const login = identifier && (await findLogin(parts.db, identifier))
  const proven = login ? await isPassword(password, login.passwordHash) : await checkAgainstNobody(password)
  return proven ? login : undefined
}
