import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { allJobs, type JobPayload } from '#platform/jobs/jobs.ts'
import { handOver } from '#platform/records/owned.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { saveMany } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { indexIfNew, rebuildSearch, searchedKinds, verifySearch } from './index.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let people: Readonly<Record<'甲' | '乙' | '丁', TestClient>>
let ctx: Ctx

const one = (name: string): string => company.people[name] ?? ''
const differences = async () => verifySearch(ctx, searchedKinds(standardCatalogue()))

beforeAll(async () => {
  company = await smallCompany(database)
  ctx = company.ctx
  await sql`update person set role = 'administrator' where id = ${one('甲')}`.execute(database.owner)
  const client = (name: string) => as({ companyId: ctx.company.id, personId: one(name) })
  people = { 甲: client('甲'), 乙: client('乙'), 丁: client('丁') }
  await rebuildSearch(ctx, searchedKinds(standardCatalogue()))
})

interface Shown {
  readonly object: string
  readonly hits: readonly { readonly id: string; readonly title: string }[]
}

async function groupsFor(who: TestClient, query: string, more = ''): Promise<readonly Shown[]> {
  const answer = await who.get(`/search?q=${encodeURIComponent(query)}${more}`)
  expect(answer.status).toBe(200)
  return answer.body.groups
}

/** Titles of what somebody finds, of all objects. */
async function found(who: TestClient, query: string, more = ''): Promise<readonly string[]> {
  return (await groupsFor(who, query, more)).flatMap(({ hits }) => hits.map(({ title }) => title))
}

async function create(who: TestClient, object: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await who.post(`/records/${object}`, { values, confirmed: true })
  expect(answer.status).toBe(201)
  return answer.body.id
}

