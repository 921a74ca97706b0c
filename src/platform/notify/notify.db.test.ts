import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { onEvent } from '#platform/events/handlers.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { connect } from '#platform/db/connect.ts'
import { inStep } from '#platform/db/step.ts'
import { sendOnce } from '#platform/lanes/index.ts'
import { connectMail } from '#platform/mail/index.ts'
import { reachableAt } from '#platform/outside/public-address.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { startMailServer } from '#testing/mail-server.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { notify } from './tell.ts'

/** Monday noon in Shanghai. */
const monday = Date.parse('2026-06-15T04:00:00Z')
let clock = monday
const now = () => new Date(clock)
const { database, as } = await testApp({ now })
const house = { db: database.db, now, log: pino({ level: 'silent' }) }
const mail = await startMailServer()
afterAll(async () => {
  connectMail(null)
  reachableAt(null)
  await mail.stop()
})

let company: SmallCompany
let companies = 0

beforeEach(async () => {
  clock = monday
  companies += 1
  company = await smallCompany(database, { slug: `notify-${companies}` })
  // 甲 sees her own, 乙 leads 东一队, 丁 administers.
  await role('甲', 'representative')
  await role('乙', 'manager')
  await role('丙', 'representative')
  await role('丁', 'administrator')
  await sql`update unit set head_id = ${idOf('乙')} where id = ${company.units['东一队'] ?? ''}`.execute(database.owner)
  connectMail({ url: mail.url, from: 'Terrace <crm@terrace.example>' })
  reachableAt('https://crm.example')
})

const idOf = (name: string) => company.people[name] ?? ''
const clientOf = (name: string): TestClient => as({ companyId: company.ctx.company.id, personId: idOf(name) })
const role = (name: string, key: string) =>
  sql`update person set role = ${key}, email = ${`${name}-${companies}@example.com`} where id = ${idOf(name)}`.execute(
    database.owner,
  )
const ctxOf = (name: string, key: 'representative' | 'manager' | 'administrator' = 'administrator') => ({
  ...company.as(name, key),
  now: now(),
})
const settle = async () => {
  while (await dispatchOnce(house));
}
const noticesOf = async (name: string, language = 'zh') =>
  (await clientOf(name).get('/notices', { 'accept-language': language })).body as {
    unread: number
    notices: {
      id: string
      kind: string
      text: string
      quote: string | null
      page: string | null
      recordId: string | null
      isRead: boolean
    }[]
  }
const textsOf = async (name: string, language = 'zh') =>
  (await noticesOf(name, language)).notices.map(({ text }) => text)
const account = async (owner: string, title = `${owner}的客户`, by = '丁') =>
  (await createRecord(ctxOf(by), 'account', { name: title, ownerId: idOf(owner) }, { confirmed: true })).id

