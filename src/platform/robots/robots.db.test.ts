import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RobotBrand } from '#engine/contract/robots.ts'
import { inStep } from '#platform/db/step.ts'
import { sendOnce } from '#platform/lanes/index.ts'
import { notify } from '#platform/notify/index.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { createRecord } from '#platform/records/save.ts'
import { startReceiver, type Answering, type Received } from '#testing/receiver.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { deleteMessages, dueMessages, putMessage } from './robot-store.ts'

let clock = Date.parse('2026-06-15T04:00:00Z')
const now = () => new Date(clock)
const { database, as } = await testApp({ now })
const log: string[] = []
const house = { db: database.db, now, log: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }) }
const receiver = await startReceiver()
afterAll(() => receiver.close())

let company: SmallCompany
let companies = 0
let office: TestClient

beforeEach(async () => {
  companies += 1
  company = await smallCompany(database, { slug: `robots-${companies}` })
  await sql`update person set role = 'administrator' where id = ${company.people['丁'] ?? ''}`.execute(database.owner)
  office = as(person('丁'))
  receiver.received.length = 0
  receiver.answer = guard
  limitCalls({ allowsPrivate: true, timeoutMs: 300 })
})
afterEach(async () => {
  limitCalls({ allowsPrivate: false, timeoutMs: 10_000 })
  await sql`delete from robot`.execute(database.owner)
})

