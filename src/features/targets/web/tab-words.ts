import { defineWords } from '#web/words/words.ts'

export const tabWords = defineWords('target-tabs', {
  label: { zh: '目标的各个视角', en: 'Ways to look at targets' },
  terrace: { zh: '梯田', en: 'Terrace' },
  mine: { zh: '我的目标', en: 'My target' },
  boards: { zh: '看板', en: 'Boards' },
  funnel: { zh: '商机漏斗', en: 'Funnel' },
  outlook: { zh: '走势与预测', en: 'Outlook' },
  forecast: { zh: '销售预测', en: 'Forecast' },
  agreements: { zh: '上报与申诉', en: 'Proposals, appeals' },
  objectives: { zh: '战略目标', en: 'Objectives' },
  plans: { zh: '目标计划', en: 'Plans' },
})