describe('searching', () => {
  it('finds a customer by characters, pinyin, initials, phone, code and with a mistake, and says where', async () => {
    const name = '深圳市鹏翔技术有限公司'
    await create(people.乙, 'account', { name, code: 'KH-2026-77', phone: '0755-8888 4321' })
    for (const query of [
      '鹏翔',
      '翔技术',
      'px',
      'pengxiang',
      'pengxia',
      '4321',
      '07558888',
      'kh2026',
      'pengxinag',
      '鹏祥技术',
      'peng xiang',
      '+86 755 8888 4321',
      '0086-755-88884321',
    ]) {
      expect(await found(people.乙, query), query).toEqual([name])
    }
    const { body } = await people.乙.get('/search?q=px')
    expect(body.groups[0].hits[0]).toMatchObject({
      object: 'account',
      title: name,
      ownerName: '乙',
      matched: [{ field: 'name', text: name, isTitle: true, ranges: [[3, 5]] }],
    })
    const byPhone = (await people.乙.get('/search?q=84321')).body.groups[0].hits[0]
    expect(byPhone.matched).toEqual([{ field: 'phone', text: '0755-8888 4321', isTitle: false, ranges: [[8, 14]] }])
  })

  it('finds every object, each with what it belongs to, and only the one that is asked for', async () => {
    const account = await create(people.乙, 'account', { name: '梧桐山水' })
    await create(people.乙, 'contact', {
      name: '欧阳梧桐',
      account,
      email: 'wutong@hill.example',
      phone: '13900001111',
    })
    await create(people.乙, 'opportunity', { name: '梧桐二期', account, stage: company.stages['Prospecting'] ?? Object.values(company.stages)[0], amount: '1' }) // prettier-ignore
    await create(people.乙, 'task', { subject: '给梧桐回电', account })
    await create(people.乙, 'activity', { kind: 'visit', subject: '拜访梧桐', account, doneOn: '2026-06-01' })
    const groups = await groupsFor(people.乙, '梧桐')
    expect(groups.map(({ object }) => object).sort()).toEqual(['account', 'activity', 'contact', 'opportunity', 'task'])
    expect(groups[0]?.object).toBe('account')
    const contact = groups.find(({ object }) => object === 'contact')?.hits[0]
    expect(contact).toMatchObject({ title: '欧阳梧桐', subtitle: '梧桐山水' })
    expect(await found(people.乙, 'wutong@hill')).toEqual(['欧阳梧桐'])
    expect(await found(people.乙, '梧桐', '&object=task')).toEqual(['给梧桐回电'])
    expect((await people.乙.get('/search?q=x&object=nothing')).code).toBe('OBJECT_NOT_FOUND')
  })

  it('finds people of the company, by name and number, with the unit where they stand', async () => {
    const added = await people.甲.post('/org/people', {
      name: '司马青',
      employeeNo: 'E0417',
      unitId: company.units['西一队'],
    })
    expect(added.status).toBeLessThan(300)
    for (const query of ['smq', '司马', 'e0417']) expect(await found(people.丁, query), query).toEqual(['司马青'])
    const [hit] = (await people.丁.get('/search?q=smq')).body.groups[0].hits
    expect(hit).toMatchObject({
      object: 'person',
      id: added.body.id,
      subtitle: '西一队',
      withinId: company.units['西一队'],
    })
    await people.甲.patch(`/org/people/${added.body.id}`, { version: 1, name: '司徒青' })
    expect(await found(people.丁, 'smq')).toEqual([])
    expect(await found(people.丁, 'stq')).toEqual(['司徒青'])
    await people.甲.post(`/org/people/${added.body.id}/deactivate`)
    expect(await found(people.丁, 'stq')).toEqual([])
    await people.甲.post(`/org/people/${added.body.id}/activate`)
    expect(await found(people.丁, 'stq')).toEqual(['司徒青'])
  })

  it('shows products and stages to everybody', async () => {
    await create(people.甲, 'product', { name: '碧螺春礼盒', code: 'BLC-1' })
    expect(await found(people.丁, 'blclh')).toEqual(['碧螺春礼盒'])
    expect(await found(people.丁, 'blc1')).toEqual(['碧螺春礼盒'])
  })

  it('answers the best first, and says when there is more', async () => {
    for (const name of ['大白鲸海洋', '白鲸', '白鲸海洋馆', '白鲸有限公司'])
      await create(people.乙, 'account', { name })
    expect(await found(people.乙, '白鲸')).toEqual(['白鲸', '白鲸有限公司', '白鲸海洋馆', '大白鲸海洋'])
    const { body } = await people.乙.get('/search?q=白鲸&limit=2'.replace('白鲸', encodeURIComponent('白鲸')))
    expect(body.groups[0]).toMatchObject({ hasMore: true, hits: [{ title: '白鲸' }, { title: '白鲸有限公司' }] })
  })

  it('looks on where the best-placed records of a token do not match', async () => {
    const rows = Array.from({ length: 80 }, (_, at) => ({
      values: { name: `青杉${String.fromCodePoint(0x4e00 + at)}` },
    }))
    await inStep(ctx, (step) => saveMany(step, standardCatalogue().get('account'), rows))
    await create(people.甲, 'account', { name: '北方大青杉', phone: '02199887766' })
    expect(await found(people.甲, '青杉 99887')).toEqual(['北方大青杉'])
  })

  it('answers nothing to what cannot be found', async () => {
    for (const query of ['没有这样的客户', 'zzzzqq', '()', 'x', '00000000000000'])
      expect(await found(people.甲, query)).toEqual([])
    expect((await people.甲.get('/search?q=')).code).toBe('INPUT_INVALID')
  })
})

describe('what somebody may not see', () => {
  it('is not found, whoever asks from another part of the organisation', async () => {
    await create(people.乙, 'account', { name: '红杉林业', phone: '13711112222' })
    expect(await found(people.乙, '红杉')).toEqual(['红杉林业'])
    expect(await found(people.甲, '红杉')).toEqual(['红杉林业'])
    for (const query of ['红杉', 'hs', 'hongshan', '1111222', '红山林业'])
      expect(await found(people.丁, query)).toEqual([])
  })

  it('stays sealed in its company', async () => {
    const other = await smallCompany(database, { slug: 'other' })
    await sql`update person set role = 'administrator' where id = ${other.people['甲']}`.execute(database.owner)
    const stranger = as({ companyId: other.ctx.company.id, personId: other.people['甲'] ?? '' })
    await create(people.甲, 'account', { name: '紫藤花园' })
    expect(await found(stranger, '紫藤')).toEqual([])
    await create(stranger, 'account', { name: '紫藤别院' })
    expect(await found(stranger, '紫藤')).toEqual(['紫藤别院'])
    expect(await found(people.甲, '紫藤')).toEqual(['紫藤花园'])
  })
})

