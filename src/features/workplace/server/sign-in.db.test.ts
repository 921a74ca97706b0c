import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { workplaceBrands, type WorkplaceBrand } from '#engine/contract/workplace.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { createCompany } from '#features/org/server/index.ts'
import { openBrowser, type Browser } from '#testing/browser.ts'
import { testApp } from '#testing/test-app.ts'
import { startWorkplace, type Workplace } from '#testing/workplace/start.ts'

const { app, database } = await testApp()
const house = { db: database.db, log: pino({ level: 'silent' }) }
const password = 'long grass 7'
let anna: Browser
let lin: string

beforeAll(async () => {
  limitCalls({ allowsPrivate: true, timeoutMs: 500 })
  const admin = { name: '安娜', identifier: 'anna@example.com', password }
  await createCompany(house, { slug: 'one', name: '一号公司', admin })
  anna = openBrowser(app)
  await anna.post('/auth/sign-in', { identifier: 'anna@example.com', password })
  lin = (await anna.post('/org/people', { name: '林知远', email: 'lin@example.com' })).body.id
})

afterAll(() => limitCalls({ allowsPrivate: false, timeoutMs: 10_000 }))

async function connect(workplace: Workplace, more: object = {}) {
  const { brand } = workplace
  const { connections } = (await anna.get('/workplaces')).body
  const { version } = connections.find((one: { brand: WorkplaceBrand }) => one.brand === brand)
  const { corpId, appId, secret, server } = workplace.app
  const saved = await anna.put(`/workplaces/${brand}`, {
    ...{ version, corpId, appId, secret, server, isSignInOn: true, isSyncOn: false },
    ...{ rootDepartment: null, unitId: null, role: 'representative', ...more },
  })
  expect(saved.status).toBe(200)
}

/** As the sync does when it recognises somebody. */
async function link(brand: WorkplaceBrand, personId: string) {
  await sql`
    insert into workplace_link (company_id, brand, kind, external_id, person_id)
    select company_id, ${brand}, 'person', 'lin.zhiyuan', id from person where id = ${personId}
  `.execute(database.owner)
}

const standing = async (brand: WorkplaceBrand) =>
  (await anna.get('/workplaces')).body.connections.find((one: { brand: WorkplaceBrand }) => one.brand === brand)

