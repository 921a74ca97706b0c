import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { allJobs } from '#platform/jobs/jobs.ts'
import { connectMail } from '#platform/mail/index.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { createCompany } from '#features/org/server/index.ts'
import { openBrowser, type Browser } from '#testing/browser.ts'
import { linkIn, startMailServer, type MailServer, type ReceivedMail } from '#testing/mail-server.ts'
import { testApp } from '#testing/test-app.ts'

const publicUrl = 'https://terrace.example'
const { app, database } = await testApp()
const overHttps = await testApp({ database, publicUrl })
const log = pino({ level: 'silent' })
const house = { db: database.db, log }
const password = 'long grass 7'
let office: MailServer
let anna: Browser

beforeAll(async () => {
  office = await startMailServer()
  const admin = { name: '安娜', identifier: 'anna@example.com', password }
  await createCompany(house, { slug: 'one', name: '一号公司', admin })
  await createCompany(house, {
    slug: 'two',
    name: '二号公司',
    admin: { ...admin, name: '博', identifier: 'bo@example.com' },
  })
  anna = openBrowser(app)
  await anna.post('/auth/sign-in', { identifier: 'anna@example.com', password })
})

afterAll(() => office.stop())
afterEach(async () => {
  connectMail(null)
  await sql`delete from sign_in_attempt`.execute(database.owner)
})

const connect = () => connectMail({ url: office.url, from: 'crm@one.example' })

async function addPerson(name: string, contacts: object = {}): Promise<string> {
  return (await anna.post('/org/people', { name, ...contacts })).body.id
}

/** Lets the queue send what waits; answers the last letter to the address. */
async function mailTo(address: string): Promise<ReceivedMail> {
  const { rows } = await sql<{ id: string; company_id: string }>`
    select id, company_id from mail where recipient = ${address} and state = 'waiting'`.execute(database.owner)
  for (const { id, company_id } of rows) {
    const company = await findCompany(database.db, { id: company_id })
    if (company) await allJobs().get('mail.send')?.(systemContext(house, company), { mailId: id })
  }
  const found = office.received.findLast((mail) => mail.to.includes(address))
  if (!found) throw new Error(`nothing came for ${address}`)
  return found
}

const tokenOf = (link: string) => new URL(link).hash.slice(1)
const use = (token: string, more: object = {}, browser = openBrowser(app)) =>
  browser.post('/auth/links/use', { token, password: 'tall bamboo 9', ...more })

async function entries(personId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ entry: string }>`
    select object || ' ' || action as entry from audit_entry where record_id = ${personId} order by id`.execute(
    database.owner,
  )
  return rows.map((row) => row.entry)
}

