import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { moveUnit } from '#features/org/server/index.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const now = () => new Date('2026-11-20T04:00:00Z')
const { database, as } = await testApp({ now })

let company: SmallCompany
let director: TestClient
let planId: string

interface Deal {
  readonly owner: string
  readonly stage: string
  readonly engagedOn: string
  readonly closedOn?: string
  readonly expectedOn?: string
  readonly amount: number
}

async function sell({ owner, stage, amount, ...days }: Deal): Promise<void> {
  await createRecord(company.ctx, 'opportunity', {
    name: `${owner} ${days.engagedOn}`,
    ownerId: company.people[owner],
    account: null,
    stage: company.stages[stage],
    amount: String(amount),
    ...days,
  })
}

/** Two years in which deals take two months; every third is lost. Then some that are open. */
beforeAll(async () => {
  company = await smallCompany(database, { now: now() })
  await sql`update person set role = case when name = '丁' then 'director' else 'representative' end
    where company_id = ${company.ctx.company.id}`.execute(database.owner)
  for (let at = 0; at < 22; at += 1) {
    const month = (late: number) => {
      const count = at + late
      return `${2025 + Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
    }
    for (const [index, owner] of ['甲', '乙', '丁'].entries()) {
      const engagedOn = `${month(0)}-03`
      const amount = 100 + 7 * ((at + index) % 5)
      const isOpen = at >= 20
      const ends = isOpen ? {} : { closedOn: `${month(2)}-${String(5 + 4 * index).padStart(2, '0')}` }
      if (!isOpen && month(2) > '2026-10') continue
      await sell({
        owner,
        stage: isOpen ? 'Proposal' : (at + index) % 3 === 0 ? 'Lost' : 'Won',
        engagedOn,
        amount,
        ...ends,
      })
      if (isOpen) await sell({ owner, stage: 'Proposal', engagedOn, expectedOn: '2026-12-10', amount })
      // Some come and are won within days: nobody knows them before.
      const week = { engagedOn: `${month(0)}-0${4 + index}`, closedOn: `${month(0)}-1${4 + index}` }
      await sell({ owner, stage: 'Won', amount: 30 + index, ...week })
    }
  }
  director = as({ companyId: company.ctx.company.id, personId: company.people['丁'] ?? '' })
  planId = (await publishedPlan(director, { metric: 'signed_amount', year: 2026, total: '3600' })).id
})

const landingAt = async (period: string, node = '') => {
  const { status, body } = await director.get(
    `/metrics/signed_amount/outlook?period=${period}${node && `&node=${node}`}`,
  )
  expect(status).toBe(200)
  return body.landing
}
const partOf = (landing: any, kind: string) => landing.drivers.find((driver: any) => driver.kind === kind)

const nodesIn = (node: any): readonly any[] => [node, ...node.children.flatMap(nodesIn)]

describe('one landing of a target', () => {
  it('is told by outlook and cockpit, by the SMART check, and to whoever sees it', async () => {
    const rows: readonly any[] = (await director.get(`/plans/${planId}/smart`)).body.rows
    for (const { node, name, achievability: said } of rows) {
      expect(said, name).not.toBeNull()
      expect(await landingAt('2026', node), name).toMatchObject(said)
    }
    const top = rows.find(({ parentId }) => parentId === null)
    expect((await landingAt('2026')).chance).toBe(top.achievability.chance)
    const own = rows.find(({ kind, name }) => kind === 'person' && name === '乙')
    const person = as({ companyId: company.ctx.company.id, personId: company.people['乙'] ?? '' })
    const { landing } = (await person.get('/metrics/signed_amount/outlook?period=2026')).body
    expect([landing.chance, landing.forecast]).toEqual([own.achievability.chance, own.achievability.forecast])
  })

  it('has the forecast of the system as a part, to the cent, at every node', async () => {
    const { rows } = (await director.get(`/plans/${planId}/smart`)).body
    for (const { node, name } of rows) {
      const part = partOf(await landingAt('2026-Q4', node), 'pipeline')
      // 丙 has no deals at all.
      if (name === '丙' || name === '东二队') continue
      const system = (await director.get(`/forecast/system?period=2026-Q4&node=${node}`)).body
      const { expected, low, high } = system
      expect([part.forecast, part.lower, part.upper].map(Number), name).toEqual([expected, low, high].map(Number))
    }
  })

  it('is the same for a year and for its last quarter, apart from what is over', async () => {
    const [year, quarter] = [await landingAt('2026'), await landingAt('2026-Q4')]
    const over = Number(year.actual) - Number(quarter.actual)
    expect(Number(year.forecast) - over).toBeCloseTo(Number(quarter.forecast), 1)
    expect(Number(year.upper) - over).toBeCloseTo(Number(quarter.upper), 1)
  })

  it('weighs its parts to one, lies between them, and sums up over the tiers', async () => {
    const landing = await landingAt('2026-Q4')
    const weights = landing.drivers.map(({ weight }: any) => weight)
    expect(weights.reduce((sum: number, weight: number) => sum + weight, 0)).toBeCloseTo(1, 9)
    const each = landing.drivers.map(({ forecast }: any) => Number(forecast))
    expect(Number(landing.forecast)).toBeGreaterThanOrEqual(Math.min(...each) - 0.01)
    expect(Number(landing.forecast)).toBeLessThanOrEqual(Math.max(...each) + 0.01)
    // What is there cannot be undercut, neither by all nor by one of them.
    for (const { lower, kind } of landing.drivers) {
      expect(Number(lower), kind).toBeGreaterThanOrEqual(Number(landing.actual))
    }
  })

  it('says why deals tell nothing of a year that is far off', async () => {
    const made = await director.post('/plans', { metric: 'signed_amount', year: 2027, total: '3600' })
    const landing = await landingAt('2027')
    expect(made.status).toBe(200)
    expect(partOf(landing, 'pipeline')).toBeUndefined()
    expect(landing.absent).toMatchObject([{ kind: 'pipeline', reason: { zh: expect.stringContaining('期间还远') } }])
  })

  it('hangs on the row, not on the reader: without an open deal nobody is told of deals', async () => {
    const { rows: open } = await sql<{ id: string }>`
      select id from opportunity where owner_id = ${company.people['甲']} and status = 'open'`.execute(database.owner)
    for (const { id } of open) {
      const values = { stage: company.stages['Lost'], closedOn: '2026-11-19' }
      await updateRecord(company.ctx, 'opportunity', id, { values })
    }
    const { rows } = (await director.get(`/plans/${planId}/smart`)).body
    const { node, achievability } = rows.find(({ kind, name }: any) => kind === 'person' && name === '甲')
    const person = as({ companyId: company.ctx.company.id, personId: company.people['甲'] ?? '' })
    const { landing } = (await person.get('/metrics/signed_amount/outlook?period=2026')).body
    expect(landing).toMatchObject(achievability)
    expect(partOf(landing, 'pipeline')).toBeUndefined()
    expect(landing.absent).toMatchObject([{ kind: 'pipeline', reason: { zh: expect.stringContaining('没有进行中') } }])
    // Others have open deals, and theirs speak.
    expect(partOf(await landingAt('2026', node.split('.')[0]), 'pipeline')).toBeDefined()
  })

  it('is not changed by a move of the unit in the middle of the period', async () => {
    const team = company.units['东一队'] ?? ''
    const byDeals = async () => {
      const { rows } = (await director.get(`/plans/${planId}/smart`)).body
      return partOf(rows.find(({ node }: any) => node === team).achievability, 'pipeline')
    }
    const wonBefore = async (node: string) =>
      (await director.get(`/forecast/system/behind?period=2026-Q4&of=pace&node=${node}`)).body
    const [before, pace] = [await byDeals(), await wonBefore(team)]
    await moveUnit(company.ctx, team, { parentId: company.units['西区'] ?? '', from: '2026-11-01' })
    expect(await byDeals()).toMatchObject({ forecast: before.forecast, lower: before.lower, upper: before.upper })
    const { root } = (await director.get('/forecast?period=2026-Q4')).body
    const places: readonly any[] = nodesIn(root).filter(({ unitId, kind }: any) => unitId === team && kind === 'unit')
    expect(places).toHaveLength(2)
    for (const { id } of places) expect(await wonBefore(id)).toMatchObject({ total: pace.total, count: pace.count })
    const said = await Promise.all(
      places.map(async ({ id }) => (await director.get(`/forecast/system?period=2026-Q4&node=${id}`)).body),
    )
    // Where it stood is what was won there; all that is to come is where it stands.
    expect(said.filter(({ unseen }) => Number(unseen) > 0)).toHaveLength(1)
    const together = said.reduce((sum, { expected }) => sum + Number(expected), 0)
    const part = partOf(await landingAt('2026-Q4', places[1].id), 'pipeline')
    expect(together).toBeCloseTo(Number(part.forecast), 1)
  })
})
