import { InputNumber, Select } from 'antd'
import { countOf, mostOfUnit, relativeDays, spanUnits, type Relative, type SpanUnit } from '#engine/query/filter.ts'
import { relativeDayLabels, spanUnitLabels } from '#engine/query/relative-words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { filterWords } from './words.ts'

const kinds = ['named', 'past', 'next', 'before', 'after'] as const
type Kind = (typeof kinds)[number]
const kindWords = {
  named: 'spanNamed',
  past: 'spanPast',
  next: 'spanNext',
  before: 'spanBefore',
  after: 'spanAfter',
} as const

function kindOf(relative: Relative): Kind {
  if (typeof relative === 'string') return 'named'
  return kinds.find((kind) => kind in relative) ?? 'past'
}

function spanOf(kind: Exclude<Kind, 'named'>, count: number, unit: SpanUnit): Relative {
  const number = Math.min(Math.max(Math.round(count), kind === 'before' || kind === 'after' ? 0 : 1), mostOfUnit[unit])
  switch (kind) {
    case 'past':
      return { past: number, unit }
    case 'next':
      return { next: number, unit }
    case 'before':
      return { before: number, unit }
    case 'after':
      return { after: number, unit }
  }
}

interface RelativeInputProps {
  readonly value: Relative | undefined
  readonly onChange: (relative: Relative) => void
}

/** Days as of today: by a name, or so many of a unit. */
export function RelativeInput({ value = 'this_month', onChange }: RelativeInputProps) {
  const t = useWords(filterWords)
  const label = useLabel()
  const kind = kindOf(value)
  const span = typeof value === 'string' ? undefined : value
  const count = span ? countOf(span) : 30
  const unit = span?.unit ?? 'day'
  return (
    <div className="filter-span">
      <Select<Kind>
        aria-label={t('spanKind')}
        value={kind}
        options={kinds.map((one) => ({ value: one, label: t(kindWords[one]) }))}
        popupMatchSelectWidth={false}
        onChange={(next) => onChange(next === 'named' ? 'this_month' : spanOf(next, count, unit))}
      />
      {span === undefined || kind === 'named' ? (
        <Select<Relative & string>
          aria-label={t('withinDays')}
          value={typeof value === 'string' ? value : 'this_month'}
          options={relativeDays.map((day) => ({ value: day, label: label(relativeDayLabels[day]) }))}
          onChange={onChange}
        />
      ) : (
        <>
          <InputNumber
            aria-label={t('spanCount')}
            className="num"
            min={kind === 'before' || kind === 'after' ? 0 : 1}
            max={mostOfUnit[unit]}
            precision={0}
            value={count}
            onChange={(next) => next !== null && onChange(spanOf(kind, next, unit))}
          />
          <Select<SpanUnit>
            aria-label={t('spanUnit')}
            value={unit}
            options={spanUnits.map((one) => ({ value: one, label: label(spanUnitLabels[one]).replace(/^个/, '') }))}
            popupMatchSelectWidth={false}
            onChange={(next) => onChange(spanOf(kind, count, next))}
          />
        </>
      )}
    </div>
  )
}
