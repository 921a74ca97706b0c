import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dropCookie, cookieOf, setCookie } from '#platform/auth/cookie.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { askProvider, oidcProblem, readAnswer, type OidcIdentity } from '#platform/auth/oidc.ts'
import { addressOf } from '#platform/auth/own-address.ts'
import { ownPath } from '#platform/auth/own-path.ts'
import { openDoor } from '#platform/auth/sign-in.ts'
import { auditSignIn } from '#platform/auth/sign-in-audit.ts'
import { isSecure } from '#platform/auth/settings.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import { addPerson } from '#features/org/server/index.ts'
import { signInErrors } from '../errors.ts'
import { isKnownIdentity, linkIdentity, personOfEmail, personOfIdentity, type KnownPerson } from './identity-store.ts'
import { clientOf, noteSsoProblem, noteSsoSuccess, ssoOf, type SsoSettings } from './settings-store.ts'

/** The page to which the identity provider sends people back. */
export const backPath = '/sign-in/back'

const minutes = 15
const cookieName = 'sso'

/** What the browser that asked keeps until the answer comes: an answer that began elsewhere opens nothing. */
const Asked = z.object({
  company: z.string(),
  next: z.string(),
  redirectUrl: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
})

/** Begins single sign-on: answers where to go, and marks the browser. */
export async function beginSso(
  parts: AuthParts,
  asked: { readonly company: string; readonly next?: string | undefined },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ url: string }> {
  isSecure(request, parts.settings)
  const ctx = await contextOf(parts, { slug: asked.company })
  const client = clientOf(await inView(ctx, ssoOf))
  if (!client) throw signInErrors.SSO_OFF()
  const redirectUrl = `${addressOf(request, parts.settings)}${backPath}`
  const { url, question } = await orFailed(ctx, () => askProvider(client, redirectUrl))
  const kept: z.infer<typeof Asked> = {
    ...question,
    company: ctx.company.id,
    next: ownPath(asked.next),
    redirectUrl,
    until: Date.now() + minutes * 60_000,
  }
  const value = sealSecret('oidc', JSON.stringify(kept))
  setCookie(request, reply, parts.settings, { name: cookieName, value, maxAge: minutes * 60 })
  return { url }
}

/** Finishes it: the provider's answer opens a session for the person whom it vouches for. */
export async function finishSso(
  parts: AuthParts,
  answer: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ next: string }> {
  const sealed = cookieOf(request, parts.settings, cookieName)
  const text = sealed === undefined ? undefined : openSecret('oidc', sealed)
  const asked = text === undefined ? undefined : Asked.parse(JSON.parse(text))
  if (!asked || asked.until < Date.now()) throw signInErrors.SSO_EXPIRED({}, [fault('answer')])
  dropCookie(reply, cookieName)
  const ctx = await contextOf(parts, { id: asked.company })
  const settings = await inView(ctx, ssoOf)
  const client = clientOf(settings)
  if (!client) throw signInErrors.SSO_OFF()
  const answered = new URL(asked.redirectUrl)
  answered.search = answer
  const identity = await orFailed(ctx, () => readAnswer(client, answered, asked))
  const person = await personFor(ctx, settings, identity, request.ip)
  await openDoor(
    parts,
    { loginId: person.loginId, companyId: ctx.company.id, personId: person.id, way: 'oidc' },
    request,
    reply,
  )
  await inStep(ctx, (step) => noteSsoSuccess(step.tx))
  return { next: asked.next }
}

/**
 * The person whom the provider means: known by its subject; else by an e-mail that the provider has verified; else, if the
 * company wants that, a new one. An unverified e-mail counts for nothing: anybody could have typed it there.
 */
async function personFor(
  ctx: Ctx,
  settings: SsoSettings,
  identity: OidcIdentity,
  address: string,
): Promise<KnownPerson> {
  const known = await inView(ctx, async (tx) => ({
    person: await personOfIdentity(tx, identity),
    isKnown: await isKnownIdentity(tx, identity),
  }))
  if (known.person) return known.person
  if (known.isKnown || identity.email === null) throw signInErrors.SSO_UNKNOWN_PERSON()
  if (!identity.isEmailVerified) throw signInErrors.SSO_EMAIL_UNVERIFIED()
  const { email } = identity
  const found = await inView(ctx, (tx) => personOfEmail(tx, email))
  if (found && !found.isActive) throw signInErrors.SSO_UNKNOWN_PERSON()
  const person = found ?? (await newPerson(ctx, settings, identity, email))
  await inStep(
    ctx,
    async (step) => {
      await linkIdentity(step, identity, person.id)
      auditSignIn(step, 'identity-linked', person.id, { address, issuer: identity.issuer })
    },
    { kind: 'login.link-identity' },
  )
  return { id: person.id, loginId: person.loginId }
}

async function newPerson(ctx: Ctx, settings: SsoSettings, identity: OidcIdentity, email: string): Promise<KnownPerson> {
  const domain = email.split('@')[1] ?? ''
  if (!settings.addsPeople || !settings.domains.includes(domain)) throw signInErrors.SSO_UNKNOWN_PERSON()
  const name = (identity.name ?? email.split('@')[0] ?? email).slice(0, 100)
  const { id } = await addPerson(ctx, { name, email, role: 'representative' })
  return { id, loginId: null }
}

/** What goes wrong with the provider is noted for the administrators, and said plainly to the person. */
async function orFailed<T>(ctx: Ctx, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const problem = oidcProblem(error)
    ctx.log.warn({ problem }, 'single sign-on failed')
    await inStep(ctx, (step) => noteSsoProblem(step.tx, problem))
    throw signInErrors.SSO_FAILED({}, [fault('answer')])
  }
}

const fault = (field: string) => ({
  field,
  code: 'refused',
  label: { zh: '身份提供方的回答不可用', en: 'The answer of the identity provider is of no use' },
})

async function contextOf(parts: AuthParts, by: { readonly id: string } | { readonly slug: string }): Promise<Ctx> {
  const company = await findCompany(parts.db, by)
  if (!company) throw signInErrors.SSO_OFF()
  return systemContext(parts, company)
}
