import type { Label } from '#base/label.ts'
import type { DealsAbsent } from '#features/forecast/contract.ts'
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
  history: { zh: '按走势（历史、趋势与季节）', en: 'By months (history, trend, season)' },
  pipeline: { zh: '按商机（逐个校准）', en: 'By deals (each calibrated)' },
  capacity: { zh: '按人员产能', en: 'By capacity of people' },
  market: { zh: '按市场增长', en: 'By growth of the market' },
  peers: { zh: '借用同级数据', en: 'Borrowed from peers' },
}

export const verdictNames: Readonly<Record<Verdict, Label>> = {
  'too-easy': { zh: '太容易', en: 'Too easy' },
  challenge: { zh: '有挑战', en: 'A challenge' },
  'out-of-reach': { zh: '够不着', en: 'Out of reach' },
}

/** Why deals say nothing of a period. */
export const absenceNames: Readonly<Record<DealsAbsent, Label>> = {
  'too-few-closed': { zh: '已关闭的商机太少，还学不到赢率', en: 'too few deals have closed to learn chances from' },
  'none-open': { zh: '没有进行中的商机', en: 'no deal is open' },
  'too-far': {
    zh: '期间还远：手上的商机只占将来的一小部分',
    en: 'the period is far off: deals that are open are only a small part of what is to come',
  },
}
