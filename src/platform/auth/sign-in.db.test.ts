import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCompany, createPersonKey } from '#features/org/server/index.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { testApp } from '#testing/test-app.ts'

const { anybody, app, database } = await testApp()
const overHttps = await testApp({ database, publicUrl: 'https://terrace.example' })
const house = { db: database.db, log: pino({ level: 'silent' }) }
const password = 'long grass 7'
const anna = { name: '安娜', identifier: 'anna@example.com', password }

function signIn(identifier: string, given = password, more: object = {}, from = '127.0.0.1') {
  return app.inject({
    method: 'POST',
    url: '/api/v1/auth/sign-in',
    remoteAddress: from,
    headers: { host: 'localhost', 'accept-language': 'en' },
    payload: { identifier, password: given, ...more },
  })
}

async function cookieOf(identifier: string, given = password, more: object = {}): Promise<{ cookie: string }> {
  const answer = await signIn(identifier, given, more)
  return { cookie: cookiesOf(answer) }
}

/** All cookies of an answer, as a browser sends them back. */
function cookiesOf(answer: Awaited<ReturnType<typeof signIn>>): string {
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((one) => one.split(';')[0])
    .join('; ')
}

async function refusals() {
  const { rows } = await sql`select from audit_entry where action = 'sign-in-failed'`.execute(database.owner)
  return rows
}

async function passPauses(): Promise<void> {
  await sql`update sign_in_attempt set locked_until = now() - interval '1 second'`.execute(database.db)
}

beforeAll(async () => {
  await createCompany(house, { slug: 'one', name: '一号公司', admin: anna })
  await createCompany(house, { slug: 'two', name: '二号公司', admin: { ...anna, identifier: '138 0013 8000' } })
})

describe('signing in', () => {
  it('opens a session kept in a cookie that scripts cannot read', async () => {
    const answer = await signIn(' Anna@Example.com ')
    expect(answer.json()).toMatchObject({
      person: { name: '安娜', role: 'administrator' },
      company: { slug: 'one', name: '一号公司' },
      mustChangePassword: false,
    })
    const [session, device] = [answer.headers['set-cookie'] ?? []].flat()
    expect(session).toMatch(/^terrace=[\w-]{43}; .*HttpOnly; SameSite=Lax$/)
    expect(device).toMatch(/^terrace-device=[\w-]+; .*HttpOnly; SameSite=Lax$/)
    const { rows } = await sql<{ token_hash: string }>`select token_hash from session`.execute(database.db)
    expect(String(answer.headers['set-cookie'])).not.toContain(rows[0]?.token_hash)
  })

  it('takes a phone in any spelling', async () => {
    expect((await signIn('+86 13800138000')).json()).toMatchObject({ company: { slug: 'two' } })
  })

  it('answers a wrong password before the refusal is noted, so that the clock tells no login', async () => {
    let letGo = (): void => undefined
    const held = database.owner.transaction().execute(async (tx) => {
      await sql`lock table audit_step in exclusive mode`.execute(tx)
      const answer = await signIn('anna@example.com', 'wrong')
      expect(answer.json().code).toBe('SIGN_IN_REFUSED')
      await new Promise<void>((resolve) => (letGo = resolve))
    })
    await expect.poll(async () => (letGo(), (await refusals()).length)).toBeGreaterThan(0)
    await held
  })

  it('says the same of an unknown login and of a wrong password', async () => {
    const [here, there] = [
      await signIn('nobody@example.com', 'not this one'),
      await signIn('anna@example.com', 'not this one'),
    ]
    const { requestId: _, ...plain } = here.json()
    expect(there.json()).toMatchObject(plain)
    expect(plain).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' })
  })

  it('lets no password travel in the open from another machine', async () => {
    const answer = await signIn('anna@example.com', password, {}, '10.1.0.1')
    expect(answer.json()).toMatchObject({ status: 403, code: 'HTTPS_NEEDED' })
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('asks which company when the login has several', async () => {
    await createCompany(house, { slug: 'three', name: '三号公司', admin: anna })
    expect((await signIn('anna@example.com')).json()).toEqual({
      choose: expect.arrayContaining([
        { slug: 'one', name: '一号公司' },
        { slug: 'three', name: '三号公司' },
      ]),
    })
    expect((await signIn('anna@example.com', password, { company: 'three' })).json()).toMatchObject({
      company: { slug: 'three' },
    })
    await sql`delete from company where slug = 'three'`.execute(database.owner)
  })

  it('does not take over an existing login by founding a company with another password', async () => {
    const stolen = createCompany(house, { slug: 'four', name: '四', admin: { ...anna, password: 'another grass 8' } })
    await expect(stolen).rejects.toMatchObject({ code: 'LOGIN_TAKEN' })
  })

  it('stops guessing of one login, and lets the owner in from elsewhere', async () => {
    await sql`delete from sign_in_attempt`.execute(database.db)
    const codes = []
    for (let attempt = 0; attempt < 7; attempt++)
      codes.push((await signIn('anna@example.com', `guess ${attempt}`)).json().code)
    expect(codes).toEqual([...Array(5).fill('SIGN_IN_REFUSED'), 'SIGN_IN_LOCKED', 'SIGN_IN_LOCKED'])
    const locked = await signIn('anna@example.com')
    expect(locked.statusCode).toBe(429)
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0)
    expect((await signIn('anna@example.com', password, {}, '127.0.0.9')).statusCode).toBe(200)
  })

  it('stops guessing of many logins from one address, whether they exist or not', async () => {
    await sql`delete from sign_in_attempt`.execute(database.db)
    const statuses = await Promise.all(
      Array.from({ length: 70 }, (_, at) => signIn(`user${at}@example.com`).then((answer) => answer.statusCode)),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(60)
    expect(statuses.filter((status) => status === 429)).toHaveLength(10)
    await sql`delete from sign_in_attempt`.execute(database.db)
  })

  it('lets try again after a pause, and each further pause is twice as long', async () => {
    await sql`delete from sign_in_attempt`.execute(database.db)
    const pauses: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) await signIn('anna@example.com', 'guess')
    for (let round = 0; round < 8; round++) {
      expect((await signIn('anna@example.com', 'guess')).statusCode).toBe(429)
      const locked = await signIn('anna@example.com')
      pauses.push(locked.json().details.retryAfterMinutes)
      await passPauses()
      if (round < 7) expect((await signIn('anna@example.com', 'guess')).statusCode).toBe(401)
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    expect((await signIn('anna@example.com')).statusCode).toBe(200)
  })

  it('is not paused longer by whoever goes on guessing meanwhile', async () => {
    await sql`delete from sign_in_attempt`.execute(database.db)
    for (let attempt = 0; attempt < 30; attempt++) await signIn('anna@example.com', 'guess')
    expect((await signIn('anna@example.com')).json().details.retryAfterMinutes).toBe(1)
    await sql`delete from sign_in_attempt`.execute(database.db)
  })

  it('lets the owner in by a browser that signed in before, while strangers from everywhere guess', async () => {
    await sql`delete from sign_in_attempt`.execute(database.db)
    const known = cookiesOf(await signIn('anna@example.com'))
    for (let from = 1; from <= 60; from++) await signIn('anna@example.com', 'guess', {}, `127.0.1.${from}`)
    expect((await signIn('anna@example.com', password, {}, '127.0.2.1')).json().code).toBe('SIGN_IN_LOCKED')
    const own = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/sign-in',
      remoteAddress: '127.0.2.1',
      headers: { host: 'localhost', cookie: known },
      payload: { identifier: 'anna@example.com', password },
    })
    expect(own.statusCode).toBe(200)
    const { rows } = await sql<{ minutes: number }>`
      select max(extract(epoch from locked_until - now()) / 60)::float as minutes from sign_in_attempt
      where locked_until is not null`.execute(database.db)
    expect(rows[0]?.minutes).toBeLessThanOrEqual(15)
    await sql`delete from sign_in_attempt`.execute(database.db)
  })
})

