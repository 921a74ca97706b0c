import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '#platform/db/ctx.ts'
import { findCompany } from '#platform/db/system.ts'
import { indexDuplicates, rebuildDuplicates, scanDuplicates, verifyDuplicates } from '#platform/duplicates/index.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { undoOperation } from '#platform/records/undo-operation.ts'
import { mergeById } from '#platform/merge/merge-store.ts'
import { inView } from '#platform/db/step.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { tinyPdf, tinyPng, uploadTo } from '#testing/upload.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let companies = 0
let here: Populated
let office: TestClient
let rep: TestClient

beforeEach(async () => {
  here = await populated(database, `d${(companies += 1)}`, as)
  office = as(here.somebody('管'))
  rep = as(here.somebody('甲'))
})

const company = async () => {
  const found = await findCompany(database.db, { id: here.company.ctx.company.id })
  return found ?? expect.fail('no company')
}
/** The system's own context, with the catalogue as it is now. */
const system = async (): Promise<Ctx> => ({ ...here.company.ctx, company: await company() })

async function make(client: TestClient, object: string, values: Record<string, unknown>): Promise<string> {
  const answer = await client.post(`/records/${object}`, { values })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

const get = async (object: string, id: string, client = office) => (await client.get(`/records/${object}/${id}`)).body

describe('a record that may be there already', () => {
  it('is asked about before it is made, and made once that is confirmed', async () => {
    const id = await make(office, 'account', { name: '华为技术有限公司' })
    const values = { name: '华为技术（深圳）有限责任公司' }
    const refused = await office.post('/records/account', { values })
    expect(refused).toMatchObject({
      status: 409,
      code: 'RECORD_DUPLICATE',
      body: { details: { canConfirm: true, suspects: [{ id, title: '华为技术有限公司' }] } },
    })
    expect((await office.post('/records/account', { values, confirmed: true })).status).toBe(201)
  })

  it('is refused for good where a rule blocks it', async () => {
    await make(office, 'account', { name: '甲方', creditCode: '91330100799655058B' })
    const values = { name: '乙方', creditCode: '9133 0100 7996 5505 8b' }
    const refused = await office.post('/records/account', { values, confirmed: true })
    expect(refused).toMatchObject({ status: 409, body: { details: { canConfirm: false } } })
  })

  it('tells whoever does not reach it only whom to ask', async () => {
    await make(office, 'contact', { name: '秘密的人', phone: '138 0013 8000', ownerId: here.people['丁'] })
    const refused = await rep.post('/records/contact', { values: { name: '张三', phone: '+86 13800138000' } })
    expect(refused.body.details.suspects).toEqual([{ id: null, title: null, ownerName: '丁' }])
    expect(JSON.stringify(refused.body)).not.toContain('秘密的人')
  })

  it('has a credit code with its check character, kept without spaces', async () => {
    const id = await make(office, 'account', { name: '甲方', creditCode: '9133 0100 7996 5505 8b' })
    expect(await get('account', id)).toMatchObject({ creditCode: '91330100799655058B' })
    const wrong = await office.post('/records/account', { values: { name: '乙方', creditCode: '91330100799655058A' } })
    expect(wrong.body.errors).toMatchObject([{ field: 'creditCode', code: 'creditCode' }])
  })

  it('is refused with the reason in changes of many, each by itself', async () => {
    await make(office, 'contact', { name: '甲', phone: '13800138000' })
    const [one, other] = [await make(office, 'contact', { name: '乙' }), await make(office, 'contact', { name: '丙' })]
    const rows = [
      { id: one, values: { phone: '138 0013 8000' } },
      { id: other, values: { phone: '13900139000' } },
    ]
    const { body } = await office.post('/records/contact/rows', { rows })
    expect(body).toMatchObject({ changed: 1, refused: 1 })
    const refused = await office.get(`/bulk/${body.id}/refused`)
    expect(refused.body.rows).toMatchObject([{ recordId: one, faults: [{ code: 'suspected' }] }])
  })

  it('is known while it is typed', async () => {
    const id = await make(office, 'contact', { name: '李四', email: 'Li.Si@Example.com' })
    const ask = (body: unknown) => office.post('/records/contact/duplicates', body)
    const { body } = await ask({ values: { email: 'li.si@example.com ', phone: 'not yet' } })
    expect(body.suspicions).toMatchObject([{ field: 'email', code: 'suspected', suspect: { id } }])
    expect((await ask({ id, values: { email: 'li.si@example.com' } })).body.suspicions).toEqual([])
  })

  it('is asked about when it becomes one by a change, not when something else of it changes', async () => {
    await make(office, 'contact', { name: '甲', phone: '13800138000' })
    const id = await make(office, 'contact', { name: '乙', phone: '13900139000' })
    const path = `/records/contact/${id}`
    expect(await office.patch(path, { values: { phone: '138-0013-8000' } })).toMatchObject({ code: 'RECORD_DUPLICATE' })
    expect((await office.patch(path, { values: { phone: '138-0013-8000' }, confirmed: true })).status).toBe(200)
    expect((await office.patch(path, { values: { title: '采购' } })).status).toBe(200)
  })

  it('is no duplicate of what is in the recycle bin', async () => {
    const id = await make(office, 'account', { name: '东方贸易' })
    await office.delete(`/records/account/${id}`)
    await make(office, 'account', { name: '东方贸易有限公司' })
  })

  it('does not come back from the recycle bin beside what was made anew', async () => {
    const values = { name: '甲方', creditCode: '91330100799655058B' }
    const old = await make(office, 'account', values)
    await office.delete(`/records/account/${old}`)
    const anew = await make(office, 'account', values)
    const refused = await office.post(`/records/account/${old}/restore`)
    expect(refused.body.errors).toMatchObject([{ field: 'creditCode', code: 'duplicate' }])
    const many = await office.post('/bin/account/restore', { ids: [old] })
    expect(many.body).toMatchObject({ restored: 0, refused: [{ id: old, faults: [{ code: 'duplicate' }] }] })
    await office.patch(`/records/account/${anew}`, { values: { creditCode: null } })
    expect((await office.post(`/records/account/${old}/restore`)).status).toBe(200)
  })

  it('is made once by two people at once', async () => {
    const values = { name: '同时公司', creditCode: '91330100799655058B' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => office.post('/records/account', { values })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  })
})

describe('the rules of a company', () => {
  it('are changed by the office, and hold for records that were there before once these are read', async () => {
    await make(office, 'account', { name: '深圳华强电子科技有限公司', city: '深圳' })
    const rules = [
      {
        name: { zh: '名称相近', en: 'Near' },
        compares: [{ field: 'name', way: 'fuzzy' }],
        action: 'block',
        isOn: true,
      },
    ]
    expect((await rep.put('/duplicates/rules/account', { rules })).code).toBe('PERMISSION_MISSING')
    const saved = await office.put('/duplicates/rules/account', { rules })
    expect(saved.body.rules).toMatchObject([{ index: 'building' }])
    await indexDuplicates(await system())
    const { objects } = (await office.get('/duplicates/rules')).body
    expect(objects.find((one: any) => one.object === 'account').rules).toMatchObject([{ index: 'ready', indexed: 5 }])
    const values = { name: '深圳市华强电子料技有限公司' }
    expect(await office.post('/records/account', { values })).toMatchObject({ code: 'RECORD_DUPLICATE' })
  })

  it('hold for records that an import brings which began before they were made', async () => {
    const before = await system()
    await indexDuplicates(before)
    const rules = [
      { name: { zh: '城市', en: 'City' }, compares: [{ field: 'city', way: 'exact' }], action: 'warn', isOn: true },
    ]
    await office.put('/duplicates/rules/account', { rules })
    await indexDuplicates(await system())
    await createRecord(before, 'account', { name: '晚到的', city: '杭州' })
    const answer = await office.post('/records/account', { values: { name: '另一家', city: '杭州' } })
    expect(answer.body.details.suspects).toMatchObject([{ title: '晚到的' }])
    expect(await verifyDuplicates(await system())).toEqual([])
  })

  it('compare only what can be compared', async () => {
    const save = (compares: unknown) =>
      office.put('/duplicates/rules/account', {
        rules: [{ name: { zh: '甲', en: 'A' }, compares, action: 'warn', isOn: true }],
      })
    expect(await save([{ field: 'employees', way: 'exact' }])).toMatchObject({ status: 422, code: 'SHAPE_REFUSED' })
    expect(await save([{ field: 'phone', way: 'company' }])).toMatchObject({ status: 422 })
    expect(await save([{ field: 'nothing', way: 'exact' }])).toMatchObject({ status: 422 })
    const { body } = await save([{ field: 'employees', way: 'exact' }])
    expect(body.errors).toMatchObject([{ message: '“Employees” cannot be compared like that' }])
    const fuzzy = ['name', 'city'].map((field) => ({ field, way: 'fuzzy' }))
    expect((await save(fuzzy)).body.errors).toMatchObject([{ field: 'compares', code: 'fuzzy' }])
    expect((await save([...fuzzy.slice(1), { field: 'name', way: 'exact' }])).status).toBe(200)
  })

  it('outlive a change of layouts, and keep these', async () => {
    const setup = { rules: [], layouts: [] }
    await office.put('/duplicates/rules/account', { rules: [] })
    await office.put('/shape/objects/account/setup', setup)
    await make(office, 'account', { name: '一样' })
    await make(office, 'account', { name: '一样' })
  })
})

describe('a scan', () => {
  const groups = async (client = office) => (await client.get('/duplicates/groups?object=contact')).body

  async function scan(): Promise<void> {
    const { body } = await office.post('/duplicates/scans', { object: 'contact' })
    await scanDuplicates(await system(), body.id)
  }

  it('finds what belongs together, shows of it what is in reach, and remembers what is not the same', async () => {
    const say = async (values: Record<string, unknown>) =>
      (await office.post('/records/contact', { values, confirmed: true })).body.id
    const [a, b, c] = [
      await say({ name: '王一', phone: '13800138000', ownerId: here.people['甲'] }),
      await say({ name: '王二', phone: '138 0013 8000', email: 'w@example.com', ownerId: here.people['甲'] }),
      await say({ name: '王三', email: 'W@example.com', ownerId: here.people['丁'] }),
    ]
    expect((await rep.post('/duplicates/scans', { object: 'contact' })).code).toBe('PERMISSION_MISSING')
    await scan()
    const found = await groups()
    expect(found.scan).toMatchObject({ state: 'done', groups: 1 })
    expect(found.groups).toMatchObject([{ reasons: ['Same phone', 'Same e-mail'] }])
    expect(found.groups[0].rows.map((row: any) => row.id).sort()).toEqual([a, b, c].sort())
    const ofRep = await groups(rep)
    expect(ofRep.groups[0].rows.map((row: any) => row.id).sort()).toEqual([a, b].sort())
    expect(ofRep.scan).toMatchObject({ state: 'done', finishedAt: expect.anything() })
    for (const sum of ['total', 'done', 'groups']) expect(ofRep.scan).not.toHaveProperty(sum)

    expect((await rep.post('/duplicates/apart', { object: 'contact', ids: [a, c] })).status).toBe(404)
    expect((await rep.post('/duplicates/apart', { object: 'contact', ids: [a, b] })).status).toBe(204)
    expect((await groups(rep)).groups).toEqual([])
    await office.post('/duplicates/apart', { object: 'contact', ids: [b, c] })
    await scan()
    expect((await groups()).groups).toEqual([])
  })

  it('joins through whoever is left those whom somebody kept apart', async () => {
    const ids = []
    for (const name of ['一', '二', '三']) {
      const values = { name, phone: '13800138000' }
      ids.push((await office.post('/records/contact', { values, confirmed: true })).body.id)
    }
    await office.post('/duplicates/apart', { object: 'contact', ids: ids.slice(0, 2) })
    await scan()
    expect((await groups()).groups).toMatchObject([{ size: 3 }])
  })

  it('of very many records that share keys comes to its end', async () => {
    const company = here.company.ctx.company.id
    await sql`
      insert into duplicate_key (company_id, object, comparison, key, record_id)
      select ${company}, 'contact', 'phone:phone', (n / 50)::text, gen_random_uuid()
      from generate_series(0, 19999) n`.execute(database.owner)
    await scan()
    expect((await groups()).scan).toMatchObject({ state: 'done', groups: 400 })
  })

  it('shows the first of a crowd, apart from small groups, and says what it left out', async () => {
    const company = here.company.ctx.company.id
    await sql`
      insert into contact (company_id, id, owner_id, name, phone, email)
      select ${company}, gen_random_uuid(), ${here.people['甲']}, '一模一样', '13800138000',
        case when n <= 2 then 'two@example.com' end
      from generate_series(1, 60) n`.execute(database.owner)
    await indexDuplicates(await system())
    await rebuildDuplicates(await system())
    await scan()
    const [small, crowd] = (await groups()).groups
    expect([small.size, small.reasons, small.rows.length]).toEqual([2, ['Same e-mail'], 2])
    expect([crowd.size, crowd.reasons, crowd.rows.length]).toEqual([60, ['Same phone'], 20])

    const first = crowd.rows.map((row: any) => row.id)
    expect((await office.post('/duplicates/apart', { object: 'contact', ids: first })).status).toBe(204)
    const rest = (await groups()).groups.find(({ size }: any) => size === 60)
    expect(rest.rows.filter((row: any) => !first.includes(row.id)).length).toBeGreaterThanOrEqual(19)

    const rules = [
      { name: { zh: '相近', en: 'Near' }, compares: [{ field: 'name', way: 'fuzzy' }], action: 'warn', isOn: true },
    ]
    await office.put('/duplicates/rules/contact', { rules })
    await indexDuplicates(await system())
    await scan()
    const near = await groups()
    expect(near.scan.total - near.scan.done).toBe(60 * 5)
    expect(near.groups.flatMap(({ rows }: any) => rows.map((row: any) => row.name))).not.toContain('一模一样')
  })
})

describe('a merge', () => {
  let winner: string
  let loser: string

  beforeEach(async () => {
    winner = await make(office, 'account', { name: '华为', city: '深圳', ownerId: here.people['甲'] })
    loser = await make(office, 'account', {
      name: '华为公司总部',
      code: 'HW',
      phone: '0755-28780808',
      ownerId: here.people['甲'],
    })
  })

  const merge = (more: Record<string, unknown> = {}, client = office) =>
    client.post('/merges', { object: 'account', winnerId: winner, loserIds: [loser], ...more })

  async function undo(id: string) {
    const asked = await office.post(`/merges/${id}/undo`)
    expect(asked.status).toBe(200)
    const ctx = { ...(await system()), actor: here.company.as('管', 'administrator').actor }
    const merged = await inView(ctx, (tx) => mergeById(tx, ctx, id, { whose: 'all' }))
    await undoOperation(ctx, merged?.operationId ?? '')
    return (await office.get(`/merges/${id}`)).body
  }

  it('moves everything that hangs on the loser, whoever sees it, and keeps the chosen values', async () => {
    const stage = here.company.stages['Won']
    const order = await make(office, 'order', {
      code: 'A1',
      account: loser,
      amount: '50',
      orderedOn: '2026-03-01',
      ownerId: here.people['丁'],
    })
    const deal = await make(office, 'opportunity', {
      name: '大单',
      account: loser,
      stage,
      amount: '70',
      closedOn: '2026-03-02',
      ownerId: here.people['甲'],
    })
    const contact = await make(office, 'contact', { name: '联系人', account: loser, ownerId: here.people['乙'] })
    const child = await make(office, 'account', { name: '子公司', parent: loser })
    await office.patch(`/records/account/${winner}`, { values: { parent: loser } })

    const preview = await rep.post('/merges/preview', { object: 'account', ids: [winner, loser] })
    expect(preview.body.records.map((one: any) => one.uses)).toEqual([
      [],
      expect.arrayContaining([
        { object: 'order', count: 1 },
        { object: 'contact', count: 1 },
      ]),
    ])
    const { status, body } = await merge({ take: { code: loser, phone: loser } }, rep)
    expect(status, JSON.stringify(body)).toBe(200)
    for (const [object, id] of [
      ['order', order],
      ['opportunity', deal],
      ['contact', contact],
    ] as const) {
      expect((await get(object, id)).account).toBe(winner)
    }
    expect((await get('account', child)).parent).toBe(winner)
    expect(await get('account', winner)).toMatchObject({ name: '华为', city: '深圳', code: 'HW', parent: null })
    expect(await rep.get(`/records/account/${loser}`)).toMatchObject({
      status: 410,
      code: 'RECORD_MERGED',
      body: { details: { into: winner } },
    })
    expect(await verifyLedger(await system())).toEqual([])
  })

  it('is undone as a whole, except for fields that others have changed since', async () => {
    const elsewhere = await make(office, 'account', { name: '别家' })
    const contacts = [
      await make(office, 'contact', { name: '一', account: loser }),
      await make(office, 'contact', { name: '二', account: loser, ownerId: here.people['丁'] }),
      await make(office, 'contact', { name: '三', account: loser }),
      await make(office, 'contact', { name: '四', account: loser }),
    ]
    const { body } = await merge({ take: { code: loser, name: loser } })
    const colleague = as(here.somebody('营'))
    await colleague.patch(`/records/contact/${contacts[2]}`, { values: { account: elsewhere } })
    await colleague.patch(`/records/contact/${contacts[3]}`, { values: { title: '总监' } })
    await colleague.patch(`/records/account/${winner}`, { values: { city: '东莞' } })
    const shown = await undo(body.id)
    expect(shown.merge.undo).toMatchObject({ state: 'done', skipped: 1 })
    expect(shown.skipped).toMatchObject([{ object: 'contact', title: '三', faults: [{ code: 'changedSince' }] }])
    expect(await get('account', loser)).toMatchObject({ name: '华为公司总部', code: 'HW' })
    expect(await get('account', winner)).toMatchObject({ name: '华为', code: null, city: '东莞' })
    const accounts = await Promise.all(contacts.map(async (id) => (await get('contact', id)).account))
    expect(accounts).toEqual([loser, loser, elsewhere, loser])
    expect(await get('contact', contacts[3] ?? '')).toMatchObject({ title: '总监' })
    expect(await verifyLedger(await system())).toEqual([])
    expect((await office.post(`/merges/${body.id}/undo`)).code).toBe('MERGE_UNDONE')
  })

  it('is told by the history of the record that stays, and undone from there by who made it', async () => {
    await merge({}, rep)
    const history = async (client: TestClient) => (await client.get(`/records/account/${winner}/history`)).body.entries
    const [entry] = await history(rep)
    expect(entry).toMatchObject({ action: 'merged', kind: 'merge', after: { merged: [loser] }, run: { kind: 'merge' } })
    const { operationId } = entry.run
    expect((await rep.get(`/operations/${operationId}`)).body).toMatchObject({ records: 2, undo: null })
    const colleague = as(here.somebody('乙'))
    expect((await history(colleague))[0]).toMatchObject({ action: 'merged', run: null })
    expect((await colleague.post(`/operations/${operationId}/undo`)).code).toBe('OPERATION_NOT_FOUND')

    expect((await rep.post(`/operations/${operationId}/undo`)).body.undo).toMatchObject({ changesTotal: 1 })
    await undoOperation({ ...(await system()), actor: here.company.as('甲', 'representative').actor }, operationId)
    expect((await rep.get(`/operations/${operationId}/undo`)).body.undo).toMatchObject({ state: 'done', restored: 1 })
    expect(await get('account', loser)).toMatchObject({ name: '华为公司总部' })
    expect((await get('account', winner)).name).toBe('华为')
  })

  it('lets saved views that name the loser mean the record that stays, until it is undone', async () => {
    const filter = { and: [{ field: 'account', op: 'in', value: [loser, winner] }, { children: 'order', via: 'opportunity', where: { field: 'account', op: 'eq', value: loser }, aggregate: 'count', op: 'ge', value: 1 }] } // prettier-ignore
    const view = { object: 'opportunity', name: '总部的商机', kind: 'list', definition: { filter } }
    const made = await office.post('/views', view)
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    const shown = async () =>
      (await office.get('/views?object=opportunity')).body.views.find(({ id }: { id: string }) => id === made.body.id)
        .definition.filter
    const { body } = await merge()
    const last = await make(office, 'account', { name: '最后留下' })
    await merge({ winnerId: last, loserIds: [winner] })
    expect(await shown()).toMatchObject({ and: [{ value: [last] }, { where: { value: last } }] })
    // Who changes something else of the view writes back what was shown.
    const changed = { definition: { filter: await shown(), density: 'compact' } }
    expect((await office.patch(`/views/${made.body.id}`, changed)).body.definition).toEqual(changed.definition)
    await undo((await office.get('/merges')).body.merges[0].id)
    await undo(body.id)
    expect(await shown()).toEqual(filter)
  })

  it('of the same pair at once gives one result', async () => {
    await make(office, 'contact', { name: '一', account: loser })
    const answers = await Promise.all([1, 2, 3].map(() => merge()))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    expect((await office.get('/merges')).body.merges).toHaveLength(1)
  })

  it('of a pair in both directions at once leaves one of them', async () => {
    const answers = await Promise.all([merge(), merge({ winnerId: loser, loserIds: [winner] })])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const there = await Promise.all([winner, loser].map((id) => office.get(`/records/account/${id}`)))
    expect(there.map(({ status }) => status).sort()).toEqual([200, 410])
  })

  it('does not take a protected record away', async () => {
    const path = `/records/account/${loser}/protection`
    expect((await rep.put(path, { reason: '战略客户' })).code).toBe('PERMISSION_MISSING')
    await office.put(path, { reason: '战略客户' })
    expect(await merge()).toMatchObject({ status: 409, code: 'MERGE_PROTECTED' })
    expect((await merge({ winnerId: loser, loserIds: [winner] })).status).toBe(200)
    await office.delete(path)
  })

  it('moves thousands of records at most', async () => {
    await sql`
      insert into contact (company_id, id, name, account_id)
      select ${here.company.ctx.company.id}, gen_random_uuid(), 'n', ${loser} from generate_series(1, 5001)`.execute(
      database.owner,
    )
    const preview = await office.post('/merges/preview', { object: 'account', ids: [winner, loser] })
    expect(preview.body.records[1].uses).toEqual([{ object: 'contact', count: 5001 }])
    expect(await merge()).toMatchObject({ status: 422, code: 'MERGE_TOO_LARGE' })
  })

  it('that is held says of records out of reach only that there is one', async () => {
    const order = (code: string, amount: string) =>
      make(office, 'order', {
        ...{ code, amount, account: winner, orderedOn: '2026-03-01' },
        ownerId: here.people['甲'],
      })
    const [small, large] = [await order('S', '10'), await order('L', '50')]
    const refund = {
      code: '秘密退款',
      order: large,
      amount: '40',
      refundedOn: '2026-04-01',
      ownerId: here.people['丁'],
    }
    await make(office, 'refund', refund)
    const orders = { object: 'order', winnerId: small, loserIds: [large] }
    const refused = await rep.post('/merges', orders)
    expect(refused).toMatchObject({ status: 409, code: 'MERGE_HELD_UNSEEN' })
    expect(refused.body.errors).toEqual([])
    expect(JSON.stringify(refused.body)).not.toContain('秘密退款')
    const told = await office.post('/merges', orders)
    expect([told.code, JSON.stringify(told.body)]).toEqual(['MERGE_HELD', expect.stringContaining('秘密退款')])
  })

  it('that a rule blocks says of records out of reach only whose they are', async () => {
    const { objects } = (await office.get('/duplicates/rules')).body
    const rules = objects
      .find((one: any) => one.object === 'account')
      .rules.map(({ index: _index, indexed: _indexed, ...rule }: any) => rule)
    await office.put('/duplicates/rules/account', { rules: [] })
    const creditCode = '91330100799655058B'
    await make(office, 'account', { name: '秘密客户', creditCode, ownerId: here.people['丁'] })
    await office.patch(`/records/account/${loser}`, { values: { creditCode } })
    await office.put('/duplicates/rules/account', { rules })
    await indexDuplicates(await system())
    const refused = await merge({ take: { creditCode: loser } }, rep)
    expect(refused.body.errors).toMatchObject([{ field: 'creditCode', code: 'duplicate' }])
    expect(refused.body.errors[0].message).toContain('belongs to 丁')
    expect(JSON.stringify(refused.body)).not.toContain('秘密客户')
    expect(JSON.stringify((await merge({ take: { creditCode: loser } })).body)).toContain('秘密客户')
  })

  it('is found again among many, page by page', async () => {
    const { body } = await merge()
    await sql`
      insert into record_merge (company_id, id, object, winner_id, operation_id, moved, merged_by, merged_at)
      select company_id, gen_random_uuid(), object, winner_id, gen_random_uuid(), moved, merged_by,
        merged_at + n * interval '1 second'
      from record_merge cross join generate_series(1, 60) n where id = ${body.id}`.execute(database.owner)
    await sql`
      insert into record_merge_loser (company_id, merge_id, object, record_id)
      select company_id, id, object, ${loser} from record_merge where winner_id = ${winner}
      on conflict do nothing`.execute(database.owner)
    const first = (await office.get('/merges')).body
    const second = (await office.get(`/merges?before=${first.next}`)).body
    expect([first.merges.length, second.merges.length, second.next]).toEqual([50, 11, null])
    expect(second.merges.at(-1).id).toBe(body.id)
  })

  it('is for those who reach all of the records, and compares the versions that were seen', async () => {
    const other = await make(office, 'account', { name: '别人的', ownerId: here.people['丁'] })
    expect(await merge({ loserIds: [other] }, rep)).toMatchObject({ status: 404, code: 'RECORD_NOT_FOUND' })
    expect((await rep.post('/merges/preview', { object: 'account', ids: [winner, other] })).status).toBe(404)
    expect(await merge({ versions: { [loser]: 9 } })).toMatchObject({ status: 409, code: 'RECORD_CHANGED' })
  })

  it('leaves nothing behind that is made for the loser at the same time', async () => {
    const makers = Array.from({ length: 12 }, (_, at) =>
      office.post('/records/contact', { values: { name: `同时 ${at}`, account: loser } }),
    )
    const [merged, ...made] = await Promise.all([merge(), ...makers])
    expect(merged.status).toBe(200)
    const filter = { field: 'account', op: 'eq', value: loser }
    expect((await office.post('/records/contact/query', { filter })).body.rows).toEqual([])
    for (const { status, body } of made) {
      if (status === 201) expect((await get('contact', body.id)).account).toBe(winner)
      else expect(body.errors).toMatchObject([{ field: 'account', code: 'missing' }])
    }
  })

  it('is followed by what comes back from the recycle bin later, and by addresses through several merges', async () => {
    const id = await make(office, 'contact', { name: '回来的', account: loser })
    await office.delete(`/records/contact/${id}`)
    await merge()
    const last = await make(office, 'account', { name: '第三家' })
    await merge({ winnerId: last, loserIds: [winner] })
    expect((await office.post(`/records/contact/${id}/restore`)).status).toBe(200)
    expect((await get('contact', id)).account).toBe(last)
    expect((await office.get(`/records/account/${loser}`)).body.details).toEqual({ into: last })
    expect((await rep.get(`/records/account/${loser}`)).status).toBe(404)
  })

  it('of several records takes them all at once or none', async () => {
    const third = await make(office, 'account', { name: '第三家', parent: loser })
    await office.put(`/records/account/${third}/protection`, { reason: '上市公司' })
    expect((await merge({ loserIds: [loser, third] })).code).toBe('MERGE_PROTECTED')
    expect((await office.get(`/records/account/${loser}`)).status).toBe(200)
    await office.delete(`/records/account/${third}/protection`)
    const { body } = await merge({ loserIds: [loser, third], take: { parent: third } })
    expect(await get('account', winner)).toMatchObject({ parent: null })
    await undo(body.id)
    expect(await get('account', third)).toMatchObject({ parent: loser })
  })

  it('takes comments and files along, values of file fields too, and brings them back when it is undone', async () => {
    const label = { zh: '合同', en: 'Contract' }
    const admin = as(here.somebody('管'))
    await admin.post('/shape/objects/account/fields', { key: 'contract__c', definition: { label, type: 'file' } })
    const uploaded = await uploadTo(office, '/files/account/contract__c', '合同.pdf', tinyPdf)
    const contract = uploaded.body.id
    expect((await office.patch(`/records/account/${loser}`, { values: { contract__c: [contract] } })).status).toBe(200)
    await office.post(`/records/account/${loser}/comments`, { text: '见过老板' })
    await uploadTo(office, `/records/account/${loser}/files`, '现场.png', tinyPng)
    const told = async (id: string) => {
      const { body: talk } = await office.get(`/records/account/${id}/comments`)
      const { body: kept } = await office.get(`/records/account/${id}/files`)
      const names = kept.files.map(({ name }: { name: string }) => name)
      return { comments: talk.comments.map(({ text }: { text: string }) => text), files: names.sort() }
    }
    const { body, status } = await merge({ take: { contract__c: loser } })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(await told(winner)).toEqual({ comments: ['见过老板'], files: ['合同.pdf', '现场.png'] })
    expect(await get('account', winner)).toMatchObject({ contract__c: [contract] })

    await office.post(`/records/account/${winner}/comments`, { text: '合并以后' })
    await undo(body.id)
    expect(await told(loser)).toEqual({ comments: ['见过老板'], files: ['合同.pdf', '现场.png'] })
    expect(await told(winner)).toEqual({ comments: ['合并以后'], files: [] })
    expect(await get('account', loser)).toMatchObject({ contract__c: [contract] })
    expect(await get('account', winner)).toMatchObject({ contract__c: null })
  })

  it('keeps the keys of duplicates right, also when it is undone', async () => {
    await indexDuplicates(await system())
    await sql`delete from duplicate_key where record_id = ${loser}`.execute(database.owner)
    await sql`
      insert into duplicate_key (company_id, object, comparison, key, record_id)
      values (${here.company.ctx.company.id}, 'account', 'name:company', 'wrong', ${winner})`.execute(database.owner)
    expect(await verifyDuplicates(await system())).toEqual([{ object: 'account', missing: 1, needless: 1 }])
    const keyOfWinner = () =>
      sql`select key, xmin::text from duplicate_key where record_id = ${winner} and key <> 'wrong'`.execute(
        database.owner,
      )
    const before = await keyOfWinner()
    await rebuildDuplicates(await system())
    expect(await verifyDuplicates(await system())).toEqual([])
    // The same row as before: at no moment did the rule not hold.
    expect((await keyOfWinner()).rows).toEqual(before.rows)
    const { body } = await merge()
    expect(await verifyDuplicates(await system())).toEqual([])
    await make(office, 'account', { name: '华为公司总部（北京）', city: '北京' })
    await undo(body.id)
    expect(await verifyDuplicates(await system())).toEqual([])
  })

  it('is undone by who made it, while the winner is in reach, or by the office, for 30 days', async () => {
    const { body } = await merge({}, rep)
    expect((await as(here.somebody('乙')).post(`/merges/${body.id}/undo`)).code).toBe('MERGE_NOT_FOUND')
    await office.patch(`/records/account/${winner}`, { values: { ownerId: here.people['丁'] } })
    expect((await rep.post(`/merges/${body.id}/undo`)).code).toBe('RECORD_NOT_FOUND')
    await sql`update record_merge set merged_at = '2026-05-15T03:00:00Z' where id = ${body.id}`.execute(database.owner)
    expect((await office.post(`/merges/${body.id}/undo`)).code).toBe('MERGE_TOO_OLD')
  })

  it('of a company of its own objects follows references in added fields', async () => {
    const field = (definition: Record<string, unknown>) =>
      office.post('/shape/objects/contact/fields', { definition: { label: { zh: '公司', en: 'Firm' }, ...definition } })
    const { key: one } = (await field({ type: 'reference', to: 'account' })).body
    const { key: many } = (await field({ type: 'multi_reference', to: 'account', label: { zh: '多个', en: 'Many' } }))
      .body
    const id = await make(office, 'contact', { name: '人', [one]: loser, [many]: [winner, loser] })
    const { body } = await merge()
    expect(await get('contact', id)).toMatchObject({ [one]: winner, [many]: [winner] })
    await undo(body.id)
    expect(await get('contact', id)).toMatchObject({ [one]: loser, [many]: [winner, loser] })
  })
})
