import { defineWords } from '#web/words/words.ts'

export const tabWords = defineWords('target-tabs', {
  label: { zh: '目标的各个视角', en: 'Ways to look at targets' },
  terrace: { zh: '梯田', en: 'Terrace' },
  mine: { zh: '我的目标', en: 'My target' },
  heat: { zh: '热力图', en: 'Heat map' },
  people: { zh: '人员分布', en: 'People' },
  funnel: { zh: '商机漏斗', en: 'Funnel' },
  outlook: { zh: '走势与预测', en: 'Outlook' },
  wall: { zh: '大屏', en: 'Wall screen' },
  forecast: { zh: '销售预测', en: 'Forecast' },
  own: { zh: '我的上报与申诉', en: 'My proposals' },
  agreements: { zh: '待办上报与申诉', en: 'To decide' },
  objectives: { zh: '战略目标', en: 'Objectives' },
  plans: { zh: '目标计划', en: 'Plans' },
})
