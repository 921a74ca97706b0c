import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyLedger } from '#platform/ledger/index.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { fingerprintOf } from './fingerprint.ts'
import { populated, type Populated } from './populated.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })
let here: Populated
let office: TestClient
let seller: TestClient
let colleague: TestClient
let fingerprint: Awaited<ReturnType<typeof fingerprintOf>>

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
  seller = as(here.somebody('甲'))
  colleague = as(here.somebody('丙'))
  for (const client of [office, seller, colleague]) await client.get('/me')
  fingerprint = await fingerprintOf(database.owner)
})

const stage = (name: string) => here.company.stages[name] ?? ''
const record = (object: string, owner: '甲' | '乙' | '丙' | '丁') => here.records[object]?.[owner] ?? ''

interface Trace {
  readonly operations: number
  readonly audits: readonly string[]
  readonly events: readonly string[]
}

/** What stands written about a record: its audit entries and events, and of how many operations they are. */
async function traceOf(id: string): Promise<Trace> {
  const { rows: audits } = await sql<{ action: string; operation_id: string }>`
    select a.action, a.operation_id from audit_entry a join operation o on o.company_id = a.company_id and o.id = a.operation_id
    where a.record_id = ${id} order by a.id`.execute(database.owner)
  const { rows: events } = await sql<{ name: string; operation_id: string }>`
    select e.name, e.operation_id from event e join operation o on o.company_id = e.company_id and o.id = e.operation_id
    where e.payload ->> 'id' = ${id} order by e.id`.execute(database.owner)
  const operations = new Set([...audits, ...events].map((row) => row.operation_id))
  return { operations: operations.size, audits: audits.map((row) => row.action), events: events.map((row) => row.name) }
}

/** Runs something that is refused and says that not one row changed anywhere. */
async function withoutTrace<T>(act: () => Promise<T>): Promise<T> {
  const before = await fingerprint()
  const answer = await act()
  expect(await fingerprint()).toEqual(before)
  return answer
}

