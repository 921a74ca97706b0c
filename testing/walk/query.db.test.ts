import fc from 'fast-check'
import { Decimal as Standard } from 'decimal.js'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Condition, Filter } from '#engine/query/filter.ts'
import { inStep } from '#platform/db/step.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { saveMany } from '#platform/records/save.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { names, populated, type Name, type Populated } from './populated.ts'

/** Sums of many long amounts to the last digit. */
const Decimal = Standard.clone({ precision: 60 })
const seed = Number(process.env['WALK_SEED'] ?? 20260615)
const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })
let here: Populated
let rows: readonly Deal[]
const clients = new Map<Name, TestClient>()
const watchers = ['管', '乙', '甲'] as const
const reachOf: Readonly<Record<(typeof watchers)[number], readonly Name[] | 'everything'>> = {
  管: 'everything',
  乙: ['甲', '乙'],
  甲: ['甲'],
}

interface Firm {
  readonly name: string
  readonly city: string | null
  readonly annualRevenue: string | null
  readonly owner: Name | null
  readonly parent: number | null
}

interface Deal {
  readonly id: string
  readonly name: string
  readonly amount: string | null
  readonly expectedOn: string | null
  readonly lostReason: string | null
  readonly status: string
  readonly owner: Name | null
  readonly account: number | null
}

const owners: readonly (Name | null)[] = ['甲', '甲', '乙', '丙', '丁', null]
const texts = ['华为', '华为技术', 'Huawei', 'HUA_100%', '100%', 'a\\b', '阿里', "o'neil", '_', '𠮷野家']
const amounts = ['0', '1', '1.5', '99.9999', '100', '100.0001', '12345678.9', '999999999999999']
const days = ['2025-12-31', '2026-01-01', '2026-03-31', '2026-06-15', '2026-06-16', '2027-01-01']
const firms = fc.sample(
  fc.record({
    name: fc.constantFrom(...texts),
    city: fc.constantFrom('杭州', 'Oslo', null),
    annualRevenue: fc.constantFrom(...amounts, null),
    owner: fc.constantFrom(...owners),
    parent: fc.constantFrom(0, 1, 2, null),
  }),
  { seed, numRuns: 12 },
) as readonly Firm[]

beforeAll(async () => {
  here = await populated(database, 'here', as)
  for (const name of watchers) clients.set(name, as(here.somebody(name)))
  rows = await seedDeals()
})

/** 140 deals with few values each, so that every condition meets some and misses some. */
async function seedDeals(): Promise<readonly Deal[]> {
  const firmIds: string[] = []
  for (const [at, { name, city, annualRevenue, owner, parent }] of firms.entries()) {
    const up = parent !== null && parent < at ? firmIds[parent] : null
    const ownerId = owner === null ? null : here.people[owner]
    const [id] = await save('account', [{ name, city, annualRevenue, ownerId, parent: up ?? null }])
    firmIds.push(id ?? '')
  }
  const drawn = fc.sample(
    fc.record({
      name: fc.constantFrom(...texts),
      amount: fc.constantFrom(...amounts, null),
      expectedOn: fc.constantFrom(...days, null),
      lostReason: fc.constantFrom('太贵', 'too dear', null),
      stage: fc.constantFrom('Proposal', 'Won', 'Lost'),
      owner: fc.constantFrom(...owners),
      account: fc.option(fc.nat(firms.length - 1), { freq: 4 }),
    }),
    { seed, numRuns: 140 },
  )
  const values = drawn.map(({ stage, owner, account, ...rest }) => ({
    ...rest,
    amount: stage === 'Won' ? (rest.amount ?? '7') : rest.amount,
    stage: here.company.stages[stage],
    lostReason: stage === 'Lost' ? rest.lostReason : null,
    closedOn: stage === 'Proposal' ? null : '2026-02-02',
    ownerId: owner === null ? null : here.people[owner],
    account: account === null ? null : firmIds[account],
    note: 'drawn',
  }))
  const ids = await save('opportunity', values)
  return drawn.map(({ stage, ...rest }, at) => ({
    ...rest,
    id: ids[at] ?? '',
    amount: values[at]?.amount ?? null,
    lostReason: values[at]?.lostReason ?? null,
    status: stage === 'Proposal' ? 'open' : stage.toLowerCase(),
  }))
}

async function save(object: string, values: readonly Record<string, unknown>[]): Promise<readonly string[]> {
  const results = await inStep(here.company.ctx, (step) =>
    saveMany(
      step,
      standardCatalogue().get(object),
      values.map((one) => ({ values: one })),
      { onWarning: 'allow' },
    ),
  )
  return results.map((result) => (result.ok ? result.id : expect.fail(JSON.stringify(result.faults))))
}

const drawnOnly: Filter = { field: 'note', op: 'eq', value: 'drawn' }

