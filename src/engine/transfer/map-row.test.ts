import { describe, expect, it } from 'vitest'
import { rowMapper } from './map-row.ts'
import { faultsOfMapping, mappingSchema, type Target } from './mapping.ts'
import { proposeMapping } from './propose.ts'

const target: Target = {
  object: 'deal',
  label: { zh: '商机', en: 'Deal' },
  title: 'name',
  keys: ['code'],
  fields: [
    { key: 'code', label: { zh: '编号', en: 'Code' }, type: 'text', unique: true },
    { key: 'name', label: { zh: '名称', en: 'Name' }, type: 'text', required: true },
    { key: 'account', label: { zh: '客户', en: 'Account' }, type: 'reference', to: 'account' },
    { key: 'product', label: { zh: '产品', en: 'Product' }, type: 'reference', to: 'product' },
    { key: 'amount', label: { zh: '金额', en: 'Amount' }, type: 'money' },
    { key: 'closedOn', label: { zh: '成交日期', en: 'Closed on' }, type: 'date', aliases: ['close_date'] },
    { key: 'ownerId', label: { zh: '负责人', en: 'Owner' }, type: 'owner', aliases: ['sales_agent'] },
    { key: 'credits', label: { zh: '业绩分成', en: 'Credits' }, type: 'credits' },
  ],
}
const mapOf = (mapping: object, headers: string[]) => {
  const map = rowMapper(mappingSchema.parse({ object: 'deal', ...mapping }), target, headers, 'UTC')
  return (...cells: string[]) => map({ line: 2, cells })
}

describe('rowMapper', () => {
  it('maps columns, values and templates', () => {
    const map = mapOf(
      {
        columns: { id: 'code', account: 'account', product: 'product', value: 'amount' },
        values: { product: { GTXPro: 'GTX Pro' } },
        templates: { name: '{account} – {product}' },
      },
      ['id', 'account', 'product', 'value'],
    )
    expect(map('1', 'Cancity', 'GTXPro', '¥1,200').values).toEqual({
      code: '1',
      name: 'Cancity – GTX Pro',
      account: 'Cancity',
      product: 'GTX Pro',
      amount: '1200',
    })
    expect(map('2', '', 'GTXPro', '').values).toEqual({ code: '2', name: 'GTX Pro', product: 'GTX Pro' })
  })

  it('fills constants and defaults', () => {
    const map = mapOf(
      { columns: { n: 'name' }, constants: { code: 'X' }, defaults: { name: 'Unnamed', amount: '0' } },
      ['n'],
    )
    expect(map('').values).toEqual({ code: 'X', name: 'Unnamed', amount: '0' })
  })

  it('clears what an empty cell names only when asked', () => {
    expect(mapOf({ columns: { n: 'name', a: 'amount' } }, ['n', 'a'])('A', '').values).toEqual({ name: 'A' })
    const clearing = mapOf({ columns: { n: 'name', a: 'amount' }, emptyCells: 'clear' }, ['n', 'a'])
    expect(clearing('A', '').values).toEqual({ name: 'A', amount: null })
  })

  it('collects every fault of a row', () => {
    const row = mapOf({ columns: { a: 'amount', d: 'closedOn' } }, ['a', 'd'])('much', 'soon')
    expect(row.faults.map((fault) => [fault.field, fault.code])).toEqual([
      ['amount', 'NOT_A_NUMBER'],
      ['closedOn', 'NOT_A_DATE'],
    ])
  })

  it('reads a split and refuses one that does not sum to 100', () => {
    const map = mapOf({ columns: { c: 'credits' } }, ['c'])
    expect(map('张三 60%; 李四 40%').values['credits']).toEqual([
      { person: '张三', percent: '60' },
      { person: '李四', percent: '40' },
    ])
    expect(map('Ann').values['credits']).toEqual([{ person: 'Ann', percent: '100' }])
    expect(map('Ann 60%; Bob 50%').faults).toMatchObject([{ code: 'NOT_SHARES' }])
  })

  it('lets one column feed two fields', () => {
    expect(mapOf({ columns: { x: ['name', 'code'] } }, ['x'])('A').values).toEqual({ name: 'A', code: 'A' })
  })
})

