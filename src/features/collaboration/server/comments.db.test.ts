import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/db/new-id.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { forgetComments } from './forget-comments.ts'

const { database, as } = await testApp()
let company: SmallCompany
/** 甲 sees her own, 乙 the whole of 东一队 where 甲 stands, 丙 his own, 丁 administers. */
let writer: TestClient
let leader: TestClient
let outsider: TestClient
let administrator: TestClient
let account: string

beforeAll(async () => {
  company = await smallCompany(database, { slug: 'talk' })
  const clientOf = async (name: string, role: string) => {
    await sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
    return as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
  }
  writer = await clientOf('甲', 'representative')
  leader = await clientOf('乙', 'manager')
  outsider = await clientOf('丙', 'representative')
  administrator = await clientOf('丁', 'administrator')
})

beforeEach(async () => {
  account = (
    await createRecord(company.ctx, 'account', { name: '华东机械', ownerId: company.people['甲'] }, { confirmed: true })
  ).id
  for (const client of [writer, leader, outsider, administrator]) await client.post('/mentions/read', {})
})

const at = () => `/records/account/${account}/comments`
const say = (text: string, mentions: readonly string[] = [], client = writer) =>
  client.post(at(), { text, mentions: mentions.map((name) => company.people[name]) })
const eventsOf = async (id: string) =>
  (
    await sql<{ name: string; payload: Readonly<Record<string, unknown>> }>`
      select name, payload from event where payload ->> 'id' = ${id} order by id`.execute(database.owner)
  ).rows