describe.each(workplaceBrands)('signing in by %s', (brand) => {
  let workplace: Workplace

  beforeAll(async () => {
    workplace = await startWorkplace(brand)
  })
  afterAll(() => workplace.close())
  beforeEach(async () => {
    workplace.welcome()
    await sql`delete from sign_in_attempt`.execute(database.owner)
    await sql`delete from workplace_link`.execute(database.owner)
    await sql`delete from workplace_connection`.execute(database.owner)
    await link(brand, lin)
    await connect(workplace)
  })

  async function begin(browser: Browser, next?: string) {
    const begun = await browser.post('/auth/workplace/begin', { company: 'one', brand, ...(next ? { next } : {}) })
    const url = new URL(begun.body.url)
    return { url, state: url.searchParams.get('state') ?? '' }
  }

  /** Begins here, scans there, comes back with the answer. */
  async function comeAs(
    member: string,
    { browser = openBrowser(app), next }: { browser?: Browser; next?: string } = {},
  ) {
    const { state } = await begin(browser, next)
    const answer = `?${workplace.signInAs(member, state)}`
    return { browser, answer, finished: await browser.post('/auth/workplace/finish', { answer }) }
  }

  it('is offered on the sign-in page, and leads to the brand with a state and our address', async () => {
    const offered = (await openBrowser(app).get('/auth/workplaces')).body
    expect(offered.company).toBe('one')
    expect(offered.brands).toContain(brand)
    const { url, state } = await begin(openBrowser(app))
    expect(url.origin).toBe(workplace.url)
    expect(state.length).toBeGreaterThan(20)
    expect(url.searchParams.get('redirect_uri')).toBe('http://localhost/sign-in/workplace')
    expect(url.href).not.toContain(encodeURIComponent(workplace.app.secret))
  })

  it('lets in whom the sync linked, to the page that was wanted, and tells the audit log by whom', async () => {
    const { browser, finished } = await comeAs('lin.zhiyuan', { next: '/pipeline' })
    expect(finished.body).toEqual({ next: '/pipeline' })
    expect((await browser.get('/me')).body.person).toMatchObject({ id: lin, name: '林知远' })
    const { rows } = await sql<{ after: object; via: string }>`
      select e.after, o.via from audit_entry e join operation o on o.company_id = e.company_id and o.id = e.operation_id
      where e.action = 'signed-in' order by e.id desc limit 1`.execute(database.owner)
    expect(rows[0]).toMatchObject({ via: 'page', after: { way: 'oidc', provider: brand } })
    expect((await standing(brand)).lastSuccessAt).not.toBeNull()
  })

  it('leads nowhere but into the product', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      expect((await comeAs('lin.zhiyuan', { next })).finished.body).toEqual({ next: '/' })
    }
  })

  it('takes an answer once', async () => {
    const { browser, answer } = await comeAs('lin.zhiyuan')
    expect((await browser.post('/auth/workplace/finish', { answer })).code).toBe('WORKPLACE_SIGN_IN_EXPIRED')
    const other = openBrowser(app)
    const { state } = await begin(other)
    const spent = new URLSearchParams(answer)
    spent.set('state', state)
    expect((await other.post('/auth/workplace/finish', { answer: `?${spent}` })).code).toBe('WORKPLACE_CODE_REFUSED')
    expect((await other.get('/me')).status).toBe(401)
  })

  it('opens nothing for an answer without a code, as after a cancelled scan', async () => {
    const browser = openBrowser(app)
    const { state } = await begin(browser)
    const refused = await browser.post('/auth/workplace/finish', { answer: `?state=${state}` })
    expect(refused.code).toBe('WORKPLACE_CODE_REFUSED')
  })

  it('opens nothing for an answer that began in another browser, or whose state was changed', async () => {
    const mine = openBrowser(app)
    const { state } = await begin(mine)
    const answer = `?${workplace.signInAs('lin.zhiyuan', state)}`
    expect((await openBrowser(app).post('/auth/workplace/finish', { answer })).code).toBe('WORKPLACE_SIGN_IN_EXPIRED')
    const victim = openBrowser(app)
    await begin(victim)
    expect((await victim.post('/auth/workplace/finish', { answer })).code).toBe('WORKPLACE_SIGN_IN_EXPIRED')
    expect((await victim.get('/me')).status).toBe(401)
    expect((await mine.post('/auth/workplace/finish', { answer })).status).toBe(200)
  })

  it('lets in no stranger, nobody who is not linked, and nobody who was deactivated', async () => {
    expect((await comeAs('somebody.else')).finished.code).toBe('WORKPLACE_NOT_A_MEMBER')
    expect((await comeAs('gu.shiyi')).finished.code).toBe('WORKPLACE_UNKNOWN_PERSON')
    await sql`update person set is_active = false where id = ${lin}`.execute(database.owner)
    const { browser, finished } = await comeAs('lin.zhiyuan')
    expect(finished.code).toBe('WORKPLACE_UNKNOWN_PERSON')
    expect((await browser.get('/me')).status).toBe(401)
    await sql`update person set is_active = true where id = ${lin}`.execute(database.owner)
    // What a single person brought about is no failure of the connection.
    expect((await standing(brand)).lastFailureAt).toBeNull()
  })

  it.each(['http500', 'hang', 'broken', 'ip'] as const)(
    'says plainly that it did not work (%s), and keeps why',
    async (how) => {
      workplace.expireTokens()
      workplace.refuse(how)
      expect((await comeAs('lin.zhiyuan')).finished.code).toBe('WORKPLACE_SIGN_IN_FAILED')
      workplace.welcome()
      const shown = await standing(brand)
      expect(shown.lastFailureAt).not.toBeNull()
      expect(shown.lastFailure.zh.length).toBeGreaterThan(0)
      expect(JSON.stringify(shown)).not.toContain(workplace.app.secret)
    },
  )

  it('is there only while it is switched on', async () => {
    await connect(workplace, { isSignInOn: false })
    expect((await openBrowser(app).get('/auth/workplaces')).body.brands).not.toContain(brand)
    const begun = await openBrowser(app).post('/auth/workplace/begin', { company: 'one', brand })
    expect(begun.code).toBe('WORKPLACE_SIGN_IN_OFF')
  })

  it('ends when it is switched off between going and coming back', async () => {
    const browser = openBrowser(app)
    const { state } = await begin(browser)
    await connect(workplace, { isSignInOn: false })
    const answer = `?${workplace.signInAs('lin.zhiyuan', state)}`
    expect((await browser.post('/auth/workplace/finish', { answer })).code).toBe('WORKPLACE_SIGN_IN_OFF')
  })
})

describe('signing in by a workplace', () => {
  it('names no company unasked where several share the server, and none that is not there', async () => {
    const admin = { name: '老二', identifier: 'two@example.com', password }
    await createCompany(house, { slug: 'two', name: '二号公司', admin })
    expect((await openBrowser(app).get('/auth/workplaces')).body).toEqual({ company: null, brands: [] })
    expect((await openBrowser(app).get('/auth/workplaces?company=two')).body).toEqual({ company: 'two', brands: [] })
    const nowhere = await openBrowser(app).post('/auth/workplace/begin', { company: 'three', brand: 'wecom' })
    expect(nowhere.code).toBe('WORKPLACE_SIGN_IN_OFF')
  })

  it('asks for no scan inside of the app of 企业微信', async () => {
    const workplace = await startWorkplace('wecom')
    await sql`delete from workplace_link`.execute(database.owner)
    await link('wecom', lin)
    await connect(workplace)
    const phone = openBrowser(app, { agent: 'Mozilla/5.0 (iPhone) MicroMessenger/7.0.1 wxwork/4.1.28' })
    const begun = await phone.post('/auth/workplace/begin', { company: 'one', brand: 'wecom' })
    const url = new URL(begun.body.url)
    expect(`${url.pathname}${url.hash}`).toBe('/connect/oauth2/authorize#wechat_redirect')
    const answer = `?${workplace.signInAs('lin.zhiyuan', url.searchParams.get('state') ?? '')}`
    expect((await phone.post('/auth/workplace/finish', { answer })).body).toEqual({ next: '/' })
    await workplace.close()
  })

  it('pauses an address from which it fails again and again', async () => {
    const workplace = await startWorkplace('feishu')
    await connect(workplace)
    const tries = Array.from({ length: 61 }, async () => {
      const browser = openBrowser(app, { address: '127.0.0.9' })
      const begun = await browser.post('/auth/workplace/begin', { company: 'one', brand: 'feishu' })
      const state = new URL(begun.body.url).searchParams.get('state')
      return (await browser.post('/auth/workplace/finish', { answer: `?code=guess&state=${state}` })).code
    })
    expect(await Promise.all(tries)).toContain('SIGN_IN_LOCKED')
    await workplace.close()
  })
})
