import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { createCompany, createPersonKey } from '#features/org/server/index.ts'
import { openBrowser, type Browser } from '#testing/browser.ts'
import { testApp } from '#testing/test-app.ts'

const { app, database, anybody } = await testApp()
const house = { db: database.db, log: pino({ level: 'silent' }) }
const password = 'long grass 7'
let anna: Browser
let chenId = ''

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1'

async function signIn(identifier: string, from: object = {}): Promise<Browser> {
  const browser = openBrowser(app, from)
  expect((await browser.post('/auth/sign-in', { identifier, password })).status).toBe(200)
  return browser
}

beforeAll(async () => {
  const admin = { name: '安娜', identifier: 'anna@example.com', password }
  await createCompany(house, { slug: 'one', name: '一号公司', admin })
  anna = await signIn('anna@example.com')
  chenId = (await anna.post('/org/people', { name: '陈晨', email: 'chen@example.com' })).body.id
  const { body } = await anna.post(`/sign-in/people/${chenId}/invitation`, { byMail: false })
  await openBrowser(app).post('/auth/links/use', { token: new URL(body.link).hash.slice(1), password })
})

beforeEach(async () => {
  await sql`delete from sign_in_attempt`.execute(database.owner)
})

interface Entry {
  readonly object: string
  readonly action: string
  readonly after: Readonly<Record<string, unknown>>
}

async function entries(): Promise<readonly Entry[]> {
  const { rows } = await sql<Entry>`
    select object, action, after from audit_entry where record_id = ${chenId} order by id`.execute(database.owner)
  return rows
}

describe('the list of sessions', () => {
  it('tells device, address, way and which one is this', async () => {
    await signIn('chen@example.com', { agent: phone, address: '127.0.0.7' })
    const here = await signIn('chen@example.com')
    const { sessions } = (await here.get('/me/security')).body
    expect(sessions[0]).toMatchObject({ isCurrent: true, address: '127.0.0.1', way: 'password', company: '一号公司' })
    expect(sessions[1]).toMatchObject({ isCurrent: false, address: '127.0.0.7', agent: phone })
    expect(JSON.stringify(sessions)).not.toContain(here.cookies.get('terrace'))
  })

  it('ends one, or all others', async () => {
    const [here, there, elsewhere] = [
      await signIn('chen@example.com'),
      await signIn('chen@example.com', { agent: phone }),
      await signIn('chen@example.com'),
    ]
    const ofPhone = (await here.get('/me/security')).body.sessions.find((one: any) => one.agent === phone)
    expect((await here.delete(`/me/sessions/${ofPhone.id}`)).status).toBe(204)
    expect((await there.get('/me')).status).toBe(401)
    expect((await elsewhere.get('/me')).status).toBe(200)
    expect((await here.post('/me/sessions/end-others')).body.ended).toBeGreaterThan(0)
    expect((await elsewhere.get('/me')).status).toBe(401)
    expect((await here.get('/me')).status).toBe(200)
    const actions = (await entries()).map((one) => `${one.object} ${one.action}`)
    expect(actions).toEqual(expect.arrayContaining(['session session-ended', 'session other-sessions-ended']))
  })

  it('is one’s own: nobody ends the session of another', async () => {
    const chen = await signIn('chen@example.com')
    const ofAnna = (await anna.get('/me/security')).body.sessions[0]
    expect((await chen.delete(`/me/sessions/${ofAnna.id}`)).code).toBe('SESSION_NOT_FOUND')
    expect((await anna.get('/me')).status).toBe(200)
  })

  it('is ended for others by whoever looks after access', async () => {
    const chen = await signIn('chen@example.com')
    expect((await chen.get(`/sign-in/people/${chenId}`)).code).toBe('PERMISSION_MISSING')
    expect((await anna.get(`/sign-in/people/${chenId}`)).body.sessions.length).toBeGreaterThan(0)
    await anna.post(`/sign-in/people/${chenId}/sessions/end`)
    expect((await chen.get('/me')).status).toBe(401)
  })

  it('notes at most every five minutes that a session is in use', async () => {
    const chen = await signIn('chen@example.com', { address: '127.0.0.8' })
    const seen = async () =>
      (
        await sql<{ seen: Date }>`select seen_at as seen from session where address = '127.0.0.8'`.execute(
          database.owner,
        )
      ).rows[0]?.seen
    const first = await seen()
    await chen.get('/me')
    expect(await seen()).toEqual(first)
    await sql`update session set seen_at = now() - interval '6 minutes' where address = '127.0.0.8'`.execute(
      database.owner,
    )
    await chen.get('/me')
    expect(Date.now() - Number(await seen())).toBeLessThan(60_000)
  })
})

describe('deactivation', () => {
  it('ends sessions and API keys at once', async () => {
    const company = await findCompany(database.db, { slug: 'one' })
    if (!company) throw new Error('the company was made before')
    const key = await createPersonKey(systemContext(house, company), { person: 'chen@example.com', name: 'test' })
    const bearer = { authorization: `Bearer ${key}` }
    const chen = await signIn('chen@example.com')
    expect([(await chen.get('/me')).status, (await anybody.get('/me', bearer)).status]).toEqual([200, 200])
    await anna.post(`/org/people/${chenId}/deactivate`)
    expect([(await chen.get('/me')).status, (await anybody.get('/me', bearer)).status]).toEqual([401, 401])
    await anna.post(`/org/people/${chenId}/activate`)
    expect([(await chen.get('/me')).status, (await anybody.get('/me', bearer)).status]).toEqual([401, 401])
  })
})

