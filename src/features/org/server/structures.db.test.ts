import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { runRecredit, verifyLedger } from '#platform/ledger/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { findCompany } from '#platform/db/system.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { creditAnew } from '#testing/credit-anew.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { as, database } = await testApp({ now })

let company: SmallCompany
let admin: TestClient
let manager: TestClient

const person = (name: string): string => company.people[name] ?? ''

beforeAll(async () => {
  company = await smallCompany(database)
  const { ctx, stages, people } = company
  await sql`update person set role = 'administrator' where id = ${person('甲')}`.execute(database.owner)
  await sql`update person set role = 'manager' where id = ${person('丙')}`.execute(database.owner)
  admin = as({ companyId: ctx.company.id, personId: people['甲'] ?? '' })
  manager = as({ companyId: ctx.company.id, personId: people['丙'] ?? '' })
  const account = (await createRecord(ctx, 'account', { name: '客户', ownerId: person('丁') })).id
  const deals = [['甲', '10.01'], ['乙', '20.02'], ['丙', '40.04'], [null, '80.08']] as const // prettier-ignore
  for (const [name, amount] of deals) {
    await createRecord(ctx, 'opportunity', {
      name: `商机${amount}`, account, stage: stages['Won'], amount, closedOn: '2026-03-10', ownerId: name && person(name),
    }) // prettier-ignore
  }
})

/** Works off what creating a structure asked for. */
async function creditInBackground(): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from recredit_run`.execute(database.owner)
  for (const { id } of rows) await runRecredit(await fresh(), id)
}

async function fresh(): Promise<Ctx> {
  const found = await findCompany(database.db, { id: company.ctx.company.id })
  if (!found) throw new Error('the company is gone')
  return { ...company.ctx, company: found }
}

const treeBy = async (client: TestClient, structure: string) =>
  (await client.get(`/metrics/signed_amount/tree?period=2026&structure=${structure}`)).body

describe('a structure of its own', () => {
  let key = ''
  let id = ''
  let north = ''

  it('is made with a top, and everything that was there is credited to it in the background', async () => {
    const made = await admin.post('/org/structures', { nameZh: '行业', nameEn: 'Industries', topName: '全部行业' })
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    ;({ key, id } = made.body)
    expect((await admin.get('/org/recrediting')).body.underWay).not.toBeNull()
    expect((await treeBy(admin, key)).meta.fill).toBe('filling')
    await creditInBackground()
    expect((await admin.get('/org/recrediting')).body.underWay).toBeNull()
    expect(await treeBy(admin, key)).toMatchObject({ actual: '150.15', meta: { fill: 'ready' } })
    expect(await verifyLedger(await fresh())).toEqual([])
  })

  it('holds people who stand elsewhere in the others, in several of its units, each with a share of the time', async () => {
    const parentId = (await admin.get(`/org/tree?structure=${key}`)).body.units[0].id
    north = (await admin.post('/org/units', { name: '制造', parentId })).body.id
    const south = (await admin.post('/org/units', { name: '金融', parentId })).body.id
    const main = { personId: person('乙'), unitId: north, from: null, share: '70' }
    expect((await admin.post('/org/assignments', main)).status).toBe(200)
    const over = { personId: person('乙'), unitId: south, from: null, share: '40', isMain: false }
    expect((await admin.post('/org/assignments', over)).body.errors).toMatchObject([{ code: 'over_full_time' }])
    expect((await admin.post('/org/assignments', { ...over, share: '30' })).status).toBe(200)
    const { assignments } = (await admin.get(`/org/people/${person('乙')}`)).body
    expect(assignments.map((one: any) => `${one.unitName} ${one.share} ${one.structure?.zh ?? '-'}`).sort()).toEqual([
      '东一队 100 -',
      '制造 70 行业',
      '金融 30 行业',
    ])
  })

  it('shows figures by its own tree, with the same total as the default one', async () => {
    await admin.post('/org/assignments', { personId: person('丙'), unitId: north, from: '2026-01-01' })
    await creditAnew(await fresh(), [person('乙'), person('丙')], '-infinity')
    const tree = await treeBy(admin, key)
    expect(tree.actual).toBe('150.15')
    expect(tree.children.map((child: any) => `${child.name} ${child.actual}`)).toContain('制造 60.06')
    const usual = (await admin.get('/metrics/signed_amount/tree?period=2026')).body
    expect(usual.actual).toBe(tree.actual)
    const behind = `/metrics/signed_amount/records?period=2026&structure=${key}&node=${north}`
    expect((await admin.get(behind)).body).toMatchObject({ total: '60.06', count: 2 })
    const months = (await admin.get(`/metrics/signed_amount/series?period=2026&structure=${key}&node=${north}`)).body
    expect(months[2].actual).toBe('60.06')
  })

  it('gives nobody more to see: who heads a unit of it reaches by the default structure alone', async () => {
    const unit = (await admin.get(`/org/tree?structure=${key}`)).body.units.find((one: any) => one.id === north)
    const named = await admin.patch(`/org/units/${north}`, { version: unit.version, headId: person('丙') })
    expect(named.status, JSON.stringify(named.body)).toBe(200)
    const own = await treeBy(manager, key)
    expect(own.actual).toBe('40.04')
    expect((await manager.get('/records/opportunity')).body.rows).toHaveLength(1)
  })

  it('is renamed, of two the second is told; a name stands once', async () => {
    const names = { nameZh: '行业线', nameEn: 'Industry lines' }
    expect((await admin.patch(`/org/structures/${id}`, { version: 1, ...names })).body).toEqual({ version: 2 })
    expect(await admin.patch(`/org/structures/${id}`, { version: 1, ...names })).toMatchObject({
      status: 409,
      code: 'STRUCTURE_CHANGED',
    })
    const taken = await admin.post('/org/structures', { ...names, topName: '顶' })
    expect(taken.body.errors).toMatchObject([{ field: 'nameZh', code: 'taken' }])
  })

  it('closes from a day on, and stays on the days before; the default one never closes', async () => {
    const { structures } = (await admin.get('/org/structures')).body
    const usual = structures.find((one: any) => one.isDefault)
    const refused = await admin.post(`/org/structures/${usual.id}/close`, { version: 1, on: '2026-07-01' })
    expect(refused.body.errors).toMatchObject([{ code: 'default' }])
    expect((await admin.post(`/org/structures/${id}/close`, { version: 2, on: '2026-07-01' })).status).toBe(204)
    const unitsOn = async (day: string) => (await admin.get(`/org/tree?structure=${key}&on=${day}`)).body.units.length
    expect([await unitsOn('2026-06-30'), await unitsOn('2026-07-01')]).toEqual([3, 0])
    expect((await treeBy(admin, key)).actual).toBe('150.15')
  })
})
