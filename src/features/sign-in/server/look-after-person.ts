import type { z } from 'zod'
import { liftPauses, pausedUntil } from '#platform/auth/attempt-store.ts'
import { invitedUntil } from '#platform/auth/link-store.ts'
import { countCompanies, loginOfId, type Login } from '#platform/auth/login-store.ts'
import { toShape } from '#platform/auth/my-security.ts'
import { tellOfSecondFactor } from '#platform/auth/notices.ts'
import { hasSecondFactor, removeFactor } from '#platform/auth/second-factor-store.ts'
import { closeSessionsOfLogin, endSessions, sessionsOf } from '#platform/auth/session-store.ts'
import { auditSignIn } from '#platform/auth/sign-in-audit.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { isMailConnected } from '#platform/mail/index.ts'
import { guardAdministrator, personOf } from '#features/org/server/index.ts'
import type { personSignIn } from '../contract.ts'
import { signInErrors } from '../errors.ts'
import { languageOfPerson } from './invite.ts'

/** How a person signs in, for whoever looks after access; of sessions only those of this company. */
export async function showPersonSignIn(ctx: Ctx, id: string): Promise<z.input<typeof personSignIn>> {
  const person = await inView(ctx, (tx) => personOf(tx, id))
  const login = person.loginId ? await loginOfId(ctx.db, person.loginId) : undefined
  const sessions = await sessionsOf(ctx.db, inCompany(ctx, id))
  return {
    hasLogin: login !== undefined,
    invitedUntil: await invitedUntil(ctx.db, ctx.company.id, id),
    hasSecondFactor: login ? await hasSecondFactor(ctx.db, login.id) : false,
    pausedUntil: await pausedUntil(ctx.db, identifiersOf(login)),
    canMail: isMailConnected() && person.email !== null,
    sessions: sessions.map(toShape),
  }
}

/** Lets a person try again at once, after too many failures. The pauses of a login that another company has stay. */
export async function unlock(ctx: Ctx, id: string): Promise<void> {
  const { loginId } = await inView(ctx, (tx) => personOf(tx, id))
  if (loginId && (await countCompanies(ctx.db, loginId)) > 1) throw refused(shared)
  const login = loginId ? await loginOfId(ctx.db, loginId) : undefined
  await inStep(ctx, async (step) => auditSignIn(step, 'unlocked', id), { kind: 'login.unlock' })
  await liftPauses(ctx.db, identifiersOf(login))
}

/** Takes a person's second factor off, such as after a lost phone, and ends what was open. */
export async function resetSecondFactor(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const person = await personOf(step.tx, id)
      guardAdministrator(ctx, person)
      const { loginId } = person
      if (!loginId) throw refused({ zh: '此人没有登录账号', en: 'The person has no login' })
      if ((await countCompanies(step.tx, loginId)) > 1) throw refused(shared)
      if (!(await removeFactor(step.tx, loginId))) throw refused({ zh: '此人没有启用两步验证', en: 'It is not on' })
      await closeSessionsOfLogin(step.tx, loginId)
      auditSignIn(step, 'second-factor-reset', id)
      const language = await languageOfPerson(step, id)
      await tellOfSecondFactor(step, { email: person.email, language, name: person.name }, 'reset')
    },
    { kind: 'login.second-factor' },
  )
}

/** Ends all sessions of a person in this company. */
export async function endAllSessions(ctx: Ctx, id: string): Promise<{ ended: number }> {
  return inStep(
    ctx,
    async (step) => {
      await personOf(step.tx, id)
      const ended = await endSessions(step.tx, inCompany(ctx, id), { allBut: null })
      auditSignIn(step, 'all-sessions-ended', id, { ended })
      return { ended }
    },
    { kind: 'session.end' },
  )
}

const inCompany = (ctx: Ctx, personId: string) => ({ loginId: null, companyId: ctx.company.id, personId })

/** Everything by which attempts with this login were counted. The e-mail of a person alone may be a stranger's. */
function identifiersOf(login: Login | undefined): readonly string[] {
  if (!login) return []
  const typed = [login.email, login.phone].flatMap((text) => text ?? [])
  return [...typed, `password:${login.id}`, `second-factor:${login.id}`]
}

const shared = {
  zh: '这个账号也属于另一家公司，只能由本人修改',
  en: 'This login also belongs to another company; only its owner can change it',
}

function refused(label: { readonly zh: string; readonly en: string }) {
  return signInErrors.INVITATION_REFUSED({}, [{ field: 'id', code: 'refused', label }])
}