const plainFields = {
  name: texts,
  lostReason: ['太贵', 'too dear'],
  amount: amounts,
  expectedOn: days,
  status: ['open', 'won', 'lost'],
  'account.name': texts,
  'account.city': ['杭州', 'Oslo'],
  'account.annualRevenue': amounts,
  'account.parent.name': texts,
} as const satisfies Readonly<Record<string, readonly string[]>>
type Path = keyof typeof plainFields

const isNumeric = (path: Path) => path === 'amount' || path === 'account.annualRevenue'
const isOrdered = (path: Path) => isNumeric(path) || path === 'expectedOn'

const condition: fc.Arbitrary<Condition> = fc
  .constantFrom(...(Object.keys(plainFields) as Path[]))
  .chain((field): fc.Arbitrary<Condition> => {
    const one = fc.constantFrom<string>(...plainFields[field])
    const list = fc.array(one, { maxLength: 3 })
    const always = [
      fc.record({ field: fc.constant(field), op: fc.constantFrom('empty', 'notEmpty') }),
      fc.record({ field: fc.constant(field), op: fc.constantFrom('eq', 'ne'), value: one }),
      fc.record({ field: fc.constant(field), op: fc.constant('in'), value: list }),
    ] as const
    const between = fc.record({ field: fc.constant(field), op: fc.constant('between'), value: fc.tuple(one, one) })
    const ordered = fc.record({ field: fc.constant(field), op: fc.constantFrom('lt', 'le', 'gt', 'ge'), value: one })
    const part = fc.tuple(one, fc.nat(3), fc.integer({ min: 1, max: 3 })).map(([text, at, size]) => {
      const letters = [...text]
      return letters.slice(at, at + size).join('') || text
    })
    const textual = fc.record({ field: fc.constant(field), op: fc.constantFrom('contains', 'startsWith'), value: part })
    if (isOrdered(field)) return fc.oneof(...always, ordered, between)
    if (field === 'status') return fc.oneof(...always)
    return fc.oneof(...always, textual)
  })

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
}))

type Watcher = (typeof watchers)[number]
const reaches = (who: Watcher, owner: Name | null): boolean => {
  const reach = reachOf[who]
  return reach === 'everything' || (owner !== null && reach.includes(owner))
}

/** What a path holds for who looks: of a customer out of reach only the name that the deal shows anyway. */
function valueAt(deal: Deal, path: Path, who: Watcher): string | null {
  if (!path.startsWith('account.')) return deal[path as keyof Deal] as string | null
  const firm = deal.account === null ? undefined : firms[deal.account]
  if (!firm) return null
  if (path === 'account.name') return firm.name
  if (!reaches(who, firm.owner)) return null
  if (path === 'account.city') return firm.city
  if (path === 'account.annualRevenue') return firm.annualRevenue
  const parent = firm.parent !== null && firm.parent < (deal.account ?? 0) ? firms[firm.parent] : undefined
  return parent && reaches(who, parent.owner) ? parent.name : null
}

/** The filter language in memory, written down once more. */
function meets(deal: Deal, asked: Filter, who: Watcher): boolean {
  if ('and' in asked) return asked.and.every((part) => meets(deal, part, who))
  if ('or' in asked) return asked.or.some((part) => meets(deal, part, who))
  if ('not' in asked) return !meets(deal, asked.not, who)
  if ('children' in asked) return expect.fail('not drawn here')
  const path = asked.field as Path
  const value = valueAt(deal, path, who)
  const order = (other: unknown): number => {
    if (value === null) return Number.NaN
    if (isNumeric(path)) return new Decimal(value).cmp(String(other))
    return value < String(other) ? -1 : value > String(other) ? 1 : 0
  }
  const list = (Array.isArray(asked.value) ? asked.value : []) as readonly string[]
  switch (asked.op) {
    case 'empty':
      return value === null
    case 'notEmpty':
      return value !== null
    case 'eq':
      return order(asked.value) === 0
    case 'ne':
      return order(asked.value) !== 0
    case 'lt':
      return order(asked.value) < 0
    case 'le':
      return order(asked.value) <= 0
    case 'gt':
      return order(asked.value) > 0
    case 'ge':
      return order(asked.value) >= 0
    case 'in':
      return list.some((one) => order(one) === 0)
    case 'between':
      return order(list[0]) >= 0 && order(list[1]) <= 0
    case 'contains':
      return value !== null && value.toLowerCase().includes(String(asked.value).toLowerCase())
    case 'startsWith':
      return value !== null && value.toLowerCase().startsWith(String(asked.value).toLowerCase())
    case 'within':
    case 'hasAny':
    case 'hasAll':
    case 'hasNone':
      return expect.fail('not drawn here')
  }
}

