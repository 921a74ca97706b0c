import { defineWords } from '#web/words/words.ts'

/** Texts of the page of exchange rates. */
export const rateWords = defineWords('rates', {
  title: { zh: '汇率', en: 'Exchange rates' },
  note: {
    zh: '一单位外币合多少 {base}；从当天起有效，到下一条为止',
    en: 'What one unit is worth in {base}, from a day on until the next rate',
  },
  add: { zh: '添加汇率', en: 'Add a rate' },
  edit: { zh: '修改汇率', en: 'Change a rate' },
  currency: { zh: '币种', en: 'Currency' },
  allCurrencies: { zh: '全部币种', en: 'All currencies' },
  on: { zh: '某天有效', en: 'Holds on' },
  from: { zh: '从哪天起', en: 'From' },
  until: { zh: '到哪天为止', en: 'Until' },
  further: { zh: '至今', en: 'further notice' },
  rate: { zh: '汇率', en: 'Rate' },
  worth: { zh: '1 {currency} 合多少 {base}', en: '{base} for 1 {currency}' },
  example: { zh: '例如 7.1', en: 'For example 7.1' },
  notANumber: { zh: '请填写数字，例如 7.1', en: 'Give a number such as 7.1' },
  required: { zh: '请填写', en: 'Please fill this in' },
  remove: { zh: '删除', en: 'Delete' },
  span: { zh: '{from} 至 {until}', en: '{from} – {until}' },
  kept: {
    zh: '{day} 起 1 {currency} = {rate} {base}。受影响的业绩正在后台重新折算。',
    en: '1 {currency} = {rate} {base} from {day} on. Results that it touches are being converted anew.',
  },
  removed: {
    zh: '已删除 {currency} 从 {day} 起的汇率。受影响的业绩正在后台重新折算。',
    en: 'The rate of {currency} from {day} was deleted. Results that it touches are being converted anew.',
  },
  emptyTitle: { zh: '还没有汇率', en: 'No exchange rates yet' },
  emptyText: {
    zh: '有外币业务时先在这里填写汇率，之后就能用该币种保存金额。例如：1 USD = 7.1 {base}，从 1 月 1 日起。',
    en: 'Amounts in a currency can be saved once it has a rate on their day. For example: 1 USD = 7.1 {base} from 1 January.',
  },
  noMatch: { zh: '没有符合条件的汇率', en: 'No rate matches' },
})
