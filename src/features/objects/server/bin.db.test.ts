import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRecord } from '#platform/records/save.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })
const later = await testApp({ database, now: () => new Date(Date.now() + 31 * 86_400_000) })
let company: SmallCompany
let rep: TestClient
let office: TestClient

const somebody = (name: string) => ({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })

beforeAll(async () => {
  company = await smallCompany(database)
  office = as(await appointed('乙', 'administrator'))
  rep = as(await appointed('甲', 'representative'))
})

async function appointed(name: string, role: string) {
  await sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
  return somebody(name)
}

let number = 0

/** An account of 甲 with a contact, a deal with an order that is paid, and an activity. */
async function family(ownerId = company.people['甲'] ?? '') {
  number += 1
  const make = async (object: string, values: Record<string, unknown>) =>
    (await createRecord(company.ctx, object, { ownerId, ...values })).id
  const account = await make('account', { name: `客户${number}`, code: `K${number}` })
  const contact = await make('contact', { name: `联系人${number}`, account })
  const opportunity = await make('opportunity', { name: `商机${number}`, account, stage: company.stages['Proposal'] })
  const order = await make('order', { code: `D${number}`, account, opportunity, amount: '9', orderedOn: '2026-05-01' })
  const payment = await make('payment', { code: `H${number}`, order, account, amount: '3', receivedOn: '2026-05-02' })
  const activity = await make('activity', { kind: 'call', subject: '电话', account, contact, doneOn: '2026-05-01' })
  return { account, contact, opportunity, order, payment, activity }
}

const isThere = async (object: string, id: string) => (await office.get(`/records/${object}/${id}`)).status === 200

async function thereOf(records: Record<string, string>): Promise<readonly string[]> {
  const there = await Promise.all(Object.entries(records).map(async ([object, id]) => (await isThere(object, id)) && object)) // prettier-ignore
  return there.filter((object) => object !== false)
}

/** Deletes a record with all that the person was shown. */
async function removeAlong(client: TestClient, object: string, id: string) {
  const { body } = await client.get(`/records/${object}/${id}/children`)
  const confirmed = body.children.map((one: any) => `${one.object}:${one.deletable}`).join(',')
  const query = `children=along${confirmed ? `&confirmed=${encodeURIComponent(confirmed)}` : ''}`
  return client.delete(`/records/${object}/${id}?${query}`)
}

const binned = async (client: TestClient, object: string, asked: Record<string, unknown> = {}) =>
  (await client.post(`/bin/${object}/query`, asked)).body.rows as readonly any[]

