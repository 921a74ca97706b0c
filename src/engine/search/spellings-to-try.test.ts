import { describe, expect, it } from 'vitest'
import { spellingsToTry } from './spellings-to-try.ts'

describe('what was typed', () => {
  it.each([
    ['+86 138-0013-8000', ['8613800138000', '13800138000', '+86 138-0013-8000']],
    ['008613800138000', ['008613800138000', '13800138000']],
    ['+41 44 123 45 67', ['41441234567', '+41 44 123 45 67']],
    ['（021）5555 0101', ['02155550101', '(021)5555 0101']],
    ['138 0013', ['1380013', '138 0013']],
    ['13800138000', ['13800138000']],
  ])('as the number %s is looked for in one piece first', (typed, ways) => expect(spellingsToTry(typed)).toEqual(ways))

  it.each([
    ['zhang wei', ['zhang wei', 'zhangwei']],
    ['Mei Shan lü yuan', ['mei shan lü yuan', 'meishanlvyuan']],
    ["xi'an", ["xi'an", 'xian']],
    ['lüyuan', ['lüyuan', 'lvyuan']],
  ])('as the pinyin %s is looked for without gaps if need be', (typed, ways) =>
    expect(spellingsToTry(typed)).toEqual(ways),
  )

  it.each(['华为 技术', 'tech data', '12 34', '2026', 'kh-0184', '+', 'huawei'])('such as %s stays as it is', (typed) =>
    expect(spellingsToTry(typed)).toEqual([typed]),
  )
})
