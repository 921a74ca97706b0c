import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { limitCalls } from '#platform/outside/post.ts'
import { createCompany } from '#features/org/server/index.ts'
import { openBrowser, type Browser } from '#testing/browser.ts'
import { signInAt, startIdentityProvider, type IdentityProvider } from '#testing/identity-provider.ts'
import { testApp } from '#testing/test-app.ts'

const { app, database } = await testApp()
const house = { db: database.db, log: pino({ level: 'silent' }) }
const password = 'long grass 7'
const redirectUrl = 'http://localhost/sign-in/back'
let provider: IdentityProvider
let anna: Browser

const people = [
  { subject: 'anna-1', email: 'Anna@Example.com', name: 'Anna' },
  { subject: 'chen-1', email: 'chen@example.com', name: '陈晨' },
  { subject: 'false-chen', email: 'chen@example.com', isEmailVerified: false },
  { subject: 'new-1', email: 'new@one.example', name: '新人' },
  { subject: 'stranger', email: 'stranger@elsewhere.example' },
  { subject: 'nameless' },
]

beforeAll(async () => {
  limitCalls({ allowsPrivate: true })
  provider = await startIdentityProvider({ redirectUrl, people })
  const admin = { name: '安娜', identifier: 'anna@example.com', password }
  await createCompany(house, { slug: 'one', name: '一号公司', admin })
  anna = openBrowser(app)
  await anna.post('/auth/sign-in', { identifier: 'anna@example.com', password })
  const { body } = await anna.post('/org/people', { name: '陈晨', email: 'chen@example.com' })
  const invited = await anna.post(`/sign-in/people/${body.id}/invitation`, { byMail: false })
  await openBrowser(app).post('/auth/links/use', { token: new URL(invited.body.link).hash.slice(1), password })
})

afterAll(async () => {
  limitCalls({ allowsPrivate: false })
  await provider.stop()
})
beforeEach(async () => {
  await sql`delete from oidc_identity`.execute(database.owner)
  await sql`delete from sign_in_attempt`.execute(database.owner)
  await save()
})

async function save(more: object = {}, policy: object = {}) {
  const { version } = (await anna.get('/sign-in/settings')).body
  return anna.put('/sign-in/settings', {
    version,
    ...{ secondFactor: 'nobody', secondFactorRoles: [], passwordLeast: 8, passwordSignIn: true },
    ...policy,
    singleSignOn: {
      ...{ isOn: true, name: '公司账号', addsPeople: false, domains: [] },
      ...{ issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret },
      ...more,
    },
  })
}

/** Begins here, signs in there, comes back with the answer. */
async function comeBy(
  subject: string,
  { browser = openBrowser(app), next }: { browser?: Browser; next?: string } = {},
) {
  const begun = await browser.post('/auth/sso/begin', { company: 'one', ...(next ? { next } : {}) })
  const back = await signInAt(begun.body.url, subject)
  const finished = await browser.post('/auth/sso/finish', { answer: back.search })
  return { browser, begun, back, finished }
}

