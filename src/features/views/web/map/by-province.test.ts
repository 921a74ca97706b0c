import { describe, expect, it } from 'vitest'
import { regions } from '#engine/region/regions.ts'
import type { ScreenField } from '#features/objects/web/index.tsx'
import { byProvince, filterOfProvince } from './by-province.ts'
import china from './china.json' with { type: 'json' }

const field = (type: string): ScreenField => ({ key: 'province', type, label: { zh: '省份', en: 'Province' } })
const group = (value: string | null, count: number, amount: string) => ({ value, count, sums: { amount } })
const groups = [
  group('四川', 3, '1.5'),
  group('四川省', 1, '2'),
  group('Zhejiang', 2, '100'),
  group('330106', 1, '1'),
  group('月球', 1, '7'),
  group(null, 4, '9'),
]

describe('figures by province', () => {
  it('gather everything that means the province, the largest first, the rest last', () => {
    const told = byProvince(groups, undefined).map(({ code, count }) => [code, count])
    expect(told).toEqual([['51', 4], ['33', 3], [undefined, 5]]) // prettier-ignore
    expect(byProvince(groups, 'amount').map(({ code, sum }) => [code, sum])).toEqual([
      ['33', '101'], ['51', '3.5'], [undefined, '16'],
    ]) // prettier-ignore
  })

  it('open the records that they count', () => {
    const [sichuan, , elsewhere] = byProvince(groups, undefined)
    if (!sichuan || !elsewhere) throw new Error('no figures')
    expect(filterOfProvince(field('text'), sichuan)).toEqual({ field: 'province', op: 'in', value: ['四川', '四川省'] })
    expect(filterOfProvince(field('region'), sichuan)).toMatchObject({ op: 'within', value: { region: '51' } })
    expect(filterOfProvince(field('text'), elsewhere)).toEqual({
      or: [
        { field: 'province', op: 'in', value: ['月球'] },
        { field: 'province', op: 'empty' },
      ],
    })
  })
})

it('the map has every province of China, under the code by which it is known', () => {
  const drawn = china.features.map(({ id }) => id.slice(0, 2)).toSorted()
  expect(drawn).toEqual(regions.childrenOf('CN').map(({ code }) => code).toSorted()) // prettier-ignore
  expect(drawn).toEqual(expect.arrayContaining(['71', '81', '82']))
})