describe('proposeMapping', () => {
  it('recognises keys, both languages, aliases, endings and hints', () => {
    const headers = ['deal_id', '名称*', 'Account Name', '产品', '金额（万元）', 'close_date', 'sales_agent', 'else']
    expect(proposeMapping(target, headers, [['D1', '', '', '', '', '25/12/2020']])).toMatchObject({
      mode: 'upsert',
      upsertKey: 'code',
      columns: {
        deal_id: 'code',
        '名称*': 'name',
        'Account Name': 'account',
        产品: 'product',
        '金额（万元）': 'amount',
        close_date: 'closedOn',
        sales_agent: 'ownerId',
      },
      scales: { amount: '10000' },
      dates: { closedOn: 'dmy' },
    })
  })

  it('recognises records by what every row brings, and by names only where they are not shared', () => {
    const named: Target = { ...target, keys: ['code', 'name'] }
    const keyOf = (of: Target, ...codes: string[]) =>
      proposeMapping(
        of,
        ['Code', 'Name'],
        codes.map((code) => [code, 'Acme']),
      )
    expect(keyOf(named)).toMatchObject({ mode: 'upsert', upsertKey: 'code' })
    expect(keyOf(named, 'C1', 'C2')).toMatchObject({ mode: 'upsert', upsertKey: 'code' })
    expect(keyOf(named, 'C1', ' ')).toMatchObject({ mode: 'upsert', upsertKey: 'name' })
    expect(keyOf({ ...named, namesRepeat: true }, 'C1', '')).not.toHaveProperty('upsertKey')
    expect(keyOf({ ...named, namesRepeat: true }, 'C1', '').mode).toBe('create')
    expect(proposeMapping(named, ['Name'], [['Acme'], ['']]).upsertKey).toBe('name')
    const numbered = target.fields.map((field) => (field.key === 'code' ? { ...field, type: 'auto_number' } : field))
    expect(keyOf({ ...named, fields: numbered as Target['fields'] }, 'C1', '').upsertKey).toBe('code')
    expect(keyOf({ ...named, fields: numbered as Target['fields'] }, '', '').upsertKey).toBe('name')
  })

  it('knows the lower line of a header of two, after what is called so by itself', () => {
    const headers = ['基本信息 名称', '财务 金额（万元）', '开票 客户', '客户']
    expect(proposeMapping(target, headers, [])).toMatchObject({
      columns: { '基本信息 名称': 'name', '财务 金额（万元）': 'amount', 客户: 'account' },
      scales: { amount: '10000' },
    })
  })

  it('prefers what was remembered and never feeds a field twice', () => {
    const mapping = proposeMapping(target, ['Name', 'Deal'], [], { Deal: 'name' })
    expect(mapping.columns).toEqual({ Deal: 'name' })
    expect(faultsOfMapping(mapping, target)).toEqual([])
  })
})

describe('faultsOfMapping', () => {
  it('names what is wrong before a row is read', () => {
    const mapping = mappingSchema.parse({
      object: 'deal',
      upsertKey: 'code',
      columns: { a: 'name', b: 'name', c: 'nothing' },
    })
    expect(faultsOfMapping(mapping, target).map((fault) => fault.code)).toEqual([
      'UNKNOWN_FIELD',
      'FIELD_FED_TWICE',
      'KEY_NOT_FED',
    ])
    const byAmount = mappingSchema.parse({ object: 'deal', upsertKey: 'amount', columns: { a: 'amount' } })
    expect(faultsOfMapping(byAmount, target).map((fault) => fault.code)).toEqual(['NOT_A_KEY'])
  })
})

describe('rows that a mapping means', () => {
  it('are those with one of the texts, or with any; the others are left out', () => {
    const target: Target = { object: 'x', label: { zh: '', en: '' }, title: 'name', keys: [], fields: [{ key: 'name', type: 'text', label: { zh: '', en: '' } }] } // prettier-ignore
    const leftOut = (only: Record<string, string[]>, ...cells: string[]) =>
      rowMapper(
        mappingSchema.parse({ object: 'x', columns: { Name: 'name' }, only }),
        target,
        ['Name', 'Job'],
        'UTC',
      )({
        line: 2,
        cells,
      }).isLeftOut ?? false
    expect(leftOut({ Job: ['Rep', 'Lead'] }, 'Ann', ' rep ')).toBe(false)
    expect(leftOut({ Job: ['Rep', 'Lead'] }, 'Ann', 'Clerk')).toBe(true)
    expect([leftOut({ Job: [] }, 'Ann', ''), leftOut({ Job: [] }, 'Ann', 'Clerk')]).toEqual([true, false])
  })
})