describe('too many failures', () => {
  it('are shown to whoever looks after access, who lets the person try again', async () => {
    const chen = openBrowser(app)
    const guess = () => chen.post('/auth/sign-in', { identifier: 'chen@example.com', password: 'guess' })
    for (let turn = 0; turn < 6; turn++) await guess()
    expect((await guess()).code).toBe('SIGN_IN_LOCKED')
    expect((await anna.get(`/sign-in/people/${chenId}`)).body.pausedUntil).not.toBeNull()
    expect((await anna.post(`/sign-in/people/${chenId}/unlock`)).status).toBe(204)
    expect((await anna.get(`/sign-in/people/${chenId}`)).body.pausedUntil).toBeNull()
    expect((await chen.post('/auth/sign-in', { identifier: 'chen@example.com', password })).status).toBe(200)
    await expect.poll(async () => (await entries()).filter((one) => one.action === 'sign-in-failed').length).toBe(5)
    const others = (await entries()).filter((one) => one.action !== 'sign-in-failed')
    expect(others.slice(-2)).toMatchObject([
      { object: 'login', action: 'unlocked' },
      { object: 'session', action: 'signed-in', after: { address: '127.0.0.1', way: 'password' } },
    ])
  })
})

describe('too many failures with a login of another company', () => {
  const bo = { name: '博', identifier: 'bo@example.com', password }
  const guess = () => openBrowser(app).post('/auth/sign-in', { identifier: bo.identifier, password: 'guess' })
  const pause = async () => {
    for (let turn = 0; turn < 6; turn++) await guess()
    expect((await guess()).code).toBe('SIGN_IN_LOCKED')
  }

  beforeAll(() => createCompany(house, { slug: 'two', name: '二号公司', admin: bo }))

  it('are neither shown nor forgiven to a company that only has a person with the same e-mail', async () => {
    const { id } = (await anna.post('/org/people', { name: '博', email: bo.identifier })).body
    await pause()
    expect((await anna.get(`/sign-in/people/${id}`)).body.pausedUntil).toBeNull()
    await anna.post(`/sign-in/people/${id}/unlock`)
    expect((await guess()).code).toBe('SIGN_IN_LOCKED')
  })

  it('are not forgiven by one company for all that the login belongs to', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into person (company_id, id, name, role, login_id)
      select c.id, gen_random_uuid(), '博', 'representative', l.id from company c, login l
      where c.slug = 'one' and l.email = ${bo.identifier} returning id`.execute(database.owner)
    await pause()
    expect((await anna.post(`/sign-in/people/${rows[0]?.id}/unlock`)).status).toBe(422)
    expect((await guess()).code).toBe('SIGN_IN_LOCKED')
  })
})

describe('how an administrator signs in', () => {
  it('is changed by administrators only, whoever else looks after access', async () => {
    const definition = { permissions: { 'org.access': true } }
    const label = { zh: '人事', en: 'Staff office' }
    const made = await anna.post('/access/roles', { label, basis: 'operations', definition })
    const { body: before } = await anna.get(`/org/people/${chenId}`)
    await anna.patch(`/org/people/${chenId}`, { role: made.body.key, version: before.version })
    const chen = await signIn('chen@example.com')
    const me = (await anna.get('/me')).body.person.id
    const { version } = (await chen.get(`/org/people/${me}`)).body
    const tries = [
      await chen.post(`/org/people/${me}/password`),
      await chen.post(`/sign-in/people/${me}/invitation`, { byMail: false }),
      await chen.post(`/sign-in/people/${me}/second-factor/reset`),
      await chen.post(`/org/people/${me}/deactivate`),
      await chen.patch(`/org/people/${me}`, { email: 'chen.two@example.com', version }),
    ]
    expect(tries.map((answer) => answer.code)).toEqual(tries.map(() => 'ADMINISTRATOR_ONLY'))
    expect((await chen.post(`/sign-in/people/${chenId}/invitation`, { byMail: false })).status).toBe(200)
  })
})

async function plainSettings(change: object) {
  const { version } = (await anna.get('/sign-in/settings')).body
  return {
    version,
    ...{ secondFactor: 'nobody', secondFactorRoles: [], passwordLeast: 8, passwordSignIn: true },
    ...change,
    singleSignOn: { isOn: false, name: '', issuer: null, clientId: null, addsPeople: false, domains: [] },
  }
}

describe('the length of passwords', () => {
  it('is as the company says, from the next change on', async () => {
    await anna.put('/sign-in/settings', await plainSettings({ passwordLeast: 14 }))
    const chen = await signIn('chen@example.com')
    const short = await chen.post('/me/password', { current: password, next: 'tall bamboo 9' })
    expect(short.body.errors).toMatchObject([{ field: 'next', message: 'A password has at least 14 characters' }])
    expect((await chen.post('/me/password', { current: password, next: 'tall bamboo 99' })).status).toBe(204)
  })
})
