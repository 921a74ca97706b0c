import type { FastifyReply, FastifyRequest } from 'fastify'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { countAttempt, forgetAttempt } from './attempt-store.ts'
import { isStillOf, readChallenge } from './challenge.ts'
import { rememberDevice } from './device.ts'
import { authErrors } from './errors.ts'
import type { AuthParts } from './gate.ts'
import { loginOfId } from './login-store.ts'
import { isRecoveryCode } from './recovery-codes.ts'
import { countRecoveryCodes, secondFactorOf, takeRecoveryCode, takeStep } from './second-factor-store.ts'
import { locked, openDoor, type SignInReply } from './sign-in.ts'
import { auditSignIn } from './sign-in-audit.ts'
import { auditRefusal } from './sign-in-refused.ts'
import { totpStep } from './totp.ts'

/** The second step of signing in: the app's code, or a recovery code, for a challenge that the first step answered. */
export async function signInWithCode(
  parts: AuthParts,
  given: { readonly challenge: string; readonly code: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  const now = parts.now?.() ?? new Date()
  const challenge = readChallenge(given.challenge, now)
  const login = challenge && (await loginOfId(parts.db, challenge.loginId))
  if (!challenge || !login || !isStillOf(challenge, login.passwordHash)) throw authErrors.SECOND_FACTOR_EXPIRED()
  const attempt = { identifier: `second-factor:${login.id}`, address: request.ip }
  const minutes = await countAttempt(parts.db, attempt)
  if (minutes !== undefined) throw locked(minutes, reply)
  const proved = await proveCode(parts, login.id, given.code, now)
  if (!proved) {
    auditRefusal(parts, login.id, 'second-factor-refused', request)
    throw authErrors.SECOND_FACTOR_WRONG()
  }
  await forgetAttempt(parts.db, attempt)
  const { companyId, personId, way, identifier } = challenge
  const answer = await openDoor(parts, { loginId: login.id, companyId, personId, way }, request, reply)
  rememberDevice(request, reply, parts.settings, identifier)
  if (proved === 'recovery-code') await noteRecoveryCode(parts, { companyId, personId, loginId: login.id })
  return answer
}

type Proof = 'code' | 'recovery-code'

async function proveCode(parts: AuthParts, loginId: string, code: string, now: Date): Promise<Proof | undefined> {
  if (isRecoveryCode(code)) return (await takeRecoveryCode(parts.db, loginId, code)) ? 'recovery-code' : undefined
  const factor = await secondFactorOf(parts.db, loginId)
  if (!factor?.confirmedAt) return undefined
  const step = await totpStep(code.replace(/\s/g, ''), { ...factor, now })
  return step !== undefined && (await takeStep(parts.db, loginId, step)) ? 'code' : undefined
}

async function noteRecoveryCode(
  parts: AuthParts,
  who: { readonly companyId: string; readonly personId: string; readonly loginId: string },
): Promise<void> {
  const company = await findCompany(parts.db, { id: who.companyId })
  if (!company) return
  await inStep(systemContext(parts, company), async (step) => {
    auditSignIn(step, 'recovery-code-used', who.personId, { left: await countRecoveryCodes(step.tx, who.loginId) })
  })
}
