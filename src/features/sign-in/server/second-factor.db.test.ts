import { sql } from 'kysely'
import { generate } from 'otplib'
import { pino } from 'pino'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCompany } from '#features/org/server/index.ts'
import { openBrowser, type Browser } from '#testing/browser.ts'
import { testApp } from '#testing/test-app.ts'

let clock = new Date('2026-06-15T04:00:00Z')
const { app, database } = await testApp({ now: () => clock })
const house = { db: database.db, log: pino({ level: 'silent' }) }
const password = 'long grass 7'
const identifier = 'anna@example.com'
let repId = ''

beforeAll(async () => {
  await createCompany(house, { slug: 'one', name: '一号公司', admin: { name: '安娜', identifier, password } })
  const anna = await signedIn()
  repId = (await anna.post('/org/people', { name: '陈晨', email: 'chen@example.com' })).body.id
  const { body } = await anna.post(`/sign-in/people/${repId}/invitation`, { byMail: false })
  await openBrowser(app).post('/auth/links/use', { token: new URL(body.link).hash.slice(1), password })
})

beforeEach(async () => {
  await sql`delete from second_factor`.execute(database.owner)
  await sql`delete from recovery_code`.execute(database.owner)
  await sql`delete from sign_in_attempt`.execute(database.owner)
  await sql`delete from sign_in_policy`.execute(database.owner)
  later(60)
})

function later(seconds: number): void {
  clock = new Date(clock.getTime() + seconds * 1000)
}

const codeNow = (secret: string) => generate({ secret, epoch: Math.floor(clock.getTime() / 1000) })

async function firstStep(who = identifier, browser = openBrowser(app)) {
  const { body } = await browser.post('/auth/sign-in', { identifier: who, password })
  return { browser, body, challenge: body.secondFactor?.challenge as string }
}

async function signedIn(who = identifier): Promise<Browser> {
  return (await firstStep(who)).browser
}

async function setUp(
  browser: Browser,
): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }> {
  const { secret } = (await browser.post('/me/second-factor', { password })).body
  const confirmed = await browser.post('/me/second-factor/confirm', { code: await codeNow(secret) })
  expect(confirmed.status).toBe(200)
  later(60)
  return { secret, recoveryCodes: confirmed.body.recoveryCodes }
}

async function actions(): Promise<readonly string[]> {
  const { rows } = await sql<{ action: string }>`
    select action from audit_entry where object in ('login', 'session') order by id`.execute(database.owner)
  return rows.map((row) => row.action)
}