describe('a record over HTTP', () => {
  it('is made, read, changed, deleted and brought back, each with one operation, audit entry and event', async () => {
    const made = await seller.post('/records/account', { values: { name: ' 新客户 ', employees: 12, code: 'K-1' } })
    expect(made).toMatchObject({
      status: 201,
      body: { version: 1, name: '新客户', employees: '12', ownerId: here.people['甲'], names: { ownerId: '甲' } },
    })
    const path = `/records/account/${made.body.id}`
    expect((await seller.get(path)).body).toEqual(made.body)

    const changed = await seller.patch(path, { version: 1, values: { employees: '13', city: '杭州' } })
    expect(changed).toMatchObject({ status: 200, body: { version: 2, employees: '13', city: '杭州', name: '新客户' } })
    expect((await seller.delete(`${path}?version=2`)).status).toBe(204)
    expect(await seller.get(path)).toMatchObject({ status: 404, code: 'RECORD_NOT_FOUND' })
    const bin = await seller.post('/records/account/query', { deleted: true })
    expect(bin.body.rows.map((row: { id: string }) => row.id)).toEqual([made.body.id])
    const back = await seller.post(`${path}/restore`)
    expect(back).toMatchObject({ status: 200, body: { id: made.body.id, city: '杭州', version: 4 } })

    expect(await traceOf(made.body.id)).toEqual({
      operations: 4,
      audits: ['created', 'updated', 'deleted', 'restored'],
      events: ['account.created', 'account.updated', 'account.deleted', 'account.restored'],
    })
    const { body } = await seller.get(`${path}/history`)
    expect(body.entries.map((entry: { action: string }) => entry.action)).toEqual([
      ...['restored', 'deleted', 'updated', 'created'],
    ])
    expect(body.entries[2]).toMatchObject({
      personName: '甲',
      before: { employees: '12', city: null },
      after: { employees: '13', city: '杭州' },
    })
  })

  it('that is saved as it stands stays as it is and leaves no trace', async () => {
    const path = `/records/opportunity/${record('opportunity', '甲')}`
    const { body: before } = await seller.get(path)
    const {
      id: _id,
      version,
      ownerId,
      createdAt: _at,
      updatedAt: _on,
      names: _names,
      status: _status,
      forecastByHand: _byHand,
      ...values
    } = before
    const answer = await withoutTrace(() => seller.patch(path, { version, values: { ...values, ownerId } }))
    expect(answer).toMatchObject({ status: 200, body: { version } })
  })

  it('is not overwritten by whoever saw an older version: the newer one comes with the refusal', async () => {
    const path = `/records/account/${record('account', '甲')}`
    const { body: seen } = await seller.get(path)
    await office.patch(path, { version: seen.version, values: { city: '上海' } })
    const late = await withoutTrace(() => seller.patch(path, { version: seen.version, values: { city: '北京' } }))
    expect(late).toMatchObject({
      status: 409,
      code: 'RECORD_CHANGED',
      body: { details: { current: { id: seen.id, version: seen.version + 1, city: '上海' } } },
    })
    expect((await seller.delete(`${path}?version=${seen.version}`)).code).toBe('RECORD_CHANGED')
  })

  it('is changed once by ten who saw the same version at the same time', async () => {
    const path = `/records/account/${record('account', '丙')}`
    const { body: seen } = await colleague.get(path)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        office.patch(path, { version: seen.version, values: { city: `城市${at}` } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)])
    const won = answers.find(({ status }) => status === 200)
    expect((await office.get(path)).body).toMatchObject({ version: seen.version + 1, city: won?.body.city })
  })

  it('gets a unique number that two want at once only once; the other is told which field', async () => {
    for (let round = 0; round < 5; round += 1) {
      const values = { name: '同时', code: `同号-${round}` }
      const answers = await Promise.all(
        [office, seller].map((client) => client.post('/records/account', { values, confirmed: true })),
      )
      const [created, refused] = answers.sort((one, other) => one.status - other.status)
      expect([created?.status, refused?.status]).toEqual([201, 422])
      expect(refused?.body.errors).toEqual([
        { field: 'code', code: 'taken', message: `“同号-${round}” is already taken` },
      ])
    }
  })

  it('does not come back from the bin over a record that took its number meanwhile', async () => {
    const first = await office.post('/records/account', { values: { name: '一', code: '旧号' } })
    await office.delete(`/records/account/${first.body.id}`)
    await office.post('/records/account', { values: { name: '二', code: '旧号' } })
    const back = await withoutTrace(() => office.post(`/records/account/${first.body.id}/restore`))
    expect(back).toMatchObject({ status: 422, code: 'RECORD_INVALID', body: { errors: [{ field: 'code' }] } })
  })

  it('names every field at fault at once, in the language of the caller, and nothing is written', async () => {
    const values = {
      code: 'x'.repeat(300),
      amount: '1e5',
      orderedOn: '2026-02-30',
      status: 'maybe',
      nothing: 1,
      ownerId: 'x',
    }
    const answer = await withoutTrace(() => office.post('/records/order', { values }, { 'accept-language': 'zh-CN' }))
    expect(answer).toMatchObject({ status: 422, code: 'RECORD_INVALID', body: { title: '有字段需要修改' } })
    const fields = answer.body.errors.map((fault: { field: string }) => fault.field).sort()
    expect(fields).toEqual(['amount', 'code', 'nothing', 'orderedOn', 'ownerId', 'status'])
    expect(answer.body.errors).toContainEqual({ field: 'code', code: 'tooLong', message: '最多 200 个字' })
  })

  it('refers only to living records in reach', async () => {
    const refused = async (values: Record<string, unknown>) => {
      const answer = await withoutTrace(() =>
        seller.post('/records/opportunity', { values: { name: '新', stage: stage('Proposal'), ...values } }),
      )
      expect(answer).toMatchObject({ status: 422, code: 'RECORD_INVALID' })
      return answer.body.errors.map((fault: { field: string; code: string }) => [fault.field, fault.code])
    }
    expect(await refused({ account: record('account', '丙') })).toEqual([['account', 'missing']])
    expect(await refused({ account: record('contact', '甲') })).toEqual([['account', 'missing']])
    expect(await refused({ stage: record('account', '甲') })).toEqual([['stage', 'missing']])
    expect(await refused({ ownerId: here.people['丙'] })).toEqual([['ownerId', 'person']])
    expect(await refused({ ownerId: null })).toEqual([['ownerId', 'nobody']])
    expect(await refused({ credits: [{ person: here.people['丙'], percent: '100' }] })).toEqual([['credits', 'person']])
    expect(await refused({ status: 'won' })).toEqual([['status', 'readOnly']])
    const gone = await seller.post('/records/account', { values: { name: '走了' } })
    await seller.delete(`/records/account/${gone.body.id}`)
    expect(await refused({ account: gone.body.id })).toEqual([['account', 'missing']])
  })

  it('keeps a reference to a customer of somebody else that the office set', async () => {
    const path = `/records/order/${record('order', '乙')}`
    await office.patch(path, { values: { account: record('account', '丁') } })
    const lead = as(here.somebody('乙'))
    expect(await lead.patch(path, { values: { amount: '91' } })).toMatchObject({ status: 200, body: { amount: '91' } })
    const values = { order: record('order', '乙'), amount: '1', receivedOn: '2026-04-01' }
    expect(await lead.post('/records/payment', { values })).toMatchObject({
      status: 201,
      body: { account: record('account', '丁'), ownerId: here.people['乙'] },
    })
  })

  it('shares its result by percents that sum to 100, and says so where they do not', async () => {
    const path = `/records/opportunity/${record('opportunity', '丁')}`
    const share = (percents: readonly string[]) => {
      const people = [here.people['甲'], here.people['乙'], here.people['丙']]
      return office.patch(path, {
        values: { credits: percents.map((percent, at) => ({ person: people[at], percent })) },
      })
    }
    const fine = await share(['33.3333', '33.3333', '33.3334'])
    expect(fine.body.credits).toEqual([
      { person: here.people['甲'], percent: '33.3333' },
      { person: here.people['乙'], percent: '33.3333' },
      { person: here.people['丙'], percent: '33.3334' },
    ])
    for (const wrong of [
      ['50', '49.9999'],
      ['100', '0'],
      ['150', '-50'],
      ['33.33333', '66.66667'],
    ]) {
      const refused = await withoutTrace(() => share(wrong))
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'credits' }] } })
    }
    const one = { person: here.people['甲'], percent: '50' }
    const twice = await office.patch(path, { values: { credits: [one, one] } })
    expect(twice.body.errors).toMatchObject([{ field: 'credits', code: 'creditTwice' }])
    // Who owns the deal may save it with the shares that the office gave to others.
    const owner = as(here.somebody('丁'))
    const { body } = await owner.get(path)
    expect((await owner.patch(path, { values: { credits: body.credits, note: '改' } })).status).toBe(200)
    expect((await office.patch(path, { values: { credits: [] } })).body.credits).toBeNull()
  })
})

