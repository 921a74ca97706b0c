import { inWords, type Label, type Language } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf } from '#engine/model/column.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import { filterInWords } from '#engine/query/in-words.ts'
import type { Metrics } from './metrics.ts'
import { isQuotient, type Names, type OwnMetricDefinition, type RecordMetric } from './own-metric.ts'

const words = {
  count: { zh: '{records}的条数，按{date}', en: 'Number of {records}, by {date}' },
  sum: { zh: '{records}的{field}之和，按{date}', en: 'Sum of {field} over {records}, by {date}' },
  distinct: {
    zh: '{records}中不同的{field}的个数，按{date}',
    en: 'Number of different {field} among {records}, by {date}',
  },
  min: { zh: '{records}中最小的{field}，按{date}', en: 'Lowest {field} among {records}, by {date}' },
  max: { zh: '{records}中最大的{field}，按{date}', en: 'Highest {field} among {records}, by {date}' },
  ratio: { zh: '{over} ÷ {under}', en: '{over} ÷ {under}' },
  average: { zh: '{records}的平均{field}，按{date}', en: 'Average {field} of {records}, by {date}' },
  share: {
    zh: '{records}中符合条件（{condition}）的占比，按{date}',
    en: 'Share of {records} with {condition}, by {date}',
  },
  narrowed: { zh: '{records}（{when}）', en: '{records} ({when})' },
} satisfies Record<string, Label>

interface Known {
  readonly catalogue: Catalogue
  readonly metrics: Pick<Metrics, 'find'>
}

/** What a company's own metric counts, in words of both languages. Of a definition that `checkOwnMetric` accepts. */
export function formulaInWords(definition: OwnMetricDefinition, names: Names, { catalogue, metrics }: Known): Label {
  if (isQuotient(definition)) {
    const told = (language: Language) => {
      const nameOf = (key: string) => metrics.find(key)?.label[language] ?? key
      return inWords(words.ratio, language, { over: nameOf(definition.over), under: nameOf(definition.under) })
    }
    return { zh: told('zh'), en: told('en') }
  }
  const object = catalogue.get(definition.of)
  return { zh: told(definition, names, 'zh'), en: told(definition, names, 'en') }

  function told({ aggregate, field, countsIf, when, at }: RecordMetric, known: Names, language: Language) {
    const spoken = (filter: Filter) => filterInWords(filter, object, catalogue, language, (id) => known[id]?.[language])
    const records = object.labelOfMany[language]
    return inWords(words[aggregate], language, {
      records: when ? inWords(words.narrowed, language, { when: spoken(when), records }) : records,
      date: fieldName(object, at, language),
      ...(field === undefined ? {} : { field: fieldName(object, field, language) }),
      ...(countsIf ? { condition: spoken(countsIf) } : {}),
    })
  }
}

function fieldName(object: ObjectType, key: string, language: Language): string {
  return fieldOf(object, key)?.label[language] ?? key
}