describe('single sign-on', () => {
  it('is offered on the sign-in page, and asks the provider with PKCE, state and nonce', async () => {
    expect((await openBrowser(app).get('/auth/ways')).body).toEqual({
      singleSignOn: { company: 'one', name: '公司账号' },
      password: true,
      resetByMail: false,
    })
    const begun = await openBrowser(app).post('/auth/sso/begin', { company: 'one' })
    const asked = new URL(begun.body.url).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(20)
    expect(asked.get('redirect_uri')).toBe(redirectUrl)
  })

  it('signs in the person with the verified e-mail, and knows them by the subject from then on', async () => {
    const { browser, finished } = await comeBy('chen-1', { next: '/pipeline' })
    expect(finished.body).toEqual({ next: '/pipeline' })
    expect((await browser.get('/me')).body.person).toMatchObject({ name: '陈晨' })
    expect((await browser.get('/me/security')).body.sessions[0]).toMatchObject({ way: 'oidc', isCurrent: true })
    await sql`update person set email = 'chen.new@example.com' where name = '陈晨'`.execute(database.owner)
    const again = await comeBy('chen-1')
    expect((await again.browser.get('/me')).body.person).toMatchObject({ name: '陈晨' })
    await sql`update person set email = 'chen@example.com' where name = '陈晨'`.execute(database.owner)
    expect((await anna.get('/sign-in/settings')).body.lastSuccessAt).not.toBeNull()
  })

  it('believes no e-mail that the provider has not verified', async () => {
    const { browser, finished } = await comeBy('false-chen')
    expect(finished.code).toBe('SSO_EMAIL_UNVERIFIED')
    expect((await browser.get('/me')).status).toBe(401)
  })

  it('lets in nobody whom the company does not know, and nobody who was deactivated', async () => {
    for (const subject of ['stranger', 'nameless']) {
      expect((await comeBy(subject)).finished.code).toBe('SSO_UNKNOWN_PERSON')
    }
    await comeBy('chen-1')
    await sql`update person set is_active = false where name = '陈晨'`.execute(database.owner)
    expect((await comeBy('chen-1')).finished.code).toBe('SSO_UNKNOWN_PERSON')
    await sql`update person set is_active = true where name = '陈晨'`.execute(database.owner)
  })

  it('adds people of named domains only where the company wants that', async () => {
    expect((await comeBy('new-1')).finished.code).toBe('SSO_UNKNOWN_PERSON')
    expect((await save({ addsPeople: true })).body.errors).toMatchObject([{ field: 'singleSignOn.domains' }])
    await save({ addsPeople: true, domains: ['one.example'] })
    expect((await comeBy('stranger')).finished.code).toBe('SSO_UNKNOWN_PERSON')
    const { browser } = await comeBy('new-1')
    expect((await browser.get('/me')).body.person).toMatchObject({ name: '新人', role: 'representative' })
  })

  it('opens nothing for an answer that began in another browser, that comes twice, or that was changed', async () => {
    const mine = openBrowser(app)
    const { body } = await mine.post('/auth/sso/begin', { company: 'one' })
    const back = await signInAt(body.url, 'chen-1')
    expect((await openBrowser(app).post('/auth/sso/finish', { answer: back.search })).code).toBe('SSO_EXPIRED')
    const other = openBrowser(app)
    await other.post('/auth/sso/begin', { company: 'one' })
    expect((await other.post('/auth/sso/finish', { answer: back.search })).code).toBe('SSO_FAILED')
    const changed = new URLSearchParams(back.search)
    changed.set('state', 'of somebody else')
    const victim = openBrowser(app)
    for (const [name, value] of mine.cookies) (victim.cookies as Map<string, string>).set(name, value)
    expect((await victim.post('/auth/sso/finish', { answer: `?${changed}` })).code).toBe('SSO_FAILED')
    expect((await mine.post('/auth/sso/finish', { answer: back.search })).status).toBe(200)
    expect((await mine.post('/auth/sso/finish', { answer: back.search })).code).toBe('SSO_EXPIRED')
  })

  it('leads nowhere but into the product', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      expect((await comeBy('chen-1', { next })).finished.body).toEqual({ next: '/' })
    }
  })

  it('works with a provider that takes the secret in the header only', async () => {
    const strict = await startIdentityProvider({ redirectUrl, people, clientAuth: 'client_secret_basic' })
    await save({ issuer: strict.issuer, clientId: strict.clientId, clientSecret: strict.clientSecret })
    expect((await comeBy('chen-1')).finished.status).toBe(200)
    await strict.stop()
  })

  it('says that the provider does not answer, keeps why for administrators, and never the secret', async () => {
    const gone = await startIdentityProvider({ redirectUrl, people })
    await gone.stop()
    await save({ issuer: gone.issuer })
    const begun = await openBrowser(app).post('/auth/sso/begin', { company: 'one' })
    expect(begun.code).toBe('SSO_FAILED')
    const settings = (await anna.get('/sign-in/settings')).body
    expect(settings.lastProblem).toBe('refused')
    expect(JSON.stringify(settings)).not.toContain(provider.clientSecret)
    const { rows } = await sql<{ all: string }>`
      select (select json_agg(p)::text from sign_in_policy p) || (select json_agg(a)::text from audit_entry a) as all
    `.execute(database.owner)
    expect(rows[0]?.all).not.toContain(provider.clientSecret)
  })

  it('is tried before it is switched on', async () => {
    expect((await anna.post('/sign-in/settings/sso-test', { issuer: provider.issuer })).body).toEqual({
      isReached: true,
      problem: null,
      issuer: provider.issuer,
    })
    const failed = await anna.post('/sign-in/settings/sso-test', { issuer: `${provider.issuer}/not-here` })
    expect(failed.body).toMatchObject({ isReached: false, issuer: null })
  })

  it('calls no provider within the network of the server, unless its operator allows that', async () => {
    limitCalls({ allowsPrivate: false })
    try {
      const refused = await save({ issuer: 'https://10.1.2.3' })
      expect(refused.body.errors).toMatchObject([{ field: 'singleSignOn.issuer' }])
      for (const issuer of [provider.issuer, 'https://127.0.0.1:1', 'https://192.168.1.1/oidc']) {
        const tried = await anna.post('/sign-in/settings/sso-test', { issuer })
        expect(tried.body).toEqual({ isReached: false, problem: 'private-address', issuer: null })
      }
      expect((await openBrowser(app).post('/auth/sso/begin', { company: 'one' })).code).toBe('SSO_FAILED')
    } finally {
      limitCalls({ allowsPrivate: true })
    }
  })

  it('is asked for by https, or on this machine', async () => {
    const refused = await save({ issuer: 'http://login.example.com' })
    expect(refused.body.errors).toMatchObject([{ field: 'singleSignOn.issuer' }])
  })
})

