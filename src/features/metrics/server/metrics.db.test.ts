import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { clearMetric } from '#platform/ledger/clear-metric.ts'
import { fillMetric, rebuildLedger, verifyLedger } from '#platform/ledger/index.ts'
import { createPlan } from '#features/targets/server/index.ts'
import { saveMany } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })

interface House {
  readonly company: SmallCompany
  readonly operations: TestClient
  readonly representative: TestClient
}

let here: House
let there: House

const both = (zh: string, en = zh) => ({ zh, en })
const person = (name: string, { company }: House = here) => company.people[name] ?? ''

async function house(slug: string): Promise<House> {
  const company = await smallCompany(database, { slug })
  const companyId = company.ctx.company.id
  await sql`update person set role = 'operations' where id = ${company.people['丁']}`.execute(database.owner)
  return {
    company,
    operations: as({ companyId, personId: company.people['丁'] ?? '' }),
    representative: as({ companyId, personId: company.people['甲'] ?? '' }),
  }
}

/** The company as it is now, as jobs see it. */
async function asNow({ company }: House = here): Promise<Ctx> {
  const fresh = await findCompany(database.db, { id: company.ctx.company.id })
  if (!fresh) expect.fail('the company is gone')
  return { ...systemContext({ db: database.db, log: company.ctx.log }, fresh), today: '2026-06-15' }
}

/** The fields of a plot: its rent, the day it was signed, whether it is large. */
async function shapePlots({ operations }: House): Promise<void> {
  const add = (object: string, key: string, definition: Record<string, unknown>) =>
    operations.post(`/shape/objects/${object}/fields`, { key, definition: { label: both(key), ...definition } })
  await operations.post('/shape/objects', {
    key: 'plot__c',
    label: both('地块', 'Plot'),
    labelOfMany: both('地块', 'Plots'),
  })
  await add('plot__c', 'rent__c', { type: 'money', label: both('租金', 'Rent') })
  await add('plot__c', 'signedOn__c', { type: 'date', label: both('签约日期', 'Signed on') })
  await add('plot__c', 'large__c', { type: 'yes_no', label: both('大块', 'Large') })
  await add('plot__c', 'double__c', {
    type: 'formula',
    label: both('双倍', 'Double'),
    formula: { expression: 'rent__c * 2', result: 'money' },
  })
  await add('account', 'fee__c', { type: 'money', label: both('会费', 'Fee') })
  await add('account', 'joinedOn__c', { type: 'date', label: both('入会日期', 'Joined on') })
}

async function plot(owner: string, values: Record<string, unknown>, at: House = here): Promise<string> {
  const made = await at.operations.post('/records/plot__c', {
    values: { name: '东坡', ownerId: person(owner, at), ...values },
  })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  return made.body.id
}

const rent = {
  label: both('大地块租金', 'Rent of large plots'),
  of: 'plot__c',
  aggregate: 'sum',
  field: 'rent__c',
  when: { field: 'large__c', op: 'eq', value: true },
  at: 'signedOn__c',
  unit: 'money',
  better: 'higher',
}

/** Makes a metric and fills it; answers its key. */
async function made(definition: Record<string, unknown>, at: House = here): Promise<string> {
  const answer = await at.operations.post('/own-metrics', definition)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  await fillMetric(await asNow(at), answer.body.key)
  return answer.body.key
}

interface Node {
  readonly name: string
  readonly actual: string | null
  readonly children: readonly Node[]
}

/** What a metric comes to at the nodes of these names in 2026. */
async function actuals(metric: string, at: House = here): Promise<Readonly<Record<string, string | null>>> {
  const { body, status } = await at.operations.get(`/metrics/${metric}/tree?period=2026`)
  expect(status).toBe(200)
  const found: Record<string, string | null> = {}
  const walk = (node: Node) => {
    found[node.name] = node.actual
    node.children.forEach(walk)
  }
  walk(body)
  return found
}

beforeAll(async () => {
  here = await house('here')
  there = await house('there')
  for (const each of [here, there]) await shapePlots(each)
})