describe('people are told', () => {
  it('when a colleague comments on a record of theirs, or mentions them, each once', async () => {
    const id = await account('甲', '华东机械', '甲')
    await clientOf('丁').post(`/records/account/${id}/comments`, { text: '看看这家' })
    await clientOf('丁').post(`/records/account/${id}/comments`, {
      text: '@甲 @乙 请跟进',
      mentions: [idOf('甲'), idOf('乙')],
    })
    await settle()
    expect(await textsOf('甲')).toEqual(['丁 在“华东机械”提到您', '丁 评论了您的客户“华东机械”'])
    expect(await textsOf('乙', 'en')).toEqual(['丁 mentioned you on “华东机械”'])
    expect((await noticesOf('甲')).notices.map(({ quote }) => quote)).toEqual(['@甲 @乙 请跟进', '看看这家'])
    expect(await textsOf('丁')).toEqual([])
  })

  it('of nothing they cannot see, neither when it happens nor later', async () => {
    const id = await account('甲', '华东机械', '甲')
    await clientOf('丁').post(`/records/account/${id}/comments`, {
      text: '@甲 @丙 请看',
      mentions: [idOf('甲'), idOf('丙')],
    })
    await settle()
    expect(await noticesOf('丙')).toMatchObject({ unread: 0, notices: [] })
    expect((await noticesOf('甲')).unread).toBe(1)
    await sql`update account set owner_id = ${idOf('丙')} where id = ${id}`.execute(database.owner)
    expect(await noticesOf('甲')).toMatchObject({ unread: 0, notices: [] })
  })

  it('no more of a comment that was taken away', async () => {
    const id = await account('甲', '华东机械', '甲')
    const { body } = await clientOf('丁').post(`/records/account/${id}/comments`, { text: '说错了' })
    await settle()
    expect((await noticesOf('甲')).unread).toBe(1)
    await clientOf('丁').delete(`/comments/${body.id}`)
    expect(await noticesOf('甲')).toMatchObject({ unread: 0, notices: [] })
  })

  it('when records are handed over to them: one by one by name, many of one act by number', async () => {
    const one = await account('甲', '华东机械', '甲')
    await updateRecord(ctxOf('丁'), 'account', one, { values: { ownerId: idOf('丙') } })
    await settle()
    expect(await textsOf('丙')).toEqual(['丁 把客户“华东机械”转交给您'])
    const ids = [await account('甲', '一', '甲'), await account('甲', '二', '甲'), await account('甲', '三', '甲')]
    await settle()
    const bulk = await clientOf('丁').post('/records/account/bulk', { ids, ownerId: idOf('丙') })
    await allJobs().get('records.bulk')?.({ ...company.ctx, now: now() }, { id: bulk.body.id })
    await settle()
    expect((await noticesOf('丙')).notices[0]).toMatchObject({
      text: '丁 把 3 个客户转交给您',
      page: '/records/account',
    })
    expect(await textsOf('甲')).toEqual([])
  })

  it('when somebody whom they lead wins a deal', async () => {
    const stage = company.stages['Won']
    const open = Object.values(company.stages)[0]
    const values = { name: '年度大单', ownerId: idOf('甲'), stage: open, amount: '100000' }
    const { id } = await createRecord(ctxOf('甲'), 'opportunity', values, { confirmed: true })
    await updateRecord(ctxOf('甲'), 'opportunity', id, { values: { stage } })
    await settle()
    expect(await textsOf('乙')).toEqual(['甲 赢得商机“年度大单”'])
    expect(await textsOf('丁')).toEqual([])
  })

  it('of an event that was parked, if they can mend it', async () => {
    onEvent('test.fails', async () => {
      throw new Error('no')
    })
    await inStep(company.ctx, async (step) => step.tell({ name: 'test.fails', payload: {} }))
    for (const seconds of [0, 1, 5, 25, 120, 1]) {
      clock += seconds * 1000
      await settle()
    }
    expect(await textsOf('丁')).toEqual(['事件“test.fails”多次处理失败，已搁置；请查看原因后重试'])
    expect(await textsOf('乙')).toEqual([])
    await role('丁', 'representative')
    expect(await textsOf('丁')).toEqual([])
  })

  it('once, however often the event is handed on', async () => {
    const id = await account('甲', '华东机械', '甲')
    await clientOf('丁').post(`/records/account/${id}/comments`, { text: '看看这家' })
    await settle()
    await sql`update event set handled_at = null where name = 'comment.created'`.execute(database.owner)
    await settle()
    expect(await noticesOf('甲')).toMatchObject({ unread: 1, notices: [{ text: '丁 评论了您的客户“华东机械”' }] })
  })
})