describe('the search is right after every kind of change', () => {
  it('follows edits, the owner, the recycle bin and the way back', async () => {
    const id = await create(people.乙, 'account', { name: '银杏药业' })
    await people.乙.patch(`/records/account/${id}`, { values: { name: '金杏药业', phone: '13100009999' } })
    expect(await found(people.乙, '银杏')).toEqual([])
    expect(await found(people.乙, 'jxyy')).toEqual(['金杏药业'])
    expect(await found(people.乙, '9999')).toEqual(['金杏药业'])
    await people.乙.patch(`/records/account/${id}`, { values: { phone: null } })
    expect(await found(people.乙, '9999')).toEqual([])

    await people.甲.patch(`/records/account/${id}`, { values: { ownerId: one('丁') } })
    expect(await found(people.乙, '金杏')).toEqual([])
    expect(await found(people.丁, '金杏')).toEqual(['金杏药业'])

    await people.丁.delete(`/records/account/${id}`)
    expect(await found(people.丁, '金杏')).toEqual([])
    await people.丁.post(`/records/account/${id}/restore`)
    expect(await found(people.丁, '金杏')).toEqual(['金杏药业'])
    expect(await differences()).toEqual([])
  })

  it('follows a hand-over', async () => {
    await create(people.乙, 'account', { name: '芦苇荡渔业' })
    await inStep(ctx, (step) => handOver(step, { object: standardCatalogue().get('account') }, one('乙'), one('丁')))
    expect(await found(people.乙, '芦苇')).toEqual([])
    expect(await found(people.丁, '芦苇')).toEqual(['芦苇荡渔业'])
    expect(await differences()).toEqual([])
  })

  it('follows the rows of an import, also those that change a record', async () => {
    const save = (name: string) => inStep(ctx, (step) => saveMany(step, standardCatalogue().get('account'), [{ values: { code: 'IMP1', name } }], { upsertKey: 'code' })) // prettier-ignore
    await save('蒲公英一')
    await save('蒲公英二')
    expect(await found(people.甲, '蒲公英')).toEqual(['蒲公英二'])
    expect(await differences()).toEqual([])
  })

  it('shows nothing of a save that was taken back', async () => {
    const act = inStep(ctx, async (step) => {
      await saveMany(step, standardCatalogue().get('account'), [{ values: { name: '昙花一现' } }])
      throw new Error('changed my mind')
    })
    await expect(act).rejects.toThrow('changed my mind')
    expect(await found(people.甲, '昙花')).toEqual([])
  })
})

describe('comparing and rebuilding', () => {
  it('names what is missing and what is left over, and repairs both', async () => {
    const id = await create(people.甲, 'account', { name: '铁线莲花卉' })
    expect(await differences()).toEqual([])
    await sql`delete from search_token where record_id = ${id} and token in ('铁线', 'txl')`.execute(database.owner)
    await sql`insert into search_token (company_id, object, token, place, owner_id, record_id)
      values (${ctx.company.id}, 'contact', '铁线', 0, ${one('甲')}, ${id})`.execute(database.owner)
    expect(await differences()).toEqual([
      { object: 'account', recordId: id, count: 2 },
      { object: 'contact', recordId: null, count: 1 },
    ])
    expect(await found(people.甲, '铁线')).toEqual([])
    await rebuildSearch(ctx, searchedKinds(standardCatalogue()))
    expect(await differences()).toEqual([])
    expect(await found(people.甲, '铁线')).toEqual(['铁线莲花卉'])
  })

  it('indexes what was there before, while people go on working', async () => {
    const names = Array.from({ length: 1500 }, (_, at) => `老客户${at}`)
    for (let at = 0; at < names.length; at += 500) {
      const rows = names.slice(at, at + 500).map((name) => ({ values: { name } }))
      await inStep(ctx, (step) => saveMany(step, standardCatalogue().get('account'), rows))
    }
    await sql`delete from search_token where company_id = ${ctx.company.id}`.execute(database.owner)
    const rebuilding = rebuildSearch(ctx, searchedKinds(standardCatalogue()))
    const fresh = await create(people.甲, 'account', { name: '边建边来' })
    await people.甲.patch(`/records/account/${fresh}`, { values: { name: '边建边改' } })
    await rebuilding
    expect(await found(people.甲, '老客户1499')).toEqual(['老客户1499'])
    expect(await found(people.甲, 'bjbg')).toEqual(['边建边改'])
    expect(await differences()).toEqual([])
  })
})

