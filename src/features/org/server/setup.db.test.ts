import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { testApp } from '#testing/test-app.ts'
import { testDatabase } from '#testing/test-database.ts'
import { createCompany } from './create-company.ts'
import { registerDemo, setupToken, type DemoPersona } from './setup.ts'

const database = await testDatabase()
const { anybody, app } = await testApp({ database })

const form = {
  name: '新公司',
  slug: 'fresh',
  currency: 'CNY',
  zone: 'Asia/Shanghai',
  fiscalStart: 4,
  tiers: ['总部', '大区'],
  admin: { name: '老板', identifier: 'boss@fresh.example', password: 'long grass 7' },
}

describe('the first start', () => {
  it('says that setup is needed', async () => {
    expect((await anybody.get('/setup')).body).toMatchObject({ needed: true, canCreate: true, tokenNeeded: false })
  })

  it('loads the demo with progress and lets one click sign in', async () => {
    const personas: DemoPersona[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    registerDemo({
      personas: async () => personas,
      load: async (report) => {
        report(0.4, { zh: '写入订单', en: 'Writing orders' })
        await promise
        const house = { db: database.db, log: pino({ level: 'silent' }) }
        const admin = { ...form.admin, identifier: 'demo@demo.example' }
        const made = await createCompany(house, { slug: 'demo', name: '演示', demo: true, admin })
        personas.push({
          key: 'director',
          name: '老板',
          title: { zh: '销售总监', en: 'Director' },
          role: 'administrator',
          companyId: made.company.id,
          personId: made.admin?.personId ?? '',
        })
      },
    })
    expect((await anybody.post('/setup/demo')).status).toBe(202)
    expect((await anybody.get('/setup')).body.demoLoading).toMatchObject({ progress: 0.4, failed: false })
    resolve()
    await expect.poll(async () => (await anybody.get('/setup')).body.demoPersonas).toMatchObject([{ key: 'director' }])
    const entered = await anybody.post('/setup/demo/sign-in', { persona: 'director' })
    expect(entered.body).toMatchObject({ company: { slug: 'demo' }, mustChangePassword: false })
    expect((await anybody.post('/setup/demo/sign-in', { persona: 'nobody' })).code).toBe('DEMO_PERSONA_UNKNOWN')
  })

  it('asks whoever is on another machine for the token of the console', async () => {
    const proxied = { 'x-forwarded-for': '10.1.2.3' }
    expect((await anybody.get('/setup', proxied)).body).toMatchObject({ tokenNeeded: true, demoAllowed: false })
    const without = await anybody.post('/setup/company', form, proxied)
    expect(without).toMatchObject({ status: 403, code: 'SETUP_TOKEN_WRONG' })
    const far = await app.inject({
      method: 'POST',
      url: '/api/v1/setup/company',
      remoteAddress: '10.1.2.3',
      payload: form,
    })
    expect(far.json().code).toBe('HTTPS_NEEDED')
    const wrong = await anybody.post('/setup/company', { ...form, token: `${setupToken()}x` }, proxied)
    expect(wrong.body.errors).toMatchObject([{ field: 'token' }])
  })

  it('names the field of a weak password and writes nothing', async () => {
    const weak = await anybody.post('/setup/company', { ...form, admin: { ...form.admin, password: 'password' } })
    expect(weak.body.errors).toMatchObject([{ field: 'admin.password', code: 'common' }])
    expect((await anybody.get('/setup')).body.canCreate).toBe(true)
  })

  it('creates one company and signs its administrator in, however often the button is pressed', async () => {
    const answers = await Promise.all([1, 2].map(() => anybody.post('/setup/company', form)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    const made = answers.find((answer) => answer.status === 200)
    const cookie = { cookie: String(made?.headers['set-cookie']).split(';')[0] ?? '' }
    const me = await anybody.get('/me', cookie)
    expect(me.body).toMatchObject({
      company: { slug: 'fresh', calendar: { kind: 'months', start: 4 } },
      person: { role: 'administrator' },
    })
    const tree = await anybody.get('/org/tree', cookie)
    expect(tree.body.units).toMatchObject([{ name: '新公司', tier: '总部' }])
  })
})