describe('setting up a second factor', () => {
  it('asks for the password, shows a secret and a picture, and counts once its first code came', async () => {
    const anna = await signedIn()
    expect((await anna.post('/me/second-factor', { password: 'not it' })).body.errors).toMatchObject([
      { field: 'password' },
    ])
    const begun = await anna.post('/me/second-factor', { password })
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`)
    expect(begun.body.picture).toMatch(/^data:image\/svg\+xml;base64,/)
    expect((await firstStep()).body).toMatchObject({ person: { name: '安娜' } })
    expect((await anna.post('/me/second-factor/confirm', { code: '000000' })).body.errors).toMatchObject([
      { field: 'code' },
    ])
    const confirmed = await anna.post('/me/second-factor/confirm', { code: await codeNow(begun.body.secret) })
    expect(confirmed.body.recoveryCodes).toHaveLength(10)
    expect((await anna.get('/me/security')).body.secondFactor).toMatchObject({ isOn: true, recoveryCodesLeft: 10 })
    expect((await firstStep()).challenge).toBeDefined()
  })

  it('keeps the secret sealed and recovery codes hashed', async () => {
    const { secret, recoveryCodes } = await setUp(await signedIn())
    const { rows } = await sql<{ all: string }>`
      select (select json_agg(f)::text from second_factor f) || (select json_agg(r)::text from recovery_code r) as all
    `.execute(database.owner)
    expect(rows[0]?.all).not.toContain(secret)
    for (const code of recoveryCodes) {
      expect(rows[0]?.all).not.toContain(code)
      expect(rows[0]?.all).not.toContain(code.replaceAll('-', ''))
    }
  })

  it('does not replace one that is on', async () => {
    const anna = await signedIn()
    await setUp(anna)
    expect((await anna.post('/me/second-factor', { password })).code).toBe('SECOND_FACTOR_REFUSED')
  })
})

describe('signing in with a second factor', () => {
  it('opens the door only after the second step', async () => {
    const { secret } = await setUp(await signedIn())
    const { browser, challenge } = await firstStep()
    expect((await browser.get('/me')).status).toBe(401)
    const entered = await browser.post('/auth/second-factor', { challenge, code: await codeNow(secret) })
    expect(entered.body).toMatchObject({ person: { name: '安娜' } })
    expect((await browser.get('/me')).status).toBe(200)
  })

  it('takes no code twice, not even of two browsers at once', async () => {
    const { secret } = await setUp(await signedIn())
    const code = await codeNow(secret)
    const both = [await firstStep(), await firstStep()]
    const answers = await Promise.all(
      both.map(({ browser, challenge }) => browser.post('/auth/second-factor', { challenge, code })),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 401])
    const third = await firstStep()
    expect((await third.browser.post('/auth/second-factor', { challenge: third.challenge, code })).code).toBe(
      'SECOND_FACTOR_WRONG',
    )
    await expect.poll(actions).toContain('second-factor-refused')
  })

  it('takes a recovery code once, however it is typed', async () => {
    const { recoveryCodes } = await setUp(await signedIn())
    const code = (recoveryCodes[3] ?? '').toUpperCase().replaceAll('-', ' ')
    const { browser, challenge } = await firstStep()
    expect((await browser.post('/auth/second-factor', { challenge, code })).status).toBe(200)
    expect((await browser.get('/me/security')).body.secondFactor.recoveryCodesLeft).toBe(9)
    const again = await firstStep()
    expect((await again.browser.post('/auth/second-factor', { challenge: again.challenge, code })).status).toBe(401)
    expect(await actions()).toContain('recovery-code-used')
  })

  it('stops guessing of codes', async () => {
    await setUp(await signedIn())
    const { browser, challenge } = await firstStep()
    const statuses: number[] = []
    for (let guess = 0; guess < 7; guess++) {
      statuses.push((await browser.post('/auth/second-factor', { challenge, code: `00000${guess}` })).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  it('forgets the first step after ten minutes, with a new password, and knows no other', async () => {
    const anna = await signedIn()
    const { secret } = await setUp(anna)
    const first = await firstStep()
    later(601)
    const late = { challenge: first.challenge, code: await codeNow(secret) }
    expect((await first.browser.post('/auth/second-factor', late)).code).toBe('SECOND_FACTOR_EXPIRED')
    const second = await firstStep()
    await anna.post('/me/password', { current: password, next: 'short grass 77' })
    const stale = { challenge: second.challenge, code: await codeNow(secret) }
    expect((await second.browser.post('/auth/second-factor', stale)).code).toBe('SECOND_FACTOR_EXPIRED')
    await anna.post('/me/password', { current: 'short grass 77', next: password })
    const made = await openBrowser(app).post('/auth/second-factor', { challenge: 'AAAA', code: '123456' })
    expect(made.code).toBe('SECOND_FACTOR_EXPIRED')
  })
})

describe('taking a second factor off', () => {
  it('asks for the password', async () => {
    const anna = await signedIn()
    await setUp(anna)
    expect((await anna.post('/me/second-factor/end', { password: 'not it' })).code).toBe('PASSWORD_WRONG')
    expect((await anna.post('/me/second-factor/end', { password })).status).toBe(204)
    expect((await firstStep()).body).toMatchObject({ person: { name: '安娜' } })
    expect(await actions()).toEqual(expect.arrayContaining(['second-factor-on', 'second-factor-off']))
  })

  it('is done by an administrator for a lost phone, which ends the sessions and is audited', async () => {
    const chen = await signedIn('chen@example.com')
    await setUp(chen)
    const anna = await signedIn()
    expect((await anna.get(`/sign-in/people/${repId}`)).body).toMatchObject({ hasSecondFactor: true })
    expect((await chen.post(`/sign-in/people/${repId}/second-factor/reset`)).code).toBe('PERMISSION_MISSING')
    expect((await anna.post(`/sign-in/people/${repId}/second-factor/reset`)).status).toBe(204)
    expect((await chen.get('/me')).status).toBe(401)
    expect((await firstStep('chen@example.com')).body).toMatchObject({ person: { name: '陈晨' } })
    expect(await actions()).toContain('second-factor-reset')
  })

  it('gives new recovery codes and voids the old ones', async () => {
    const anna = await signedIn()
    const { recoveryCodes } = await setUp(anna)
    const renewed = await anna.post('/me/second-factor/recovery-codes', { password })
    expect(renewed.body.recoveryCodes).toHaveLength(10)
    const { browser, challenge } = await firstStep()
    expect((await browser.post('/auth/second-factor', { challenge, code: recoveryCodes[0] })).status).toBe(401)
    const code = renewed.body.recoveryCodes[0]
    expect((await browser.post('/auth/second-factor', { challenge, code })).status).toBe(200)
  })
})

describe('a company that asks for a second factor', () => {
  const ask = async (secondFactor: string, secondFactorRoles: readonly string[] = []) => {
    const anna = await signedIn()
    const { version } = (await anna.get('/sign-in/settings')).body
    const saved = await anna.put('/sign-in/settings', {
      version,
      ...{ secondFactor, secondFactorRoles, passwordLeast: 8, passwordSignIn: true },
      singleSignOn: { isOn: false, name: '', issuer: null, clientId: null, addsPeople: false, domains: [] },
    })
    expect(saved.status).toBe(200)
  }

  it('serves nothing but setting it up until that is done', async () => {
    const chen = await signedIn('chen@example.com')
    await ask('everybody')
    expect((await chen.get('/me')).body).toMatchObject({ mustSetUpSecondFactor: true })
    expect((await chen.get('/objects')).code).toBe('SECOND_FACTOR_NEEDED')
    await setUp(chen)
    expect((await chen.get('/me')).body).toMatchObject({ mustSetUpSecondFactor: false })
    expect((await chen.get('/objects')).status).toBe(200)
    expect((await chen.post('/me/second-factor/end', { password })).code).toBe('SECOND_FACTOR_REFUSED')
  })

  it('may ask some roles only', async () => {
    await ask('roles', ['administrator'])
    expect((await (await signedIn()).get('/me')).body).toMatchObject({ mustSetUpSecondFactor: true })
    expect((await (await signedIn('chen@example.com')).get('/me')).body).toMatchObject({ mustSetUpSecondFactor: false })
  })
})
