import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import { makeCatalogue } from '#engine/model/catalogue.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { everydayRights } from '#engine/policy/rights.ts'
import { checkFilter } from './check.ts'
import { filterSchema, type Filter } from './filter.ts'
import { orderOf } from './page.ts'
import { sourceOf, toSql, type Sight, type Viewpoint } from './to-sql.ts'
import { asWritten, seesAll } from './viewpoint.ts'

const common = { rights: everydayRights, title: 'name', defaultSort: [] }
const company: ObjectType = {
  ...common,
  key: 'company',
  label: { zh: '公司', en: 'Company' },
  labelOfMany: { zh: '公司', en: 'Company' },
  table: 'firm',
  fields: [
    { key: 'name', type: 'text', label: { zh: '名称', en: 'Name' }, required: true },
    { key: 'parent', type: 'reference', to: 'company', label: { zh: '上级', en: 'Parent' } },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' } },
  ],
}
const deal: ObjectType = {
  ...common,
  key: 'deal',
  label: { zh: '商机', en: 'Deal' },
  labelOfMany: { zh: '商机', en: 'Deal' },
  table: 'deal',
  fields: [
    { key: 'name', type: 'text', label: { zh: '名称', en: 'Name' }, required: true },
    { key: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' } },
    { key: 'closedOn', type: 'date', label: { zh: '关闭', en: 'Closed' } },
    { key: 'firm', type: 'reference', to: 'company', label: { zh: '公司', en: 'Company' } },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' } },
    { key: 'region', type: 'region', label: { zh: '地区', en: 'Region' } },
  ],
}
const catalogue = makeCatalogue([company, deal])
const me = '01900000-0000-7000-8000-000000000001'
const unit = '01900000-0000-7000-8000-000000000002'
const viewpoint: Viewpoint = {
  personId: me,
  today: '2026-05-20',
  zone: 'Asia/Shanghai',
  calendar: monthsFrom(4),
  workCalendar: workCalendarOf('Asia/Shanghai'),
  peopleOf: () => [me],
  myPeople: [me],
}
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

function compiled(filter: Filter) {
  const source = sourceOf(deal, { catalogue, viewpoint, sight: seesAll, worth: asWritten })
  const condition = toSql(filter, source)
  return sql`from ${source.from()} where ${condition}`.compile(compiler)
}

describe('a filter as SQL', () => {
  it('binds every value', () => {
    const { sql: text, parameters } = compiled({ field: 'name', op: 'eq', value: "'; drop table deal; --" })
    expect(text).toContain('"t"."name" = $1::text')
    expect(parameters).toEqual(["'; drop table deal; --"])
  })

  it('finds amounts by the leakproof double and decides by the exact number', () => {
    const { sql: text, parameters } = compiled({ field: 'amount', op: 'gt', value: '100.01' })
    expect(text).toContain('("t"."amount_rank" >= $1::double precision and "t"."amount" > $2::numeric)')
    expect(parameters).toEqual(['100.01', '100.01'])
  })

  it('looks through a reference only at what the asker sees, but for the name that is shown anyway', () => {
    const sight: Sight = (_object, alias) => sql`${sql.ref(`${alias}.owner_id`)} = ${me}::uuid`
    const source = sourceOf(deal, { catalogue, viewpoint, sight, worth: asWritten })
    const condition = toSql(
      {
        and: [
          { field: 'firm.name', op: 'notEmpty' },
          { field: 'firm.parent', op: 'notEmpty' },
          { field: 'firm.parent.name', op: 'empty' },
        ],
      },
      source,
    )
    const { sql: text } = sql`from ${source.from()} where ${condition}`.compile(compiler)
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'as "t_1" on "t_1".company_id = "t"."company_id" and "t_1".id = "t"."firm_id" left join',
    )
    expect(text).toContain('"t_2".id = "t"."firm_id" and "t_2"."owner_id" = ')
    expect(text).toContain('"t_3".id = "t_2"."parent_id" and "t_3"."owner_id" = ')
    expect(text).toContain('("t_1"."name" is not null and "t_2"."parent_id" is not null and "t_3"."name" is null)')
  })

  it('joins each step of a path once', () => {
    const { sql: text } = compiled({
      and: [
        { field: 'firm.name', op: 'contains', value: '50%_' },
        { field: 'firm.parent.name', op: 'notEmpty' },
      ],
    })
    expect(text.match(/left join/g)).toHaveLength(2)
    expect(text).toContain('"t_2".id = "t_1"."parent_id"')
  })

  it('takes wildcards in what people type as they are', () => {
    expect(compiled({ field: 'name', op: 'contains', value: '50%_' }).parameters).toEqual(['%50\\%\\_%'])
  })

  it('knows who looks, her units and the fiscal calendar', () => {
    const { parameters } = compiled({
      and: [
        { field: 'ownerId', op: 'eq', value: { me: true } },
        { field: 'ownerId', op: 'within', value: { unit } },
        { field: 'closedOn', op: 'within', value: { relative: 'this_year' } },
      ],
    })
    expect(parameters).toEqual([me, [me], '2026-04-01', '2027-04-01'])
  })

  it('knows the units of whoever looks, also of those who own what a reference leads to', () => {
    const { sql: text, parameters } = compiled({ field: 'firm.ownerId', op: 'within', value: { myUnit: true } })
    expect(text).toContain('"t_1"."owner_id" = any($1::uuid[])')
    expect(parameters).toEqual([[me]])
  })

  it('leaves a span open on the side that has no end', () => {
    const more = { field: 'closedOn', op: 'within', value: { relative: { before: 30, unit: 'day' } } } as const
    expect(compiled(more).sql).toContain('where ("t"."closed_on" < $1::date)')
    expect(compiled(more).parameters).toEqual(['2026-04-20'])
  })

  it('finds what lies in a region by a range of codes', () => {
    const within = (region: string) => compiled({ field: 'region', op: 'within', value: { region } })
    expect(within('33').sql).toContain('("t"."region" >= $1 collate "C" and "t"."region" < $2 collate "C")')
    expect(within('33').parameters).toEqual(['33', '34'])
    expect(within('3399').parameters).toEqual(['3399', '339:'])
    expect(within('NO').parameters).toEqual(['NO'])
    expect(within('CN').sql).toContain('("t"."region" = $1 or "t"."region" < $2 collate "C")')
  })

  it('counts unknown as not met, also inside a negation', () => {
    expect(compiled({ not: { field: 'amount', op: 'lt', value: 5 } }).sql).toContain(') is not true')
  })
})

