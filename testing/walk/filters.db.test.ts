import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCatalogue, type Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf, isComputed, isNumeric } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { exact, plain } from '#engine/money/decimal.ts'
import { checkFilter } from '#engine/query/check.ts'
import { isAboutOwnFields, meets } from '#engine/query/evaluate.ts'
import { everything, type Children, type Condition, type Filter } from '#engine/query/filter.ts'
import type { Viewpoint } from '#engine/query/viewpoint.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { anyFilter, type FilterSources } from '#testing/filters/any-filter.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from './populated.ts'
import { days, numbers, regionCodes, shaped, texts } from './shaped.ts'

const seed = Number(process.env['WALK_SEED'] ?? 20260615)
const runs = Number(process.env['WALK_RUNS'] ?? 150)
const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
const walked = ['account', 'site__c', 'activity'] as const
const watchers = ['管', '乙', '甲'] as const
type Watcher = (typeof watchers)[number]
const reachOf: Readonly<Record<Watcher, readonly Name[] | 'everything'>> = {
  管: 'everything',
  乙: ['甲', '乙'],
  甲: ['甲'],
}
/** 甲 and 乙 stand in one team; 管 stands nowhere. */
const belowOf: Readonly<Record<Watcher, readonly Name[]>> = { 管: ['管'], 乙: ['甲', '乙'], 甲: ['甲', '乙'] }
const unitPeople: Readonly<Record<string, readonly Name[]>> = {
  公司: ['甲', '乙', '丙', '丁'],
  东区: ['甲', '乙', '丙'],
  西区: ['丁'],
  东一队: ['甲', '乙'],
  东二队: ['丙'],
  西一队: ['丁'],
}

let here: Populated
let ctx: Ctx
let catalogue: Catalogue
let sources: FilterSources
const clients = new Map<Watcher, TestClient>()
const rows = new Map<string, ReadonlyMap<string, RecordValues>>()

beforeAll(async () => {
  here = await populated(database, 'here', as)
  for (const name of watchers) clients.set(name, as(here.somebody(name)))
  ctx = await shaped(database, here, seed)
  catalogue = makeCatalogue(walked.map((key) => ctx.company.catalogue.get(key)))
  for (const key of walked) rows.set(key, new Map((await listed('管', key, everything)).map((row) => [row.id, row])))
  sources = {
    catalogue,
    people: Object.values(here.people),
    units: Object.values(here.company.units),
    records: Object.fromEntries(walked.map((key) => [key, [...rowsOf(key).keys()].slice(0, 8)])),
    texts,
    numbers,
    days,
    regions: regionCodes,
    steps: 2,
  }
})

const rowsOf = (key: string): ReadonlyMap<string, RecordValues> => rows.get(key) ?? expect.fail(key)

async function listed(who: Watcher, object: string, filter: Filter): Promise<readonly { id: string }[]> {
  const answer = await clients.get(who)?.post(`/records/${object}/query`, { filter, limit: 200 })
  if (answer?.status !== 200)
    expect.fail(`${answer?.status} ${JSON.stringify(answer?.body)} for ${JSON.stringify(filter)}`)
  expect(answer.body.cursor).toBeNull()
  return answer.body.rows
}

function viewpointOf(who: Watcher): Viewpoint {
  const nameOfUnit = new Map(Object.entries(here.company.units).map(([name, id]) => [id, name]))
  const ids = (all: readonly Name[] = []) => all.map((name) => here.people[name])
  return {
    personId: here.people[who],
    today: ctx.today,
    zone: ctx.company.zone,
    calendar: ctx.company.calendar,
    workCalendar: ctx.company.workCalendar,
    peopleOf: (unit) => ids(unitPeople[nameOfUnit.get(unit) ?? '']),
    myPeople: ids(belowOf[who]),
  }
}

function reaches(who: Watcher, row: RecordValues): boolean {
  const reach = reachOf[who]
  return reach === 'everything' || reach.some((name) => here.people[name] === row['ownerId'])
}

/** What a filter means, walked record by record: own fields in memory, paths and children by hand. */
class Meaning {
  readonly who: Watcher
  constructor(who: Watcher) {
    this.who = who
  }

  of(filter: Filter, row: RecordValues, object: ObjectType): boolean {
    if ('and' in filter) return filter.and.every((part) => this.of(part, row, object))
    if ('or' in filter) return filter.or.some((part) => this.of(part, row, object))
    if ('not' in filter) return !this.of(filter.not, row, object)
    if ('children' in filter) return this.ofChildren(filter, row)
    return this.ofCondition(filter, row, object)
  }

  private ofCondition(condition: Condition, row: RecordValues, object: ObjectType): boolean {
    const keys = condition.field.split('.')
    const last = keys.pop() ?? ''
    let place: RecordValues | undefined = row
    let at = object
    for (const key of keys) {
      const { to = '' } = fieldOf(at, key) ?? expect.fail(key)
      const target: ObjectType = catalogue.get(to)
      const found: RecordValues | undefined = place && rowsOf(to).get(String(place[key]))
      const isTitle = keys.length === 1 && last === target.title
      place = found && (isTitle || reaches(this.who, found)) ? found : undefined
      at = target
    }
    const field = fieldOf(at, last) ?? expect.fail(last)
    const value = place ? this.valueOf(field, place) : null
    return decide({ ...condition, field: field.key }, field, value, viewpointOf(this.who))
  }