describe('a metric over a custom object', () => {
  let metric: string

  it('counts the records that are there, for each person and unit', async () => {
    await plot('甲', { rent__c: '100.25', signedOn__c: '2026-03-01', large__c: true })
    await plot('甲', { rent__c: '50', signedOn__c: '2026-04-30', large__c: true })
    await plot('甲', { rent__c: '9', signedOn__c: '2026-04-30', large__c: false })
    await plot('丙', { rent__c: '30.5', signedOn__c: '2026-05-01', large__c: true })
    await plot('丁', { rent__c: '7', signedOn__c: '2025-12-31', large__c: true })
    await plot('丁', { signedOn__c: '2026-01-01', large__c: true })
    metric = await made(rent)
    expect(metric).toBe('rentOfLargePlots__c')
    expect(await actuals(metric)).toMatchObject({
      公司: '180.75', 东区: '180.75', 东一队: '150.25', 甲: '150.25', 东二队: '30.5', 丙: '30.5', 西区: '0', 丁: '0',
    }) // prettier-ignore
    expect(await verifyLedger(await asNow())).toEqual([])
  })

  it('opens to its records, which sum to it', async () => {
    const { body } = await here.operations.get(`/metrics/${metric}/records?period=2026`)
    expect(body.total).toBe('180.75')
    expect(body.rows.map((row: { value: string; title: string }) => [row.value, row.title])).toEqual([
      ['30.5', '东坡'],
      ['50', '东坡'],
      ['100.25', '东坡'],
    ])
  })

  it('is offered to everybody with its formula in words, and can be planned', async () => {
    const { body } = await here.representative.get('/metrics')
    expect(body.metrics.find((one: { key: string }) => one.key === metric)).toMatchObject({
      label: { zh: '大地块租金', en: 'Rent of large plots' },
      formula: {
        zh: '地块（大块为“是”）的租金之和，按签约日期',
        en: 'Sum of Rent over Plots (Large is yes), by Signed on',
      },
      plannable: true,
      needsGiven: false,
    })
    expect(await here.operations.get(`/metrics/${metric}/series?period=2026`)).toMatchObject({ status: 200 })
  })

  it('moves with every later save, deletion and return', async () => {
    const id = await plot('乙', { rent__c: '20', signedOn__c: '2026-06-01', large__c: true })
    expect(await actuals(metric)).toMatchObject({ 公司: '200.75', 乙: '20' })
    await here.operations.patch(`/records/plot__c/${id}`, { values: { rent__c: '21.5', ownerId: person('丙') } })
    expect(await actuals(metric)).toMatchObject({ 公司: '202.25', 丙: '52', 东一队: '150.25' })
    await here.operations.patch(`/records/plot__c/${id}`, { values: { large__c: false } })
    expect(await actuals(metric)).toMatchObject({ 公司: '180.75', 丙: '30.5' })
    await here.operations.patch(`/records/plot__c/${id}`, { values: { large__c: true } })
    expect(await actuals(metric)).toMatchObject({ 公司: '202.25' })
    await here.operations.delete(`/records/plot__c/${id}`)
    expect(await actuals(metric)).toMatchObject({ 公司: '180.75' })
    await here.operations.post(`/records/plot__c/${id}/restore`)
    expect(await actuals(metric)).toMatchObject({ 公司: '202.25', 丙: '52' })
    expect(await verifyLedger(await asNow())).toEqual([])
    await here.operations.delete(`/records/plot__c/${id}`)
    expect(await verifyLedger(await asNow())).toEqual([])
  })

  it('is filled anew in a new version when what it counts changes, and not when only its name does', async () => {
    const renamed = { ...rent, label: both('大块租金', 'Rent of large plots') }
    expect((await here.operations.patch(`/own-metrics/${metric}`, renamed)).body).toEqual({ key: metric, version: 1 })
    const { when: _when, ...every } = renamed
    expect((await here.operations.patch(`/own-metrics/${metric}`, every)).body).toEqual({ key: metric, version: 2 })
    const listed = (await here.operations.get('/own-metrics')).body.metrics
    expect(listed.find((one: { key: string }) => one.key === metric).own).toMatchObject({
      version: 2,
      state: 'filling',
    })
    const fill = async () => (await here.operations.get(`/metrics/${metric}/tree`)).body.meta.fill
    expect(await fill()).toBe('filling')
    // Nothing of the former definition is mixed into the figures of the new one.
    expect(await actuals(metric)).toMatchObject({ 公司: '0', 甲: '0' })
    await fillMetric(await asNow(), metric, { portion: 2 })
    expect(await fill()).toBe('ready')
    expect(await actuals(metric)).toMatchObject({ 公司: '189.75', 甲: '159.25' })
    expect(await verifyLedger(await asNow())).toEqual([])
    const { rows } = await sql`select distinct metric_version from ledger_row where metric = ${metric}`.execute(
      database.owner,
    )
    expect(rows).toEqual([{ metric_version: 2 }])
  })

  it('is never seen by another company, even where that has one of the same key', async () => {
    expect(await there.operations.get(`/metrics/${metric}/tree`)).toMatchObject({ code: 'METRIC_NOT_FOUND' })
    expect((await there.operations.get('/metrics')).body.metrics.map((one: { key: string }) => one.key)).not.toContain(
      metric,
    )
    await plot('甲', { rent__c: '1', signedOn__c: '2026-03-01', large__c: false }, there)
    const other = await made({ ...rent, when: { field: 'large__c', op: 'eq', value: false } }, there)
    expect(other).toBe(metric)
    await plot('乙', { rent__c: '2', signedOn__c: '2026-03-01', large__c: false }, there)
    await plot('乙', { rent__c: '4', signedOn__c: '2026-03-01', large__c: true }, there)
    await plot('乙', { rent__c: '8', signedOn__c: '2026-03-01', large__c: true })
    expect(await actuals(metric, there)).toMatchObject({ 公司: '3', 甲: '1', 乙: '2' })
    expect(await actuals(metric)).toMatchObject({ 公司: '197.75', 乙: '8' })
    for (const each of [here, there]) expect(await verifyLedger(await asNow(each))).toEqual([])
  })

  it('is the same after the whole ledger was computed anew', async () => {
    await rebuildLedger(await asNow())
    expect(await actuals(metric)).toMatchObject({ 公司: '197.75' })
    expect(await verifyLedger(await asNow())).toEqual([])
  })
})

