import type { FastifyReply, FastifyRequest } from 'fastify'
import { countAttempt } from '#platform/auth/attempt-store.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { readIdentifier } from '#platform/auth/identifier.ts'
import { newLink } from '#platform/auth/link-store.ts'
import { findLogin, membershipsOf, type Login } from '#platform/auth/login-store.ts'
import { trustedAddress } from '#platform/auth/own-address.ts'
import { auditSignIn } from '#platform/auth/sign-in-audit.ts'
import { locked } from '#platform/auth/sign-in.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { isMailConnected, sendMail } from '#platform/mail/index.ts'
import { personOf } from '#features/org/server/index.ts'
import { languageOfPerson, linkPath } from './invite.ts'
import { resetMail } from './mails.ts'

const minutes = 60

/**
 * Mails a link to whoever forgot the password. The answer, and how long it takes, is the same whether the login exists: what
 * follows is done after it.
 */
export async function forgotten(
  parts: AuthParts,
  text: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const identifier = readIdentifier(text)
  const counted = identifier?.value ?? text.toLowerCase()
  const wait = await countAttempt(parts.db, { identifier: `forgotten:${counted}`, address: request.ip })
  if (wait !== undefined) throw locked(wait, reply)
  const base = trustedAddress(request, parts.settings)
  if (!identifier || !isMailConnected()) return
  if (base === undefined) {
    parts.log.warn('a password reset was asked for, but without PUBLIC_URL there is no address for its link')
    return
  }
  void findLogin(parts.db, identifier)
    .then((login) => login && mailLink(parts, login, { base, address: request.ip }))
    .catch((error: unknown) => parts.log.error({ err: error }, 'a password reset could not be mailed'))
}

/** One link serves the login in all of its companies. */
async function mailLink(
  parts: AuthParts,
  login: Login,
  from: { readonly base: string; readonly address: string },
): Promise<void> {
  const { email } = login
  const [membership] = await membershipsOf(parts.db, login.id)
  const company = membership && (await findCompany(parts.db, { id: membership.companyId }))
  if (!company || email === null) return
  const { companyId, personId } = membership
  await inStep(
    systemContext(parts, company),
    async (step) => {
      const expiresAt = new Date(Date.now() + minutes * 60_000)
      const token = await newLink(step.tx, { companyId, personId, purpose: 'reset', expiresAt })
      const { name } = await personOf(step.tx, personId)
      const link = `${from.base}${linkPath}#${token}`
      auditSignIn(step, 'reset-asked', personId, { address: from.address })
      await sendMail(step, {
        to: email,
        language: await languageOfPerson(step, personId),
        template: resetMail,
        params: { name, company: company.name, minutes, link },
        usefulUntil: expiresAt,
      })
    },
    { kind: 'login.ask-reset' },
  )
}
