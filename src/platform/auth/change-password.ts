import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { securityEvent } from '#platform/notify/index.ts'
import { savePassword } from './login-store.ts'
import { requireGoodPassword } from './new-password.ts'
import { policyOf } from './policy-store.ts'
import { proveOwnPassword } from './prove-password.ts'
import { hashPassword } from './secret.ts'
import { closeSessionsOfLogin } from './session-store.ts'
import { auditSignIn } from './sign-in-audit.ts'
import { tellOfPassword } from './notices.ts'

interface ChangePassword {
  readonly current: string
  readonly next: string
  /** The session that asks: it stays, all others end. */
  readonly session: string | undefined
  readonly address: string
}

/** Changes the actor's own password; whoever else was signed in with the old one is out. */
export async function changePassword(ctx: Ctx, change: ChangePassword): Promise<void> {
  const { current, next, session, address } = change
  const login = await proveOwnPassword(ctx, { password: current, field: 'current', address })
  const { passwordLeast } = await inView(ctx, policyOf)
  const known = [login.email, login.phone, ctx.actor.name, ctx.company.name, ctx.company.slug, current]
  await requireGoodPassword(next, 'next', { least: passwordLeast, known })
  const hashed = await hashPassword(next)
  await inStep(
    ctx,
    async (step) => {
      await savePassword(step.tx, login.id, hashed, false)
      await closeSessionsOfLogin(step.tx, login.id, session)
      auditSignIn(step, 'password-changed', ctx.actor.personId ?? login.id, { address })
      await tellOfPassword(step, { email: login.email, language: ctx.language, name: ctx.actor.name })
      if (ctx.actor.personId) step.tell(securityEvent(ctx.actor.personId, 'password-changed'))
    },
    { kind: 'login.change-password' },
  )
}
