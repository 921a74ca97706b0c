import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { securityEvent } from '#platform/notify/index.ts'
import { countAttempt, forgetAttempt } from './attempt-store.ts'
import { authErrors } from './errors.ts'
import { loginOfId, savePassword } from './login-store.ts'
import { requireGoodPassword } from './new-password.ts'
import { hashPassword, isPassword } from './secret.ts'
import { closeSessionsOfLogin } from './session-store.ts'

interface ChangePassword {
  readonly current: string
  readonly next: string
  /** The session that asks: it stays, all others end. */
  readonly session: string | undefined
  readonly address: string
}

/** Changes the actor's own password; whoever else was signed in with the old one is out. */
export async function changePassword(ctx: Ctx, change: ChangePassword): Promise<void> {
  const login = ctx.actor.loginId ? await loginOfId(ctx.db, ctx.actor.loginId) : undefined
  if (!login) throw authErrors.PASSWORD_ABSENT()
  const attempt = { identifier: `password:${login.id}`, address: change.address }
  const minutes = await countAttempt(ctx.db, attempt)
  if (minutes !== undefined) throw authErrors.SIGN_IN_LOCKED({ minutes })
  if (!(await isPassword(change.current, login.passwordHash))) {
    const label = { zh: '当前密码不对', en: 'This is not your current password' }
    throw authErrors.PASSWORD_WRONG({}, [{ field: 'current', code: 'wrong', label }])
  }
  await forgetAttempt(ctx.db, attempt)
  requireGoodPassword(change.next, 'next', [login.email, login.phone, ctx.actor.name, change.current])
  const hashed = await hashPassword(change.next)
  await inStep(
    ctx,
    async (step) => {
      await savePassword(step.tx, login.id, hashed, false)
      await closeSessionsOfLogin(step.tx, login.id, change.session)
      const recordId = ctx.actor.personId ?? login.id
      step.audit({ object: 'login', recordId, action: 'change-password', before: null, after: null })
      if (ctx.actor.personId) step.tell(securityEvent(ctx.actor.personId, 'password-changed'))
    },
    { kind: 'login.change-password' },
  )
}
