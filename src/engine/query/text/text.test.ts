import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyFilter } from '#testing/filters/any-filter.ts'
import { accounts, catalogue, nameOf, objects, people, textContext, units } from '#testing/filters/little-crm.ts'
import { regions } from '#engine/region/regions.ts'
import { checkFilter } from '../check.ts'
import type { Filter } from '../filter.ts'
import { simplified } from '../simplify.ts'
import { printFilter } from './print-filter.ts'
import { readFilter } from './read-filter.ts'

const idOf = (all: readonly { id: string; name: string }[], name: string) =>
  all.find((one) => one.name === name)?.id ?? ''
const read = async (text: string, object = objects.opportunity) => {
  const reading = await readFilter(text, textContext(object))
  return 'filter' in reading ? reading.filter : expect.fail(`${text}: ${JSON.stringify(reading.faults)}`)
}
const faultsOf = async (text: string, object = objects.opportunity) => {
  const reading = await readFilter(text, textContext(object))
  return 'faults' in reading
    ? reading.faults.map(({ code, from, to }) => `${code} ${text.slice(from, to)}`)
    : expect.fail(JSON.stringify(reading.filter))
}

describe('a filter as text', () => {
  it.each<[string, Filter]>([
    ['amount>100000', { field: 'amount', op: 'gt', value: '100000' }],
    ['金额>10万', { field: 'amount', op: 'gt', value: '100000' }],
    ['金额 ≥ 1.5亿', { field: 'amount', op: 'ge', value: '150000000' }],
    ['amount<=1.5m', { field: 'amount', op: 'le', value: '1500000' }],
    ['amount>1,000,000', { field: 'amount', op: 'gt', value: '1000000' }],
    ['amount:-5..10k', { field: 'amount', op: 'between', value: ['-5', '10000'] }],
    ['amount:100..', { field: 'amount', op: 'ge', value: '100' }],
    ['chance>=50%', { field: 'chance', op: 'ge', value: '50' }],
    ['amount=(1, 2)', { field: 'amount', op: 'in', value: ['1', '2'] }],
    ['status:赢单', { field: 'status', op: 'eq', value: 'won' }],
    ['状态：won，lost', { field: 'status', op: 'in', value: ['won', 'lost'] }],
    ['-status:lost', { not: { field: 'status', op: 'eq', value: 'lost' } }],
    ['status!=lost', { field: 'status', op: 'ne', value: 'lost' }],
    ['not (status:won or urgent:是)', { not: { or: [{ field: 'status', op: 'eq', value: 'won' }, { field: 'urgent', op: 'eq', value: true }] } }],
    ['closed:this_quarter', { field: 'closedOn', op: 'within', value: { relative: 'this_quarter' } }],
    ['关闭日期:近30个工作日', { field: 'closedOn', op: 'within', value: { relative: { past: 30, unit: 'workday' } } }],
    ['closed:"next 2 quarters"', { field: 'closedOn', op: 'within', value: { relative: { next: 2, unit: 'quarter' } } }],
    ['closed<today', { field: 'closedOn', op: 'within', value: { relative: { before: 0, unit: 'day' } } }],
    ['closed>=2026-03-05', { field: 'closedOn', op: 'ge', value: '2026-03-05' }],
    ['closed:2026年3月5日', { field: 'closedOn', op: 'eq', value: '2026-03-05' }],
    ['closed:2026年3月', { field: 'closedOn', op: 'between', value: ['2026-03-01', '2026-03-31'] }],
    ['closed:2026/3', { field: 'closedOn', op: 'between', value: ['2026-03-01', '2026-03-31'] }],
    ['closed:2026年第一季度', { field: 'closedOn', op: 'between', value: ['2026-04-01', '2026-06-30'] }],
    ['closed:2026年Q4', { field: 'closedOn', op: 'between', value: ['2027-01-01', '2027-03-31'] }],
    ['closed:2026-Q1', { field: 'closedOn', op: 'between', value: ['2026-04-01', '2026-06-30'] }],
    ['closed:2026-03-01..2026-03-31', { field: 'closedOn', op: 'between', value: ['2026-03-01', '2026-03-31'] }],
    ['closed:空', { field: 'closedOn', op: 'empty' }],
    ['closed!=empty', { field: 'closedOn', op: 'notEmpty' }],
    ['owner:me', { field: 'ownerId', op: 'eq', value: { me: true } }],
    ['负责人:我的部门', { field: 'ownerId', op: 'within', value: { myUnit: true } }],
    ['owner:王芳', { field: 'ownerId', op: 'eq', value: idOf(people, '王芳') }],
    ['owner:李雷', { field: 'ownerId', op: 'in', value: people.filter(({ name }) => name === '李雷').map(({ id }) => id) }],
    ['owner:东区', { field: 'ownerId', op: 'within', value: { unit: idOf(units, '东区') } }],
    ['account.owner:me', { field: 'account.ownerId', op: 'eq', value: { me: true } }],
    ['客户:华为', { field: 'account', op: 'eq', value: idOf(accounts, '华为') }],
    ['account:华', { field: 'account.name', op: 'contains', value: '华' }],
    ['account.tier:S', { field: 'account.tier__c', op: 'eq', value: 's' }],
    ['客户.等级:无', { field: 'account.tier__c', op: 'eq', value: 'none' }],
    ['account.parent.name^=华', { field: 'account.parent.name', op: 'startsWith', value: '华' }],
    ['account.area:浙江', { field: 'account.area', op: 'within', value: { region: '33' } }],
    ['account.area=杭州', { field: 'account.area', op: 'eq', value: '3301' }],
    ['rivals:(x, 乙公司)', { field: 'rivals__c', op: 'hasAny', value: ['x', 'y'] }],
    ['rivals!=x', { field: 'rivals__c', op: 'hasNone', value: ['x'] }],
    ['helpers=华为', { field: 'helpers__c', op: 'hasAll', value: [idOf(accounts, '华为')] }],
    ['华为', { field: 'name', op: 'contains', value: '华为' }],
    ['"New York" amount>5', { and: [{ field: 'name', op: 'contains', value: 'New York' }, { field: 'amount', op: 'gt', value: '5' }] }],
    ['name:"say \\"hi\\""', { field: 'name', op: 'contains', value: 'say "hi"' }],
    ['name:“空”', { field: 'name', op: 'contains', value: '空' }],
    ['a or b c', { or: [{ field: 'name', op: 'contains', value: 'a' }, { and: [{ field: 'name', op: 'contains', value: 'b' }, { field: 'name', op: 'contains', value: 'c' }] }] }],
    ['', { and: [] }],
  ])('%s', async (text, filter) => {
    expect(await read(text)).toEqual(filter)
  }) // prettier-ignore

  it.each<[string, Filter]>([
    ['activity:none/30d', { children: 'activity', via: 'account', aggregate: 'count', op: 'eq', value: '0', where: { field: 'doneOn', op: 'within', value: { relative: { past: 30, unit: 'day' } } } }],
    ['跟进:有', { children: 'activity', via: 'account', aggregate: 'count', op: 'gt', value: '0' }],
    ['activity>=3/本季度', { children: 'activity', via: 'account', aggregate: 'count', op: 'ge', value: '3', where: { field: 'doneOn', op: 'within', value: { relative: 'this_quarter' } } }],
    ['count(activity where kind:visit)=0', { children: 'activity', via: 'account', aggregate: 'count', op: 'eq', value: '0', where: { field: 'kind', op: 'eq', value: 'visit' } }],
    ['合计(商机/伙伴.金额 其中 状态:赢单)>10万', { children: 'opportunity', via: 'partner', aggregate: 'sum', field: 'amount', op: 'gt', value: '100000', where: { field: 'status', op: 'eq', value: 'won' } }],
    ['max(activity.date)<2026-01-01', { children: 'activity', via: 'account', aggregate: 'max', field: 'doneOn', op: 'lt', value: '2026-01-01' }],
    ['count(account where activity:none)>0', { children: 'account', via: 'parent', aggregate: 'count', op: 'gt', value: '0', where: { children: 'activity', via: 'account', aggregate: 'count', op: 'eq', value: '0' } }],
  ])('of the records that refer to this one: %s', async (text, filter) => {
    expect(await read(text, objects.account)).toEqual(filter)
  }) // prettier-ignore

  it('reads the example of the search bar', async () => {
    const filter = await read(
      'tier:S owner:me -tier:a (province:浙江 or city:"New York") activity:none/30d',
      objects.account,
    )
    expect(filter).toMatchObject({ and: [{}, {}, { not: {} }, { or: [{}, {}] }, { children: 'activity' }] })
  })

  it.each([
    ['status:gone', ['choice gone']],
    ['nothing:5 amount>lots', ['field nothing', 'number lots']],
    ['amount*=5', ['operator amount']],
    ['owner:Nobody', ['person Nobody']],
    ['account=Nobody', ['record Nobody']],
    ['account.area:鼓楼区', ['region 鼓楼区']],
    ['closed:someday', ['date someday']],
    ['(amount>5', ['unfinished ']],
    ['amount>5)', ['syntax )']],
    ['name:"open', ['quote "open']],
    ['amount:=5', ['syntax =']],
    [`${'('.repeat(3000)}a`, ['deep (']],
    ['closed:2026-02-30', ['date 2026-02-30']],
    ['credits:x', ['field credits']],
  ])('%s is refused where it is wrong', async (text, faults) => {
    expect(await faultsOf(text)).toEqual(faults)
  })

  it('that says not a thousand times is refused, not followed', async () => {
    expect(await faultsOf(`${'-'.repeat(1000)}amount>5`)).toHaveLength(1)
    expect(await faultsOf('a '.repeat(5000))).toEqual([expect.stringMatching(/^long/)])
  })

  it('never ends in anything but a filter or faults, whatever is typed', async () => {
    const bits = ['amount', '金额', 'owner', ':', '=', '!=', '>', '..', '(', ')', '"', '-', ' ', ',', 'or', 'and', 'not', '5', '万', '近30天', 'me', 'activity', 'count(', 'where', '*', '/', '^=', '“', '\\', '.', '\n', '😀'] // prettier-ignore
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...bits), { maxLength: 14 }).map((all) => all.join('')),
        async (text) => {
          const reading = await readFilter(text, textContext(objects.opportunity))
          if ('filter' in reading) expect(checkFilter(reading.filter, objects.opportunity, catalogue)).toEqual([])
          else
            for (const { from, to } of reading.faults) expect(0 <= from && from <= to && to <= text.length).toBe(true)
        },
      ),
      { numRuns: 600 },
    )
  })
})

