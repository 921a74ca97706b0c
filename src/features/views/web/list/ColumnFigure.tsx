import type { Measure } from '#features/objects/web/index.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { plainDay } from '#web/kit/date-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { Column } from '../columns.ts'
import { aggregateWord, viewWords } from '../words.ts'

interface ColumnFigureProps {
  readonly column: Column
  readonly measures: readonly Measure[]
  /** In the order of the measures. */
  readonly figures: readonly (string | null)[]
  readonly currency: string
}

/** The figure of a column under its values; anything but a sum says what it is. */
export function ColumnFigure({ column, measures, figures, currency }: ColumnFigureProps) {
  const t = useWords(viewWords)
  const { field } = column
  const at = measures.findIndex((measure) => measure.field === field.key)
  const aggregate = measures[at]?.aggregate
  const value = figures[at]
  if (aggregate === undefined) return null
  const isDay = field.type === 'date' && aggregate !== 'count'
  const unit = aggregate === 'count' ? 'count' : field.type === 'money' ? 'money' : 'count'
  return (
    <span className="column-figure">
      {aggregate !== 'sum' && <span className="muted">{t(aggregateWord[aggregate])} </span>}
      {isDay ? plainDay(value) : <Figure value={value} unit={unit} currency={currency} />}
    </span>
  )
}
