import { describe, expect, it } from 'vitest'
import { objects, textContext } from '#testing/filters/little-crm.ts'
import { completionsAt } from './complete.ts'

/** `|` marks the cursor. */
const at = async (marked: string, language: 'zh' | 'en' = 'zh', object = objects.account) => {
  const cursor = marked.indexOf('|')
  const { options, from, to } = await completionsAt(marked.replace('|', ''), cursor, textContext(object, language))
  const text = marked.replace('|', '')
  return { inserts: options.map(({ insert }) => insert), replaced: text.slice(from, to) }
}

describe('completion', () => {
  it('offers fields, what refers to the record, and figures where a condition may begin', async () => {
    const { inserts } = await at('|')
    expect(inserts).toEqual(expect.arrayContaining(['客户名称', '等级', '年营收', '跟进', '合计(', 'not']))
    expect((await at('等级:S级 |')).inserts).toContain('or')
  })

  it('narrows by any name of a field, in either language', async () => {
    expect(await at('营|')).toEqual({ inserts: ['年营收'], replaced: '营' })
    expect((await at('tie|', 'en')).inserts).toEqual(['tier'])
    expect((await at('annual|', 'en')).inserts).toEqual(['annualRevenue'])
    expect((await at('(a or rev|')).inserts).toEqual(['年营收'])
  })

  it('replaces the whole word at the cursor', async () => {
    expect(await at('a or an|nu > 5', 'en')).toMatchObject({ replaced: 'annu' })
  })

  it('follows references', async () => {
    expect((await at('客户.等|', 'zh', objects.opportunity)).inserts).toEqual(['客户.等级'])
    expect((await at('account.parent.na|', 'en', objects.opportunity)).inserts).toEqual(['account.parent.name'])
  })

  it('offers the operators of a field that is written out', async () => {
    expect((await at('年营收|')).inserts).toEqual([':', '!=', '<', '<=', '>', '>='])
    expect((await at('name |', 'en')).inserts).toEqual([':', '=', '!=', '^='])
    expect((await at('跟进|')).inserts).toContain('>=')
  })

  it('offers the values of the field', async () => {
    expect((await at('等级:|')).inserts).toEqual(['S级', 'A级', '无', '空', '有值'])
    expect((await at('等级:(S级, a|')).inserts).toEqual(['A级'])
    expect((await at('负责人:|')).inserts.slice(0, 3)).toEqual(['我', '我的部门', '王芳'])
    expect((await at("owner:o'n|", 'en')).inserts).toEqual(['"Mary O\'Neil"'])
    expect((await at('owner:"Mary O|', 'en')).inserts).toEqual(['"Mary O\'Neil"'])
    expect((await at('上级公司:华|')).inserts).toEqual(['华为', '华为技术'])
    expect((await at('地区:杭|')).inserts[0]).toBe('杭州市')
    expect((await at('closed:last_|', 'en', objects.opportunity)).inserts).toContain('last_30_days')
    expect((await at('关闭日期:未来|', 'zh', objects.opportunity)).inserts).toContain('未来2个季度')
    expect((await at('urgent:|', 'en', objects.opportunity)).inserts.slice(0, 2)).toEqual(['yes', 'no'])
    expect((await at('跟进:|')).inserts).toEqual(expect.arrayContaining(['无', '无/30d', '有']))
  })

  it('knows inside of a figure whose fields are meant', async () => {
    expect((await at('sum(|', 'en')).inserts).toContain('activity.minutes')
    expect((await at('count(|', 'en')).inserts).toContain('activity')
    expect((await at('count(activity where |', 'en')).inserts).toContain('kind')
    expect((await at('count(activity where kind:|', 'en')).inserts.slice(0, 2)).toEqual(['Visit', 'Call'])
    expect((await at('count(activity where kind:visit) |', 'en')).inserts).toContain('>=')
    expect((await at('count(activity where kind:visit)>2 ti|', 'en')).inserts).toEqual(['tier'])
  })

  it('never fails, wherever the cursor is', async () => {
    const text = 'count(activity where kind:"vi) or -(等级:S级, "x" .. ) )) 金额>,'
    for (let cursor = -1; cursor <= text.length + 1; cursor += 1) {
      const { from, to } = await completionsAt(text, cursor, textContext(objects.account))
      expect(0 <= from && from <= to && to <= text.length).toBe(true)
    }
  })
})
