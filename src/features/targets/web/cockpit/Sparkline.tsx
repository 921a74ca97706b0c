import { shortNumber } from '#web/kit/number-text.ts'
import { useSeen } from '#web/kit/use-seen.ts'
import { useMe } from '#web/session/me.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { isBare } from '../terrace/tier.ts'
import { monthName } from './month-name.ts'
import { drawSpark } from './draw-spark.ts'
import { useSeries, type MetricRow } from './use-attainment.ts'
import { cockpitWords } from './words.ts'

interface SparklineProps {
  readonly node: AttainmentNode
  readonly metric: MetricRow
  readonly currency: string
  /** The fiscal year whose months are drawn, as far as they have begun. */
  readonly year: string
}

const width = 72
const height = 24

/** A node's months as a line, asked for when the row is seen. */
export function Sparkline({ node, metric, currency, year }: SparklineProps) {
  const t = useWords(cockpitWords)
  const language = useLanguage()
  const { today } = useMe()
  const [ref, isSeen] = useSeen<HTMLSpanElement>()
  const hasMonths = !isBare(node)
  const series = useSeries({ metric: metric.key, node: node.id, period: year }, isSeen && hasMonths)
  const months = (series.data ?? []).filter((month) => month.from <= today)
  const spark = drawSpark(
    months.map((month) => (month.actual === null ? null : Number(month.actual))),
    { width, height },
  )
  const style = { unit: metric.unit, language, currency }
  const words = months.map((month) => `${monthName(month.from, language)} ${shortNumber(month.actual, style)}`)
  return (
    <span ref={ref} className="spark">
      {spark ? (
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={t('trendOf', { name: node.name, year, months: words.join(language === 'zh' ? '，' : ', ') })}
        >
          <path d={spark.area} fill="var(--crop)" fillOpacity="0.14" />
          <path d={spark.line} fill="none" stroke="var(--crop)" strokeWidth="1.6" strokeLinejoin="round" />
          <circle cx={spark.last.x} cy={spark.last.y} r="2.2" fill="var(--crop)" />
        </svg>
      ) : (
        (!hasMonths || series.isSuccess || series.isError) && <span className="muted">—</span>
      )}
    </span>
  )
}
