import { sql } from 'kysely'
import { generate } from 'otplib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allJobs } from '#platform/jobs/jobs.ts'
import { connectMail } from '#platform/mail/index.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { createCompany, createPersonKey } from '#features/org/server/index.ts'
import { openBrowser } from '#testing/browser.ts'
import { signInAt, startIdentityProvider, type IdentityProvider } from '#testing/identity-provider.ts'
import { logSink } from '#testing/log-sink.ts'
import { linkIn, startMailServer, type MailServer } from '#testing/mail-server.ts'
import { testApp } from '#testing/test-app.ts'

const sink = logSink()
const { app, database, anybody } = await testApp({ log: sink.log })
const house = { db: database.db, log: sink.log }
const password = 'long grass 7'
const nextPassword = 'tall bamboo 9'
let provider: IdentityProvider
let office: MailServer

beforeAll(async () => {
  limitCalls({ allowsPrivate: true })
  office = await startMailServer({ onAuth: (_auth, _session, done) => done(null, { user: 'terrace' }) })
  connectMail({ url: office.url.replace('smtp://', 'smtp://terrace:mail-password@'), from: 'crm@one.example' })
  provider = await startIdentityProvider({
    redirectUrl: 'http://localhost/sign-in/back',
    people: [{ subject: 'anna-1', email: 'anna@example.com' }],
  })
})

afterAll(async () => {
  limitCalls({ allowsPrivate: false })
  connectMail(null)
  await Promise.all([provider.stop(), office.stop()])
})

it('leaves no secret of signing in, resetting, codes, keys and single sign-on in the log', async () => {
  const secrets: string[] = [password, nextPassword, 'mail-password', provider.clientSecret]
  const admin = { name: '安娜', identifier: 'anna@example.com', password }
  await createCompany(house, { slug: 'one', name: '一号公司', admin })
  const anna = openBrowser(app)
  await anna.post('/auth/sign-in', { identifier: 'anna@example.com', password: 'a wrong password' })
  await anna.post('/auth/sign-in', { identifier: 'anna@example.com', password })
  secrets.push('a wrong password', anna.cookies.get('terrace') ?? '')

  await anna.post('/auth/forgotten', { identifier: 'anna@example.com' })
  await expect.poll(async () => (await waitingMail()).length).toBe(1)
  await sendMails()
  const token = new URL(linkIn(office.received[0] ?? missing())).hash.slice(1)
  await anna.post('/auth/links/look', { token })
  await anna.post('/auth/links/use', { token, password: 'weak' })
  await anna.post('/auth/links/use', { token, password: nextPassword })
  await anna.post('/auth/links/use', { token, password: nextPassword })
  secrets.push(token, anna.cookies.get('terrace') ?? '')

  const { secret, uri } = (await anna.post('/me/second-factor', { password: nextPassword })).body
  const code = await generate({ secret })
  const { recoveryCodes } = (await anna.post('/me/second-factor/confirm', { code })).body
  const again = openBrowser(app)
  const first = await again.post('/auth/sign-in', { identifier: 'anna@example.com', password: nextPassword })
  const { challenge } = first.body.secondFactor
  await again.post('/auth/second-factor', { challenge, code })
  await again.post('/auth/second-factor', { challenge, code: recoveryCodes[0] })
  secrets.push(secret, uri, challenge, ...recoveryCodes, again.cookies.get('terrace') ?? '')

  const company = await findCompany(database.db, { slug: 'one' })
  const key = await createPersonKey(systemContext(house, company ?? missing()), { person: '安娜', name: 'test' })
  await anybody.get('/me', { authorization: `Bearer ${key}` })
  await anybody.get('/me', { authorization: `Bearer ${key}x` })
  secrets.push(key)

  const { version } = (await anna.get('/sign-in/settings')).body
  await anna.put('/sign-in/settings', {
    version,
    ...{ secondFactor: 'nobody', secondFactorRoles: [], passwordLeast: 8, passwordSignIn: true },
    singleSignOn: {
      ...{ isOn: true, name: '', addsPeople: false, domains: [] },
      ...{ issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret },
    },
  })
  const visitor = openBrowser(app)
  const { body } = await visitor.post('/auth/sso/begin', { company: 'one' })
  const back = await signInAt(body.url, 'anna-1')
  await visitor.post('/auth/sso/finish', { answer: `${back.search}x` })
  await visitor.post('/auth/sso/begin', { company: 'one' })
  await visitor.post('/auth/sso/finish', { answer: back.search })
  secrets.push(back.searchParams.get('code') ?? missing())

  expect(sink.text()).toContain('/api/v1/auth/sign-in')
  const { length } = secrets.filter((one) => typeof one === 'string' && one.length > 5)
  expect(length).toBe(secrets.length)
  expect(secrets.filter((one) => sink.text().includes(one))).toEqual([])
})

async function waitingMail(): Promise<readonly { readonly id: string; readonly company: string }[]> {
  const { rows } = await sql<{ id: string; company: string }>`
    select id, company_id as company from mail where state = 'waiting'`.execute(database.owner)
  return rows
}

async function sendMails(): Promise<void> {
  for (const mail of await waitingMail()) {
    const company = await findCompany(database.db, { id: mail.company })
    await allJobs().get('mail.send')?.(systemContext(house, company ?? missing()), { mailId: mail.id })
  }
}

function missing(): never {
  throw new Error('it is missing')
}
