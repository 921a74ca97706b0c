import { describe, expect, it } from 'vitest'
import { rewritesOf } from './rewrite.ts'

describe('what was typed and finds nothing', () => {
  it.each([
    ['+86 138-0013-8000', ['8613800138000', '13800138000']],
    ['008613800138000', ['13800138000']],
    ['+8613800138000', ['8613800138000', '13800138000']],
    ['+41 44 123 45 67', ['41441234567']],
    ['（021）5555 0101', ['02155550101']],
    ['138 0013', ['1380013']],
    ['zhang wei', ['zhangwei']],
    ['Mei Shan lü yuan', ['meishanlvyuan']],
    ["xi'an", ['xian']],
    ['lüyuan', ['lvyuan']],
  ])('%s is tried in another spelling', (typed, rewrites) => expect(rewritesOf(typed)).toEqual(rewrites))

  it.each(['华为 技术', 'tech data', '12 34', '2026', 'KH-0184', '', '+', 'huawei'])('%s stays as it is', (typed) =>
    expect(rewritesOf(typed)).toEqual([]),
  )
})
