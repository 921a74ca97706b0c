import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { createRecord } from '#platform/records/save.ts'
import { creditAnew } from '#testing/credit-anew.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { verifyPlans } from './verify-plans.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany

const unit = (name: string): string => company.units[name] ?? ''
const one = (name: string): string => company.people[name] ?? ''
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: one(name) })

async function openCompany(slug: string): Promise<void> {
  company = await smallCompany(database, { slug })
  for (const [name, role] of [
    ['丁', 'administrator'],
    ['乙', 'manager'],
  ]) {
    await sql`update person set role = ${role} where id = ${one(name ?? '')}`.execute(database.owner)
  }
  await sql`update unit set head_id = ${one('乙')} where id = ${unit('东一队')}`.execute(database.owner)
  for (const [at, name] of ['甲', '乙', '丙', '丁'].entries()) {
    for (const month of ['02', '04', '06']) {
      await createRecord(company.ctx, 'opportunity', {
        name: `${name} ${month}`,
        stage: company.stages['Won'],
        amount: `${100 * (at + 1) + Number(month)}.25`,
        closedOn: `2026-${month}-05`,
        ownerId: one(name),
      })
    }
  }
  const made = await person('丁').post('/plans', { metric: 'signed_amount', year: 2026, total: '12000000.07' })
  expect(made.status).toBe(200)
}

interface Node {
  readonly id: string
  readonly kind: 'unit' | 'person'
  readonly unitId: string | null
  readonly personId: string | null
  readonly actual: string
  readonly target: string | null
  readonly light: string | null
  readonly reason: string | null
  readonly children: readonly Node[]
}

const below = (node: Node): readonly Node[] => [node, ...node.children.flatMap(below)]
const amounts = (values: readonly (string | null)[]) => sumOf(values.map((value) => value ?? '0'))

async function treeOf(name: string, period: string): Promise<Node> {
  const { status, body } = await person(name).get(`/metrics/signed_amount/tree?period=${period}`)
  expect(status).toBe(200)
  return body
}

/** Targets and results of the children are those of the parent, and no row of the plan counts twice. */
function expectSums(tree: Node): void {
  const nodes = below(tree)
  for (const node of nodes.filter(({ children }) => children.length > 0)) {
    expect(amounts(node.children.map(({ target }) => target))).toBe(amounts([node.target]))
    expect(amounts(node.children.map(({ actual }) => actual))).toBe(amounts([node.actual]))
  }
  const rows = nodes.flatMap(({ target, unitId, personId }) => (target && unitId ? [`${unitId}.${personId}`] : []))
  expect(new Set(rows).size).toBe(rows.length)
}

/** Every node opens to the records of its figure and to its months. */
async function expectOpen(name: string, period: string, months: readonly number[]): Promise<void> {
  for (const { id, actual, target } of below(await treeOf(name, period))) {
    if (id === 'mine') continue
    const asked = `node=${encodeURIComponent(id)}&period=${period}`
    const records = await person(name).get(`/metrics/signed_amount/records?${asked}&limit=200`)
    expect(records).toMatchObject({ status: 200, body: { total: actual } })
    expect(amounts(records.body.rows.map((row: { value: string }) => row.value))).toBe(actual)
    const series = await person(name).get(`/metrics/signed_amount/series?${asked}`)
    expect(series.status).toBe(200)
    const shown = months.map((month) => series.body[month - 1])
    expect(amounts(shown.map((month) => month.actual))).toBe(actual)
    expect(amounts(shown.map((month) => month.target))).toBe(amounts([target]))
  }
}

async function moveUnit(name: string, parent: string, from: string) {
  const { status } = await person('丁').post(`/org/units/${unit(name)}/move`, { parentId: unit(parent), from })
  return status
}

async function movePerson(name: string, to: string, from: string) {
  const { status } = await person('丁').post('/org/assignments', {
    ...{ personId: one(name), unitId: unit(to), from, isMain: true, later: 'replace' },
  })
  return status
}

const creditAll = () => creditAnew(company.ctx, Object.values(company.people), '0001-01-01')