const query = async (who: Watcher, body: Record<string, unknown>) => {
  const answer = await clients.get(who)?.post('/records/opportunity/query', body)
  if (answer?.status !== 200)
    expect.fail(`${answer?.status} ${JSON.stringify(answer?.body)} for ${JSON.stringify(body)}`)
  return answer.body as { rows: { id: string; [field: string]: unknown }[]; cursor: string | null }
}

async function everyPage(
  who: Watcher,
  body: Record<string, unknown>,
  betweenPages?: () => Promise<unknown>,
): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | null = null; ;) {
    const page = await query(who, { ...body, cursor })
    found.push(...page.rows.map((row) => row.id))
    if (page.cursor === null) return found
    cursor = page.cursor
    await betweenPages?.()
  }
}

describe('a filter', () => {
  it('lists for everybody exactly the records that it means, and totals agree with the list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...watchers), filter, async (who, asked) => {
        const expected = rows.filter((deal) => reaches(who, deal.owner) && meets(deal, asked, who))
        const whole: Filter = { and: [drawnOnly, asked] }
        const { rows: listed } = await query(who, { filter: whole, limit: 200 })
        expect(listed.map((row) => row.id).sort()).toEqual(expected.map((deal) => deal.id).sort())
        const totals = await clients
          .get(who)
          ?.post('/records/opportunity/totals', { filter: whole, sum: ['amount'], groupBy: 'status' })
        const sum = expected.reduce((so, deal) => so.plus(deal.amount ?? 0), new Decimal(0))
        expect(totals?.body).toMatchObject({ count: expected.length, sums: { amount: sum.toFixed() } })
        for (const group of totals?.body.groups ?? []) {
          expect(group.count).toBe(expected.filter((deal) => deal.status === group.value).length)
        }
      }),
      { seed, numRuns: 70 },
    )
  }, 60_000)

  it.each([
    ['id', 'eq', 'id'],
    ['createdAt', 'within', { relative: 'today' }],
    ['createdAt', 'gt', '2020-01-01T00:00:00+08:00'],
    ['updatedAt', 'between', ['2020-01-01', '2090-01-01']],
    ['ownerId', 'in', ['id']],
    ['ownerId', 'eq', { me: true }],
    ['account.id', 'notEmpty', undefined],
    ['account.parent', 'empty', undefined],
    ['account.ownerId', 'eq', { me: true }],
    ['stage.kind', 'eq', 'open'],
    ['stage.position', 'ge', 1],
    ['product.active', 'eq', true],
  ])('takes %s %s', async (field, op, value) => {
    const [deal] = rows
    const given = JSON.parse(JSON.stringify(value ?? null).replaceAll('"id"', `"${deal?.id}"`)) as unknown
    await query('管', { filter: { field, op, ...(value === undefined ? {} : { value: given }) } })
  })

  it.each<[string, Filter]>([
    ['an unknown field', { field: 'nothing', op: 'eq', value: 'x' }],
    ['a column that is no field', { field: 'company_id', op: 'eq', value: 'x' }],
    ['a path through a field that leads nowhere', { field: 'name.length', op: 'eq', value: 'x' }],
    ['an operator that the field does not take', { field: 'amount', op: 'contains', value: '1' }],
    ['a day that does not exist', { field: 'expectedOn', op: 'eq', value: '2026-02-30' }],
    ['an instant that does not exist', { field: 'createdAt', op: 'gt', value: '2026-02-31T00:00:00Z' }],
    ['an instant after all time', { field: 'createdAt', op: 'lt', value: '9999-12-31T23:59:59-12:00' }],
    ['an instant without a zone', { field: 'createdAt', op: 'gt', value: '2026-02-01T00:00:00' }],
    ['a number in words', { field: 'amount', op: 'gt', value: 'NaN' }],
    ['half a range', { field: 'amount', op: 'between', value: ['1'] }],
    ['a person where a day is', { field: 'expectedOn', op: 'within', value: { me: true } }],
    [
      'a hundred thousand values',
      {
        or: Array.from(
          { length: 100 },
          () => ({ field: 'name', op: 'in', value: Array.from({ length: 1000 }, () => 'x') }) satisfies Condition,
        ),
      },
    ],
    ['fifty levels', Array.from({ length: 50 }).reduce<Filter>((inner) => ({ not: inner }), { and: [] })],
  ])('with %s is refused with the field', async (_name, asked) => {
    for (const route of ['query', 'totals', 'export']) {
      const answer = await clients.get('管')?.post(`/records/opportunity/${route}`, { filter: asked })
      expect([route, answer?.status, answer?.code]).toEqual([route, 400, 'FILTER_INVALID'])
      expect(answer?.body.errors[0].field).not.toBe('')
    }
  })

  it('nested without end is refused before anybody walks it', async () => {
    const depth = 200_000
    const payload = `{"filter":${'{"not":'.repeat(depth)}{"and":[]}${'}'.repeat(depth)}}`
    const answer = await clients
      .get('管')
      ?.post('/records/account/query', payload, { 'content-type': 'application/json' })
    expect(answer).toMatchObject({
      status: 400,
      code: 'INPUT_INVALID',
      body: { errors: [{ field: 'filter', code: 'deep' }] },
    })
  })
})

