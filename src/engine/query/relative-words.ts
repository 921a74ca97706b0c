import type { Label, Language } from '#base/label.ts'
import { fold } from '#engine/transfer/fold.ts'
import {
  countOf,
  mostOfUnit,
  relativeDays,
  spanUnits,
  type Relative,
  type RelativeDays,
  type RelativeSpan,
  type SpanUnit,
} from './filter.ts'

export const relativeDayLabels: Readonly<Record<RelativeDays, Label>> = {
  today: { zh: '今天', en: 'today' },
  yesterday: { zh: '昨天', en: 'yesterday' },
  tomorrow: { zh: '明天', en: 'tomorrow' },
  this_week: { zh: '本周', en: 'this week' },
  last_week: { zh: '上周', en: 'last week' },
  next_week: { zh: '下周', en: 'next week' },
  this_month: { zh: '本月', en: 'this month' },
  last_month: { zh: '上月', en: 'last month' },
  next_month: { zh: '下月', en: 'next month' },
  this_quarter: { zh: '本季度', en: 'this quarter' },
  last_quarter: { zh: '上季度', en: 'last quarter' },
  next_quarter: { zh: '下季度', en: 'next quarter' },
  this_year: { zh: '本年', en: 'this year' },
  last_year: { zh: '上年', en: 'last year' },
  next_year: { zh: '下年', en: 'next year' },
}

const otherNames: Readonly<Partial<Record<RelativeDays, readonly string[]>>> = {
  today: ['今日'],
  yesterday: ['昨日'],
  tomorrow: ['明日'],
  this_week: ['这周', '本星期'],
  last_week: ['上星期'],
  next_week: ['下星期'],
  this_month: ['这个月', '当月'],
  last_month: ['上个月'],
  next_month: ['下个月'],
  this_quarter: ['本季', '当季', '这个季度'],
  last_quarter: ['上季', '上个季度'],
  next_quarter: ['下季', '下个季度'],
  this_year: ['今年', '本财年'],
  last_year: ['去年', '上财年'],
  next_year: ['明年', '下财年'],
}

export const spanUnitLabels: Readonly<Record<SpanUnit, Label>> = {
  day: { zh: '天', en: 'days' },
  workday: { zh: '个工作日', en: 'working days' },
  week: { zh: '周', en: 'weeks' },
  month: { zh: '个月', en: 'months' },
  quarter: { zh: '个季度', en: 'quarters' },
  year: { zh: '年', en: 'years' },
}

/** 近 30 天, last 30 days; 早于 30 天前, more than 30 days ago. */
export function relativeInWords(relative: Relative, language: Language): string {
  if (typeof relative === 'string') return relativeDayLabels[relative][language]
  const count = countOf(relative)
  if (count === 0) return 'before' in relative ? beforeToday[language] : afterToday[language]
  return language === 'zh' ? spanInChinese(relative, count) : spanInEnglish(relative, count)
}

const beforeToday: Label = { zh: '今天以前', en: 'before today' }
const afterToday: Label = { zh: '今天以后', en: 'after today' }

function spanInChinese(span: RelativeSpan, count: number): string {
  const length = `${count} ${spanUnitLabels[span.unit].zh}`
  if ('past' in span) return `近 ${length}`
  if ('next' in span) return `未来 ${length}`
  return 'before' in span ? `早于 ${length}前` : `晚于 ${length}后`
}

function spanInEnglish(span: RelativeSpan, count: number): string {
  const unit = spanUnitLabels[span.unit].en
  const length = `${count} ${count === 1 ? unit.slice(0, -1) : unit}`
  if ('past' in span) return `last ${length}`
  if ('next' in span) return `next ${length}`
  return `more than ${length} ${'before' in span ? 'ago' : 'from now'}`
}

const unitSpellings: Readonly<Record<SpanUnit, string>> = {
  workday: '个?工作日|个?工作天|wd|(?:work(?:ing)?|business)days?',
  day: '天|日|d|days?',
  week: '周|个?星期|w|weeks?',
  month: '个?月|m|months?',
  quarter: '个?季度?|q|quarters?',
  year: '年|个?财年|y|years?',
}
const units = spanUnits.toSorted((a, b) => unitSpellings[b].length - unitSpellings[a].length)
const anyUnit = units.map((unit) => `(?<${unit}>${unitSpellings[unit]})`).join('|')

const spanForms: readonly (readonly [form: RegExp, make: (count: number, unit: SpanUnit) => RelativeSpan])[] = [
  [new RegExp(`^(?:超过|早于|morethan|over)(\\d+)(?:${anyUnit})(?:之前|以前|前|ago)$`), (before, unit) => ({ before, unit })],
  [new RegExp(`^(\\d+)(?:${anyUnit})(?:之前|以前|前|ago)$`), (before, unit) => ({ before, unit })],
  [new RegExp(`^(?:超过|晚于|morethan|over)?(\\d+)(?:${anyUnit})(?:之后|以后|后|fromnow|ahead)$`), (after, unit) => ({ after, unit })],
  [new RegExp(`^(?:未来|今后|接下来|往后|next|coming)(\\d+)(?:${anyUnit})(?:内)?$`), (next, unit) => ({ next, unit })],
  [new RegExp(`^(?:近|最近|过去|last|past)?(\\d+)(?:${anyUnit})(?:内)?$`), (past, unit) => ({ past, unit })],
] // prettier-ignore

const named = new Map<string, Relative>([
  ...relativeDays.flatMap((day) =>
    [day, relativeDayLabels[day].zh, relativeDayLabels[day].en, ...(otherNames[day] ?? [])].map(
      (name) => [fold(name), day] as const,
    ),
  ),
  ...[beforeToday.zh, beforeToday.en, '今天之前', '今天前'].map(
    (name) => [fold(name), { before: 0, unit: 'day' }] as const,
  ),
  ...[afterToday.zh, afterToday.en, '今天之后', '今天后'].map(
    (name) => [fold(name), { after: 0, unit: 'day' }] as const,
  ),
])

/** A relative span as people write it: `近30天`, `last_30_days`, `30d`, `未来2个季度`, `30天前`, `this_quarter`. */
export function readRelative(text: string): Relative | undefined {
  const written = fold(text)
  const known = named.get(written)
  if (known) return known
  for (const [form, make] of spanForms) {
    const parts = form.exec(written)
    const unit = units.find((candidate) => parts?.groups?.[candidate])
    const count = Number(parts?.[1])
    if (parts && unit && count > 0 && count <= mostOfUnit[unit]) return make(count, unit)
  }
  return undefined
}