describe('notices', () => {
  it('are read one by one or all at once, by their reader alone', async () => {
    const id = await account('甲', '华东机械', '甲')
    for (const text of ['一', '二', '三']) await clientOf('丁').post(`/records/account/${id}/comments`, { text })
    await settle()
    const [first] = (await noticesOf('甲')).notices
    await clientOf('丁').post('/notices/read', { ids: [first?.id] })
    expect((await noticesOf('甲')).unread).toBe(3)
    await clientOf('甲').post('/notices/read', { ids: [first?.id] })
    expect((await noticesOf('甲')).notices.map(({ isRead }) => isRead)).toEqual([true, false, false])
    expect((await clientOf('甲').get('/notices?unread=true')).body.notices).toHaveLength(2)
    await clientOf('甲').post('/notices/read', {})
    expect((await noticesOf('甲')).unread).toBe(0)
  })

  it('come a page at a time', async () => {
    const id = await account('甲', '华东机械', '甲')
    for (let at = 1; at <= 32; at += 1) {
      await inStep(ctxOf('丁'), (step) =>
        notify(step, {
          kind: 'record.handed',
          to: [idOf('甲')],
          key: `${at}`,
          about: { object: 'account', recordId: id },
        }),
      )
    }
    const first = (await clientOf('甲').get('/notices')).body
    expect([first.notices.length, first.hasMore, first.unread]).toEqual([30, true, 32])
    const rest = (await clientOf('甲').get(`/notices?before=${first.notices.at(-1).number}`)).body
    expect([rest.notices.length, rest.hasMore]).toEqual([2, false])
  })
})

const chosen = async (name: string) => (await clientOf(name).get('/notices/choices')).body
const tell = (key: string, id: string, to = '甲') =>
  inStep({ ...company.ctx, now: now() }, (step) =>
    notify(step, { kind: 'record.handed', to: [idOf(to)], key, about: { object: 'account', recordId: id } }),
  )
async function post(): Promise<string[]> {
  const before = mail.received.length
  await sendOnce(house)
  const { rows } = await sql<{
    id: string
  }>`select id from mail where company_id = ${company.ctx.company.id} and state = 'waiting' order by id`.execute(
    database.owner,
  )
  for (const { id } of rows) await allJobs().get('mail.send')?.(company.ctx, { mailId: id })
  return mail.received.slice(before).map(({ subject }) => subject)
}

describe('a person chooses', () => {
  it('by which ways to be told; what is not chosen is as the company says, then as the kind does', async () => {
    const id = await account('甲')
    const off = { inApp: false, mail: 'off', robot: false }
    const kinds = async (name: string) =>
      Object.fromEntries((await chosen(name)).kinds.map(({ kind, ways, isOwn }: any) => [kind, { ways, isOwn }]))
    expect((await kinds('甲'))['record.handed']).toEqual({
      ways: { inApp: true, mail: 'digest', robot: false },
      isOwn: false,
    })
    const company1 = await clientOf('丁').patch('/notices/defaults', { kinds: { 'record.handed': off } })
    expect(company1.status).toBe(200)
    expect((await kinds('甲'))['record.handed']).toEqual({ ways: off, isOwn: false })
    await tell('1', id)
    expect((await noticesOf('甲')).notices).toEqual([])
    const own = { ...off, inApp: true }
    await clientOf('甲').patch('/notices/choices', { kinds: { 'record.handed': own } })
    expect((await kinds('甲'))['record.handed']).toEqual({ ways: own, isOwn: true })
    await tell('2', id)
    expect((await noticesOf('甲')).notices).toHaveLength(1)
    await clientOf('甲').patch('/notices/choices', { kinds: { 'record.handed': null } })
    expect((await kinds('甲'))['record.handed']?.isOwn).toBe(false)
  })

  it('only kinds that exist and zones that are; the company is the business of administrators', async () => {
    const ways = { inApp: true, mail: 'off', robot: false }
    const rhythm = {
      quietFrom: null,
      quietTo: null,
      zone: 'Mars/Base',
      digest: 'daily',
      digestHour: 9,
      digestWeekday: 1,
    }
    expect(await clientOf('甲').patch('/notices/choices', { kinds: { nothing: ways }, rhythm })).toMatchObject({
      status: 422,
      code: 'NOTICE_CHOICE_INVALID',
      body: { errors: [{ field: 'kinds.nothing' }, { field: 'rhythm.zone' }] },
    })
    expect((await clientOf('甲').patch('/notices/defaults', {})).code).toBe('PERMISSION_MISSING')
    expect((await chosen('甲')).kinds.map(({ kind }: any) => kind)).not.toContain('event.parked')
    expect((await chosen('丁')).kinds.map(({ kind }: any) => kind)).toContain('event.parked')
  })
})

