import type { Ctx } from '#platform/db/ctx.ts'
import type { FastifyRequest } from 'fastify'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import type { AuthParts } from './gate.ts'
import { membershipsOf } from './login-store.ts'
import { auditSignIn } from './sign-in-audit.ts'

type Refusal = 'sign-in-failed' | 'second-factor-refused'

/**
 * Notes in every company of the login that somebody tried its door in vain; an unknown login has no company to note it.
 * Nobody waits for it: how long the answer takes would tell whether the login exists.
 */
export function auditRefusal(parts: AuthParts, loginId: string, action: Refusal, request: FastifyRequest): void {
  const facts = { address: request.ip, agent: request.headers['user-agent'] ?? null }
  void note(parts, loginId, action, facts).catch((error: unknown) =>
    parts.log.error({ err: error }, 'a refused sign-in could not be noted'),
  )
}

async function note(parts: AuthParts, loginId: string, action: Refusal, facts: Readonly<Record<string, unknown>>) {
  for (const { companyId, personId } of await membershipsOf(parts.db, loginId)) {
    const company = await findCompany(parts.db, { id: companyId })
    if (!company) continue
    const ctx: Ctx = { ...systemContext(parts, company), via: 'page' }
    await inStep(ctx, async (step) => auditSignIn(step, action, personId, facts), { kind: 'session.refused' })
  }
}
