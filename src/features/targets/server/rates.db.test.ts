import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRecord } from '#platform/records/save.ts'
import { greatestOf } from '#engine/metrics/greatest.ts'
import { inView } from '#platform/db/step.ts'
import { standardMetrics } from '#platform/ledger/index.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import type { AttainmentNode } from '../contract.ts'
import { verifyPlans } from './index.ts'

const { app, database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany

const unit = (name: string): string => company.units[name] ?? ''
const node = (name: string, of: string): string => `${unit(of)}.${company.people[name] ?? ''}`
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const director = () => person('丁')

/** Four years of chance without chance: what each deal is follows from its number. */
async function buildDeals(): Promise<void> {
  const owners = ['甲', '乙', '丙', '丁'] as const
  for (let at = 0; at < 96; at += 1) {
    const owner = owners[at % 4] ?? '甲'
    const month = String((at % 6) + 1).padStart(2, '0')
    const isWon = (at * 7 + (at % 5)) % 3 !== 0
    await createRecord(company.ctx, 'opportunity', {
      name: `商机 ${at}`,
      stage: company.stages[isWon ? 'Won' : 'Lost'],
      ...(isWon ? {} : { lostReason: '价格' }),
      amount: String(1000 + 137 * (at % 11)),
      engagedOn: `2025-12-${String((at % 27) + 1).padStart(2, '0')}`,
      closedOn: `2026-${month}-${String((at % 13) + 1).padStart(2, '0')}`,
      ownerId: company.people[owner],
    })
  }
  const accounts = await Promise.all(
    ['甲方', '乙方', '丙方'].map((name) => createRecord(company.ctx, 'account', { name })),
  )
  for (let at = 0; at < 24; at += 1) {
    await createRecord(company.ctx, 'order', {
      code: `R${at}`,
      account: accounts[(at * 5) % 3]?.id,
      amount: '100',
      orderedOn: `2026-${String((at % 6) + 1).padStart(2, '0')}-0${(at % 9) + 1}`,
      ownerId: company.people[owners[(at * 3) % 4] ?? '甲'],
    })
  }
}

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'director' where id = ${company.people['丁']}`.execute(database.owner)
  await sql`update person set role = 'manager' where id = ${company.people['乙']}`.execute(database.owner)
  await sql`update unit set head_id = ${company.people['乙']} where id = ${unit('东区')}`.execute(database.owner)
  await buildDeals()
})

async function buildPlan(metric: string, total: string, cascade: object = { method: 'equal' }): Promise<string> {
  return (await publishedPlan(director(), { metric, year: 2026, total, cascade })).id
}

interface Row {
  readonly id: string
  readonly months: readonly string[]
}

async function rowsOf(planId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { body } = await director().get(`/plans/${planId}`)
  return new Map(body.rows.map(({ id, months }: Row) => [id, months]))
}

const version = async (planId: string): Promise<number> => (await director().get(`/plans/${planId}`)).body.plan.version

async function save(planId: string, rows: readonly { node: string; months: readonly (string | null)[] }[]) {
  return director().patch(`/plans/${planId}`, { version: await version(planId), reason: '按实际调整', rows })
}

const tree = async (metric: string, period = '2026'): Promise<AttainmentNode> =>
  (await director().get(`/metrics/${metric}/tree?period=${period}`)).body

function everyNode(top: AttainmentNode): readonly AttainmentNode[] {
  return [top, ...top.children.flatMap(everyNode)]
}

const periods: Readonly<Record<string, readonly [from: string, to: string]>> = {
  2026: ['2026-01-01', '2027-01-01'],
  '2026-Q1': ['2026-01-01', '2026-04-01'],
  '2026-Q2': ['2026-04-01', '2026-07-01'],
  '2026-M02': ['2026-02-01', '2026-03-01'],
  '2026-M05': ['2026-05-01', '2026-06-01'],
}

/** A figure of every unit and person straight from the records, as somebody would write it who knows no ledger. */
async function direct(
  figure: string,
  from: string,
  period: readonly [string, string],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql
    .raw<{ id: string; value: string | null }>(
      `
    with recursive below(top, unit) as (
      select id, id from unit where company_id = '${company.ctx.company.id}'
      union all
      select b.top, p.unit_id from below b join unit_parent p on p.parent_id = b.unit
    ), stood as (
      select b.top::text as id, a.person_id from below b join assignment a on a.unit_id = b.unit
      union all select a.unit_id || '.' || a.person_id, a.person_id from assignment a
    )
    select s.id, (${figure})::text as value from stood s join ${from} r on r.owner_id = s.person_id
    where r.deleted_at is null and r.day >= '${period[0]}' and r.day < '${period[1]}'
    group by s.id`,
    )
    .execute(database.owner)
  return new Map(rows.flatMap(({ id, value }) => (value === null ? [] : [[id, value]])))
}

const closed = `(select *, closed_on as day from opportunity where status <> 'open')`
const winRate = `round(count(*) filter (where r.status = 'won')::numeric / count(*), 6)`
const averageDeal = `round(sum(r.amount) filter (where r.status = 'won') / nullif(count(*) filter (where r.status = 'won'), 0), 6)`
const confirmed = `(select *, ordered_on as day from sales_order where status = 'confirmed')`

describe('a plan of a rate', () => {
  it('hands the same rate down, and the year is the average of its periods', async () => {
    const planId = await buildPlan('win_rate', '0.6')
    const rows = await rowsOf(planId)
    expect(new Set([...rows.values()].flat())).toEqual(new Set(['0.6']))
    const { plan } = (await director().get(`/plans/${planId}`)).body
    expect(plan).toMatchObject({
      total: '0.6',
      unit: '0.0001',
      measure: 'percent',
      rule: { nodes: 'same', periods: 'average', better: 'higher' },
    })
    const months = [null, '0.66', '0.63', ...Array.from({ length: 9 }, () => null)]
    expect((await save(planId, [{ node: unit('东区'), months }])).status).toBe(200)
    const east = everyNode(await tree('win_rate', '2026-Q1')).find(({ id }) => id === unit('东区'))
    expect(east?.target).toBe('0.63')
    expect(everyNode(await tree('win_rate', '2026-M02')).find(({ id }) => id === unit('东区'))?.target).toBe('0.66')
    expect((await tree('win_rate', '2026-Q1')).target).toBe('0.6')
    expect(await inView(company.ctx, () => verifyPlans(company.ctx))).toEqual([])
  })

  it('is attained from the records at every node and in every period, as direct SQL says', async () => {
    const planId = await buildPlan('avg_deal', '1500')
    expect(planId).toBeTruthy()
    for (const [metric, figure] of [
      ['win_rate', winRate],
      ['avg_deal', averageDeal],
    ] as const) {
      for (const [key, span] of Object.entries(periods)) {
        const expected = await direct(figure, closed, span)
        const nodes = everyNode(await tree(metric, key))
        for (const { id, actual, target, attainment, gap } of nodes) {
          const told = expected.get(id === nodes[0]?.id ? unit('公司') : id)
          expect(Number(actual ?? 'NaN'), `${metric} ${key} ${id}`).toBe(Number(told ?? 'NaN'))
          if (told === undefined || target === null) continue
          const rounded = Math.round(Number(told) * 1e4) / 1e4
          expect(attainment).toBeCloseTo(rounded / Number(target), 6)
          expect(Number(gap)).toBeCloseTo(Number(target) - rounded, 4)
        }
      }
    }
  })

  it('takes a rate by hand for one row, with all below it, and refuses one that is too fine', async () => {
    const [plan] = (await director().get('/plans?metric=win_rate&year=2026')).body.plans
    const cascade = { method: 'manual', weights: { [unit('西区')]: '0.55' } }
    const { body } = await director().post(`/plans/${plan.id}/preview`, { cascade })
    const after = (id: string) => body.changes.filter((change: { node: string }) => change.node === id)
    expect(after(unit('西一队'))).toHaveLength(12)
    expect(after(node('丁', '西一队'))[0]).toMatchObject({ before: '0.6', after: '0.55' })
    expect(after(node('甲', '东一队'))).toEqual([])
    const fine = await director().post(`/plans/${plan.id}/preview`, {
      cascade: { method: 'manual', weights: { [unit('西区')]: '0.55555'.slice(0, 6) + '1' } },
    })
    expect(fine.status).toBe(400)
  })

  it('lets a manager set rows of the unit without anything above moving, and no buffers', async () => {
    const [plan] = (await director().get('/plans?metric=win_rate&year=2026')).body.plans
    const months = Array.from({ length: 12 }, () => '0.7')
    const seen = await person('乙').get(`/plans/${plan.id}`)
    const saved = await person('乙').patch(`/plans/${plan.id}`, {
      version: seen.body.plan.version,
      reason: '华东人手更强',
      rows: [{ node: node('甲', '东一队'), months }],
    })
    expect(saved.status).toBe(200)
    expect((await rowsOf(plan.id)).get(unit('东一队'))?.[11]).toBe('0.6')
    const buffered = await director().patch(`/plans/${plan.id}`, {
      version: await version(plan.id),
      reason: '加码',
      rows: [{ node: unit('公司'), buffer: 500 }],
    })
    expect(buffered).toMatchObject({
      code: 'PLAN_INVALID',
      body: { errors: [{ field: 'rows.0.buffer', code: 'no-buffer' }] },
    })
  })

  it('shows its series, its sheet and its workbook by the average', async () => {
    const [plan] = (await director().get('/plans?metric=win_rate&year=2026')).body.plans
    const series = (await director().get(`/metrics/win_rate/series?node=${unit('东区')}`)).body
    expect(series[1]).toMatchObject({ key: '2026-M02', target: '0.66' })
    const { header, rows } = (await director().get(`/plans/${plan.id}/sheet`)).body
    expect(header.at(-1)).toBe('Year (average)')
    expect(rows[0].at(-1)).toBe('0.6')
    const read = await director().post(`/plans/${plan.id}/sheet`, {
      rows: [header, rows[0].map((cell: string, at: number) => (at === 2 ? '65.5%' : cell))],
    })
    expect(read.body).toMatchObject({
      faults: [],
      mismatches: [],
      changes: [{ node: unit('公司'), month: 1, before: '0.6', after: '0.655' }],
    })
  })

  it('is amended from a month on, alone', async () => {
    const [plan] = (await director().get('/plans?metric=win_rate&year=2026')).body.plans
    const amended = await director().post(`/plans/${plan.id}/amendments`, {
      version: await version(plan.id),
      node: node('丁', '西一队'),
      from: 7,
      total: '0.5',
      carry: 'siblings',
      reason: '接手新区域',
    })
    expect(amended.status, JSON.stringify(amended.body)).toBe(200)
    const rows = await rowsOf(plan.id)
    expect(rows.get(node('丁', '西一队'))?.slice(5, 8)).toEqual(['0.6', '0.5', '0.5'])
    expect(rows.get(unit('西一队'))?.[7]).toBe('0.6')
  })
})

describe('a plan of a level', () => {
  it('sums over the tree, and a quarter is its last month', async () => {
    const planId = await buildPlan('pipeline_value', '80000')
    const { plan } = (await director().get(`/plans/${planId}`)).body
    expect(plan).toMatchObject({ total: '80000', rule: { nodes: 'sum', periods: 'last' } })
    expect((await rowsOf(planId)).get(unit('公司'))).toEqual(Array.from({ length: 12 }, () => '80000'))
    const top = (await rowsOf(planId)).get(unit('东区'))?.[0] ?? '0'
    const raised = await save(planId, [
      { node: unit('公司'), months: [...Array.from({ length: 11 }, () => null), '90000'] },
      { node: unit('西区'), months: [...Array.from({ length: 11 }, () => null), String(90_000 - Number(top))] },
    ])
    expect(raised).toMatchObject({ code: 'PLAN_DOES_NOT_SUM' })
    expect((await tree('pipeline_value', '2026-Q2')).expected).toBe('80000')
  })
})

describe('a plan of a distinct count', () => {
  it('has no sums to hold, and is attained by the union at every node and in every period', async () => {
    const planId = await buildPlan('active_customers', '3')
    const set = await save(planId, [
      { node: unit('东区'), months: Array.from({ length: 12 }, () => '3') },
      { node: unit('西区'), months: [null, '5', ...Array.from({ length: 10 }, () => null)] },
    ])
    expect(set.status).toBe(200)
    for (const [key, span] of Object.entries(periods)) {
      const expected = await direct('count(distinct r.account_id)', confirmed, span)
      const nodes = everyNode(await tree('active_customers', key))
      for (const { id, actual } of nodes) {
        const told = expected.get(id === nodes[0]?.id ? unit('公司') : id) ?? '0'
        expect(actual, `${key} ${id}`).toBe(told)
      }
    }
    const west = everyNode(await tree('active_customers', '2026-Q1')).find(({ id }) => id === unit('西区'))
    expect(west?.target).toBe('5')
  })
})

describe('a plan where less is better', () => {
  it('scores, lights and levels the other way round', async () => {
    const planId = await buildPlan('won_cycle', '90')
    const up = await director().post(`/plans/${planId}/levels`, {
      version: await version(planId),
      level: 'floor',
      percent: 90,
    })
    expect(up).toMatchObject({ code: 'PLAN_INVALID', body: { errors: [{ field: 'percent', code: 'crosses' }] } })
    const made = await director().post(`/plans/${planId}/levels`, {
      version: await version(planId),
      level: 'floor',
      percent: 120,
    })
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    const { actual, gap, attainment, pace, levels } = await tree('won_cycle', '2026-Q1')
    const days = Math.round(Number(actual) * 1e4) / 1e4
    expect(Number(gap)).toBeCloseTo(days - 90, 4)
    expect(attainment).toBeCloseTo(2 - days / 90, 6)
    expect(pace).toBeCloseTo(1 - days / 90, 6)
    expect(levels).toMatchObject({ floor: '108' })
  })

  it('counts the part of the way made where the target was entered relative to a past result', async () => {
    const [plan] = (await director().get('/plans?metric=won_cycle&year=2026')).body.plans
    const bases = [{ first: 1, last: 12, percent: '-25', base: '2025', amount: '120' }]
    const saved = await director().patch(`/plans/${plan.id}`, {
      version: await version(plan.id),
      reason: '比去年快四分之一',
      rows: [{ node: unit('公司'), bases }],
    })
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    const { actual, attainment } = await tree('won_cycle', '2026-Q1')
    const days = Math.round(Number(actual) * 1e4) / 1e4
    expect(attainment).toBeCloseTo((120 - days) / (120 - 90), 5)
  })
})

it('tells the average of a rate as its year when it is compared with what was published', async () => {
  const made = await director().post('/plans', { metric: 'avg_deal', year: 2028, total: '1200' })
  const { id } = made.body.plan
  const { rows } = (await director().get(`/plans/${id}/path/differences`)).body
  expect(rows.find(({ node: at }: { node: string }) => at === unit('公司'))).toMatchObject({
    before: '0',
    after: '1200',
  })
})

it('asks nobody to propose what does not add up, and says why', async () => {
  const made = await director().post('/plans', { metric: 'active_customers', year: 2027, total: '30' })
  const { id } = made.body.plan
  const refused = await director().patch(`/plans/${id}/path`, { asksProposals: true })
  expect(refused).toMatchObject({ status: 422, code: 'PROPOSALS_NOT_SUMMED' })
  const { closed, rows, plan } = (await director().get(`/plans/${id}/proposals`)).body
  expect(closed).toContain('do not add up')
  expect(plan.asksProposals).toBe(false)
  expect(rows.find(({ node: at }: { node: string }) => at === unit('公司')).topDown).toBe('30')
})

it('starts a plan of rates from the results of a year, row by row', async () => {
  await app.ready()
  const made = await director().post('/plans', {
    metric: 'win_rate',
    year: 2027,
    from: { basis: 'actuals', year: 2026, growth: '10' },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  const rows = await rowsOf(made.body.plan.id)
  const may = await direct(`round(${winRate} * 1.1, 4)`, closed, ['2026-05-01', '2026-06-01'])
  for (const id of [unit('东区'), unit('东二队'), node('丙', '东二队')]) {
    expect(Number(rows.get(id)?.[4]), id).toBeCloseTo(Number(may.get(id)), 3)
  }
  // December is to come: the average of the months that are over.
  const over = rows.get(unit('公司'))?.slice(0, 5).map(Number) ?? []
  expect(Number(rows.get(unit('公司'))?.[11])).toBeCloseTo(over.reduce((sum, rate) => sum + rate, 0) / 5, 3)
})

describe('a share of a whole', () => {
  let planId = ''
  const tooHigh = (field: string, words: string) => ({
    status: 422,
    code: 'PLAN_INVALID',
    body: { errors: [{ field, code: 'too-high', message: expect.stringContaining(words) }] },
  })

  it('is what the definition says: won of closed deals, margin of sales, sales of a market', () => {
    const metrics = standardMetrics()
    const bounded = metrics.all().filter((metric) => greatestOf(metric, metrics) === '1')
    expect(bounded.map(({ key }) => key).toSorted()).toEqual(
      ['margin_rate', 'market_share', 'on_time_rate', 'win_rate'].toSorted(),
    )
  })

  it('takes no target beyond 100 %, by whatever door it comes', async () => {
    expect(await director().post('/plans', { metric: 'win_rate', year: 2029, total: '30' })).toMatchObject(
      tooHigh('total', '3000%'),
    )
    const made = await director().post('/plans', { metric: 'win_rate', year: 2029, total: '0.45' })
    planId = made.body.plan.id
    expect(made.body.plan.rule).toMatchObject({ most: '1' })
    const february = [null, '1.5', ...Array.from({ length: 10 }, () => null)]
    expect(await save(planId, [{ node: unit('东区'), months: february }])).toMatchObject(
      tooHigh(`${unit('东区')}.2`, '“东区”'),
    )
    const cascade = { method: 'manual', weights: { [unit('西区')]: '1.2' } }
    expect(await director().post(`/plans/${planId}/preview`, { cascade })).toMatchObject(
      tooHigh(`cascade.weights.${unit('西区')}`, '120%'),
    )
    expect(await director().post(`/plans/${planId}/preview`, { total: '7', cascade: {} })).toMatchObject(
      tooHigh('total', '700%'),
    )
    const { header, rows } = (await director().get(`/plans/${planId}/sheet`)).body
    const read = await director().post(`/plans/${planId}/sheet`, {
      rows: [header, rows[1].map((cell: string, at: number) => (at === 3 ? '150%' : cell))],
    })
    expect(read.body.changes).toEqual([])
    expect(read.body.faults).toMatchObject([{ row: 2, column: header[3], text: '150%' }])
  })

  it('is raised to 100 % at most by amendments, levels, and from a year before', async () => {
    const amendment = {
      version: await version(planId),
      node: node('丁', '西一队'),
      from: 7,
      total: '1.1',
      carry: 'siblings',
      reason: '接手新区域',
    }
    expect(await director().post(`/plans/${planId}/amendments`, amendment)).toMatchObject(tooHigh('total', '110%'))
    const months = Array.from({ length: 12 }, () => '1')
    expect((await save(planId, [{ node: node('丁', '西一队'), months }])).status).toBe(200)
    const level = { version: await version(planId), level: 'stretch', percent: 120 }
    expect((await director().post(`/plans/${planId}/levels`, level)).status).toBe(200)
    const rows = await rowsOf(planId)
    expect(rows.get(node('丁', '西一队'))?.[0]).toBe('1')
    const next = await director().post('/plans', {
      metric: 'win_rate',
      year: 2030,
      from: { basis: 'targets', year: 2029, growth: '20' },
    })
    expect(next.status, JSON.stringify(next.body)).toBe(200)
    const raised = await rowsOf(next.body.plan.id)
    expect([raised.get(unit('东区'))?.[0], raised.get(node('丁', '西一队'))?.[0]]).toEqual(['0.54', '1'])
  })

  it('is bounded by the definition of now, however old the plan is', async () => {
    await sql`update person set role = 'operations' where id = ${company.people['丙']}`.execute(database.owner)
    const ratio = { label: { zh: '占比', en: 'Share' }, unit: 'percent', better: 'higher', aggregate: 'ratio' }
    const share = { ...ratio, over: 'sales_amount', under: 'market_size' }
    const { body } = await person('丙').post('/own-metrics', share)
    const own = await director().post('/plans', { metric: body.key, year: 2029, total: '0.5' })
    expect(own.body.plan?.rule, JSON.stringify([body, own.body])).toMatchObject({ most: '1' })
    const changed = await person('丙').patch(`/own-metrics/${body.key}`, {
      ...share,
      under: 'signed_amount',
    })
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    const { plan } = (await director().get(`/plans/${own.body.plan.id}`)).body
    expect(plan.rule).not.toHaveProperty('most')
  })

  it('bounds nothing that may pass 100 %', async () => {
    const made = await director().post('/plans', { metric: 'avg_deal', year: 2029, total: '3000' })
    expect(made.body.plan.rule).not.toHaveProperty('most')
  })
})
