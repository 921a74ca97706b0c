import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#engine/policy/role.ts'
import { createRecord } from '#platform/records/save.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })
let company: SmallCompany
let planId = ''

const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const setRole = (name: string, role: Role) =>
  sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
const make = async (name: string, more: object = {}): Promise<string> =>
  (await person('丁').post('/objectives', { name, period: '2026', ...more })).body.id
const list = async (name: string) => (await person(name).get('/objectives')).body
const find = async (name: string, id: string) =>
  (await list(name)).objectives.find((one: { id: string }) => one.id === id)

beforeAll(async () => {
  company = await smallCompany(database)
  await setRole('丁', 'director')
  await setRole('甲', 'representative')
  const plan = await publishedPlan(person('丁'), { metric: 'signed_amount', year: 2026, total: '1200' })
  planId = plan.id
  await createRecord(company.ctx, 'opportunity', {
    name: '单子',
    stage: company.stages['Won'],
    amount: '300',
    closedOn: '2026-03-05',
    ownerId: company.people['甲'],
  })
})

describe('objectives', () => {
  it('stand in a tree with owner and measure, and progress as the targets have it', async () => {
    const growth = await make('增长', { ownerId: company.people['甲'], metric: 'signed_amount' })
    const below = await make('东区', { parentId: growth, metric: 'signed_amount', unitId: company.units['东一队'] })
    expect(await find('丁', growth)).toMatchObject({
      ownerName: '甲',
      unitName: '公司',
      progress: { actual: '300', target: '1200', attainment: 0.25 },
    })
    expect(await find('丁', below)).toMatchObject({ parentId: growth, progress: { actual: '300' } })
  })

  it('tell whoever does not see the unit nothing of its figures', async () => {
    const { objectives } = await list('甲')
    expect(objectives.map(({ name, progress }: any) => [name, progress])).toEqual([
      ['增长', null],
      ['东区', null],
    ])
  })

  it('never stand below themselves, also not after two moves at once', async () => {
    const [one, other] = [await make('一'), await make('二')]
    const move = (id: string, parentId: string) => person('丁').patch(`/objectives/${id}`, { version: 1, parentId })
    expect((await move(one, one)).code).toBe('OBJECTIVE_CIRCLE')
    const both = await Promise.all([move(one, other), move(other, one)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 422])
  })

  it('name what is wrong with them', async () => {
    const wrong = { period: 'soon', metric: 'nothing', parentId: company.units['公司'] }
    const refused = await person('丁').post('/objectives', { name: 'x', ...wrong })
    expect(refused.body.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual([
      'metric',
      'parentId',
      'period',
    ])
  })

  it('are changed by those who manage them; their owner says how they stand', async () => {
    const [{ id, version }] = (await list('甲')).objectives
    expect((await person('甲').post('/objectives', { name: 'x', period: '2026' })).code).toBe('PERMISSION_MISSING')
    const named = await person('甲').patch(`/objectives/${id}`, { version, name: '别的' })
    expect(named).toMatchObject({ status: 422, body: { errors: [{ field: 'name', code: 'not-yours' }] } })
    expect((await person('甲').patch(`/objectives/${id}`, { version, status: 'reached' })).status).toBe(200)
    expect((await person('丙').patch(`/objectives/${id}`, { version, status: 'open' })).code).toBe('OBJECTIVE_INVALID')
    expect((await person('丁').patch(`/objectives/${id}`, { version, name: 'x' })).code).toBe('OBJECTIVE_CHANGED')
    expect((await person('丁').delete(`/objectives/${id}`)).code).toBe('OBJECTIVE_HAS_CHILDREN')
  })

  it('are served by plans or rows of plans; plans that serve none are listed', async () => {
    expect((await list('丁')).unlinked).toMatchObject([{ planId, year: 2026 }])
    const id = await make('新客户')
    const links = [{ planId, node: company.units['东区'] }]
    expect((await person('丁').put(`/objectives/${id}/links`, { links: [{ planId, node: 'x' }] })).code).toBe(
      'NODE_NOT_FOUND',
    )
    expect((await person('丁').put(`/objectives/${id}/links`, { links })).status).toBe(204)
    expect((await find('丁', id)).links).toMatchObject([{ planId, nodeName: '东区', year: 2026 }])
    expect((await find('甲', id)).links).toEqual([])
    expect((await list('丁')).unlinked).toEqual([])
    await person('丁').put(`/objectives/${id}/links`, { links: [] })
    expect((await person('丁').delete(`/objectives/${id}`)).status).toBe(204)
  })

  it('of another company are not there', async () => {
    const other = await smallCompany(database, { slug: 'other' })
    await sql`update person set role = 'director' where id = ${other.people['甲']}`.execute(database.owner)
    const stranger = as({ companyId: other.ctx.company.id, personId: other.people['甲'] ?? '' })
    const [{ id }] = (await list('丁')).objectives
    expect((await stranger.get('/objectives')).body.objectives).toEqual([])
    expect((await stranger.delete(`/objectives/${id}`)).code).toBe('OBJECTIVE_NOT_FOUND')
  })
})
