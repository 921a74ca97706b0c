import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { securityReply } from '#engine/contract/security.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { httpErrors } from '#platform/http/serve.ts'
import { authErrors } from './errors.ts'
import { asksForSecondFactor, policyOf } from './policy-store.ts'
import { countRecoveryCodes, secondFactorOf } from './second-factor-store.ts'
import { endSessions, sessionsOf, type OpenSession, type SessionOwner } from './session-store.ts'
import { auditSignIn } from './sign-in-audit.ts'

/** What protects the actor's own door, and where they are signed in. */
export async function showSecurity(ctx: Ctx, request: FastifyRequest): Promise<z.input<typeof securityReply>> {
  const owner = ownerOf(ctx)
  return inView(ctx, async (tx) => {
    const policy = await policyOf(tx)
    const factor = owner.loginId ? await secondFactorOf(tx, owner.loginId) : undefined
    const since = factor?.confirmedAt ?? null
    const sessions = await sessionsOf(tx, owner)
    const current = request.acting?.sessionId
    return {
      hasPassword: owner.loginId !== null,
      passwordLeast: policy.passwordLeast,
      secondFactor: {
        isOn: since !== null,
        since,
        recoveryCodesLeft: owner.loginId ? await countRecoveryCodes(tx, owner.loginId) : 0,
        isRequired: owner.loginId !== null && asksForSecondFactor(policy, ctx.actor.role.key),
      },
      sessions: sessions.map((one) => ({ ...toShape(one), isCurrent: one.id === current })),
    }
  })
}

/** A session as pages show it. */
export function toShape({ id, origin, address, way, company, createdAt, seenAt }: OpenSession) {
  return { id, agent: origin, address, way, company, createdAt, seenAt, isCurrent: false }
}

export async function endOwnSession(ctx: Ctx, id: string): Promise<void> {
  const owner = ownerOf(ctx)
  await inStep(
    ctx,
    async (step) => {
      if ((await endSessions(step.tx, owner, { id })) === 0) throw authErrors.SESSION_NOT_FOUND()
      auditSignIn(step, 'session-ended', owner.personId, { session: id })
    },
    { kind: 'session.end' },
  )
}

/** Ends all sessions of the actor but the one that asks. */
export async function endOtherSessions(ctx: Ctx, request: FastifyRequest): Promise<{ ended: number }> {
  const owner = ownerOf(ctx)
  return inStep(
    ctx,
    async (step) => {
      const ended = await endSessions(step.tx, owner, { allBut: request.acting?.sessionId ?? null })
      if (ended > 0) auditSignIn(step, 'other-sessions-ended', owner.personId, { ended })
      return { ended }
    },
    { kind: 'session.end' },
  )
}

function ownerOf(ctx: Ctx): SessionOwner {
  const { personId, loginId } = ctx.actor
  if (personId === null) throw httpErrors.SIGN_IN_NEEDED()
  return { personId, loginId, companyId: ctx.company.id }
}
