import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Label, Language } from '#base/label.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { newLink } from '#platform/auth/link-store.ts'
import { countCompanies } from '#platform/auth/login-store.ts'
import { addressOf } from '#platform/auth/own-address.ts'
import { auditSignIn } from '#platform/auth/sign-in-audit.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { isMailConnected, sendMail } from '#platform/mail/index.ts'
import { guardAdministrator, personOf } from '#features/org/server/index.ts'
import { signInErrors } from '../errors.ts'
import { invitationMail } from './mails.ts'

const days = 7

/** The page that a link opens; what follows the `#` never reaches a server or its logs. */
export const linkPath = '/invitation'

interface Invited {
  readonly link: string | null
  readonly mailedTo: string | null
  readonly expiresAt: Date
}

/**
 * Invites a person to set a password: by mail, or by a link that the administrator hands over, once. A login that also
 * belongs to another company is out of reach: its owner alone changes it.
 */
export async function invite(
  ctx: Ctx,
  parts: AuthParts,
  asked: { readonly personId: string; readonly byMail: boolean },
  request: FastifyRequest,
): Promise<Invited> {
  const { personId, byMail } = asked
  if (byMail && !isMailConnected()) throw signInErrors.MAIL_NOT_CONNECTED()
  return inStep(
    ctx,
    async (step) => {
      const person = await personOf(step.tx, personId)
      guardAdministrator(ctx, person)
      if (!person.isActive) throw refused(words.inactive)
      if (byMail && person.email === null) throw refused(words.noEmail)
      if (person.loginId && (await countCompanies(step.tx, person.loginId)) > 1) throw refused(words.shared)
      const expiresAt = new Date(Date.now() + days * 86_400_000)
      const companyId = ctx.company.id
      const token = await newLink(step.tx, { companyId, personId, purpose: 'invitation', expiresAt })
      const link = `${addressOf(request, parts.settings)}${linkPath}#${token}`
      auditSignIn(step, 'invited', personId, { byMail, expiresAt })
      if (!byMail || person.email === null) return { link, mailedTo: null, expiresAt }
      await sendMail(step, {
        to: person.email,
        language: await languageOfPerson(step, personId),
        template: invitationMail,
        params: { name: person.name, inviter: ctx.actor.name, company: ctx.company.name, days, link },
        usefulUntil: expiresAt,
      })
      return { link: null, mailedTo: person.email, expiresAt }
    },
    { kind: 'login.invite' },
  )
}

/** The language in which to write to a person: their own, else the company's. */
export async function languageOfPerson(step: Step, personId: string): Promise<Language> {
  const { rows } = await sql<{ language: Language | null }>`
    select language from person where id = ${personId}
  `.execute(step.tx)
  return rows[0]?.language ?? step.ctx.company.language
}

const words = {
  inactive: { zh: '此人已停用', en: 'The person is deactivated' },
  noEmail: { zh: '此人没有邮箱，请复制链接转交', en: 'The person has no e-mail: copy the link and hand it over' },
  shared: {
    zh: '这个账号也属于另一家公司，只能由本人重置密码',
    en: 'This login also belongs to another company; only its owner can reset it',
  },
} as const satisfies Record<string, Label>

function refused(label: Label) {
  return signInErrors.INVITATION_REFUSED({}, [{ field: 'id', code: 'refused', label }])
}
