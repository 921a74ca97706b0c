import { inWords, type Label, type Language } from '#base/label.ts'
import type { Measure, MetricSource } from '#engine/metrics/metric.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf } from '#engine/model/column.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { filterInWords } from '#engine/query/in-words.ts'
import type { Names } from '#engine/metrics/own-metric.ts'
import { sharesCredit } from '#engine/metrics/check-own-metric.ts'

const words = {
  count: { zh: '条数', en: 'number of records' },
  subject: { zh: '不同的{field}的个数', en: 'number of different {field}' },
  sum: { zh: '{field}', en: '{field}' },
  less: { zh: '{field} − {other}', en: '{field} − {other}' },
  days: { zh: '从{field}到{other}的天数', en: 'days from {field} to {other}' },
  times: { zh: '{measure} × {field}', en: '{measure} × {field}' },
  negative: { zh: '减去 {measure}', en: 'less {measure}' },
  weighed: { zh: '{measure}，占 {weight}', en: '{measure}, of {weight}' },
  inTime: { zh: '{field}不晚于{other}的条数', en: 'number of records whose {field} is not after {other}' },
  share: { zh: '其中{filter}的条数', en: 'number of those with {filter}' },
  open: { zh: '从{field}到{other}之间', en: 'from {field} until {other}' },
  overdue: { zh: '{field}之后，减去已收的{other}', en: 'after {field}, less {other} received' },
  first: { zh: '{date}；每个{field}只算最早的一条', en: '{date}; only the earliest of each {field}' },
  shared: {
    zh: '按业绩分成，没有分成时归{owner}',
    en: 'those who share the credit, by their shares; else the {owner}',
  },
  whole: {
    zh: '分成的每个人各算全部，没有分成时归{owner}',
    en: 'each who shares the credit has it whole; else the {owner}',
  },
  owner: { zh: '全部归{owner}', en: 'the {owner} alone' },
} satisfies Record<string, Label>

export interface SourceInWords {
  readonly object: { readonly key: string; readonly label: Label }
  readonly measure: Label
  readonly filter: Label | null
  readonly date: Label
  readonly owner: Label
  readonly attribution: Label
}

/** What one object brings to a metric, in words of both languages. */
export function sourceInWords(source: MetricSource, catalogue: Catalogue, names: Names): SourceInWords {
  const object = catalogue.get(source.of)
  const both = (tell: (language: Language) => string): Label => ({ zh: tell('zh'), en: tell('en') })
  const spoken = (language: Language, filter: NonNullable<MetricSource['when']>) =>
    filterInWords(filter, object, catalogue, language, (id) => names[id]?.[language])
  const { when } = source
  return {
    object: { key: object.key, label: object.labelOfMany },
    measure: both((language) => measured(source, object, language, (filter) => spoken(language, filter))),
    filter: when ? both((language) => spoken(language, when)) : null,
    date: both((language) => dated(source, { object, catalogue }, language)),
    owner: both((language) => nameOf(object, 'ownerId', language)),
    attribution: both((language) => credited(source, object, language)),
  }
}

function measured(
  { measure, times, negative, countsIf, countsInTime, subject, weighedBy }: MetricSource,
  object: ObjectType,
  language: Language,
  spoken: (filter: NonNullable<MetricSource['when']>) => string,
): string {
  const tell = (label: Label, params: Readonly<Record<string, string>>) => inWords(label, language, params)
  if (countsInTime) {
    return tell(words.inTime, { field: nameOf(object, countsInTime.done, language), other: nameOf(object, countsInTime.due, language) }) // prettier-ignore
  }
  if (countsIf) return tell(words.share, { filter: spoken(countsIf) })
  if (subject !== undefined && measure === 'count') return tell(words.subject, { field: nameOf(object, subject, language) }) // prettier-ignore
  const plain = measureInWords(measure, object, language)
  const multiplied = times === undefined ? plain : tell(words.times, { measure: plain, field: nameOf(object, times.percent, language) }) // prettier-ignore
  const weighed = weighedBy ? tell(words.weighed, { measure: multiplied, weight: measureInWords(weighedBy, object, language) }) : multiplied // prettier-ignore
  return negative ? tell(words.negative, { measure: weighed }) : weighed
}

function measureInWords(measure: Measure, object: ObjectType, language: Language): string {
  if (measure === 'count') return words.count[language]
  const named = (key: string) => nameOf(object, key, language)
  if ('daysFrom' in measure) {
    return inWords(words.days, language, { field: named(measure.daysFrom), other: named(measure.daysTo) })
  }
  const { sum, less } = measure
  return less === undefined ? named(sum) : inWords(words.less, language, { field: named(sum), other: named(less) })
}

function dated(
  { at, open, overdue, firstPer }: MetricSource,
  { object, catalogue }: { readonly object: ObjectType; readonly catalogue: Catalogue },
  language: Language,
): string {
  const named = (key: string) => nameOf(object, key, language)
  if (overdue) {
    const paid = nameOf(catalogue.get(overdue.settledBy.of), overdue.settledBy.sum, language)
    return inWords(words.overdue, language, { field: named(overdue.due), other: `${catalogue.get(overdue.settledBy.of).label[language]} ${paid}` }) // prettier-ignore
  }
  if (open) return inWords(words.open, language, { field: named(open.from), other: named(open.to) })
  const date = named(at ?? '')
  return firstPer === undefined ? date : inWords(words.first, language, { date, field: named(firstPer) })
}

function credited({ shared }: MetricSource, object: ObjectType, language: Language): string {
  const owner = nameOf(object, 'ownerId', language)
  const how =
    shared === 'owner' || !sharesCredit(object) ? words.owner : shared === 'whole' ? words.whole : words.shared
  return inWords(how, language, { owner })
}

function nameOf(object: ObjectType, key: string, language: Language): string {
  return fieldOf(object, key)?.label[language] ?? key
}