describe('a company without passwords', () => {
  it('keeps them for administrators only', async () => {
    await save({}, { passwordSignIn: false })
    const chen = await openBrowser(app).post('/auth/sign-in', { identifier: 'chen@example.com', password })
    expect(chen.code).toBe('PASSWORD_SIGN_IN_OFF')
    expect((await openBrowser(app).get('/auth/ways')).body.password).toBe(false)
    const rescue = await openBrowser(app).post('/auth/sign-in', { identifier: 'anna@example.com', password })
    expect(rescue.status).toBe(200)
    expect((await comeBy('chen-1')).finished.status).toBe(200)
  })

  it('is not possible while single sign-on is off', async () => {
    const refused = await save({ isOn: false }, { passwordSignIn: false })
    expect(refused.body.errors).toMatchObject([{ field: 'passwordSignIn' }])
  })
})

describe('the settings', () => {
  it('are the business of who may decide about sign-in', async () => {
    const { browser } = await comeBy('chen-1')
    expect((await browser.get('/sign-in/settings')).code).toBe('PERMISSION_MISSING')
  })

  it('are saved by one at a time, and audited without the secret', async () => {
    const { version } = (await anna.get('/sign-in/settings')).body
    await save({ name: '甲' })
    const stale = await anna.put('/sign-in/settings', {
      version,
      ...{ secondFactor: 'nobody', secondFactorRoles: [], passwordLeast: 8, passwordSignIn: true },
      singleSignOn: { isOn: false, name: '', issuer: null, clientId: null, addsPeople: false, domains: [] },
    })
    expect(stale.code).toBe('POLICY_CHANGED')
    const { rows } = await sql<{ before: any; after: any }>`
      select before, after from audit_entry where object = 'sign_in_policy' order by id desc limit 1`.execute(
      database.owner,
    )
    expect(rows[0]?.after.singleSignOn).toMatchObject({ name: '甲', hasSecret: true })
    expect(rows[0]?.before.singleSignOn).toMatchObject({ name: '公司账号' })
  })
})