describe('deleting a record with children', () => {
  it('says beforehand what would go along', async () => {
    const { account } = await family()
    const { body } = await rep.get(`/records/account/${account}/children`)
    expect(body.keptBy).toEqual([])
    expect(new Map(body.children.map((one: any) => [one.object, [one.seen, one.deletable]]))).toEqual(
      new Map(['contact', 'opportunity', 'order', 'payment', 'activity'].map((object) => [object, [1, 1]])),
    )
  })

  it('is refused as long as nobody says that they go along', async () => {
    const records = await family()
    expect((await rep.delete(`/records/account/${records.account}`)).code).toBe('RECORD_IN_USE')
    expect((await rep.delete(`/records/account/${records.account}?children=along`)).code).toBe('MORE_CHILDREN')
    expect(await thereOf(records)).toHaveLength(6)
  })

  it('takes them along as one operation, and all of it comes back, but not what was in the bin before', async () => {
    const records = await family()
    const before = (await createRecord(company.ctx, 'contact', { name: '早删', account: records.account, ownerId: company.people['甲'] })).id // prettier-ignore
    await rep.delete(`/records/contact/${before}`)
    expect((await removeAlong(rep, 'account', records.account)).status).toBe(204)
    expect(await thereOf(records)).toEqual([])

    const [row] = await binned(rep, 'account')
    expect(row).toMatchObject({ id: records.account, deletedBy: '甲', with: null })
    expect(row.companions.map((one: any) => [one.object, one.count]).sort()).toEqual(
      ['activity', 'contact', 'opportunity', 'order', 'payment'].map((object) => [object, 1]),
    )
    const [child] = await binned(rep, 'contact')
    expect(child).toMatchObject({ id: records.contact, with: { object: 'account', id: records.account } })

    const back = await rep.post('/bin/account/restore', { ids: [records.account] })
    expect(back.body).toEqual({ restored: 1, along: 5, leftBehind: 0, refused: [] })
    expect(await thereOf(records)).toHaveLength(6)
    expect(await isThere('contact', before)).toBe(false)
    const { body } = await rep.get(`/records/payment/${records.payment}/history`)
    expect(body.entries.map((one: any) => one.action)).toEqual(['restored', 'deleted', 'created'])
  })

  it('is refused whole while a colleague out of reach has a part of it, naming the kind only', async () => {
    const records = await family()
    const far = (await createRecord(company.ctx, 'contact', { name: '同事的', account: records.account, ownerId: company.people['丁'] })).id // prettier-ignore
    const { body } = await rep.get(`/records/account/${records.account}/children`)
    expect(body.keptBy).toEqual(['contact'])
    expect(body.children.find((one: any) => one.object === 'contact')).toEqual({ object: 'contact', seen: 1, deletable: 1 }) // prettier-ignore
    const refused = await removeAlong(rep, 'account', records.account)
    expect([refused.code, refused.body.title]).toEqual(['RECORD_IN_USE', expect.stringContaining('Contact')])
    expect(await thereOf({ ...records, far })).toHaveLength(6)
    expect((await removeAlong(office, 'account', records.account)).status).toBe(204)

    const back = await rep.post('/bin/account/restore', { ids: [records.account] })
    expect(back.body).toMatchObject({ restored: 1, along: 5, leftBehind: 1 })
    expect(await isThere('contact', far)).toBe(false)
    expect((await office.post('/bin/contact/restore', { ids: [far] })).body.restored).toBe(1)
  })

  it('reaches records of objects that the company made', async () => {
    const label = { zh: '设备', en: 'Machine' }
    const { key } = (await office.post('/shape/objects', { label })).body
    const definition = { label: { zh: '客户', en: 'Account' }, type: 'reference', to: 'account', required: true }
    const field = (await office.post(`/shape/objects/${key}/fields`, { definition })).body
    const { account } = await family()
    const machine = (await office.post(`/records/${key}`, { values: { name: '拖拉机', [field.key]: account } })).body
    expect(machine.id).toBeDefined()
    const { body } = await office.get(`/records/account/${account}/children`)
    expect(body.children).toContainEqual({ object: key, seen: 1, deletable: 1 })
    await removeAlong(office, 'account', account)
    expect(await isThere(key, machine.id)).toBe(false)
    expect((await office.post(`/records/account/${account}/restore`)).status).toBe(200)
    expect(await isThere(key, machine.id)).toBe(true)
  })

  it('leaves alone what only names it, and stays itself', async () => {
    const { opportunity, contact, account } = await family()
    const stage = company.stages['Proposal']
    const before = async (object: string, id: string | undefined) =>
      (await office.get(`/records/${object}/${id}/children`)).body
    expect(await before('stage', stage)).toEqual({ children: [], keptBy: ['opportunity'] })
    expect(await before('contact', contact)).toEqual({ children: [], keptBy: ['activity'] })
    expect(await before('opportunity', opportunity)).toEqual({ children: [], keptBy: ['order'] })
    expect((await removeAlong(office, 'contact', contact)).code).toBe('RECORD_IN_USE')
    const daughter = (await createRecord(company.ctx, 'account', { name: `子${number}`, parent: account })).id
    expect((await removeAlong(office, 'account', account)).code).toBe('RECORD_IN_USE')
    expect([await isThere('account', daughter), await isThere('opportunity', opportunity)]).toEqual([true, true])
  })

  it('is asked for again where more belongs to it by now than was shown', async () => {
    const { account } = await family()
    const shown = 'contact:1,opportunity:1,order:1,payment:1,activity:1'
    const remove = (confirmed: string) =>
      rep.delete(`/records/account/${account}?children=along&confirmed=${encodeURIComponent(confirmed)}`)
    await createRecord(company.ctx, 'contact', { name: '刚来', account, ownerId: company.people['甲'] })
    expect((await remove(shown)).code).toBe('MORE_CHILDREN')
    expect(await isThere('account', account)).toBe(true)
    expect((await remove(shown.replace('contact:1', 'contact:2'))).status).toBe(204)
  })

  it('is not done for those whose version it is not any more', async () => {
    const { account } = await family()
    await rep.patch(`/records/account/${account}`, { values: { city: '杭州' } })
    const refused = await rep.delete(`/records/account/${account}?version=1&children=along`)
    expect(refused.code).toBe('RECORD_CHANGED')
  })
})