const sortable = [
  'name',
  'amount',
  'expectedOn',
  'lostReason',
  'status',
  'account',
  'ownerId',
  'createdAt',
  'updatedAt',
  'closedOn',
] as const
const sorts = fc.uniqueArray(fc.record({ field: fc.constantFrom(...sortable), descending: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
  selector: (key) => key.field,
})

describe('paging', () => {
  it('neither skips nor repeats a record, in any order, while others are added', async () => {
    let added = 0
    const add = () => {
      added += 1
      const {
        id: _id,
        status: _status,
        owner,
        account: _account,
        ...like
      } = rows[(added * 7) % rows.length] ?? expect.fail('no rows')
      const ownerId = owner === null ? null : here.people[owner]
      return save('opportunity', [{ ...like, ownerId, stage: here.company.stages['Proposal'], note: 'drawn' }])
    }
    await fc.assert(
      fc.asyncProperty(
        sorts,
        fc.integer({ min: 7, max: 60 }),
        fc.constantFrom(...watchers),
        async (sort, limit, who) => {
          const found = await everyPage(who, { filter: drawnOnly, sort, limit }, add)
          expect(new Set(found).size).toBe(found.length)
          const before = rows.filter((deal) => reaches(who, deal.owner)).map((deal) => deal.id)
          expect(before.filter((id) => !found.includes(id))).toEqual([])
        },
      ),
      { seed, numRuns: 25 },
    )
  }, 60_000)

  it('keeps the order that was asked for over all pages: empty ones last going up, first going down', async () => {
    const known = new Map(rows.map((deal) => [deal.id, deal]))
    for (const descending of [false, true]) {
      for (const field of ['amount', 'expectedOn'] as const) {
        const found = await everyPage('管', { filter: drawnOnly, sort: [{ field, descending }], limit: 9 })
        const values = found.flatMap((id) => known.get(id)?.[field] ?? (known.has(id) ? [null] : []))
        const order = (one: string | null, other: string | null) => {
          if (one === null || other === null) return Number(one === null) - Number(other === null)
          return field === 'amount' ? new Decimal(one).cmp(other) : one < other ? -1 : one > other ? 1 : 0
        }
        const sorted = [...values].sort((one, other) => (descending ? -1 : 1) * order(one, other))
        expect(values).toEqual(sorted)
      }
    }
  })

  it('refuses a cursor that is no place of this list, whatever stands in it', async () => {
    const encoded = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
    const id = rows[0]?.id
    const places: [readonly { field: string }[], unknown][] = [
      [[{ field: 'amount' }], { by: 'amount', values: ['abc'], id }],
      [[{ field: 'amount' }], { by: 'amount', values: ['1e999'], id }],
      [[{ field: 'amount' }], { by: 'amount', values: ["1'; drop table person"], id }],
      [[{ field: 'expectedOn' }], { by: 'expectedOn', values: ['2026-02-30'], id }],
      [[{ field: 'createdAt' }], { by: 'createdAt', values: ['yesterday'], id }],
      [[{ field: 'createdAt' }], { by: 'createdAt', values: ['2026-02-31 00:00:00+00'], id }],
      [[{ field: 'account' }], { by: 'account', values: ['x'], id }],
      [[{ field: 'name' }], { by: 'name', values: ['\u0000'], id }],
      [[{ field: 'name' }], { by: 'amount', values: ['x'], id }],
      [[{ field: 'name' }], { by: 'name', values: ['x', 'y'], id }],
      [[{ field: 'name' }], { by: 'name', values: ['x'], id: 'x' }],
      [[{ field: 'name' }], { by: 'name', values: [{}], id }],
      [[{ field: 'name' }], null],
    ]
    for (const [sort, place] of places) {
      const answer = await clients.get('管')?.post('/records/opportunity/query', { sort, cursor: encoded(place) })
      expect([place, answer?.status, answer?.code]).toEqual([place, 400, 'CURSOR_INVALID'])
      expect(answer?.body.errors).toMatchObject([{ field: 'cursor' }])
    }
  })

  it('never leads out of reach, also with a place that somebody else was given', async () => {
    for (const sort of [[{ field: 'name' }], [{ field: 'amount', descending: true }]]) {
      for (const { cursor } of [await query('管', { sort, limit: 3 }), await query('管', { sort, limit: 90 })]) {
        const { rows: found } = await query('甲', { sort, cursor, limit: 200 })
        for (const row of found) expect(row['ownerId']).toBe(here.people['甲'])
      }
    }
    expect(names).toContain('甲')
  })
})
