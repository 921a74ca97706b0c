import type { Label } from '#base/label.ts'
import type { Light, LightName, ShownChance } from './contract.ts'
import { verdictNames } from './names.ts'

/** What is known of one target. */
export interface TargetFacts {
  readonly metric: Label
  /** The metric is one that the reader knows. */
  readonly isMetricKnown: boolean
  /** Whose target it is: the person, or the head of the unit. */
  readonly owner: string | null
  /** How many of the last months had results, of how many. */
  readonly monthsWithResults: number
  readonly monthsLooked: number
  /** The period is over: nothing is left to be reached. */
  readonly isOver: boolean
  readonly achievability: Pick<ShownChance, 'chance' | 'verdict' | 'isBorrowed'> | null
  /** How many objectives it is linked to. */
  readonly objectives: number
  readonly period: Label
  /** How many periods of the year have a target, of how many. */
  readonly milestones: number
  readonly periods: number
}

/** Five lights: each a state, a reason and a number. They advise and block nothing. */
export function lightsOf(facts: TargetFacts): Readonly<Record<LightName, Light>> {
  return {
    specific: specific(facts),
    measurable: measurable(facts),
    achievable: facts.isOver ? light('unknown', over, null) : achievable(facts.achievability),
    relevant: relevant(facts),
    timeBound: timeBound(facts),
  }
}

function specific({ metric, isMetricKnown, owner }: TargetFacts): Light {
  if (!isMetricKnown) return light('bad', { zh: '指标已不存在', en: 'The metric is gone' }, 0)
  if (owner === null) {
    const reason = { zh: `指标是${metric.zh}，但没有负责人`, en: `${metric.en} is measured, but nobody is in charge` }
    return light('watch', reason, 0)
  }
  return light('good', { zh: `${metric.zh}，由${owner}负责`, en: `${metric.en}, in the hands of ${owner}` }, 1)
}

function measurable({ isMetricKnown, monthsWithResults, monthsLooked }: TargetFacts): Light {
  if (!isMetricKnown)
    return light('bad', { zh: '指标已不存在，无法衡量', en: 'The metric is gone: nothing measures it' }, 0)
  if (monthsWithResults === 0) {
    const reason = { zh: `近 ${monthsLooked} 期没有数据`, en: `No results in the last ${monthsLooked} periods` }
    return light('bad', reason, 0)
  }
  const reason = {
    zh: `近 ${monthsLooked} 期中有 ${monthsWithResults} 期有数据`,
    en: `Results in ${monthsWithResults} of the last ${monthsLooked} periods`,
  }
  return light(monthsWithResults * 2 >= monthsLooked ? 'good' : 'watch', reason, monthsWithResults)
}

const over = { zh: '期间已结束，看达成率', en: 'The period is over: look at its attainment' }

function achievable(found: TargetFacts['achievability']): Light {
  if (!found) return light('unknown', { zh: '没有可用来判断的数据', en: 'Nothing to judge it by' }, null)
  const share = Math.round(found.chance * 100)
  const verdict = verdictNames[found.verdict]
  const borrowed = found.isBorrowed ? { zh: '（借用同级数据）', en: ' (borrowed from peers)' } : { zh: '', en: '' }
  const reason = {
    zh: `${verdict.zh}：达成概率 ${share}%${borrowed.zh}`,
    en: `${verdict.en}: reached with a chance of ${share}%${borrowed.en}`,
  }
  const state = found.verdict === 'challenge' ? 'good' : found.verdict === 'too-easy' ? 'watch' : 'bad'
  return light(state, reason, found.chance)
}

function relevant({ objectives }: TargetFacts): Light {
  if (objectives === 0) return light('watch', { zh: '未关联战略目标', en: 'Not linked to an objective' }, 0)
  const reason = { zh: `关联 ${objectives} 个战略目标`, en: `Linked to ${objectives} objectives` }
  return light('good', reason, objectives)
}

function timeBound({ period, milestones, periods }: TargetFacts): Light {
  if (milestones === 0) return light('bad', { zh: '没有任何期间目标', en: 'No period has a target' }, 0)
  const reason = {
    zh: `${period.zh}，${milestones} / ${periods} 期有里程碑`,
    en: `${period.en}, milestones in ${milestones} of ${periods} periods`,
  }
  return light(milestones === periods ? 'good' : 'watch', reason, milestones)
}

function light(state: Light['state'], reason: Label, number: number | null): Light {
  return { state, reason, number }
}
