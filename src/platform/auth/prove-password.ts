import type { Ctx } from '#platform/db/ctx.ts'
import { countAttempt, forgetAttempt } from './attempt-store.ts'
import { authErrors } from './errors.ts'
import { loginOfId, type Login } from './login-store.ts'
import { isPassword } from './secret.ts'

/** The actor's own login, once its password was typed again; counted like attempts to sign in. */
export async function proveOwnPassword(
  ctx: Ctx,
  given: { readonly password: string; readonly field: string; readonly address: string },
): Promise<Login> {
  const login = ctx.actor.loginId ? await loginOfId(ctx.db, ctx.actor.loginId) : undefined
  if (!login) throw authErrors.PASSWORD_ABSENT()
  const attempt = { identifier: `password:${login.id}`, address: given.address }
  const minutes = await countAttempt(ctx.db, attempt)
  if (minutes !== undefined) throw authErrors.SIGN_IN_LOCKED({ minutes })
  if (!(await isPassword(given.password, login.passwordHash))) {
    const label = { zh: '当前密码不对', en: 'This is not your current password' }
    throw authErrors.PASSWORD_WRONG({}, [{ field: given.field, code: 'wrong', label }])
  }
  await forgetAttempt(ctx.db, attempt)
  return login
}
