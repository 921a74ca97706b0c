import type { Label } from '#base/label.ts'
import type { EvidenceKind, Verdict } from '#engine/forecast/achievability.ts'
import type { MethodKey } from '#engine/forecast/methods.ts'

export const methodNames: Readonly<Record<MethodKey, Label>> = {
  combined: { zh: '组合预测', en: 'Combination' },
  theta: { zh: 'Theta 法', en: 'Theta' },
  'dynamic-theta': { zh: '动态 Theta 法', en: 'Dynamic Theta' },
  smoothing: { zh: '指数平滑', en: 'Exponential smoothing' },
  damped: { zh: '阻尼趋势', en: 'Damped trend' },
  'seasonal-naive': { zh: '与去年同期相同', en: 'Same as a year ago' },
  mean: { zh: '近期均值', en: 'Recent mean' },
  intermittent: { zh: '间歇需求', en: 'Now and then' },
}

export const evidenceNames: Readonly<Record<EvidenceKind, Label>> = {
  history: { zh: '历史、趋势与季节', en: 'History, trend and season' },
  pipeline: { zh: '商机储备', en: 'Pipeline' },
  capacity: { zh: '人员产能', en: 'Capacity of people' },
  market: { zh: '市场增长', en: 'Growth of the market' },
  peers: { zh: '借用同级数据', en: 'Borrowed from peers' },
}

export const verdictNames: Readonly<Record<Verdict, Label>> = {
  'too-easy': { zh: '太容易', en: 'Too easy' },
  challenge: { zh: '有挑战', en: 'A challenge' },
  'out-of-reach': { zh: '够不着', en: 'Out of reach' },
}