describe('what does not fit an object', () => {
  const faults = (filter: unknown) =>
    checkFilter(filterSchema.parse(filter), deal, catalogue).map((fault) => `${fault.field} ${fault.code}`)

  it('is named by its field', () => {
    expect(faults({ field: 'nope', op: 'eq', value: 1 })).toEqual(['nope field'])
    expect(faults({ field: 'firm.nope', op: 'eq', value: '1' })).toEqual(['firm.nope field'])
    expect(faults({ field: 'amount', op: 'contains', value: '1' })).toEqual(['amount operator'])
    expect(faults({ field: 'amount', op: 'gt', value: 'many' })).toEqual(['amount value'])
    expect(faults({ field: 'closedOn', op: 'eq', value: '2026-02-30' })).toEqual(['closedOn value'])
    expect(faults({ field: 'ownerId', op: 'eq', value: 'me' })).toEqual(['ownerId value'])
    expect(faults({ field: 'name', op: 'eq', value: 'zero \u0000' })).toEqual(['name value'])
  })

  it('includes nesting that is too deep', () => {
    let filter: unknown = { field: 'name', op: 'notEmpty' }
    for (let depth = 0; depth < 20; depth += 1) filter = { not: filter }
    expect(faults(filter)).toEqual(['filter deep'])
  })
})

describe('the order of a list', () => {
  const after = (sort: Parameters<typeof orderOf>[0], values: (string | null)[]) =>
    orderOf(sort, sourceOf(deal, { catalogue, viewpoint, sight: seesAll, worth: asWritten }))
      .after({ values, id: unit })
      .compile(compiler).sql

  it('pages through a filled field by one row comparison, which an index can serve', () => {
    expect(after([{ field: 'name' }], ['王'])).toBe('("t"."name" collate "zh-x-icu", t.id) > ($1::text, $2::uuid)')
  })

  it('has empty values last going up and first going down', () => {
    expect(after([{ field: 'amount' }], ['5'])).toContain('"t"."amount_rank" is null')
    expect(after([{ field: 'amount', descending: true }], [null])).toContain('"t"."amount_rank" is not null')
  })
})