describe('a session', () => {
  it('knows who, where and what is allowed', async () => {
    const me = await anybody.get('/me', await cookieOf('anna@example.com'))
    expect(me.body).toMatchObject({
      person: { name: '安娜', role: 'administrator', email: 'anna@example.com', unitName: '一号公司' },
      company: {
        slug: 'one',
        currency: 'CNY',
        zone: 'Asia/Shanghai',
        calendar: { kind: 'months', start: 1 },
        demo: false,
      },
      settings: { theme: 'system', density: 'comfortable' },
    })
    expect(me.body.permissions).toContain('org.change')
  })

  it('ends at sign-out', async () => {
    const cookie = await cookieOf('anna@example.com')
    expect((await anybody.post('/auth/sign-out', undefined, cookie)).status).toBe(204)
    expect((await anybody.get('/me', cookie)).code).toBe('SIGN_IN_NEEDED')
  })

  it('ends when it expires', async () => {
    const cookie = await cookieOf('anna@example.com')
    await sql`update session set expires_at = now() - interval '1 second'`.execute(database.db)
    expect((await anybody.get('/me', cookie)).status).toBe(401)
  })

  it('counts over HTTPS only under the name that no neighbouring host can set', async () => {
    const { cookie } = await cookieOf('anna@example.com')
    expect((await overHttps.anybody.get('/me', { cookie })).code).toBe('SIGN_IN_NEEDED')
    expect((await overHttps.anybody.get('/me', { cookie: cookie.replace('terrace', '__Host-terrace') })).status).toBe(
      200,
    )
  })

  it('is kept over HTTPS in cookies that only this very host sets and reads', async () => {
    const answer = await overHttps.app.inject({
      method: 'POST',
      url: '/api/v1/auth/sign-in',
      headers: { host: 'terrace.example', origin: 'https://terrace.example' },
      payload: { identifier: 'anna@example.com', password },
    })
    const lines = [answer.headers['set-cookie'] ?? []].flat()
    expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-terrace', '__Host-terrace-device'])
    for (const line of lines) {
      const rules = line.split('; ').slice(1)
      expect(rules).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']))
      expect(rules.some((rule) => rule.startsWith('Domain='))).toBe(false)
    }
  })

  it('comes from where the proxy in front says, whatever the caller wrote before that', async () => {
    const signedIn = async (remoteAddress: string, forwarded: string) => {
      const answer = await overHttps.app.inject({
        method: 'POST',
        url: '/api/v1/auth/sign-in',
        remoteAddress,
        headers: { host: 'terrace.example', 'x-forwarded-for': forwarded },
        payload: anna,
      })
      expect(answer.statusCode).toBe(200)
      const { rows } = await sql<{ address: string }>`
        select address from session order by created_at desc limit 1`.execute(database.owner)
      return rows[0]?.address
    }
    expect(await signedIn('172.18.0.2', '192.168.1.50')).toBe('192.168.1.50')
    expect(await signedIn('172.18.0.2', '8.8.4.4, 192.168.1.50')).toBe('192.168.1.50')
    expect(await signedIn('203.0.113.9', '8.8.4.4')).toBe('203.0.113.9')
  })

  it('cannot be used by another site', async () => {
    const cookie = await cookieOf('anna@example.com')
    const change = { theme: 'dark' }
    const foreign = await anybody.patch('/me/settings', change, { ...cookie, origin: 'https://evil.example' })
    expect(foreign).toMatchObject({ status: 403, code: 'ORIGIN_REFUSED' })
    const opaque = await anybody.patch('/me/settings', change, { ...cookie, origin: 'null' })
    expect(opaque.code).toBe('ORIGIN_REFUSED')
    const own = await anybody.patch('/me/settings', change, { ...cookie, origin: 'http://localhost' })
    expect(own.body).toMatchObject({ theme: 'dark' })
  })

  it('is not an API key, nor is a key a session', async () => {
    const { cookie } = await cookieOf('anna@example.com')
    const bearer = { authorization: `Bearer ${/terrace=([\w-]+)/.exec(cookie)?.[1]}` }
    expect((await anybody.get('/me', bearer)).status).toBe(401)
  })
})