describe('a comment', () => {
  it('is read by whoever sees the record, newest first, a page at a time', async () => {
    for (let at = 1; at <= 32; at += 1) await say(`第 ${at} 条`)
    const { comments, hasMore } = (await leader.get(at())).body
    expect([comments.length, comments[0].text, hasMore]).toEqual([30, '第 32 条', true])
    const rest = (await leader.get(`${at()}?before=${comments.at(-1).id}`)).body
    expect([rest.comments.map((one: any) => one.text), rest.hasMore]).toEqual([['第 2 条', '第 1 条'], false])
    expect(comments[0]).toMatchObject({ personName: '甲', canChange: false, canRemove: false, editedAt: null })
  })

  it('is out of reach with its record, and that of a deleted one too', async () => {
    const { id } = (await say('你好')).body
    expect(await outsider.get(at())).toMatchObject({ status: 404, code: 'RECORD_NOT_FOUND' })
    expect(await say('我也看看', [], outsider)).toMatchObject({ status: 404, code: 'RECORD_NOT_FOUND' })
    expect(await outsider.patch(`/comments/${id}`, { text: 'x' })).toMatchObject({ code: 'COMMENT_NOT_FOUND' })
    expect(await outsider.delete(`/comments/${id}`)).toMatchObject({ code: 'COMMENT_NOT_FOUND' })
    await writer.delete(`/records/account/${account}`)
    expect((await writer.get(at())).code).toBe('RECORD_NOT_FOUND')
    expect((await writer.delete(`/comments/${id}`)).code).toBe('COMMENT_NOT_FOUND')
    await writer.post(`/records/account/${account}/restore`)
    expect((await writer.get(at())).body.comments).toHaveLength(1)
  })

  it('is changed by its writer alone, which shows; what it said before is in the audit', async () => {
    const { id } = (await say('下周二拜访')).body
    expect(await leader.patch(`/comments/${id}`, { text: 'x' })).toMatchObject({
      status: 403,
      code: 'COMMENT_NOT_YOURS',
    })
    const changed = await writer.patch(`/comments/${id}`, { text: '下周三拜访' })
    expect(changed.body).toMatchObject({ text: '下周三拜访', editedAt: expect.any(String) })
    const { rows } = await sql`
      select action, before ->> 'text' as before from audit_entry
      where object = 'comment' and record_id = ${id} order by id`.execute(database.owner)
    expect(rows).toEqual([
      { action: 'created', before: null },
      { action: 'updated', before: '下周二拜访' },
    ])
  })

  it('is taken away by its writer or an administrator, comes back, and is gone for good after 30 days', async () => {
    const { id } = (await say('不要了')).body
    expect(await leader.delete(`/comments/${id}`)).toMatchObject({ status: 403, code: 'COMMENT_NOT_YOURS' })
    expect((await writer.delete(`/comments/${id}`)).status).toBe(204)
    expect((await writer.get(at())).body.comments).toEqual([])
    expect((await writer.post(`/comments/${id}/restore`)).body).toMatchObject({ text: '不要了' })
    await writer.delete(`/comments/${id}`)
    const later = (days: number) => ({ ...company.ctx, now: new Date(Date.now() + days * 86_400_000) })
    await forgetComments(later(29))
    expect((await sql`select from comment where id = ${id}`.execute(database.owner)).rows).toHaveLength(1)
    await forgetComments(later(31))
    expect((await sql`select from comment where id = ${id}`.execute(database.owner)).rows).toHaveLength(0)
  })

  it('that an administrator took away is brought back by an administrator, not by its writer', async () => {
    const { id } = (await say('气话')).body
    expect((await administrator.delete(`/comments/${id}`)).status).toBe(204)
    expect(await writer.post(`/comments/${id}/restore`)).toMatchObject({ status: 403, code: 'COMMENT_TAKEN_AWAY' })
    expect((await writer.get(at())).body.comments).toEqual([])
    expect((await administrator.post(`/comments/${id}/restore`)).body).toMatchObject({ text: '气话' })
    await writer.delete(`/comments/${id}`)
    expect((await administrator.post(`/comments/${id}/restore`)).status).toBe(200)
  })

  it('goes with a record that is gone for good', async () => {
    const { id } = (await say('好')).body
    await forgetComments(company.ctx)
    expect((await sql`select from comment where id = ${id}`.execute(database.owner)).rows).toHaveLength(1)
    await sql`delete from account where id = ${account}`.execute(database.owner)
    await forgetComments(company.ctx)
    expect((await sql`select from comment where id = ${id}`.execute(database.owner)).rows).toHaveLength(0)
  })

  it('is not empty, and not a document', async () => {
    for (const text of ['', '  \n', '长'.repeat(4001)]) expect((await say(text)).status).toBe(400)
  })

  it('stands in the history of nothing else: an import of the record can still be undone', async () => {
    await say('好')
    const actions = (await writer.get(`/records/account/${account}/history`)).body.entries.map((one: any) => one.action)
    expect(actions).toEqual(['created'])
  })
})