describe('a filter written as text', () => {
  const print = (filter: Filter, language: 'zh' | 'en', object = objects.account) =>
    printFilter(filter, { object, catalogue, language, regions, nameOf })

  it('is short where it can be', async () => {
    const zh = '等级:S级 年营收>10万 负责人:我 -城市:"New York" (省份=浙江 或 地区:浙江省) 跟进:无/近30天'
    const filter = await read(zh, objects.account)
    expect(print(filter, 'zh')).toBe(zh)
    expect(print(filter, 'en')).toBe(
      'tier:S annualRevenue>100000 owner:me -city:"New York" (province=浙江 or area:Zhejiang) activity:none/last_30_days',
    )
  })

  it('is read back as the same filter, in both languages', async () => {
    const sources = {
      catalogue,
      people: people.map(({ id }) => id),
      units: units.map(({ id }) => id),
      records: { account: accounts.map(({ id }) => id) },
      texts: ['华为', 'a b', '空', 'me', "o'neil", 'say "hi" \\', '-5', 'and', '5..6', '*', 'a:b', '（括号）', '1,000', '2026-01-01', '\n', '近30天', '0', 'unit/x', '!', '“”'],
      numbers: ['0', '5', '-5', '100000', '123456789', '1200000', '0.0001', '100000000', '-30000', '10050'],
      days: ['2026-01-01', '2025-12-31'],
      regions: ['33', '3301', '330106', '110108', 'NO', 'CN', '350403', '99'],
      steps: 2,
    } // prettier-ignore
    const object = fc.constantFrom(objects.account, objects.opportunity, objects.activity)
    const drawn = object.chain((one) =>
      fc.tuple(fc.constant(one), anyFilter(one, sources), fc.constantFrom('zh', 'en')),
    )
    await fc.assert(
      fc.asyncProperty(drawn, async ([one, filter, language]) => {
        fc.pre(checkFilter(filter, one, catalogue).length === 0)
        const text = print(filter, language, one)
        const reading = await readFilter(text, textContext(one, language))
        expect({ text, ...reading }).toEqual({ text, filter: simplified(filter, one, catalogue) })
      }),
      { numRuns: 1500 },
    )
  })
})