describe('letters', () => {
  const now1 = { inApp: true, mail: 'now', robot: false }

  it('leave at once where that was chosen, in the language of the reader, with a way back', async () => {
    const id = await account('甲', '华东机械')
    await clientOf('甲').patch('/notices/choices', { kinds: { 'record.handed': now1 } })
    await clientOf('甲').patch('/me/settings', { language: 'en' })
    await tell('1', id)
    expect(await post()).toEqual(['Terrace handed over the Account “华东机械” to you'])
    const letter = mail.received.at(-1)
    expect(letter?.to).toEqual([`甲-${companies}@example.com`])
    expect(letter?.text).toContain(`https://crm.example/records/account/${id}`)
    expect(await post()).toEqual([])
  })

  it('wait through the quiet hours of the reader, and leave together at their end', async () => {
    const id = await account('甲', '华东机械')
    const rhythm = { quietFrom: 21 * 60, quietTo: 7 * 60, zone: null, digest: 'daily', digestHour: 9, digestWeekday: 1 }
    await clientOf('甲').patch('/notices/choices', { kinds: { 'record.handed': now1 }, rhythm })
    clock = Date.parse('2026-06-15T21:30:00+08:00')
    await tell('1', id)
    await tell('2', id)
    expect(await post()).toEqual([])
    clock = Date.parse('2026-06-16T06:59:00+08:00')
    expect(await post()).toEqual([])
    clock = Date.parse('2026-06-16T07:00:00+08:00')
    expect(await post()).toEqual([`${company.ctx.company.name}：2 条通知`])
    expect(mail.received.at(-1)?.text).toContain('记录 · ')
  })

  it('of a digest come at its hour, without what was read or went out of reach meanwhile', async () => {
    const [read, gone, kept, other] = [
      await account('甲', '已读'),
      await account('甲', '调走'),
      await account('甲', '留下'),
      await account('甲', '另一'),
    ]
    for (const [at, id] of [read, gone, kept, other].entries()) await tell(`${at}`, id)
    const [newest] = (await noticesOf('甲')).notices.filter(({ recordId }) => recordId === read)
    await clientOf('甲').post('/notices/read', { ids: [newest?.id] })
    await sql`update account set owner_id = ${idOf('丙')} where id = ${gone}`.execute(database.owner)
    expect(await post()).toEqual([])
    clock = Date.parse('2026-06-16T09:00:00+08:00')
    expect(await post()).toEqual([`${company.ctx.company.name}：2 条通知`])
    const text = mail.received.at(-1)?.text ?? ''
    expect([text.includes('留下'), text.includes('另一'), text.includes('已读'), text.includes('调走')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('leave for more readers at once than there are connections to the database', async () => {
    const id = await account('甲')
    for (const name of ['甲', '乙', '丙', '丁']) {
      await role(name, 'administrator')
      await tell(`digest of ${name}`, id, name)
    }
    clock = Date.parse('2026-06-16T09:00:00+08:00')
    const few = connect(database.appUrl, { max: 2, ...(database.appRole === null ? {} : { role: database.appRole }) })
    await sendOnce({ ...house, db: few.db })
    await few.close()
    expect(await post()).toHaveLength(4)
  })

  it('go to nobody who has left', async () => {
    const id = await account('甲')
    await tell('1', id)
    await sql`update person set is_active = false where id = ${idOf('甲')}`.execute(database.owner)
    clock = Date.parse('2026-06-16T09:00:00+08:00')
    expect(await post()).toEqual([])
  })
})
