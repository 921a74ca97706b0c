import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regions } from '#engine/region/regions.ts'
import { anyFilter } from '#testing/filters/any-filter.ts'
import { accounts, catalogue, objects, people, units } from '#testing/filters/little-crm.ts'
import { checkFilter } from './check.ts'
import { all, eq, type Filter } from './filter.ts'
import { filterInWords } from './in-words.ts'

const nameOf = (language: 'zh' | 'en') => (id: string) =>
  [...people, ...units, ...accounts].find((one) => one.id === id)?.name ??
  (regions.find(id) ? regions.fullNameOf(id, language) : undefined)
const words = (filter: Filter, object = objects.opportunity) =>
  (['zh', 'en'] as const).map((language) => filterInWords(filter, object, catalogue, language, nameOf(language)))

describe('a filter in plain words', () => {
  it('reads as a sentence', () => {
    const filter: Filter = all(
      { field: 'annualRevenue', op: 'gt', value: '100000' },
      { or: [eq('province', '浙江'), eq('city', '杭州')] },
      {
        children: 'activity',
        via: 'account',
        aggregate: 'count',
        op: 'eq',
        value: 0,
        where: { field: 'doneOn', op: 'within', value: { relative: { past: 30, unit: 'day' } } },
      },
    )
    expect(words(filter, objects.account)).toEqual([
      '年营收大于 10 万，且（省份是“浙江”或城市是“杭州”），且近 30 天没有跟进',
      'Annual revenue is more than 100K, and (Province is “浙江” or City is “杭州”), and there is no Activity in the last 30 days',
    ])
  })

  it.each<[Filter, string, string]>([
    [{ and: [] }, '全部', 'all records'],
    [{ or: [] }, '没有任何记录', 'no records'],
    [{ field: 'closedOn', op: 'empty' }, '关闭日期为空', 'Closed on is empty'],
    [{ field: 'status', op: 'in', value: ['won', 'lost'] }, '状态是赢单或输单', 'Status is Won or Lost'],
    [{ not: { field: 'status', op: 'eq', value: 'lost' } }, '不满足“状态是输单”', 'not “Status is Lost”'],
    [{ field: 'chance', op: 'ge', value: '50' }, '赢率不低于 50%', 'Chance is at least 50%'],
    [{ field: 'amount', op: 'between', value: ['100', '12345678'] }, '金额在 100 至 1,234.5678 万 之间', 'Amount is between 100 and 12,345,678'],
    [{ field: 'amount', op: 'gt', value: '123456789.01' }, '金额大于 123,456,789.01', 'Amount is more than 123,456,789.01'],
    [{ field: 'closedOn', op: 'lt', value: '2026-03-05' }, '关闭日期早于 2026-03-05', 'Closed on is before 2026-03-05'],
    [{ field: 'closedOn', op: 'within', value: { relative: 'this_quarter' } }, '关闭日期在本季度', 'Closed on is this quarter'],
    [{ field: 'closedOn', op: 'within', value: { relative: { before: 2, unit: 'week' } } }, '关闭日期早于 2 周前', 'Closed on is more than 2 weeks ago'],
    [{ field: 'closedOn', op: 'within', value: { relative: { past: 30, unit: 'workday' } } }, '关闭日期在近 30 个工作日', 'Closed on is in the last 30 working days'],
    [{ field: 'ownerId', op: 'eq', value: { me: true } }, '负责人是我', 'Owner is me'],
    [{ field: 'ownerId', op: 'within', value: { myUnit: true } }, '负责人在我的部门及下级', 'Owner is in my unit or below'],
    [{ field: 'ownerId', op: 'within', value: { unit: units[0]?.id ?? '' } }, '负责人在东区及下级', 'Owner is in 东区 or below'],
    [{ field: 'account.area', op: 'within', value: { region: '3301' } }, '客户的地区在浙江省杭州市', 'Account › Area is in 杭州市, Zhejiang'],
    [eq('account', accounts[0]?.id ?? ''), '客户是华为', 'Account is 华为'],
    [{ field: 'rivals__c', op: 'hasNone', value: ['x', 'y'] }, '竞争对手不含甲公司和乙公司', 'Rivals has neither Firm X nor Firm Y'],
    [{ field: 'account.name', op: 'startsWith', value: '华' }, '客户的客户名称以“华”开头', 'Account › Name begins with “华”'],
    [{ or: [{ and: [eq('name', 'a'), eq('urgent', true)] }, eq('name', 'b')] }, '（商机名称是“a”且紧急为“是”），或商机名称是“b”', '(Name is “a” and Urgent is yes), or Name is “b”'],
  ])('%j', (filter, zh, en) => {
    expect(words(filter)).toEqual([zh, en])
  }) // prettier-ignore

  it('tells what is asked of the records that refer to this one', () => {
    const won: Filter = { children: 'opportunity', via: 'partner', aggregate: 'sum', field: 'amount', op: 'ge', value: '50000', where: all(eq('status', 'won'), { field: 'closedOn', op: 'within', value: { relative: 'this_year' } }) } // prettier-ignore
    expect(words(won, objects.account)).toEqual([
      '满足“状态是赢单，且关闭日期在本年”的商机（按伙伴）的金额合计不低于 5 万',
      'the total Amount of Opportunity (by Partner) where Status is Won, and Closed on is this year is at least 50K',
    ])
    const calls: Filter = { children: 'activity', via: 'account', aggregate: 'count', op: 'ge', value: 3, where: eq('kind', 'call') } // prettier-ignore
    expect(words(calls, objects.account)).toEqual([
      '满足“方式是电话”的跟进的个数不低于 3',
      'the number of Activity where Kind is Call is at least 3',
    ])
  })

  it('is there for every filter, in both languages', () => {
    const sources = { catalogue, people: people.map(({ id }) => id), units: units.map(({ id }) => id), records: { account: accounts.map(({ id }) => id) }, texts: ['华为'], numbers: ['5', '-100000'], days: ['2026-01-01'], regions: ['33', 'NO'], steps: 1 } // prettier-ignore
    const object = fc.constantFrom(objects.account, objects.opportunity)
    fc.assert(
      fc.property(
        object.chain((one) => fc.tuple(fc.constant(one), anyFilter(one, sources))),
        ([one, filter]) => {
          fc.pre(checkFilter(filter, one, catalogue).length === 0)
          for (const text of words(filter, one)) expect(text).not.toMatch(/^$|undefined|\[object|…/)
        },
      ),
      { numRuns: 500 },
    )
  })
})