const person = (name: string) => ({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const secret = 'SECa1b2c3d4'

const addresses: Readonly<Record<RobotBrand, string>> = {
  wecom: '/cgi-bin/webhook/send?key=693a91f6',
  dingtalk: '/robot/send?access_token=566cc69d',
  feishu: '/open-apis/bot/v2/hook/a94fb6a8',
}

async function robot(brand: RobotBrand, changes: object = {}): Promise<{ id: string; version: number }> {
  const wish = {
    name: '销售群',
    brand,
    address: `${receiver.url}${addresses[brand]}`,
    kinds: ['deal.won'],
    language: 'zh',
  }
  const signed = brand === 'wecom' ? {} : { secret }
  const made = await office.post('/robots', { ...wish, ...signed, ...changes })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body
}

/** What their servers look at: signature and time as documented, size, and how often it is called. */
const limits: Readonly<Record<RobotBrand, { seconds: number; calls: number }[]>> = {
  wecom: [{ seconds: 60, calls: 20 }],
  dingtalk: [{ seconds: 60, calls: 20 }],
  feishu: [
    { seconds: 60, calls: 100 },
    { seconds: 1, calls: 5 },
  ],
}
let taken: { brand: RobotBrand; at: number; text: string }[] = []
beforeEach(() => void (taken = []))

const brandOf = ({ path }: Received): RobotBrand =>
  path.startsWith('/cgi-bin') ? 'wecom' : path.startsWith('/robot') ? 'dingtalk' : 'feishu'

function guard(call: Received): Answering {
  const brand = brandOf(call)
  const body = JSON.parse(call.body)
  const answer = (code: number, message: string): Answering => ({
    status: 200,
    body: JSON.stringify(brand === 'feishu' ? { code, msg: message } : { errcode: code, errmsg: message }),
  })
  if (brand === 'dingtalk') {
    const timestamp = Number(call.query.get('timestamp'))
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
    if (call.query.get('sign') !== sign || Math.abs(clock - timestamp) > 3_600_000)
      return answer(310000, 'sign not match')
  }
  if (brand === 'feishu') {
    const sign = createHmac('sha256', `${body.timestamp}\n${secret}`).update('').digest('base64')
    if (body.sign !== sign || Math.abs(clock / 1000 - Number(body.timestamp)) > 3600)
      return answer(19021, 'sign match fail or timestamp is not within one hour from current time')
  }
  const text: string = brand === 'feishu' ? body.content.text : body.text.content
  const size = Buffer.byteLength(brand === 'wecom' ? text : call.body)
  if (size > (brand === 'wecom' ? 2048 : 20_480)) return answer(brand === 'wecom' ? 45002 : 9499, 'too long')
  for (const { seconds, calls } of limits[brand]) {
    const recent = taken.filter((one) => one.brand === brand && one.at > clock - seconds * 1000)
    if (recent.length >= calls) return answer({ wecom: 45009, dingtalk: 130101, feishu: 11232 }[brand], 'too fast')
  }
  taken.push({ brand, at: clock, text })
  return answer(0, 'ok')
}

/** A deal to speak of; what makes it won is not of interest here. */
let wins = 0
async function deal(title = `大单 ${(wins += 1)}`, owner = '甲'): Promise<string> {
  const values = { name: title, ownerId: company.people[owner], stage: Object.values(company.stages)[0] }
  const { id } = await createRecord({ ...company.ctx, now: now() }, 'opportunity', values, { confirmed: true })
  return id
}
const tell = (key: string, recordId?: string) =>
  inStep({ ...company.ctx, now: now() }, (step) =>
    notify(step, {
      kind: 'deal.won',
      to: [company.people['丁'] ?? ''],
      key,
      params: { owner: '甲' },
      about: { object: 'opportunity', ...(recordId ? { recordId } : {}) },
    }),
  )
async function pass(seconds: number): Promise<void> {
  for (let at = 0; at < seconds; at += 1) {
    clock += 1000
    await sendOnce(house)
  }
}
const shown = async () => (await office.get('/robots')).body.robots[0]

describe.each(['wecom', 'dingtalk', 'feishu'] as const)('a robot of %s', (brand) => {
  it('says a test message as its brand documents, at once', async () => {
    const { id } = await robot(brand)
    expect((await office.post(`/robots/${id}/test`)).body).toMatchObject({ isSent: true, problem: null })
    expect(taken.map(({ text }) => text)).toEqual([expect.stringContaining('【Terrace】测试消息')])
    expect(await shown()).toMatchObject({ lastSuccessAt: now().toISOString(), lastFailureAt: null })
  })

  it('tells the group what its people asked for', async () => {
    await robot(brand)
    await tell('1', await deal('华东大单'))
    await sendOnce(house)
    expect(taken.map(({ text }) => text)).toEqual(['【Terrace】🎉 甲 赢得商机“华东大单”'])
    expect((await shown()).waiting).toBe(0)
  })

  it('is never faster than its brand allows, says everything, and puts together what would be too much', async () => {
    await robot(brand)
    const many = 30
    for (let at = 0; at < many; at += 1) await tell(`r${at}`, await deal(`单子 ${at} 号`))
    await sendOnce(house)
    await pass(3)
    clock += 57_000
    await pass(2)
    expect(receiver.received).toHaveLength(taken.length)
    const said = taken.map(({ text }) => text).join('\n')
    for (let at = 0; at < many; at += 1) expect(said).toContain(`“单子 ${at} 号”`)
    expect(taken.length).toBeLessThan(many)
    expect(await shown()).toMatchObject({ waiting: 0, lastFailureAt: null })
  })
})

describe('a robot that is refused', () => {
  it.each([
    [
      'wecom',
      { errcode: 93000, errmsg: 'invalid webhook url' },
      '机器人已被删除、停用，或地址不对：请在群里重新复制地址 (93000)',
    ],
    [
      'dingtalk',
      { errcode: 310000, errmsg: 'keywords not in content' },
      '机器人要求自定义关键词：请在群里把“Terrace”加为关键词 (310000)',
    ],
    ['dingtalk', { errcode: 310000, errmsg: 'sign not match' }, '签名不对：请核对加签密钥 (310000)'],
    [
      'dingtalk',
      { errcode: 310000, errmsg: 'ip 1.2.3.4 not in whitelist' },
      '机器人只接受白名单里的 IP：请把服务器的出口地址加进去 (310000)',
    ],
    ['feishu', { code: 19021, msg: 'sign match fail' }, '签名不对：请核对加签密钥 (19021)'],
    [
      'feishu',
      { code: 19024, msg: 'Key Words Not Found' },
      '机器人要求自定义关键词：请在群里把“Terrace”加为关键词 (19024)',
    ],
  ] as const)('says why in words: %s %o', async (brand, answer, words) => {
    const { id } = await robot(brand)
    receiver.answer = () => ({ status: 200, body: JSON.stringify(answer) })
    const tested = await office.post(`/robots/${id}/test`, undefined, { 'accept-language': 'zh' })
    expect(tested.body).toMatchObject({ isSent: false, problem: words, robot: { lastFailure: words } })
  })

  it.each([
    ['wecom', { errcode: 45009, errmsg: 'api freq out of limit' }, 60],
    ['dingtalk', { errcode: 130101, errmsg: 'send too fast' }, 600],
    ['feishu', { code: 11232, msg: 'frequency limited' }, 60],
  ] as const)('for its speed keeps quiet as long as documented, then goes on: %s', async (brand, answer, seconds) => {
    await robot(brand)
    receiver.answer = () => ({ status: 200, body: JSON.stringify(answer) })
    await tell('1', await deal())
    await sendOnce(house)
    expect(await shown()).toMatchObject({ waiting: 1, mutedUntil: new Date(clock + seconds * 1000).toISOString() })
    receiver.answer = guard
    receiver.received.length = 0
    clock += (seconds - 1) * 1000
    await sendOnce(house)
    expect(receiver.received).toHaveLength(0)
    await pass(1)
    expect(taken).toHaveLength(1)
    expect(await shown()).toMatchObject({ waiting: 0, mutedUntil: null })
  })

  it('keeps what it has to say over a server that is away', async () => {
    await robot('wecom')
    receiver.answer = () => ({ status: 502, body: 'bad gateway' })
    await tell('1', await deal('华东大单'))
    await sendOnce(house)
    expect(await shown()).toMatchObject({ waiting: 1, lastFailure: 'Their server refused the message (502)' })
    receiver.answer = guard
    clock += 300_000
    await sendOnce(house)
    expect(taken.map(({ text }) => text)).toEqual([expect.stringContaining('华东大单')])
  })
})

it('a robot says later what counted together with a message while it was said', async () => {
  const { id } = await robot('wecom')
  const ctx = { ...company.ctx, now: now() }
  const handed = {
    kind: 'record.handed',
    key: 'k',
    params: {},
    actorId: null,
    object: null,
    recordId: null,
    dueAt: now(),
  }
  const waiting = () => inStep(ctx, ({ tx }) => dueMessages(tx, ctx, id, 10))
  await inStep(ctx, (step) => putMessage(step, id, { ...handed, count: 3 }))
  const read = await waiting()
  await inStep(ctx, (step) => putMessage(step, id, { ...handed, count: 2 }))
  await inStep(ctx, (step) => deleteMessages(step, read))
  const later = await waiting()
  expect([read, later].map((some) => some.map(({ count }) => count))).toEqual([[3], [2]])
  await inStep(ctx, (step) => deleteMessages(step, later))
  expect(await waiting()).toEqual([])
})

describe('what a robot knows', () => {
  it('is never shown again nor logged', async () => {
    const { id, version } = await robot('dingtalk')
    receiver.answer = () => ({ status: 200, body: JSON.stringify({ errcode: 300001, errmsg: 'token is not exist' }) })
    await office.post(`/robots/${id}/test`)
    const changed = await office.patch(`/robots/${id}`, { version, name: '新群' })
    const { rows } = await sql<{ all: string }>`
      select (select jsonb_agg(r)::text from robot r) || (select jsonb_agg(a)::text from audit_entry a) as all`.execute(
      database.owner,
    )
    const told = JSON.stringify([(await office.get('/robots')).body, changed.body, rows, log])
    expect(told).toContain('新群')
    for (const key of [secret, '566cc69d']) expect(told).not.toContain(key)
  })

  it('is what its owner may see: nothing is said of records out of reach', async () => {
    await robot('wecom')
    await tell('1', await deal('甲的秘密'))
    await sql`update person set role = 'representative' where id = ${company.people['丁'] ?? ''}`.execute(
      database.owner,
    )
    await sendOnce(house)
    expect(taken).toEqual([])
    const { rows } = await sql`select from robot_message where company_id = ${company.ctx.company.id}`.execute(
      database.owner,
    )
    expect(rows).toEqual([])
  })

  it('waits through the quiet hours of the company', async () => {
    await robot('wecom')
    const started = clock
    clock = Date.parse('2026-06-20T15:30:00Z')
    await tell('1', await deal('夜里的单'))
    await sendOnce(house)
    expect(taken).toEqual([])
    clock = Date.parse('2026-06-21T00:00:00Z')
    await sendOnce(house)
    expect(taken.map(({ text }) => text)).toEqual([expect.stringContaining('夜里的单')])
    clock = Math.max(started, clock)
  })

  it('is the business of those who hold the permission, in their own company; an address is one of its brand', async () => {
    const { id } = await robot('wecom')
    expect(await as(person('甲')).get('/robots')).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    const wrong = {
      name: 'x',
      brand: 'feishu',
      address: `${receiver.url}${addresses.wecom}`,
      kinds: ['nothing'],
      language: 'zh',
    }
    expect((await office.post('/robots', wrong)).body.errors.map(({ field }: any) => field)).toEqual([
      'kinds.0',
      'address',
    ])
    company = await smallCompany(database, { slug: `elsewhere-${companies}` })
    await sql`update person set role = 'administrator' where id = ${company.people['丁'] ?? ''}`.execute(database.owner)
    const stranger = as(person('丁'))
    expect((await stranger.get('/robots')).body.robots).toEqual([])
    for (const answer of [await stranger.post(`/robots/${id}/test`), await stranger.delete(`/robots/${id}`)]) {
      expect(answer).toMatchObject({ status: 404, code: 'ROBOT_NOT_FOUND' })
    }
  })
})