describe('changing the password', () => {
  it('ends the other sessions and keeps this one', async () => {
    const [mine, other] = [await cookieOf('13800138000'), await cookieOf('13800138000')]
    const wrong = await anybody.post('/me/password', { current: 'no', next: 'taller grass 8' }, mine)
    expect(wrong.body.errors).toMatchObject([{ field: 'current' }])
    const changed = await anybody.post('/me/password', { current: password, next: 'taller grass 8' }, mine)
    expect(changed.status).toBe(204)
    expect((await anybody.get('/me', mine)).status).toBe(200)
    expect((await anybody.get('/me', other)).status).toBe(401)
    expect((await signIn('13800138000')).statusCode).toBe(401)
  })

  it.each([
    ['short', '1234567'],
    ['common', 'Password123'],
    ['known by a list of leaks', 'Qwertyuiop123'],
    ['built on the login', 'my-13800138000'],
    ['built on the name', '安娜安娜安娜安娜'],
  ])('refuses one that is %s', async (_why, next) => {
    const mine = await cookieOf('13800138000', 'taller grass 8')
    const refused = await anybody.post('/me/password', { current: 'taller grass 8', next }, mine)
    expect(refused).toMatchObject({ status: 400, code: 'PASSWORD_WEAK' })
    expect(refused.body.errors).toMatchObject([{ field: 'next' }])
  })
})

describe('an API key', () => {
  it('stands for its person until the person is deactivated', async () => {
    const company = await findCompany(database.db, { slug: 'one' })
    if (!company) throw new Error('the company was made before')
    const ctx = systemContext(house, company)
    const key = await createPersonKey(ctx, { person: 'anna@example.com', name: 'test' })
    const bearer = { authorization: `Bearer ${key}` }
    expect((await anybody.get('/me', bearer)).body.person.name).toBe('安娜')
    const { rows } = await sql<{ key_hash: string }>`select key_hash from api_key`.execute(database.db)
    expect(rows[0]?.key_hash).not.toContain(key)
    await sql`update person set is_active = false where email = 'anna@example.com'`.execute(database.owner)
    expect((await anybody.get('/me', bearer)).status).toBe(401)
    expect((await signIn('anna@example.com')).json().code).toBe('SIGN_IN_REFUSED')
    await sql`update person set is_active = true where email = 'anna@example.com'`.execute(database.owner)
  })

  it('that is not one opens nothing', async () => {
    expect((await anybody.get('/me', { authorization: 'Bearer terrace_nothing' })).status).toBe(401)
  })
})
