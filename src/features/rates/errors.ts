import { defineErrors } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import type { RateFault } from './read-rate.ts'

export const rateErrors = defineErrors({
  RATE_REFUSED: { status: 422, label: { zh: '这个汇率不能保存', en: 'This rate cannot be kept' } },
  RATE_NOT_FOUND: {
    status: 404,
    label: { zh: '{currency} 没有从 {from} 起的汇率', en: 'There is no rate of {currency} from {from} on' },
  },
  RATE_IN_USE: {
    status: 409,
    label: {
      zh: '还有 {currency} 的记录要用这个汇率，之前又没有别的；请改汇率，或先填写更早的汇率',
      en: 'Records in {currency} need this rate and there is none before it; change it, or give an earlier one first',
    },
  },
})

export const currencyFaults = {
  unknown: { zh: '不认识币种 {currency}', en: 'There is no currency {currency}' },
  base: { zh: '{currency} 是公司的本位币，不需要汇率', en: '{currency} is the base currency and needs no rate' },
} satisfies Record<string, Label>

export const rateFaults: Readonly<Record<RateFault, Label>> = {
  'not-a-number': { zh: '汇率应为数字，例如 7.1', en: 'A rate is a number such as 7.1' },
  'not-positive': { zh: '汇率必须大于 0', en: 'A rate is greater than 0' },
  'too-fine': { zh: '汇率最多 8 位小数', en: 'A rate has at most 8 decimals' },
  'too-large': { zh: '汇率过大', en: 'The rate is too large' },
}
