import { describe, expect, it } from 'vitest'
import type { ObjectType } from '#engine/model/object-type.ts'
import { everydayRights } from '#engine/policy/rights.ts'
import { holdsAny, identifiersIn, withoutAny } from './identifiers.ts'

const label = { zh: '', en: '' }
const someone: ObjectType = {
  key: 'someone',
  label,
  labelOfMany: label,
  table: 'someone',
  title: 'name',
  rights: everydayRights,
  defaultSort: [],
  fields: [
    { key: 'name', type: 'text', label, personal: true },
    { key: 'job', type: 'text', label, personal: true },
    { key: 'phone', type: 'phone', label, personal: true },
    { key: 'email', type: 'email', label, personal: true },
    { key: 'wechat', type: 'text', label, personal: true },
    { key: 'code', type: 'text', label },
  ],
}

describe('what a person can be told by', () => {
  it('is the name, and numbers and addresses in every spelling; not a job, nor what is not personal', () => {
    const now = {
      name: '欧阳明月',
      job: '采购经理',
      phone: '+86 138-0013-8000',
      email: 'Ou@Example.com',
      wechat: 'ou_yang88',
      code: 'K-100200',
    }
    expect(identifiersIn(someone, [now, { name: '欧阳小月' }])).toEqual({
      names: ['欧阳明月', '欧阳小月'],
      numbers: [
        '+86 138-0013-8000',
        '008613800138000',
        'Ou@Example.com',
        'ou@example.com',
        '8613800138000',
        '138 0013 8000',
        '138-0013-8000',
        '13800138000',
        'ou_yang88',
      ],
    })
  })

  it('is no short number: like a name it goes only in what is connected', () => {
    const someoneShort = { phone: '110', wechat: '10001' }
    expect(identifiersIn(someone, [someoneShort, { phone: '8765432', wechat: 'wx_77' }])).toEqual({
      names: ['10001', 'wx_77'],
      numbers: ['8765432'],
    })
  })

  it.each([
    ['请打13800138000找她', '请打〔〕找她'],
    ['单号 HT-2024-138001380005', '单号 HT-2024-138001380005'],
    ['x13800138000', 'x13800138000'],
    ['写给ou@example.com。', '写给〔〕。'],
    ['-ou@example.com, ou@example.com.', '-〔〕, 〔〕.'],
    ['ou@example.com.cn, k.ou@example.com', 'ou@example.com.cn, k.ou@example.com'],
    ['(a+b)', '〔〕'],
  ])('goes where it stands by itself, not as a part: %s', (text, left) => {
    const wanted = ['13800138000', 'ou@example.com', '(a+b)']
    expect(withoutAny(text, wanted, '〔〕')).toBe(left)
    expect(holdsAny(text, wanted)).toBe(text !== left)
  })

  it('goes from a text without a trace of the longer form', () => {
    expect(withoutAny('电话 8613800138000，或 13800138000', ['8613800138000', '13800138000'], '〔〕')).toBe(
      '电话 〔〕，或 〔〕',
    )
  })
})