describe('many writers at once', () => {
  it('each get through or are told what changed: nobody waits in a circle, and the ledger stays whole', async () => {
    const deals = (['甲', '乙', '丙', '丁'] as const).map((owner) => record('opportunity', owner))
    const days = ['2026-01-10', '2026-02-10', '2026-03-10']
    const turns = Array.from({ length: 60 }, (_, at) => {
      const values = {
        ownerId: here.people[(['甲', '乙', '丙', '丁'] as const)[(at * 7) % 4] ?? '甲'],
        closedOn: days[(at * 5) % 3],
        amount: String(at),
      }
      return () => office.patch(`/records/opportunity/${deals[at % 4]}`, { values })
    })
    const answers = await Promise.all(turns.map((turn) => turn()))
    expect(answers.map(({ status, code }) => [status, code]).filter(([status]) => status !== 200)).toEqual([])
    expect(await verifyLedger(here.company.ctx)).toEqual([])
  })
})

describe('a write that fails in the middle', () => {
  it('leaves nothing: no record, operation, audit entry, event, credit or ledger row', async () => {
    await sql`alter table ledger_row add constraint broken check (currency <> 'CNY') not valid`.execute(database.owner)
    try {
      const credits = [{ person: here.people['甲'], percent: '100' }]
      const values = { name: '半途', stage: stage('Won'), amount: '5', closedOn: '2026-05-05', credits }
      const answer = await withoutTrace(() => office.post('/records/opportunity', { values }))
      expect(answer).toMatchObject({ status: 500, code: 'UNEXPECTED' })
      expect(JSON.stringify(answer.body)).not.toMatch(/ledger_row|constraint|broken/)
    } finally {
      await sql`alter table ledger_row drop constraint broken`.execute(database.owner)
    }
  })
})