describe('the kinds of metrics', () => {
  it('are a count, an average and a share, over fields that the company added to an object of the product', async () => {
    const add = (owner: string, fee: string | null, joinedOn: string) =>
      here.operations.post('/records/account', {
        values: { name: `${owner}${fee}客户`, ownerId: person(owner), fee__c: fee, joinedOn__c: joinedOn },
      })
    await add('甲', '10', '2026-02-01')
    await add('甲', '20', '2026-02-02')
    await add('丙', '60', '2026-02-02')
    await add('丙', null, '2026-02-03')
    const base = { of: 'account', at: 'joinedOn__c', better: 'higher' }
    const count = await made({ ...base, label: both('入会数', 'Joined'), aggregate: 'count', unit: 'count' })
    expect(await actuals(count)).toMatchObject({ 公司: '4', 甲: '2', 丙: '2' })
    const average = await made({
      ...base, label: both('平均会费', 'Average fee'), aggregate: 'average', field: 'fee__c', unit: 'money',
    }) // prettier-ignore
    expect(await actuals(average)).toMatchObject({ 公司: '30', 东一队: '15', 丙: '60', 丁: null })
    const share = await made({
      ...base, label: both('高会费占比', 'High fees'), aggregate: 'share', unit: 'percent',
      countsIf: { field: 'fee__c', op: 'ge', value: '20' },
    }) // prettier-ignore
    expect(await actuals(share)).toMatchObject({ 公司: '0.5', 甲: '0.5', 丙: '0.5' })
    const made2026 = await made({
      label: both('新建客户', 'Made'), of: 'account', at: 'createdAt', aggregate: 'count', unit: 'count', better: 'higher',
    }) // prettier-ignore
    expect(await verifyLedger(await asNow())).toEqual([])
    const { rows } = await sql<{ count: string }>`
      select count(*) as count from ledger_row where metric = ${made2026}`.execute(database.owner)
    expect(rows).toEqual([{ count: '4' }])
  })
})