  private valueOf(field: Field, row: RecordValues): unknown {
    if (field.rollup) return String(this.childrenOf({ children: field.rollup.of, via: field.rollup.via }, row).length)
    if (field.key === 'double__c')
      return row['floors__c'] === null ? null : plain(exact(String(row['floors__c'])).times(2))
    return row[field.key] ?? null
  }

  private childrenOf(
    { children, via, where = everything }: Pick<Children, 'children' | 'via' | 'where'>,
    row: RecordValues,
  ) {
    const child = catalogue.get(children)
    return [...rowsOf(children).values()].filter((one) => {
      const pointed = one[via]
      const points = Array.isArray(pointed) ? pointed.includes(row['id']) : pointed === row['id']
      return points && reaches(this.who, one) && this.of(where, one, child)
    })
  }

  private ofChildren(filter: Children, row: RecordValues): boolean {
    const { aggregate, op, value } = filter
    const found = this.childrenOf(filter, row)
    const field = catalogue.get(filter.children).fields.find(({ key }) => key === filter.field)
    const values = field ? found.map((one) => this.valueOf(field, one)).filter((one) => one !== null) : []
    const figure: Field =
      field && aggregate !== 'count'
        ? { ...field, key: 'figure' }
        : { key: 'figure', type: 'number', label: { zh: '', en: '' } }
    return decide(
      { field: 'figure', op, value },
      figure,
      figureOf(aggregate, values, found.length, figure),
      viewpointOf(this.who),
    )
  }
}

function figureOf(aggregate: Children['aggregate'], values: readonly unknown[], count: number, field: Field): unknown {
  if (aggregate === 'count') return String(count)
  const sum = values.reduce(
    (so: ReturnType<typeof exact>, one) => so.plus(isNumeric(field) ? String(one) : 0),
    exact(0),
  )
  if (aggregate === 'sum') return plain(sum)
  if (values.length === 0) return null
  if (aggregate === 'avg') return plain(sum.div(values.length).toDecimalPlaces(4))
  const sorted = values.map(String).sort((a, b) => (isNumeric(field) ? exact(a).cmp(exact(b)) : a < b ? -1 : 1))
  return aggregate === 'min' ? sorted[0] : sorted.at(-1)
}

/** A condition on one value, as if the record had that field only. */
function decide(condition: Condition, field: Field, value: unknown, viewpoint: Viewpoint): boolean {
  const { formula: _formula, rollup: _rollup, ...stored } = field
  const type = field.formula?.result ?? field.rollup?.result ?? field.type
  const alone: ObjectType = { ...catalogue.get('account'), fields: [{ ...stored, type }] }
  return meets({ ...condition, field: field.key }, { [field.key]: value }, alone, viewpoint)
}

const anything = fc.constantFrom(...walked).chain((key) => {
  const object = catalogue.get(key)
  return fc.tuple(fc.constant(key), anyFilter(object, sources), fc.constantFrom(...watchers))
})

describe('any filter on any object, with fields of every type, paths, children and relative days', () => {
  it('lists for everybody exactly what it means, and never a record out of reach', async () => {
    let met = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => anything),
        async ([key, filter, who]) => {
          const object = catalogue.get(key)
          fc.pre(checkFilter(filter, object, ctx.company.catalogue).length === 0)
          const meaning = new Meaning(who)
          const expected = [...rowsOf(object.key).values()].filter(
            (row) => reaches(who, row) && meaning.of(filter, row, object),
          )
          const found = await listed(who, object.key, filter)
          const totals = await clients.get(who)?.post(`/records/${object.key}/totals`, { filter })
          expect(totals?.body.count).toBe(found.length)
          met += found.length > 0 && expected.length < rowsOf(object.key).size ? 1 : 0
          expect(found.map((row) => row.id).sort()).toEqual(expected.map((row) => String(row['id'])).sort())
        },
      ),
      { seed, numRuns: runs },
    )
    expect(met).toBeGreaterThan(runs / 10)
  }, 600_000)

  it('on own stored fields means the same in memory as in the database', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => anything),
        async ([key, filter]) => {
          const object = catalogue.get(key)
          fc.pre(isAboutOwnFields(filter, object) && checkFilter(filter, object, ctx.company.catalogue).length === 0)
          const found = new Set((await listed('管', object.key, filter)).map((row) => row.id))
          for (const [id, row] of rowsOf(object.key)) {
            expect([id, meets(filter, row, object, viewpointOf('管'))]).toEqual([id, found.has(id)])
          }
        },
      ),
      { seed: seed + 1, numRuns: Math.ceil(runs / 2) },
    )
  }, 600_000)
})

it('every stored field of every type is asked for', () => {
  const types = catalogue
    .get('site__c')
    .fields.filter((field) => !isComputed(field))
    .map((field) => field.type)
  expect(new Set(types).size).toBeGreaterThanOrEqual(14)
})
