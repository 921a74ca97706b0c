import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { workplaceBrands, type WorkplaceBrand } from '#engine/contract/workplace.ts'
import { countAttempt, forgetAttempt } from '#platform/auth/attempt-store.ts'
import { cookieOf, dropCookie, setCookie } from '#platform/auth/cookie.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { addressOf } from '#platform/auth/own-address.ts'
import { ownPath } from '#platform/auth/own-path.ts'
import { isSecure } from '#platform/auth/settings.ts'
import { locked, openDoor } from '#platform/auth/sign-in.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { languageOf } from '#platform/http/problem.ts'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import { adapters, WorkplaceFault, type WorkplaceApp } from '#platform/workplace/index.ts'
import { brandNames } from '../brand-names.ts'
import { backPath } from '../contract.ts'
import { workplaceSignInErrors as errors } from '../sign-in-errors.ts'
import { noteFailure, noteSuccess } from './connection-store.ts'
import { detailOf } from './problems.ts'
import { personOfMember, signInAppOf } from './sign-in-store.ts'

const minutes = 15
const cookieName = 'workplace'

/** What the browser that asked keeps until the answer comes: an answer that began elsewhere opens nothing. */
const Asked = z.object({
  company: z.string(),
  brand: z.enum(workplaceBrands),
  next: z.string(),
  state: z.string(),
  until: z.number(),
})

/** Begins to sign in by scanning: answers where to go, and marks the browser. */
export async function beginWorkplace(
  parts: AuthParts,
  asked: { readonly company: string; readonly brand: WorkplaceBrand; readonly next?: string | undefined },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ url: string }> {
  isSecure(request, parts.settings)
  const { brand } = asked
  const ctx = await contextOf(parts, { slug: asked.company })
  const app = await appOf(ctx, brand)
  const kept: z.infer<typeof Asked> = {
    company: ctx.company.id,
    brand,
    next: ownPath(asked.next),
    state: randomBytes(24).toString('base64url'),
    until: Date.now() + minutes * 60_000,
  }
  const value = sealSecret('workplace', JSON.stringify(kept))
  setCookie(request, reply, parts.settings, { name: cookieName, value, maxAge: minutes * 60 })
  const backUrl = `${addressOf(request, parts.settings)}${backPath}`
  const url = await orFailed(ctx, { brand, request }, async () =>
    adapters[brand].signInUrl(app, { state: kept.state, backUrl, agent: request.headers['user-agent'] }),
  )
  return { url }
}

/** Finishes it: opens a session for the person to whom the sync linked whoever scanned. */
export async function finishWorkplace(
  parts: AuthParts,
  text: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ next: string }> {
  const answer = new URLSearchParams(text)
  const asked = askedBy(request, parts)
  if (!asked || asked.until < Date.now() || answer.get('state') !== asked.state) {
    throw errors.WORKPLACE_SIGN_IN_EXPIRED()
  }
  dropCookie(reply, cookieName)
  const { brand } = asked
  const ctx = await contextOf(parts, { id: asked.company })
  const app = await appOf(ctx, brand)
  // Each begins by itself, so that a busy office is not taken for somebody who guesses.
  const attempt = { identifier: `workplace:${asked.state}`, address: request.ip }
  const wait = await countAttempt(parts.db, attempt)
  if (wait !== undefined) throw locked(wait, reply)
  const member = await orFailed(ctx, { brand, request }, () => adapters[brand].identify(app, answer))
  const person = await inView(ctx, (tx) => personOfMember(tx, { brand, id: member.id }))
  if (!person) throw errors.WORKPLACE_UNKNOWN_PERSON({ brand: nameOf(brand, request) })
  await openDoor(
    parts,
    { loginId: person.loginId, companyId: ctx.company.id, personId: person.id, way: 'oidc', provider: brand },
    request,
    reply,
  )
  await forgetAttempt(parts.db, attempt)
  await inStep(ctx, (step) => noteSuccess(step, brand))
  return { next: asked.next }
}

function askedBy(request: FastifyRequest, parts: AuthParts): z.infer<typeof Asked> | undefined {
  const sealed = cookieOf(request, parts.settings, cookieName)
  const text = sealed === undefined ? undefined : openSecret('workplace', sealed)
  return text === undefined ? undefined : Asked.parse(JSON.parse(text))
}

/** What hinders everybody is noted for the administrators; each is told plainly what they can do about it. */
async function orFailed<T>(
  ctx: Ctx,
  { brand, request }: { readonly brand: WorkplaceBrand; readonly request: FastifyRequest },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof WorkplaceFault)) throw error
    if (error.problem === 'code') throw errors.WORKPLACE_CODE_REFUSED()
    const named = { brand: nameOf(brand, request) }
    if (error.problem === 'not-a-member') throw errors.WORKPLACE_NOT_A_MEMBER(named)
    const { problem, code } = error
    ctx.log.warn({ brand, problem, code }, 'signing in by a workplace failed')
    await inStep(ctx, (step) => noteFailure(step, brand, { problem, detail: detailOf(error) }))
    throw errors.WORKPLACE_SIGN_IN_FAILED(named)
  }
}

/** In the language of whoever signs in. */
const nameOf = (brand: WorkplaceBrand, request: FastifyRequest) => brandNames[brand][languageOf(request)]

async function appOf(ctx: Ctx, brand: WorkplaceBrand): Promise<WorkplaceApp> {
  const app = await inView(ctx, (tx) => signInAppOf(tx, ctx, brand))
  if (!app) throw errors.WORKPLACE_SIGN_IN_OFF()
  return app
}

async function contextOf(parts: AuthParts, by: { readonly id: string } | { readonly slug: string }): Promise<Ctx> {
  const company = await findCompany(parts.db, by)
  if (!company) throw errors.WORKPLACE_SIGN_IN_OFF()
  return systemContext(parts, company)
}