describe('a company from before there was a search', () => {
  it('is indexed by jobs, page by page, once', async () => {
    const older = await smallCompany(database, { slug: 'older' })
    const rows = Array.from({ length: 1001 }, (_, at) => ({ values: { name: `旧客户${at}` } }))
    await inStep(older.ctx, (step) => saveMany(step, standardCatalogue().get('account'), rows.slice(0, 600)))
    await inStep(older.ctx, (step) => saveMany(step, standardCatalogue().get('account'), rows.slice(600)))
    await sql`delete from search_token where company_id = ${older.ctx.company.id}`.execute(database.owner)
    await indexIfNew(older.ctx)
    expect(await workOff(older.ctx)).toBeGreaterThan(3)
    expect(await verifySearch(older.ctx, searchedKinds(standardCatalogue()))).not.toContainEqual(expect.objectContaining({ object: 'account' })) // prettier-ignore
    await indexIfNew(older.ctx)
    expect(await workOff(older.ctx)).toBe(0)
  })
})

/** Does the waiting work of the index, as the worker would; answers how many jobs there were. */
async function workOff(of: Ctx): Promise<number> {
  const handler = allJobs().get('search.index')
  for (let done = 0; ; done += 1) {
    const { rows } = await sql<{ id: string; payload: JobPayload }>`
      delete from graphile_worker._private_jobs where payload->>'companyId' = ${of.company.id} returning id, payload`.execute(
      database.owner,
    )
    if (!rows[0]) return done
    await handler?.(of, rows[0].payload)
  }
}

describe('what a person opened and starred', () => {
  const kept = async (who: TestClient) => {
    const { body } = await who.get('/search/kept')
    const titles = (hits: readonly { readonly title: string }[]) => hits.map(({ title }) => title)
    return { recent: titles(body.recent), starred: titles(body.starred) }
  }

  it('is theirs, the latest first', async () => {
    const first = await create(people.乙, 'account', { name: '先开' })
    const second = await create(people.乙, 'account', { name: '后开' })
    for (const id of [first, second, first]) {
      expect((await people.乙.post('/search/opened', { object: 'account', id })).status).toBe(204)
    }
    await people.乙.post('/search/starred', { object: 'account', id: second, starred: true })
    expect(await kept(people.乙)).toEqual({ recent: ['先开', '后开'], starred: ['后开'] })
    expect(await kept(people.甲)).toEqual({ recent: [], starred: [] })
    await people.乙.post('/search/starred', { object: 'account', id: second, starred: false })
    expect(await kept(people.乙)).toEqual({ recent: ['先开', '后开'], starred: [] })
  })

  it('is shown only while it is in reach, and out of reach is not there', async () => {
    const id = await create(people.乙, 'account', { name: '将要离开' })
    await people.乙.post('/search/starred', { object: 'account', id, starred: true })
    expect((await people.丁.post('/search/opened', { object: 'account', id })).code).toBe('RECORD_NOT_FOUND')
    await people.甲.patch(`/records/account/${id}`, { values: { ownerId: one('丁') } })
    expect((await kept(people.乙)).starred).toEqual([])
  })
})
