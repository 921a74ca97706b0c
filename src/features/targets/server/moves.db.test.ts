import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { createRecord } from '#platform/records/save.ts'
import { creditAnew } from '#testing/credit-anew.ts'
import { publishedPlan } from '#testing/published-plan.ts'
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
  await publishedPlan(person('丁'), { metric: 'signed_amount', year: 2026, total: '12000000.07' })
}

interface Node {
  readonly name: string
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
  const { meta: _, ...tree } = body
  return tree
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
    expect(tree.children.map(({ name }) => name)).toEqual(['东一队 · 东区', '东一队 · 西区'])
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

/** Names of the units and people that somebody's view begins with. */
function topsOf(tree: Node): readonly string[] {
  const names = new Map(Object.entries({ ...company.units, ...company.people }).map(([name, id]) => [id, name]))
  const tops = tree.id === 'mine' ? tree.children : [tree]
  return tops
    .map(({ kind, unitId, personId }) => names.get((kind === 'unit' ? unitId : personId) ?? '') ?? '')
    .toSorted()
}

async function isHidden(name: string, node: string, period: string): Promise<void> {
  for (const what of ['series', 'records']) {
    const asked = await person(name).get(`/metrics/signed_amount/${what}?node=${node}&period=${period}`)
    expect(asked).toMatchObject({ status: 404, code: 'NODE_NOT_FOUND' })
  }
}

const periodsOf2026 = ['2026', '2026-Q1', '2026-Q2', '2026-M04', '2026-M05', '2026-M06']
const monthsOf: Readonly<Record<string, readonly number[]>> = {
  '2026': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  '2026-Q1': [1, 2, 3],
  '2026-Q2': [4, 5, 6],
  '2026-M04': [4],
  '2026-M05': [5],
  '2026-M06': [6],
}

/** In every period the unit is what everybody else sees of it. */
async function expectWholeUnit(name: string, team: string): Promise<void> {
  for (const period of periodsOf2026) {
    const whole = below(await treeOf('丁', period)).find(({ id }) => id === unit(team))
    const seen = below(await treeOf(name, period)).find(({ id }) => id === unit(team))
    expect(seen, period).toEqual(whole)
    await expectOpen(name, period, monthsOf[period] ?? [])
  }
}

describe('a manager whose member left inside the year', () => {
  beforeAll(async () => {
    await openCompany('left')
    expect(await movePerson('甲', '西一队', '2026-05-10')).toBeLessThan(300)
    await creditAll()
  })

  it('sees the whole unit in every period, with what the member brought to it until then', async () => {
    await expectWholeUnit('乙', '东一队')
    for (const period of periodsOf2026) expect(topsOf(await treeOf('乙', period))).toEqual(['东一队'])
    const quarter = await treeOf('乙', '2026-Q1')
    expect(quarter.actual).toBe(amounts(['102.25', '202.25']))
    expect(quarter.children.map(({ personId }) => personId).toSorted()).toEqual([one('甲'), one('乙')].toSorted())
  })

  it('sees neither what the member brought elsewhere, nor more of a record than the figure shows', async () => {
    const tree = await treeOf('乙', '2026')
    expect(tree.actual).toBe(amounts(['102.25', '104.25', '202.25', '204.25', '206.25']))
    await isHidden('乙', unit('西区'), '2026-Q2')
    await isHidden('乙', `${unit('西一队')}.${one('甲')}`, '2026-Q2')
    const { body } = await person('乙').get('/metrics/signed_amount/records?period=2026&limit=200')
    const titles = body.rows.map((row: { title: string }) => row.title)
    expect(titles).toContain('甲 04')
    expect(titles).not.toContain('甲 06')
    for (const { recordId, personId } of body.rows) {
      const opened = await person('乙').get(`/records/opportunity/${recordId}`)
      expect(opened.status).toBe(personId === one('乙') ? 200 : 404)
    }
  })
})

describe('a manager who joined her unit this year', () => {
  beforeAll(async () => {
    await openCompany('joined')
    expect(await movePerson('乙', '东二队', '2026-01-01')).toBeLessThan(300)
    expect(await movePerson('乙', '东一队', '2026-05-01')).toBeLessThan(300)
    await creditAll()
  })

  it('sees the whole unit before she came, and of her former unit only herself', async () => {
    await expectWholeUnit('乙', '东一队')
    const quarter = await treeOf('乙', '2026-Q1')
    expect(topsOf(quarter)).toEqual(['东一队', '乙'])
    expect(quarter.children.map(({ name }) => name).toSorted()).toEqual(['东一队', '乙 · 东二队'].toSorted())
    expect(quarter.actual).toBe(amounts(['102.25', '202.25']))
    expect(topsOf(await treeOf('乙', '2026-M06'))).toEqual(['东一队'])
    await isHidden('乙', unit('东二队'), '2026-Q1')
    await isHidden('乙', `${unit('东二队')}.${one('丙')}`, '2026-Q1')
  })
})

describe('a manager of several units', () => {
  it('sees these units and no sum of the region, in figures as in the plan', async () => {
    await openCompany('two')
    await sql`update unit set head_id = ${one('乙')} where id = ${unit('东二队')}`.execute(database.owner)
    for (const period of periodsOf2026) expect(topsOf(await treeOf('乙', period))).toEqual(['东一队', '东二队'])
    await isHidden('乙', unit('东区'), '2026-Q1')
    const { id } = await rowsOfPlan()
    const { body } = await person('乙').get(`/plans/${id}`)
    const tops = body.rows.filter((row: Row) => row.parentId === null)
    expect(tops.map((row: Row) => row.id).toSorted()).toEqual([unit('东一队'), unit('东二队')].toSorted())
  })

  it('sees a unit that came below one of them also before that, in figures as in the plan', async () => {
    await openCompany('below')
    expect(await moveUnit('西一队', '东一队', '2026-06-01')).toBeLessThan(300)
    const quarter = await treeOf('乙', '2026-Q1')
    expect(topsOf(quarter)).toEqual(['东一队', '西一队'])
    await isHidden('乙', unit('西区'), '2026-Q1')
    const { id } = await rowsOfPlan()
    const { body } = await person('乙').get(`/plans/${id}`)
    const editable = body.rows.filter((row: { canEdit: boolean }) => row.canEdit).map((row: Row) => row.id)
    expect(editable).toContain(`${unit('西一队')}.${one('丁')}`)
    expect(editable).not.toContain(unit('西一队'))
  })
})

describe('a representative', () => {
  it('sees herself alone, wherever she stood', async () => {
    await openCompany('alone')
    expect(await movePerson('丙', '西一队', '2026-05-10')).toBeLessThan(300)
    await creditAll()
    const year = await treeOf('丙', '2026')
    expect(topsOf(year)).toEqual(['丙', '丙'])
    expect(year.actual).toBe(amounts(['302.25', '304.25', '306.25']))
    for (const period of periodsOf2026) {
      expect(
        below(await treeOf('丙', period)).every(({ id, personId }) => id === 'mine' || personId === one('丙')),
      ).toBe(true)
    }
    for (const node of ['东二队', '西一队']) await isHidden('丙', unit(node), '2026-Q2')
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

  it('takes floors and stretches along with the targets', async () => {
    await openCompany('levelled')
    const { id } = await rowsOfPlan()
    for (const [level, percent] of [['floor', 80], ['stretch', 125]] as const) {
      const { version } = await rowsOfPlan()
      expect((await person('丁').post(`/plans/${id}/levels`, { version, level, percent })).status).toBe(200)
    } // prettier-ignore
    const before = await levelsOf(id)
    await moveUnit('东一队', '西区', '2026-05-15')
    const { version } = await rowsOfPlan()
    expect((await person('丁').post(`/plans/${id}/refresh`, { version })).status).toBe(200)
    const after = await levelsOf(id)
    for (const level of ['floor', 'target', 'stretch']) {
      const [was, is] = [before.get(level), after.get(level)]
      const moved = was?.get('东一队') ?? 0n
      expect(moved).toBeGreaterThan(0n)
      expect(is?.get('东一队')).toBe(moved)
      expect(is?.get('公司')).toBe(was?.get('公司'))
      expect(is?.get('东区')).toBe((was?.get('东区') ?? 0n) - moved)
      expect(is?.get('西区')).toBe((was?.get('西区') ?? 0n) + moved)
    }
    expect(await verifyPlans(company.ctx)).toEqual([])
  })
})

/** Years of the rows of each level, by name, in cents. */
async function levelsOf(planId: string): Promise<ReadonlyMap<string, ReadonlyMap<string, bigint>>> {
  const { body } = await person('丁').get(`/plans/${planId}/grid`)
  return new Map(
    body.levels.map(({ level, cells }: { readonly level: string; readonly cells: readonly string[] }) => {
      const years = cells.map((row) => {
        const counts = row.split(' ').map(BigInt)
        return counts.length === 1 ? (counts[0] ?? 0n) * 12n : counts.reduce((sum, count) => sum + count, 0n)
      })
      return [level, new Map(body.rows.names.map((name: string, at: number) => [name, years[at] ?? 0n]))]
    }),
  )
}

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
