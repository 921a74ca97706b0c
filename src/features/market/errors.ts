import { defineErrors } from '#base/errors.ts'
import type { Label } from '#base/label.ts'

export const marketErrors = defineErrors({
  MARKET_REFUSED: { status: 422, label: { zh: '还不能这样保存', en: 'This cannot be kept yet' } },
  MARKET_SIZE_NOT_FOUND: { status: 404, label: { zh: '没有这条市场规模', en: 'There is no such market size' } },
  TERRITORY_UNIT_NOT_FOUND: { status: 404, label: { zh: '没有这个组织单元', en: 'There is no such unit' } },
})

export const marketFaults = {
  region: { zh: '不认识地区“{region}”', en: 'There is no region “{region}”' },
  twice: {
    zh: '与前面一行是同一地区、行业和起始日，只能留一行',
    en: 'A line before it is of the same region, industry and first day; only one can stay',
  },
  span: { zh: '结束日期应晚于开始日期', en: 'It must end after it begins' },
  amount: { zh: '金额应为不小于 0 的数字', en: 'An amount is a number of at least 0' },
  future: {
    zh: '数据日期 {day} 还没有到：请写数据公布的那一天',
    en: 'The data was told on {day}, which is yet to come; give the day it was published',
  },
  large: { zh: '金额过大', en: 'The amount is too large' },
  currency: { zh: '{currency} 在 {day} 没有可用的汇率', en: 'There is no rate of {currency} on {day}' },
} satisfies Record<string, Label>