describe('an invitation', () => {
  it('comes by mail in the language of the reader, sets the password and signs in', async () => {
    connect()
    const id = await addPerson('陈晨', { email: 'chen@example.com' })
    const invited = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: true })
    expect(invited.body).toMatchObject({ link: null, mailedTo: 'chen@example.com' })
    const mail = await mailTo('chen@example.com')
    expect(mail.subject).toBe('安娜 邀请您使用“一号公司”的梯田')
    const token = tokenOf(linkIn(mail))

    const browser = openBrowser(app)
    expect((await browser.post('/auth/links/look', { token })).body).toEqual({
      purpose: 'invitation',
      company: '一号公司',
      name: '陈晨',
      identifier: 'chen@example.com',
      hasLogin: false,
      passwordLeast: 8,
    })
    expect((await use(token, {}, browser)).body).toMatchObject({ person: { name: '陈晨' }, mustChangePassword: false })
    expect((await browser.get('/me')).body.person.email).toBe('chen@example.com')
    const again = openBrowser(app)
    await again.post('/auth/sign-in', { identifier: 'chen@example.com', password: 'tall bamboo 9' })
    expect((await again.get('/me')).status).toBe(200)
    expect(await entries(id)).toEqual(
      expect.arrayContaining(['login invited', 'login invitation-accepted', 'session signed-in']),
    )
  })

  it('works once, and is kept only as a hash', async () => {
    const id = await addPerson('丁丁', { email: 'ding@example.com' })
    const { body } = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })
    const token = tokenOf(body.link)
    const { rows } = await sql<{ all: string }>`select json_agg(l)::text as all from sign_in_link l`.execute(
      database.owner,
    )
    expect(rows[0]?.all).not.toContain(token)
    const answers = await Promise.all([use(token), use(token), use(token)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 410, 410])
    expect((await use(token)).code).toBe('LINK_INVALID')
    expect((await openBrowser(app).post('/auth/links/look', { token })).status).toBe(410)
  })

  it('is replaced by a newer one, and expires', async () => {
    const id = await addPerson('方方', { email: 'fang@example.com' })
    const first = (await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })).body
    const second = (await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })).body
    expect((await use(tokenOf(first.link))).status).toBe(410)
    expect(Date.parse(second.expiresAt) - Date.now()).toBeCloseTo(7 * 86_400_000, -5)
    await sql`update sign_in_link set expires_at = now() - interval '1 second'`.execute(database.owner)
    expect((await use(tokenOf(second.link))).status).toBe(410)
  })

  it('serves people without e-mail and phone: they choose what to sign in with', async () => {
    const id = await addPerson('老高')
    const { body } = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })
    const token = tokenOf(body.link)
    expect((await use(token)).body.errors).toMatchObject([{ field: 'identifier' }])
    expect((await use(token, { identifier: 'ANNA@example.com' })).status).toBe(422)
    expect((await use(token, { identifier: '138 0000 1234' })).body).toMatchObject({ person: { name: '老高' } })
    const { body: shown } = await anna.get(`/org/people/${id}`)
    expect(shown).toMatchObject({ phone: '13800001234', canSignIn: true })
  })

  it('joins a login of another company only by its own password', async () => {
    const id = await addPerson('博', { email: 'bo@example.com' })
    const { body } = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })
    const token = tokenOf(body.link)
    expect((await openBrowser(app).post('/auth/links/look', { token })).body).toMatchObject({ hasLogin: true })
    expect((await use(token)).body.errors).toMatchObject([{ field: 'password' }])
    expect((await use(token, { password })).body).toMatchObject({ company: { slug: 'one' } })
    const { body: chosen } = await openBrowser(app).post('/auth/sign-in', { identifier: 'bo@example.com', password })
    expect(chosen.choose.map((one: { slug: string }) => one.slug)).toEqual(expect.arrayContaining(['one', 'two']))
    const refused = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })
    expect(refused.code).toBe('INVITATION_REFUSED')
  })

  it('takes no weak password, and stays good then', async () => {
    const id = await addPerson('郝好', { email: 'haohao@example.com' })
    const { body } = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })
    const token = tokenOf(body.link)
    for (const weak of ['1234567', 'password123', 'haohao-2026', '一号公司一号公司']) {
      expect((await use(token, { password: weak })).body.errors).toMatchObject([{ field: 'password' }])
    }
    expect((await use(token)).status).toBe(200)
  })

  it('says clearly that mail is not connected, and answers a link instead', async () => {
    const id = await addPerson('金金', { email: 'jin@example.com' })
    expect((await anna.post(`/sign-in/people/${id}/invitation`, { byMail: true })).code).toBe('MAIL_NOT_CONNECTED')
    expect((await anna.get(`/sign-in/people/${id}`)).body).toMatchObject({ canMail: false, hasLogin: false })
    const { body } = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })
    expect(body).toMatchObject({
      link: expect.stringMatching(/^http:\/\/localhost\/invitation#[\w-]{43}$/),
      mailedTo: null,
    })
  })

  it('ends when the person is deactivated', async () => {
    const id = await addPerson('孔孔', { email: 'kong@example.com' })
    const { body } = await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })
    await anna.post(`/org/people/${id}/deactivate`)
    expect((await use(tokenOf(body.link))).status).toBe(410)
    expect((await anna.post(`/sign-in/people/${id}/invitation`, { byMail: false })).code).toBe('INVITATION_REFUSED')
  })
})

describe('a forgotten password', () => {
  const ask = (identifier: string, browser = openBrowser(overHttps.app, { host: 'evil.example' })) =>
    browser.post('/auth/forgotten', { identifier })
  const waiting = async (address: string) => {
    const { rows } =
      await sql<object>`select from mail where recipient = ${address} and template = 'sign-in.reset'`.execute(
        database.owner,
      )
    return rows.length
  }

  it('is set anew by a mailed link; whoever was signed in is out, and the owner is told', async () => {
    connect()
    const old = openBrowser(app)
    await old.post('/auth/sign-in', { identifier: 'chen@example.com', password: 'tall bamboo 9' })
    expect((await ask('Chen@Example.com')).status).toBe(202)
    await expect.poll(() => waiting('chen@example.com')).toBe(1)
    const link = linkIn(await mailTo('chen@example.com'))
    expect(link).toMatch(/^https:\/\/terrace\.example\/invitation#/)
    const reset = await use(tokenOf(link), { password: 'quiet river 12' })
    expect(reset.body).toMatchObject({ person: { name: '陈晨' } })
    expect((await old.get('/me')).status).toBe(401)
    expect((await mailTo('chen@example.com')).subject).toBe('您的梯田密码已修改')
    const wrong = await openBrowser(app).post('/auth/sign-in', {
      identifier: 'chen@example.com',
      password: 'tall bamboo 9',
    })
    expect(wrong.code).toBe('SIGN_IN_REFUSED')
  })

  it('is answered the same whether the login exists, and nothing is mailed to others', async () => {
    connect()
    const [known, unknown] = [await ask('anna@example.com'), await ask('nobody@example.com')]
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
    await expect.poll(() => waiting('anna@example.com')).toBe(1)
    expect(await waiting('nobody@example.com')).toBe(0)
  })

  it('is asked for a few times only, whether the login exists or not', async () => {
    connect()
    for (const identifier of ['anna@example.com', 'nobody@example.com']) {
      const statuses: number[] = []
      for (let turn = 0; turn < 7; turn++) statuses.push((await ask(identifier)).status)
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429])
    }
  })

  it('mails no link that leads where a stranger said', async () => {
    connect()
    const mailed = await waiting('chen@example.com')
    expect((await ask('chen@example.com', openBrowser(app, { host: 'evil.example' }))).status).toBe(202)
    expect((await ask('chen@example.com')).status).toBe(202)
    // The second one, over the address that the company set, is what is mailed.
    await expect.poll(() => waiting('chen@example.com')).toBe(mailed + 1)
  })
})