describe('a mention', () => {
  it('is told in the transaction of the comment, and stands in the list of the mentioned until it is read', async () => {
    const { id } = (await say('请 @乙 看一下', ['乙'])).body
    expect(await eventsOf(id)).toMatchObject([
      { name: 'comment.created' },
      { name: 'comment.mentioned', payload: { object: 'account', recordId: account, personId: company.people['乙'] } },
    ])
    const { unread, mentions } = (await leader.get('/mentions')).body
    expect([unread, mentions[0]]).toMatchObject([
      1,
      { title: '华东机械', personName: '甲', isRead: false, text: '请 @乙 看一下' },
    ])
    await leader.post('/mentions/read', { comments: [id] })
    expect((await leader.get('/mentions')).body).toMatchObject({ unread: 0 })
    expect((await writer.get('/mentions')).body.mentions.filter((one: any) => one.commentId === id)).toEqual([])
  })

  it('counts only where the text says it', async () => {
    const { body } = await say('请乙看一下', ['乙'])
    expect(body.mentions).toEqual([])
  })

  it('of somebody who is not of the company, or left it, is refused', async () => {
    const refused = await writer.post(at(), { text: '@某人', mentions: [newId()] })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'mentions', code: 'person' }] } })
  })

  it('of somebody who cannot see the record is foreseen, and does not reach them', async () => {
    const people = [company.people['乙'], company.people['丙']]
    const { body } = await writer.post(`${at()}/sight`, { people })
    expect(body.cannotSee).toEqual([{ id: company.people['丙'], name: '丙' }])
    await say('@丙 你好', ['丙'])
    expect((await outsider.get('/mentions')).body).toMatchObject({ unread: 0, mentions: [] })
    expect(await outsider.post(`${at()}/sight`, { people })).toMatchObject({ status: 404 })
  })

  it('that a change adds is told, one that stood there is not told again', async () => {
    const { id } = (await say('@乙 看', ['乙'])).body
    await leader.post('/mentions/read', {})
    const mentions = [company.people['乙'], company.people['丁']]
    await writer.patch(`/comments/${id}`, { text: '@乙 @丁 看', mentions })
    const told = (await eventsOf(id)).filter(({ name }) => name === 'comment.mentioned')
    expect(told.map(({ payload }) => payload.personId)).toEqual(mentions)
    expect((await leader.get('/mentions')).body.unread).toBe(0)
    await writer.patch(`/comments/${id}`, { text: '算了' })
    expect((await administrator.get('/mentions')).body.mentions.filter((one: any) => one.commentId === id)).toEqual([])
  })

  it('stays when its comment is changed, whoever was renamed or left since, until the text names nobody', async () => {
    const known = { ...company.people }
    const { id } = (await say('@乙 @丁 看', ['乙', '丁'])).body
    const change = (text: string, mentions?: readonly string[]) =>
      writer.patch(`/comments/${id}`, { text, ...(mentions ? { mentions: mentions.map((name) => known[name]) } : {}) })
    const named = ({ body }: { body: any }) => body.mentions.map((one: any) => one.name).toSorted()
    const person = (name: string, changes: ReturnType<typeof sql>) =>
      sql`update person set ${changes} where id = ${known[name]}`.execute(database.owner)
    expect(named(await change('@乙 @丁 请看'))).toEqual(['丁', '乙'])
    await person('乙', sql`name = '新乙'`)
    await person('丁', sql`is_active = false`)
    try {
      expect(named(await change('@乙 @丁 请再看', ['乙', '丁']))).toEqual(['丁', '乙'])
      expect(named(await change('@新乙 请再看', ['乙', '丁']))).toEqual(['新乙'])
      expect((await change('@新乙 @丁 看', ['乙', '丁'])).status).toBe(422)
    } finally {
      await person('乙', sql`name = '乙'`)
      await person('丁', sql`is_active = true`)
    }
    expect(named(await change('看'))).toEqual([])
  })

  it('that is seen stands in the list however many newer ones are out of reach, and all unread ones count', async () => {
    const seen = (await say('@乙 看', ['乙'])).body.id
    const far = (await createRecord(company.ctx, 'account', { name: '远方', ownerId: company.people['丙'] })).id
    const mentionMany = (record: string, count: number) =>
      sql`
        with said as (
          insert into comment (company_id, id, object, record_id, person_id, text)
          select company_id, ('ffffffff-0000-7000-8000-' || lpad((n + ${record === far ? 1000 : 0})::text, 12, '0'))::uuid,
            object, ${record}::uuid, person_id, text
          from comment, generate_series(1, ${count}::int) n where id = ${seen} returning company_id, id)
        insert into mention (company_id, comment_id, person_id, name)
        select company_id, id, ${company.people['乙']}::uuid, '乙' from said`.execute(database.owner)
    await mentionMany(far, 120)
    const { unread, mentions } = (await leader.get('/mentions')).body
    expect([unread, mentions[0].commentId]).toEqual([1, seen])
    await mentionMany(account, 70)
    const more = (await leader.get('/mentions')).body
    expect([more.unread, more.mentions.length]).toEqual([71, 50])
    await sql`delete from comment where id::text like 'ffffffff-%'`.execute(database.owner)
  })

  it('goes with its comment', async () => {
    const { id } = (await say('@乙 看', ['乙'])).body
    await writer.delete(`/comments/${id}`)
    expect((await leader.get('/mentions')).body.unread).toBe(0)
  })
})
