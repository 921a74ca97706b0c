import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRecord } from '#platform/records/save.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })

let company: SmallCompany
let director: TestClient
let planId: string

/** What 甲 wins grows and swings with the year; 乙 wins half of it; 丙 has nothing yet; 丁 wins in the west. */
const season = [60, 50, 90, 80, 100, 120, 90, 80, 110, 120, 140, 160]

async function win(owner: string, month: string, amount: number): Promise<void> {
  await createRecord(company.ctx, 'opportunity', {
    name: `${owner} ${month}`,
    ownerId: company.people[owner],
    account: null,
    stage: company.stages['Won'],
    engagedOn: `${month}-01`,
    closedOn: `${month}-10`,
    amount: String(amount),
  })
}

beforeAll(async () => {
  company = await smallCompany(database, { now: now() })
  await sql`update person set role = case when name = '丁' then 'director' else 'representative' end
    where company_id = ${company.ctx.company.id}`.execute(database.owner)
  await sql`update unit set head_id = ${company.people['甲']} where id = ${company.units['东一队']}`.execute(
    database.owner,
  )
  for (let at = 0; at < 29; at += 1) {
    const month = `${2024 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
    const amount = ((season[at % 12] ?? 0) * (100 + at) * (at % 2 === 0 ? 1.04 : 0.96)) / 100
    await win('甲', month, Math.round(amount))
    await win('乙', month, Math.round(amount / 2))
    await win('丁', month, 75 + (at % 5))
  }
  const companyId = company.ctx.company.id
  director = as({ companyId, personId: company.people['丁'] ?? '' })
  const plan = await publishedPlan(director, { metric: 'signed_amount', year: 2026, total: '4800' })
  planId = plan.id
})

const client = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const node = (unit: string, person?: string) =>
  person ? `${company.units[unit]}.${company.people[person]}` : company.units[unit]

describe('the outlook of a metric', () => {
  it('shows what was, what is to come, and how right such forecasts were', async () => {
    const { status, body } = await director.get('/metrics/signed_amount/outlook?period=2026')
    expect(status).toBe(200)
    expect(body.months).toHaveLength(30)
    expect(body.months.at(-1)).toMatchObject({ key: '2026-M06', isRunning: true })
    expect(body.forecast.map(({ key }: { key: string }) => key)).toEqual(
      ['06', '07', '08', '09', '10', '11', '12'].map((month) => `2026-M${month}`),
    )
    for (const { point, lower, upper } of body.forecast) {
      expect(Number(lower)).toBeLessThan(Number(point))
      expect(Number(point)).toBeLessThan(Number(upper))
    }
    expect(body.backtest.origins).toBe(6)
    expect(body.backtest.mase).toBeLessThanOrEqual(body.backtest.naiveMase)
    expect(body.methodLabel.zh).not.toBe('')
    expect(body.past.length).toBeGreaterThan(2)
    expect(body.landing).toMatchObject({ target: '4800', period: { key: '2026' } })
  })

  it('lands a year as the sum of what is there and what is to come', async () => {
    const { body } = await director.get('/metrics/signed_amount/outlook?period=2026')
    const { actual, forecast, lower, upper } = body.landing
    const later = body.forecast.reduce((sum: number, { point }: { point: string }) => sum + Number(point), 0)
    expect(Number(forecast) / (Number(actual) + later)).toBeCloseTo(1, 0)
    expect(Number(lower)).toBeGreaterThanOrEqual(Number(actual))
    expect(Number(upper)).toBeGreaterThan(Number(forecast))
  })

  it('draws a running month that is not below what is there, and lands where its months add up', async () => {
    const { body } = await director.get(`/metrics/signed_amount/outlook?period=2026&node=${node('东一队')}`)
    const [running] = body.forecast
    expect(Number(running.lower)).toBeGreaterThanOrEqual(Number(body.months.at(-1).actual))
    const over = body.months.filter(({ key }: { key: string }) => key.startsWith('2026') && key < '2026-M06')
    const values = [
      ...over.map(({ actual }: { actual: string }) => Number(actual)),
      ...body.forecast.map(({ point }: { point: string }) => Number(point)),
    ]
    const history = body.landing.drivers.find(({ kind }: { kind: string }) => kind === 'history')
    expect(Number(history.forecast)).toBeCloseTo(
      values.reduce((sum, value) => sum + value, 0),
      0,
    )
  })

  it('gives a target the chance that the SMART check gives it, at every node', async () => {
    const check = (await director.get(`/plans/${planId}/smart`)).body
    for (const name of ['东一队', '西一队']) {
      const row = check.rows.find((each: { name: string }) => each.name === name)
      const { landing } = (await director.get(`/metrics/signed_amount/outlook?period=2026&node=${node(name)}`)).body
      const { chance, verdict, forecast, lower, upper, drivers } = row.achievability
      expect(landing).toMatchObject({ chance, verdict, forecast, lower, upper, drivers })
    }
    const whole = check.rows.find((each: { name: string }) => each.name === '公司')
    const { landing } = (await director.get('/metrics/signed_amount/outlook?period=2026')).body
    expect(landing.chance).toBe(whole.achievability.chance)
  })

  it('opens a side of the evidence to the months that it is reckoned from', async () => {
    const { landing } = (await director.get('/metrics/signed_amount/outlook?period=2026')).body
    const by = (kind: string) => landing.drivers.find((driver: { kind: string }) => driver.kind === kind)
    const { basis, forecast } = by('capacity')
    const yielded = Number(landing.actual) + Number(basis.each) * Number(basis.ahead)
    // Heads are told to two decimals.
    expect(yielded / Number(forecast)).toBeCloseTo(1, 2)
    const last = basis.months.at(-1)
    expect(last).toMatchObject({ key: '2026-M05' })
    const records = (await director.get(`/metrics/signed_amount/records?period=${last.key}`)).body
    expect(Number(records.total)).toBe(Number(last.value))
    expect(by('history').basis).toBeNull()
  })

  it('counts the growth of the market, with its figure and who said so', async () => {
    const year = (from: number, amount: string) => ({
      region: '江苏省',
      from: `${from}-01-01`,
      to: `${from + 1}-01-01`,
      amount,
      source: '行业协会',
      toldOn: '2026-01-10',
      confidence: 'high',
    })
    const path = `/metrics/signed_amount/outlook?period=2026&node=${node('东一队')}`
    const kinds = (body: { landing: { drivers: readonly { kind: string }[] } }) =>
      body.landing.drivers.map(({ kind }) => kind)
    expect(kinds((await director.get(path)).body)).not.toContain('market')
    await sql`update person set role = 'operations' where id = ${company.people['丙']}`.execute(database.owner)
    const operations = client('丙')
    const kept = await operations.post('/market/sizes', { sizes: [year(2025, '1000000'), year(2026, '1200000')] })
    expect(kept.status, JSON.stringify(kept.body)).toBe(200)
    const covered = await operations.put(`/market/territories/${node('东一队')}`, {
      regions: ['江苏省'],
      industries: [],
    })
    expect(covered.status, JSON.stringify(covered.body)).toBe(200)
    await sql`update person set role = 'representative' where id = ${company.people['丙']}`.execute(database.owner)
    const { body } = await director.get(path)
    const market = body.landing.drivers.find(({ kind }: { kind: string }) => kind === 'market')
    expect(market?.note.zh).toBe('市场比上年 +20.0%，来源：行业协会')
    const before = await director.get(`/metrics/signed_amount/tree?period=2025&node=${node('东一队')}`)
    expect(Number(market.forecast)).toBeCloseTo(Number(before.body.actual) * 1.2, 0)
  })

  it('is that of a node, down to a person', async () => {
    const whole = await director.get(`/metrics/signed_amount/outlook?node=${node('东一队')}`)
    const own = await director.get(`/metrics/signed_amount/outlook?node=${node('东一队', '乙')}`)
    expect([whole.body.name, own.body.name]).toEqual(['东一队', '乙'])
    expect(Number(own.body.months[0].actual) * 3).toBeCloseTo(Number(whole.body.months[0].actual), -1)
  })

  it('goes on with a rate or a stock without adding it up', async () => {
    const { body } = await director.get('/metrics/win_rate/outlook?period=2026')
    expect(Number(body.forecast[0].point)).toBeCloseTo(1, 3)
    expect(Number(body.landing.forecast)).toBeCloseTo(1, 3)
  })

  it('is empty where nothing ever happened, and over where the period is', async () => {
    const { body } = await director.get(`/metrics/signed_amount/outlook?node=${node('东二队', '丙')}`)
    expect(body.forecast.every(({ point }: { point: string }) => Number(point) === 0)).toBe(true)
    const past = await director.get('/metrics/signed_amount/outlook?period=2025')
    expect(past.body.landing).toBeNull()
  })

  it('tells no chance where nothing is asked for: the head has no target of his own', async () => {
    const at = async (row: string | undefined) =>
      (await director.get(`/metrics/signed_amount/outlook?period=2026&node=${row}`)).body
    expect((await at(node('东一队', '乙'))).landing.verdict).toBeTruthy()
    expect((await at(node('东一队', '甲'))).landing).toMatchObject({ target: null, chance: null, verdict: null })
  })

  it('shows a representative their own, and nothing of others', async () => {
    const own = await client('乙').get('/metrics/signed_amount/outlook')
    const seen = await director.get(`/metrics/signed_amount/outlook?node=${node('东一队', '乙')}`)
    expect(own.body.forecast).toEqual(seen.body.forecast)
    const other = await client('乙').get(`/metrics/signed_amount/outlook?node=${node('东一队', '甲')}`)
    expect([other.status, other.code]).toEqual([404, 'NODE_NOT_FOUND'])
  })

  it('refuses what it does not know by name', async () => {
    expect((await director.get('/metrics/nothing/outlook')).code).toBe('METRIC_NOT_FOUND')
    expect((await director.get('/metrics/signed_amount/outlook?period=soon')).code).toBe('PERIOD_INVALID')
    expect((await director.get('/metrics/signed_amount/outlook?level=20')).status).toBe(400)
  })
})

describe('the SMART check of a plan', () => {
  it('gives every row five lights with a reason and a number', async () => {
    const { status, body } = await director.get(`/plans/${planId}/smart`)
    expect(status).toBe(200)
    expect(body.period.key).toBe('2026')
    expect(body.rows).toHaveLength(9)
    const team = body.rows.find((row: { name: string }) => row.name === '东一队')
    expect(team.lights).toMatchObject({
      specific: { state: 'good', number: 1 },
      measurable: { state: 'good', number: 12 },
      relevant: { state: 'watch', number: 0 },
      timeBound: { state: 'good', number: 12 },
    })
    expect(team.lights.specific.reason.zh).toContain('甲')
    expect(team.achievability.chance).toBeGreaterThan(0)
    expect(team.achievability.drivers.map(({ kind }: { kind: string }) => kind)).toContain('capacity')
  })

  it('calls what is far above all that speaks for it out of reach, and what is far below too easy', async () => {
    const verdictIn = async (plan: string, row: string | undefined) =>
      (await director.get(`/plans/${plan}/smart/${row}`)).body.row.achievability.verdict
    // 乙 wins less than 800 a year; 丁 has won five deals of the four that are asked for.
    expect(await verdictIn(planId, node('东一队', '乙'))).toBe('out-of-reach')
    const made = await director.post('/plans', { metric: 'won_deals', year: 2026, total: '8' })
    expect(await verdictIn(made.body.plan.id, node('西一队', '丁'))).toBe('too-easy')
  })

  it('judges no row without a target: the head has none here', async () => {
    const { body } = await director.get(`/plans/${planId}/smart`)
    expect(body.rows.map((row: { node: string }) => row.node)).not.toContain(node('东一队', '甲'))
    const head = await director.get(`/plans/${planId}/smart/${node('东一队', '甲')}`)
    expect(head.body.row).toMatchObject({ achievability: null, lights: { timeBound: { state: 'bad' } } })
  })

  it('borrows from peers in sight where there is no history, and says so', async () => {
    const { body } = await director.get(`/plans/${planId}/smart`)
    const newcomer = body.rows.find((row: { name: string }) => row.name === '丙')
    expect(newcomer.lights.measurable).toMatchObject({ state: 'bad', number: 0 })
    expect(newcomer.achievability).toMatchObject({ isBorrowed: true, drivers: [{ kind: 'peers' }] })
    expect(newcomer.lights.achievable.reason.zh).toContain('借用同级数据')
  })

  it('lists the rows with a light that is not good, or of a verdict', async () => {
    const all = await director.get(`/plans/${planId}/smart`)
    const hard = await director.get(`/plans/${planId}/smart?verdict=out-of-reach`)
    expect(hard.body.rows).toHaveLength(all.body.counts.outOfReach)
    expect(hard.body.counts).toEqual(all.body.counts)
    const unmeasured = await director.get(`/plans/${planId}/smart?light=measurable&state=bad`)
    expect(unmeasured.body.rows.map(({ name }: { name: string }) => name)).toContain('丙')
    const unlinked = await director.get(`/plans/${planId}/smart?light=relevant`)
    expect(unlinked.body.rows).toHaveLength(9)
  })

  it('calls a target relevant that serves an objective: by the whole plan, by itself or by a unit above it', async () => {
    const relevantOf = async () => {
      const { body } = await director.get(`/plans/${planId}/smart`)
      return new Map(body.rows.map((row: any) => [row.node, row.lights.relevant]))
    }
    for (const light of (await relevantOf()).values()) expect(light).toMatchObject({ state: 'watch', number: 0 })
    const { body: east } = await director.post('/objectives', { name: '东区站稳', period: '2026' })
    await director.put(`/objectives/${east.id}/links`, { links: [{ planId, node: node('东一队') }] })
    const { body: own } = await director.post('/objectives', { name: '丁带出样板', period: '2026' })
    await director.put(`/objectives/${own.id}/links`, { links: [{ planId, node: node('西一队', '丁') }] })
    const lights = await relevantOf()
    expect(lights.get(node('东一队'))).toMatchObject({ state: 'good', number: 1 })
    expect(lights.get(node('东一队', '乙'))).toMatchObject({ state: 'good', number: 1 })
    expect(lights.get(node('西一队', '丁'))).toMatchObject({ state: 'good', number: 1 })
    expect(lights.get(node('西一队'))).toMatchObject({ state: 'watch', number: 0 })
    const { body: unlinked } = await director.get(`/plans/${planId}/smart?light=relevant`)
    const left = unlinked.rows.map((row: any) => row.node)
    expect(left).toContain(node('西一队'))
    expect(left).not.toContain(node('东一队', '乙'))
    await director.put(`/objectives/${own.id}/links`, { links: [{ planId, node: null }] })
    for (const light of (await relevantOf()).values()) expect(light).toMatchObject({ state: 'good' })
    const dropped = await director.patch(`/objectives/${own.id}`, { version: 1, status: 'dropped' })
    expect(dropped.status).toBe(200)
    expect((await relevantOf()).get(node('西一队'))).toMatchObject({ state: 'watch', number: 0 })
  })

  it('shows one row with its back-test', async () => {
    const { body } = await director.get(`/plans/${planId}/smart/${node('东一队')}`)
    expect(body.row.name).toBe('东一队')
    expect(body.past.length).toBeGreaterThan(0)
    expect(body.past[0].to).toBe('2026-06-01')
  })

  it('shows a representative the own row only, judged without what others do', async () => {
    const { body } = await client('丙').get(`/plans/${planId}/smart`)
    expect(body.rows.map(({ name }: { name: string }) => name)).toEqual(['丙'])
    expect(body.rows[0].achievability?.isBorrowed ?? false).toBe(false)
    const other = await client('丙').get(`/plans/${planId}/smart/${node('东一队', '甲')}`)
    expect(other.code).toBe('NODE_NOT_FOUND')
  })

  it('does not find a plan that is not there', async () => {
    const missing = await director.get('/plans/00000000-0000-7000-8000-000000000000/smart')
    expect(missing.code).toBe('PLAN_NOT_FOUND')
  })
})