describe('while a metric is being filled', () => {
  it('saves are neither missed nor counted twice, before and behind the place that the job has reached', async () => {
    const { body } = await here.operations.post('/own-metrics', { ...rent, label: both('填充中', 'Filling') })
    const ids = (await sql<{ id: string }>`
      select id from custom_record where company_id = ${here.company.ctx.company.id} and deleted_at is null
      order by id`.execute(database.owner)).rows.map((row) => row.id) // prettier-ignore
    const save = (id: string | undefined, values: Record<string, unknown>) =>
      here.operations.patch(`/records/plot__c/${id}`, { values })
    await save(ids.at(-1), { rent__c: '1000', large__c: true })
    let portions = 0
    await fillMetric(await asNow(), body.key, {
      portion: 2,
      afterPortion: async () => {
        portions += 1
        await save(ids[0], { rent__c: String(100 * portions) })
        await save(ids.at(-1), { rent__c: String(1000 * portions) })
        if (portions === 1) await plot('乙', { rent__c: '5', signedOn__c: '2026-01-05', large__c: true })
      },
    })
    expect(portions).toBeGreaterThan(2)
    expect(await verifyLedger(await asNow())).toEqual([])
    const listed = (await here.operations.get('/own-metrics')).body.metrics
    expect(listed.find((one: { key: string }) => one.key === body.key).own.state).toBe('ready')
  })

  it('many may save at once, before, while and after it is made, changed and deleted', async () => {
    const definition = { ...rent, label: both('同时', 'At once') }
    const ids = await Promise.all(
      ['甲', '乙', '丙', '丁'].map((name) => plot(name, { rent__c: '1', signedOn__c: '2026-02-02', large__c: true })),
    )
    const saving = async (rounds: number) => {
      for (let round = 0; round < rounds; round += 1) {
        const values = { rent__c: String(round + 2), large__c: round % 3 > 0 }
        await Promise.all(ids.map((id) => here.operations.patch(`/records/plot__c/${id}`, { values })))
        await plot('乙', { rent__c: '1', signedOn__c: '2026-02-02', large__c: true })
      }
    }
    const defining = async () => {
      const metric = await made(definition)
      const { when: _when, ...every } = definition
      await here.operations.patch(`/own-metrics/${metric}`, every)
      await fillMetric(await asNow(), metric, { portion: 3 })
      const passing = await made({ ...definition, label: both('同时二', 'At once too') })
      await here.operations.delete(`/own-metrics/${passing}`)
      await clearMetric(await asNow(), passing)
      return metric
    }
    const [metric] = await Promise.all([defining(), saving(8)])
    expect(await verifyLedger(await asNow())).toEqual([])
    const { rows } = await sql<{ sum: string }>`
      select sum((custom ->> 'rent__c')::numeric) as sum from custom_record
      where company_id = ${here.company.ctx.company.id} and deleted_at is null and custom ->> 'signedOn__c' like '2026%'`.execute(
      database.owner,
    )
    expect(Number((await actuals(metric))['公司'])).toBe(Number(rows[0]?.sum))
  })

  it('the job goes on where it was cut off, and from the start where it failed and somebody asks again', async () => {
    const { body } = await here.operations.post('/own-metrics', { ...rent, label: both('中断', 'Cut off') })
    const own = async () =>
      (await here.operations.get('/own-metrics')).body.metrics.find((one: { key: string }) => one.key === body.key).own
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from custom_record
      where company_id = ${here.company.ctx.company.id} and deleted_at is null`.execute(database.owner)
    const count = rows[0]?.count ?? 0
    let portions = 0
    const cut = (error: Error) => async () => {
      portions += 1
      if (portions === 2) throw error
    }
    const halted = Object.assign(new Error('the process is about to end'), { code: 'EHALT' })
    await expect(fillMetric(await asNow(), body.key, { portion: 2, afterPortion: cut(halted) })).rejects.toThrow()
    expect(await own()).toMatchObject({ state: 'filling', progress: 4 / count })
    let rest = 0
    await fillMetric(await asNow(), body.key, { portion: 2, afterPortion: async () => void (rest += 2) })
    expect(4 + rest).toBeGreaterThanOrEqual(count - 2)
    expect(rest).toBeLessThan(count - 3)
    expect(await own()).toMatchObject({ state: 'ready', progress: null })

    await here.operations.patch(`/own-metrics/${body.key}`, {
      ...rent,
      label: both('中断', 'Cut off'),
      at: 'createdAt',
    })
    portions = 0
    await fillMetric(await asNow(), body.key, { portion: 2, afterPortion: cut(new Error('no space')) })
    expect(await own()).toMatchObject({ version: 2, state: 'failed' })
    expect((await here.operations.get(`/metrics/${body.key}/tree`)).body.meta.fill).toBe('failed')
    expect(await here.operations.post(`/own-metrics/${body.key}/refill`)).toMatchObject({ status: 202 })
    await fillMetric(await asNow(), body.key)
    expect(await own()).toMatchObject({ state: 'ready' })
    expect(await verifyLedger(await asNow())).toEqual([])
  })

  it('an import that began before the metric was made is counted', async () => {
    const before = await asNow()
    const metric = await made({ ...rent, label: both('导入中', 'Importing') })
    const save = (values: Record<string, unknown>, id?: string) =>
      inStep(before, (step) =>
        saveMany(step, before.company.catalogue.get('plot__c'), [{ ...(id ? { id } : {}), values }]),
      )
    const was = Number((await actuals(metric))['公司'])
    const [row] = await save({ name: '新', ownerId: person('甲'), rent__c: '3', signedOn__c: '2026-02-02', large__c: true }) // prettier-ignore
    expect(Number((await actuals(metric))['公司'])).toBe(was + 3)
    await save({ rent__c: '4' }, row?.ok ? row.id : '')
    expect(Number((await actuals(metric))['公司'])).toBe(was + 4)
    expect(await verifyLedger(await asNow())).toEqual([])
  })
})

describe('who began before a metric was made or changed', () => {
  const cascade = { method: 'equal' as const, season: 'even' as const, headsCarry: false, ramp: [] }

  it('computes the ledger anew with it', async () => {
    const before = await asNow()
    const { body } = await here.operations.post('/own-metrics', { ...rent, label: both('重算前', 'Before a rebuild') })
    await rebuildLedger(before)
    expect(Number((await actuals(body.key))['公司'])).toBeGreaterThan(0)
    expect(await verifyLedger(before)).toEqual([])
  })

  it('is told, where a plan is cascaded by past results, that they are not all counted', async () => {
    const { body } = await here.operations.post('/own-metrics', { ...rent, label: both('历史', 'History') })
    const plan = (year: number) =>
      here.operations.post('/plans', {
        metric: body.key, year, total: '12', cascade: { method: 'last_actual', season: 'even', headsCarry: false, ramp: [] },
      }) // prettier-ignore
    const [early] = (await plan(2026)).body.notes
    expect(JSON.stringify(early)).toContain('incomplete')
    await fillMetric(await asNow(), body.key)
    expect(JSON.stringify((await plan(2027)).body.notes)).not.toContain('incomplete')
  })

  it('lays no plan in what it was: a ratio, or another unit', async () => {
    const definition = { ...rent, label: both('先金额', 'Money first') }
    const metric = await made(definition)
    const before = await asNow()
    for (const change of [{ aggregate: 'count', unit: 'count' }, { aggregate: 'average' }]) {
      await here.operations.patch(`/own-metrics/${metric}`, { ...definition, ...change })
      const planning = createPlan(before, { metric, year: 2026, total: '12', cascade })
      await expect(planning).rejects.toMatchObject({ code: 'METRIC_NOT_PLANNABLE' })
    }
  })

  it('saves no amount that it would value without a rate', async () => {
    const { operations, company } = there
    await operations.post('/shape/objects/opportunity/fields', {
      key: 'shownOn__c',
      definition: { label: both('演示日期', 'Shown on'), type: 'date' },
    })
    await operations.put('/rates/EUR/2025-06-01', { rate: '8' })
    const values = {
      name: '演示', stage: company.stages['Won'], amount: '10', currency: 'EUR', closedOn: '2026-02-01',
      ownerId: person('甲', there),
    } // prettier-ignore
    const shown = await operations.post('/records/opportunity', { values: { ...values, shownOn__c: '2025-12-01' } })
    expect(shown, JSON.stringify(shown.body)).toMatchObject({ status: 201 })
    const before = await asNow(there)
    await made(
      {
        label: both('演示额', 'Shown'), of: 'opportunity', aggregate: 'sum', field: 'amount', at: 'shownOn__c',
        unit: 'money', better: 'higher',
      },
      there,
    ) // prettier-ignore
    const opportunity = before.company.catalogue.get('opportunity')
    const early = { ...values, shownOn__c: '2025-01-01' }
    const [saved] = await inStep(before, (step) => saveMany(step, opportunity, [{ values: early }]))
    expect(saved).toMatchObject({ ok: false, faults: [{ field: 'currency', code: 'rate' }] })
  })
})

describe('many who define metrics at once', () => {
  it('are all served, though each looks for what the filters name', async () => {
    const when = { field: 'ownerId', op: 'in', value: [person('甲')] }
    // More than there are connections.
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, number) =>
        here.operations.post('/own-metrics', { ...rent, label: both(`抢${number}`, `Rush ${number}`), when }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    for (const { body } of answers) await here.operations.delete(`/own-metrics/${body.key}`)
  }, 20_000)
})

describe('a job that fails', () => {
  const failing = (act: () => Promise<unknown>) => ({
    portion: 2,
    afterPortion: async () => {
      await act()
      throw new Error('no space')
    },
  })

  it('leaves a metric that was deleted meanwhile to be cleared', async () => {
    const { body } = await here.operations.post('/own-metrics', { ...rent, label: both('已删', 'Deleted') })
    await fillMetric(await asNow(), body.key, failing(() => here.operations.delete(`/own-metrics/${body.key}`))) // prettier-ignore
    const { rows } = await sql`select fill_state from own_metric where key = ${body.key}`.execute(database.owner)
    expect(rows).toEqual([{ fill_state: 'clearing' }])
    await clearMetric(await asNow(), body.key)
    expect(await verifyLedger(await asNow())).toEqual([])
  })

  it('goes on with the version to which the metric was changed meanwhile', async () => {
    const definition = { ...rent, label: both('已改', 'Changed') }
    const { body } = await here.operations.post('/own-metrics', definition)
    const { when: _when, ...every } = definition
    let changes = 0
    await fillMetric(await asNow(), body.key, {
      portion: 2,
      afterPortion: async () => {
        changes += 1
        if (changes > 1) return
        await here.operations.patch(`/own-metrics/${body.key}`, every)
        throw new Error('no space')
      },
    })
    const { metrics } = (await here.operations.get('/own-metrics')).body
    expect(metrics.find((one: { key: string }) => one.key === body.key).own).toMatchObject({
      version: 2,
      state: 'ready',
    })
    expect(await verifyLedger(await asNow())).toEqual([])
  })
})

describe('the comparison of the ledger', () => {
  it('finds what differs beside a metric that is being filled', async () => {
    const [whole, filling] = [
      await made({ ...rent, label: both('完整', 'Whole') }),
      (await here.operations.post('/own-metrics', { ...rent, label: both('未完', 'Unfinished') })).body.key,
    ]
    const surplus = (metric: string, count: number) =>
      sql`
        insert into ledger_row (company_id, record_id, metric, structure_id, part, metric_version, attribution, object,
          person_id, unit_id, day, currency, amount, numerator, denominator)
        select company_id, gen_random_uuid(), ${metric}, structure_id, part, metric_version, attribution, object,
          person_id, unit_id, day, currency, amount, numerator, denominator
        from (select * from ledger_row where metric = ${whole} limit 1) l cross join generate_series(1, ${count})
      `.execute(database.owner)
    await surplus(filling, 5000)
    await surplus(whole, 1)
    const found = await verifyLedger(await asNow())
    expect(found.map(({ metric, what }) => [metric, what])).toEqual([
      [whole, 'surplus in ledger'],
      [whole, 'roll-up differs'],
    ])
    await rebuildLedger(await asNow())
    expect(await verifyLedger(await asNow())).toEqual([])
  })
})

describe('what a metric needs', () => {
  it('cannot be deleted, and the refusal names the metric', async () => {
    const { body } = await here.operations.get('/shape')
    const field = body.fields.find((one: { key: string }) => one.key === 'rent__c')
    const refused = await here.operations.delete(`/shape/fields/${field.id}`)
    expect(refused).toMatchObject({ status: 422, code: 'SHAPE_REFUSED' })
    expect(JSON.stringify(refused.body)).toContain('The metric Rent of large plots')
    expect(await here.operations.delete('/shape/objects/plot__c')).toMatchObject({ code: 'SHAPE_REFUSED' })
  })
})

describe('a metric that no longer fits its object', () => {
  it('is listed as broken, stands in the way of no other change, and can be mended and deleted', async () => {
    const definition = { ...rent, label: both('坏了', 'Broken') }
    const metric = await made(definition)
    const { id } = here.company.ctx.company
    await sql`
      update own_metric set definition = definition || '{"field": "gone__c"}' where company_id = ${id} and key = ${metric}
    `.execute(database.owner)
    await here.operations.post('/shape/objects/plot__c/fields', {
      key: 'note__c',
      definition: { label: both('备注', 'Note'), type: 'text' },
    })
    const own = async () =>
      (await here.operations.get('/own-metrics')).body.metrics.find((one: { key: string }) => one.key === metric)?.own
    expect(await own()).toMatchObject({ state: 'broken' })
    expect(await here.operations.patch(`/own-metrics/${metric}`, definition)).toMatchObject({ body: { version: 2 } })
    await fillMetric(await asNow(), metric)
    expect(await own()).toMatchObject({ state: 'ready' })
    expect(await here.operations.delete(`/own-metrics/${metric}`)).toMatchObject({ status: 204 })
    await clearMetric(await asNow(), metric)
    expect(await verifyLedger(await asNow())).toEqual([])
  })
})

describe('deleting a metric', () => {
  it('takes it from everybody, its rows with it, and never gives its key again', async () => {
    const metric = await made({ ...rent, label: both('临时', 'Passing') })
    expect(await here.operations.delete(`/own-metrics/${metric}`)).toMatchObject({ status: 204 })
    expect(await here.operations.get(`/metrics/${metric}/tree`)).toMatchObject({ code: 'METRIC_NOT_FOUND' })
    await plot('甲', { rent__c: '5', signedOn__c: '2026-01-05', large__c: true })
    await clearMetric(await asNow(), metric)
    const held = await sql`
      select from ledger_row where metric = ${metric} union all select from rollup_year where metric = ${metric}`.execute(
      database.owner,
    )
    expect(held.rows).toEqual([])
    expect(await verifyLedger(await asNow())).toEqual([])
    expect(await made({ ...rent, label: both('临时', 'Passing') })).not.toBe(metric)
  })

  it('leaves no plan behind that somebody was making meanwhile', async () => {
    const metric = await made({ ...rent, label: both('快删', 'Soon gone') })
    const before = await asNow()
    await here.operations.delete(`/own-metrics/${metric}`)
    const cascade = { method: 'equal' as const, season: 'even' as const, headsCarry: false, ramp: [] }
    const planning = createPlan(before, { metric, year: 2026, total: '12', cascade })
    await expect(planning).rejects.toMatchObject({ code: 'METRIC_NOT_FOUND' })
  })

  it('waits until its targets are gone; and it keeps adding up while it has some', async () => {
    const metric = await made({ ...rent, label: both('有计划', 'Planned') })
    const plan = await here.operations.post('/plans', { metric, year: 2026, total: '1200', cascade: { kind: 'equal' } })
    expect(plan, JSON.stringify(plan.body)).toMatchObject({ status: 200 })
    expect(await here.operations.delete(`/own-metrics/${metric}`)).toMatchObject({ code: 'METRIC_PLANNED' })
    const asShare = { ...rent, label: both('有计划', 'Planned'), aggregate: 'count', unit: 'count' }
    const refused = await here.operations.patch(`/own-metrics/${metric}`, asShare)
    expect(refused.body.errors).toMatchObject([{ field: 'aggregate', code: 'planned' }])
    const turned = await here.operations.patch(`/own-metrics/${metric}`, {
      ...rent,
      label: both('有计划', 'Planned'),
      better: 'lower',
    })
    expect(turned.body.errors).toMatchObject([{ field: 'better', code: 'planned' }])
    expect(await here.operations.delete(`/plans/${plan.body.plan.id}`)).toMatchObject({ status: 204 })
    expect(await here.operations.delete(`/own-metrics/${metric}`)).toMatchObject({ status: 204 })
  })
})

describe('a definition that the ledger cannot keep', () => {
  it.each([
    ['without a name', { label: both('') }, 'label', 'label'],
    ['whose name is taken', { label: both('赢单数', 'Deals that were won') }, 'label', 'taken'],
    ['of an unknown object', { of: 'nothing__c' }, 'of', 'object'],
    ['of an object that nobody owns', { of: 'product' }, 'of', 'owner'],
    ['without a date', { at: '' }, 'at', 'date'],
    ['of an unknown field', { field: 'gone__c' }, 'field', 'field'],
    ['that adds up names', { field: 'name' }, 'field', 'notNumber'],
    ['that adds up a formula', { field: 'double__c' }, 'field', 'computed'],
    ['with a condition on an unknown field', { when: { field: 'gone__c', op: 'empty' } }, 'when', 'field'],
  ])('%s is refused naming the field', async (_name, changes, field, code) => {
    const refused = await here.operations.post('/own-metrics', { ...rent, label: both('新的', 'New'), ...changes })
    expect(refused).toMatchObject({ status: 422, code: 'METRIC_REFUSED' })
    expect(refused.body.errors).toMatchObject([{ field, code }])
  })

  it('is refused where an amount would have no rate on its day', async () => {
    const { operations } = there
    await operations.post('/shape/objects/opportunity/fields', {
      key: 'handedOn__c',
      definition: { label: both('移交日期', 'Handed on'), type: 'date' },
    })
    await operations.put('/rates/USD/2026-01-01', { rate: '7' })
    const deal = await operations.post('/records/opportunity', {
      values: {
        name: '海外', stage: there.company.stages['Won'], amount: '10', currency: 'USD', closedOn: '2026-02-01',
        handedOn__c: '2025-12-01',
      },
    }) // prettier-ignore
    expect(deal, JSON.stringify(deal.body)).toMatchObject({ status: 201 })
    const handed = {
      label: both('移交额', 'Handed over'), of: 'opportunity', aggregate: 'sum', field: 'amount', at: 'handedOn__c',
      unit: 'money', better: 'higher',
    } // prettier-ignore
    for (const path of ['/own-metrics/preview', '/own-metrics']) {
      expect((await operations.post(path, handed)).body.errors).toMatchObject([{ field: 'field', code: 'rate' }])
    }
    await operations.patch(`/records/opportunity/${deal.body.id}`, { values: { handedOn__c: '2026-03-01' } })
    const metric = await made(handed, there)
    expect(await actuals(metric, there)).toMatchObject({ 公司: '70' })
    const early = await operations.patch(`/records/opportunity/${deal.body.id}`, {
      values: { handedOn__c: '2025-12-01' },
    })
    expect(early.body.errors).toMatchObject([{ field: 'currency', code: 'rate' }])
  })
})

describe('a draft', () => {
  it('is tried before it is kept, and said in words', async () => {
    const tried = await there.operations.post('/own-metrics/preview', { ...rent, label: both('') })
    expect(tried, JSON.stringify(tried.body)).toMatchObject({ status: 200 })
    expect(tried.body).toMatchObject({ figure: '4', records: 1, period: { key: '2026' } })
  })

  it.each([
    ['looks at the definitions', () => here.representative.get('/own-metrics')],
    ['makes', () => here.representative.post('/own-metrics', rent)],
    ['tries', () => here.representative.post('/own-metrics/preview', rent)],
    ['changes', () => here.representative.patch('/own-metrics/rentOfLargePlots__c', rent)],
    ['deletes', () => here.representative.delete('/own-metrics/rentOfLargePlots__c')],
    ['fills anew', () => here.representative.post('/own-metrics/rentOfLargePlots__c/refill')],
  ])('is a matter of administrators and operations: a representative never %s', async (_act, ask) => {
    expect(await ask()).toMatchObject({ status: 403 })
  })
})
