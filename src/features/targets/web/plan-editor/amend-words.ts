import { defineWords } from '#web/words/words.ts'

/** Texts of amending a target that is in force. */
export const amendWords = defineWords('plan-amend', {
  title: { zh: '修正目标', en: 'Amend a target' },
  hint: {
    zh: '从某一期起修改已生效的目标；之前的各期不变，原来的目标和原因都会留存，当事人会收到通知。',
    en: 'Changes a target in force from a period on. What lies before stays; the old target and the reason are kept, and whoever it binds is told.',
  },
  yearOver: {
    zh: '这个财年的各期都已结束，不能再修正',
    en: 'All periods of this year are over; nothing can be amended',
  },
  whose: { zh: '谁的目标', en: 'Whose target' },
  from: { zh: '从哪一期起', en: 'From which period on' },
  total: { zh: '该期起至年末的新目标合计', en: 'New target from then to the end of the year' },
  newTarget: { zh: '该期起的新目标', en: 'New target from then on' },
  restNow: { zh: '现在是 {amount}', en: 'It is {amount} now' },
  notAnAmount: { zh: '“{text}”不是有效的金额或数量', en: '“{text}” is not an amount' },
  reason: { zh: '原因', en: 'Reason' },
  reasonExample: { zh: '例如：7月起转岗，负责新区域', en: 'e.g. moves to a new region in July' },
  effect: { zh: '影响', en: 'Effect' },
  effectOf: { zh: '{n} 行目标会改变（{month}起合计）：', en: '{n} rows change (totals from {month} on):' },
  noEffect: { zh: '没有目标会改变', en: 'No target changes' },
  amend: { zh: '写入修正', en: 'Amend' },
  amended: { zh: '“{name}”的目标已修正', en: 'The target of “{name}” is amended' },
})
