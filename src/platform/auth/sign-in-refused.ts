import type { FastifyRequest } from 'fastify'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import type { AuthParts } from './gate.ts'
import { membershipsOf } from './login-store.ts'
import { auditSignIn } from './sign-in-audit.ts'

/** Notes in every company of the login that somebody tried its door in vain. An unknown login has no company to note it. */
export async function auditRefusal(
  parts: AuthParts,
  loginId: string,
  action: 'sign-in-failed' | 'second-factor-refused',
  request: FastifyRequest,
): Promise<void> {
  for (const { companyId, personId } of await membershipsOf(parts.db, loginId)) {
    const company = await findCompany(parts.db, { id: companyId })
    if (!company) continue
    const facts = { address: request.ip, agent: request.headers['user-agent'] ?? null }
    await inStep(systemContext(parts, company), async (step) => auditSignIn(step, action, personId, facts), {
      kind: 'session.refused',
    })
  }
}