describe('after a unit moved inside a quarter, a person moved backdated, and a merge', () => {
  beforeAll(async () => {
    await openCompany('moved')
    expect(await moveUnit('东一队', '西区', '2026-05-15')).toBeLessThan(300)
    expect(await movePerson('甲', '西一队', '2026-01-01')).toBeLessThan(300)
    const merged = await person('丁').post(`/org/units/${unit('东二队')}/merge`, {
      intoId: unit('西一队'),
      from: '2026-04-01',
    })
    expect(merged.status).toBeLessThan(300)
    await creditAll()
  })

  it.each(['2026', '2026-Q1', '2026-Q2', '2026-Q3', '2026-M04', '2026-M06'])('targets sum in %s', async (period) => {
    expectSums(await treeOf('丁', period))
    expectSums(await treeOf('乙', period))
  })

  it('leaves the targets of the company as they were planned', async () => {
    const quarters = await Promise.all([1, 2, 3, 4].map((number) => treeOf('丁', `2026-Q${number}`)))
    expect(amounts(quarters.map(({ target }) => target))).toBe('12000000.07')
    expect((await treeOf('丁', '2026')).target).toBe('12000000.07')
  })

  it('keeps targets in the old places, and has none in the new ones', async () => {
    const [east, west] = ['东区', '西区'].map((name) => unit(name))
    const nodes = below(await treeOf('丁', '2026-Q3'))
    const at = (id: string) => nodes.find((node) => node.id === id)
    const team = unit('东一队')
    expect(at([unit('公司'), east, team].join('~'))).toMatchObject({ actual: '0', reason: 'not-begun' })
    expect(at([unit('公司'), east, team].join('~'))?.target).not.toBeNull()
    expect(at([unit('公司'), west, team].join('~'))).toMatchObject({ target: null, light: null, reason: 'no-target' })
    expect(at(`${unit('西一队')}.${one('甲')}`)).toMatchObject({ target: null, reason: 'no-target' })
    expect(at(unit('东二队'))?.target).not.toBeNull()
    expect(at(`${unit('东二队')}.${one('丙')}`)?.target).not.toBeNull()
  })

  it('opens every node to records of its sum and to its months', async () => {
    await expectOpen('丁', '2026-Q2', [4, 5, 6])
    await expectOpen('丁', '2026', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    await expectOpen('乙', '2026-Q2', [4, 5, 6])
  })

  it('shows a manager the unit in both places, its target once', async () => {
    const tree = await treeOf('乙', '2026-Q2')
    expect(tree).toMatchObject({ id: 'mine' })
    expect(tree.children.map(({ kind, unitId }) => [kind, unitId])).toEqual([
      ['unit', unit('东一队')],
      ['unit', unit('东一队')],
    ])
    const whole = below(await treeOf('丁', '2026-Q2')).filter(
      ({ kind, unitId }) => kind === 'unit' && unitId === unit('东一队'),
    )
    expect(tree.target).toBe(amounts(whole.map(({ target }) => target)))
  })

  it('takes ids as long as a deep tree makes them, and no longer', async () => {
    const deep = Array.from({ length: 12 }, () => unit('公司')).join('~')
    const asked = (node: string) => person('丁').get(`/metrics/signed_amount/records?node=${node}`)
    expect(await asked(`${deep}.${one('甲')}`)).toMatchObject({ status: 404, code: 'NODE_NOT_FOUND' })
    expect(await asked('x'.repeat(501))).toMatchObject({ status: 400, code: 'INPUT_INVALID' })
  })

  it('verifies that plans add up, and says where one does not', async () => {
    expect(await verifyPlans(company.ctx)).toEqual([])
    const change = (by: string) =>
      sql`update target set months[2] = months[2] + ${by}::numeric
        where company_id = ${company.ctx.company.id} and unit_id = ${unit('西区')}`.execute(database.owner)
    await change('1')
    expect((await verifyPlans(company.ctx)).map(({ unitName, month }) => [unitName, month])).toEqual([
      ['公司', 2],
      ['西区', 2],
    ])
    await change('-1')
  })
})

interface Row {
  readonly id: string
  readonly parentId: string | null
  readonly months: readonly string[]
}

async function rowsOfPlan(): Promise<{ id: string; version: number; rows: ReadonlyMap<string, Row> }> {
  const { body: list } = await person('丁').get('/plans?metric=signed_amount&year=2026')
  const [{ id, version }] = list.plans
  const { body } = await person('丁').get(`/plans/${id}`)
  return { id, version, rows: new Map(body.rows.map((row: Row) => [row.id, row])) }
}

describe('after somebody left a team inside the quarter', () => {
  it('shows its head every month of the team, and nobody else', async () => {
    await openCompany('left')
    expect(await movePerson('甲', '西一队', '2026-05-10')).toBeLessThan(300)
    await creditAll()
    await expectOpen('乙', '2026-Q2', [4, 5, 6])
    const hidden = await person('乙').get(`/metrics/signed_amount/series?node=${unit('西区')}&period=2026-Q2`)
    expect(hidden).toMatchObject({ status: 404, code: 'NODE_NOT_FOUND' })
  })
})

describe('a plan that is refreshed after moves', () => {
  it('takes moved units and people along, months exact at every tier, as a revision', async () => {
    await openCompany('refreshed')
    const before = await rowsOfPlan()
    await moveUnit('东一队', '西区', '2026-05-15')
    await movePerson('丙', '东一队', '2026-03-10')
    const merged = await person('丁').post(`/org/units/${unit('西一队')}/merge`, {
      ...{ intoId: unit('西区'), from: '2026-07-01' },
    })
    expect(merged.status).toBeLessThan(300)
    const { id, version } = before
    const refreshed = await person('丁').post(`/plans/${id}/refresh`, { version })
    expect(refreshed.body).toMatchObject({ added: 2, moved: 3, plan: { version: version + 1, total: '12000000.07' } })
    const after = await rowsOfPlan()
    expect(await verifyPlans(company.ctx)).toEqual([])
    expect(after.rows.get(unit('公司'))?.months).toEqual(before.rows.get(unit('公司'))?.months)
    expect(after.rows.get(unit('东一队'))?.parentId).toBe(unit('西区'))
    // In March 丙 still stood in both teams.
    const planned = before.rows.get(`${unit('东二队')}.${one('丙')}`)?.months ?? []
    const zeros = planned.map(() => '0')
    expect(after.rows.get(`${unit('东二队')}.${one('丙')}`)?.months).toEqual([
      ...planned.slice(0, 3),
      ...zeros.slice(3),
    ])
    expect(after.rows.get(`${unit('东一队')}.${one('丙')}`)?.months).toEqual([
      ...zeros.slice(3, 6),
      ...planned.slice(3),
    ])
    expect(after.rows.get(unit('东区'))?.months.slice(3)).toEqual(zeros.slice(3))
    const { body } = await person('丁').get(`/plans/${id}/revisions/${version + 1}`)
    const east = body.rows.find((row: { node: string }) => row.node === unit('东区'))
    expect(east).toMatchObject({
      before: before.rows.get(unit('东区'))?.months,
      after: after.rows.get(unit('东区'))?.months,
    })
    const again = await person('丁').post(`/plans/${id}/refresh`, { version: version + 1 })
    expect(again.body).toMatchObject({ added: 0, moved: 0, plan: { version: version + 1 } })
    for (const period of ['2026', '2026-Q1', '2026-Q2', '2026-Q3']) expectSums(await treeOf('丁', period))
  })
})

describe('after any moves', () => {
  const periods = ['2026', '2026-Q2', '2026-Q3', '2026-M02']
  const teams = ['东一队', '东二队', '西一队']
  const day = fc
    .integer({ min: 0, max: 364 })
    .map((at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10))
  const move = fc.oneof(
    fc.record({ kind: fc.constant('unit'), who: fc.constantFrom(...teams), to: fc.constantFrom('东区', '西区'), day }),
    fc.record({
      kind: fc.constant('person'),
      who: fc.constantFrom('甲', '乙', '丙'),
      to: fc.constantFrom(...teams),
      day,
    }),
  )

  beforeAll(() => openCompany('random'))

  it('targets and results sum at every node, for whoever looks', { timeout: 60_000 }, async () => {
    const asPlanned = new Map<string, readonly (string | null)[]>()
    for (const period of periods) {
      const { target, actual } = await treeOf('丁', period)
      asPlanned.set(period, [target, actual])
    }
    let [done, runs] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 4 }), async (moves) => {
        for (const { kind, who, to, day: from } of moves) {
          const status = kind === 'unit' ? await moveUnit(who, to, from) : await movePerson(who, to, from)
          if (status < 300) done += 1
        }
        await creditAll()
        for (const period of periods) {
          const tree = await treeOf('丁', period)
          expectSums(tree)
          expect([tree.target, tree.actual]).toEqual(asPlanned.get(period))
          expectSums(await treeOf('乙', period))
        }
        await expectOpen('丁', '2026-Q2', [4, 5, 6])
        await expectOpen('乙', '2026-Q2', [4, 5, 6])
        runs += 1
        if (runs % 3 !== 0) return
        const { id, version } = await rowsOfPlan()
        expect((await person('丁').post(`/plans/${id}/refresh`, { version })).status).toBe(200)
        expect(await verifyPlans(company.ctx)).toEqual([])
        for (const period of periods) {
          const tree = await treeOf('丁', period)
          expectSums(tree)
          expect([tree.target, tree.actual]).toEqual(asPlanned.get(period))
        }
      }),
      { numRuns: 12 },
    )
    expect(done).toBeGreaterThan(5)
  })
})
