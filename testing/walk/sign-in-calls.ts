import type { FastifyInstance } from 'fastify'
import { generate } from 'otplib'
import { connectMail } from '#platform/mail/index.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { openBrowser, type Browser } from '#testing/browser.ts'
import { signInAt, startIdentityProvider } from '#testing/identity-provider.ts'
import { startMailServer } from '#testing/mail-server.ts'

/** Calls a route by `METHOD /path` so that it succeeds, as the office or as somebody before a browser. */
type Call = (key: string, values: Record<string, string>, body?: unknown, client?: Browser) => Promise<any>

interface Newcomer {
  readonly id: string
  readonly email: string
}

interface SignInCalls {
  readonly app: FastifyInstance
  readonly call: Call
  readonly now: () => Date
  /** Slug of the company. */
  readonly company: string
  /** Somebody without a login. */
  readonly person: Newcomer
}

const password = 'long grass 7'

/** Every route of signing in: by link, with a second factor, by single sign-on, and what looks after it. */
export async function callSignIn(calls: SignInCalls): Promise<void> {
  const provider = await startIdentityProvider({
    redirectUrl: 'http://localhost/sign-in/back',
    people: [{ subject: 'one', email: calls.person.email }],
  })
  const post = await startMailServer()
  limitCalls({ allowsPrivate: true })
  try {
    const browser = await callLinks(calls)
    await callSecondFactor(calls, browser)
    await callOffice(calls, provider)
    await callSingleSignOn(calls)
    connectMail({ url: post.url, from: 'crm@example.com' })
    await calls.call('POST /sign-in/settings/mail-test', {})
  } finally {
    connectMail(null)
    limitCalls({ allowsPrivate: false })
    await provider.stop()
    await post.stop()
  }
}

async function callLinks({ app, call, person }: SignInCalls): Promise<Browser> {
  const browser = openBrowser(app)
  const { link } = await call('POST /sign-in/people/:id/invitation', { id: person.id }, { byMail: false })
  const token = new URL(link).hash.slice(1)
  await call('POST /auth/links/look', {}, { token }, browser)
  await call('POST /auth/links/use', {}, { token, password }, browser)
  await call('POST /auth/forgotten', {}, { identifier: person.email }, openBrowser(app))
  return browser
}

async function callSecondFactor({ app, call, now, person }: SignInCalls, browser: Browser): Promise<void> {
  const setUp = async () => {
    const { secret } = await call('POST /me/second-factor', {}, { password }, browser)
    const code = await generate({ secret, epoch: Math.floor(now().getTime() / 1000) })
    return call('POST /me/second-factor/confirm', {}, { code }, browser)
  }
  const { recoveryCodes } = await setUp()
  const other = openBrowser(app)
  const begun = await other.post('/auth/sign-in', { identifier: person.email, password })
  const { challenge } = begun.body.secondFactor
  await call('POST /auth/second-factor', {}, { challenge, code: recoveryCodes[0] }, other)
  const { sessions } = await call('GET /me/security', {}, undefined, browser)
  const { id } = sessions.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
  await call('DELETE /me/sessions/:id', { id }, undefined, browser)
  await call('POST /me/sessions/end-others', {}, undefined, browser)
  await call('POST /me/second-factor/recovery-codes', {}, { password }, browser)
  await call('POST /me/second-factor/end', {}, { password }, browser)
  await setUp()
}

async function callOffice(
  { call, person: { id } }: SignInCalls,
  { issuer, clientId, clientSecret }: { issuer: string; clientId: string; clientSecret: string },
): Promise<void> {
  await call('GET /sign-in/people/:id', { id })
  await call('POST /sign-in/people/:id/unlock', { id })
  await call('POST /sign-in/people/:id/second-factor/reset', { id })
  await call('POST /sign-in/people/:id/sessions/end', { id })
  const { version } = await call('GET /sign-in/settings', {})
  await call('POST /sign-in/settings/sso-test', {}, { issuer })
  await call('PUT /sign-in/settings', {}, {
    version,
    ...{ secondFactor: 'nobody', secondFactorRoles: [], passwordLeast: 8, passwordSignIn: true },
    singleSignOn: {
      ...{ isOn: true, name: '公司账号', addsPeople: false, domains: [], issuer, clientId, clientSecret },
    },
  }) // prettier-ignore
}

async function callSingleSignOn({ app, call, company }: SignInCalls): Promise<void> {
  const browser = openBrowser(app)
  await call('GET /auth/ways', {}, undefined, browser)
  const { url } = await call('POST /auth/sso/begin', {}, { company }, browser)
  const back = await signInAt(url, 'one')
  await call('POST /auth/sso/finish', {}, { answer: back.search }, browser)
}
