import type { z } from 'zod'
import type { AuthParts } from '#platform/auth/gate.ts'
import { policyOf } from '#platform/auth/policy-store.ts'
import type { Company } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { isMailConnected } from '#platform/mail/index.ts'
import { allCompanies } from '#features/org/server/index.ts'
import type { waysReply } from '../contract.ts'
import { clientOf, ssoOf } from './settings-store.ts'

type Reply = z.input<typeof waysReply>

/** What the sign-in page offers. Where several companies share a server it names none of them unasked. */
export async function waysOf(parts: AuthParts, slug: string | undefined): Promise<Reply> {
  const resetByMail = isMailConnected()
  const company = await companyMeant(parts, slug)
  if (!company) return { singleSignOn: null, password: true, resetByMail }
  return inView(systemContext(parts, company), async (tx) => {
    const sso = await ssoOf(tx)
    const { passwordSignIn } = await policyOf(tx)
    const name = sso.name === '' ? company.name : sso.name
    return {
      singleSignOn: clientOf(sso) ? { company: company.slug, name } : null,
      password: passwordSignIn,
      resetByMail,
    }
  })
}

/** The company of that short name; without one the only company of the server, if there is just one. */
export async function companyMeant(parts: AuthParts, slug: string | undefined): Promise<Company | undefined> {
  if (slug !== undefined && slug !== '') return findCompany(parts.db, { slug })
  const own = (await allCompanies(parts.db)).filter((one) => !one.demo)
  const [only] = own
  return only && own.length === 1 ? findCompany(parts.db, { id: only.id }) : undefined
}