describe('the recycle bin', () => {
  it('counts what the person may restore, and tells for how long', async () => {
    const { activity } = await family(company.people['丁'])
    const counted = async (client: TestClient) => {
      const { body } = await client.get('/bin')
      expect(body.days).toBe(30)
      return body.objects.find((one: any) => one.object === 'activity')?.count ?? 0
    }
    const before = [await counted(rep), await counted(office)]
    await office.delete(`/records/activity/${activity}`)
    expect([await counted(rep), await counted(office)]).toEqual([before[0], (before[1] ?? 0) + 1])
  })

  it('is searched by name, filtered by fields and by who deleted', async () => {
    const { contact, activity } = await family()
    await office.delete(`/records/activity/${activity}`)
    await rep.delete(`/records/contact/${contact}`)
    const name = `联系人${number}`
    const ids = async (asked: Record<string, unknown>) => (await binned(office, 'contact', asked)).map(({ id }) => id)
    expect(await ids({ search: name })).toEqual([contact])
    expect(await ids({ search: name, deletedBy: company.people['甲'] })).toEqual([contact])
    expect(await ids({ search: name, deletedBy: company.people['乙'] })).toEqual([])
    expect(await ids({ filter: { field: 'name', op: 'eq', value: name } })).toEqual([contact])
    const first = (await office.post('/bin/contact/query', { limit: 1 })).body
    const next = (await office.post('/bin/contact/query', { limit: 1, cursor: first.cursor })).body
    expect(new Set([...first.rows, ...next.rows].map(({ id }: any) => id)).size).toBe(2)
  })

  it('offers the parent of what cannot come back without it, and brings back these two alone', async () => {
    const records = await family()
    await rep.delete(`/records/activity/${records.activity}`)
    await removeAlong(rep, 'account', records.account)
    const refused = await rep.post('/bin/activity/restore', { ids: [records.activity] })
    expect(refused.body.restored).toBe(0)
    expect(refused.body.refused[0].faults.map((one: any) => [one.field, one.code])).toEqual([
      ['account', 'inBin'],
      ['contact', 'inBin'],
    ])
    expect(refused.body.refused[0].needed.map((one: any) => one.id)).toEqual([records.account, records.contact])
    const back = await rep.post('/bin/activity/restore', { ids: [records.activity], parents: true })
    expect(back.body).toMatchObject({ restored: 1, along: 2, refused: [] })
    expect(await thereOf(records)).toEqual(['account', 'contact', 'activity'])
    expect((await rep.post('/bin/order/restore', { ids: [records.order], parents: true })).body.restored).toBe(1)
    expect(await thereOf(records)).toEqual(['account', 'contact', 'opportunity', 'order', 'activity'])
  })

  it('brings back with a record only what went with it the last time', async () => {
    const { account, activity } = await family()
    const far = (await createRecord(company.ctx, 'contact', { name: '同事的', account, ownerId: company.people['丁'] })).id // prettier-ignore
    await removeAlong(office, 'account', account)
    expect((await rep.post('/bin/account/restore', { ids: [account] })).body.leftBehind).toBe(1)
    await removeAlong(office, 'account', account)
    expect((await office.post('/bin/account/restore', { ids: [account] })).body).toMatchObject({ along: 5, leftBehind: 0 }) // prettier-ignore
    expect([await isThere('contact', far), await isThere('activity', activity)]).toEqual([false, true])
  })

  it('brings many back, those that wait for each other too, and names what stands against the rest', async () => {
    const make = async (values: Record<string, unknown>) =>
      (await createRecord(company.ctx, 'account', { ownerId: company.people['甲'], ...values })).id
    const parent = await make({ name: '母公司' })
    const child = await make({ name: '子公司', parent })
    const numbered = await make({ name: '编号被占', code: 'TAKEN' })
    for (const id of [child, parent, numbered]) await rep.delete(`/records/account/${id}`)
    await make({ name: '新主人', code: 'TAKEN' })
    const back = await rep.post('/bin/account/restore', { ids: [child, parent, numbered] })
    expect(back.body).toMatchObject({ restored: 2, along: 0 })
    expect(back.body.refused).toEqual([
      {
        id: numbered,
        title: '编号被占',
        faults: [{ field: 'code', code: 'taken', message: '“TAKEN” is already taken' }],
        needed: [],
      },
    ])
    const one = await rep.post(`/records/account/${numbered}/restore`)
    expect([one.code, one.body.errors[0].field]).toEqual(['RECORD_INVALID', 'code'])
  })

  it('keeps records for 30 days', async () => {
    const { activity } = await family()
    await rep.delete(`/records/activity/${activity}`)
    const [row] = await binned(rep, 'activity')
    expect(Date.parse(row.goneAt) - Date.parse(row.deletedAt)).toBe(30 * 86_400_000)
    const next = later.as(somebody('甲'))
    expect(await binned(next, 'activity')).toEqual([])
    expect((await next.post(`/records/activity/${activity}/restore`)).status).toBe(404)
    expect((await rep.post(`/records/activity/${activity}/restore`)).status).toBe(200)
  })

  it('restores nothing for those who do not reach it', async () => {
    const { activity } = await family(company.people['丁'])
    await office.delete(`/records/activity/${activity}`)
    expect((await binned(rep, 'activity')).map(({ id }) => id)).not.toContain(activity)
    const refused = await rep.post('/bin/activity/restore', { ids: [activity], parents: true })
    expect(refused.body).toMatchObject({ restored: 0, refused: [{ id: activity, title: null }] })
  })
})
