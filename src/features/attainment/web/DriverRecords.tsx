import { useState } from 'react'
import { RecordsDrawer, useMetrics } from '#features/targets/web/index.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import type { ComparedPeriod, DriverEnd } from './DriverEnds.tsx'
import { DriverEffect } from './DriverEffect.tsx'
import { driverValue } from './driver-text.ts'
import { driverWords } from './driver-words.ts'
import type { Drivers } from './use-room.ts'

/** A driver of which the records are shown. */
export interface OpenedDriver {
  readonly part: Drivers['parts'][number]
  readonly end: DriverEnd
}

interface DriverRecordsProps extends OpenedDriver {
  readonly node: AnalysedFigure['node']
  /** The metric that is taken apart, and what the driver brought of it. */
  readonly of: AnalysedFigure['metric']
  readonly effect: string
  readonly currency: string
  readonly period: ComparedPeriod
  readonly onClose: () => void
}

/**
 * The records that a driver is read from, over the page: the figure that is taken apart stays where it is. Of a rate its two
 * sides stand above them, and each shows its own.
 */
export function DriverRecords({ node, of, effect, part, end, currency, period, onClose }: DriverRecordsProps) {
  const t = useWords(driverWords)
  const label = useLabel()
  const metrics = useMetrics().data
  const [side, setSide] = useState<'over' | 'under'>('over')
  const { divided } = part
  const key = divided?.[side].metric ?? part.metric
  const metric = metrics?.find((each) => each.key === key)
  if (!metric) return null
  const until = period.until === null ? {} : { until: period.until }
  const when =
    period.until === null ? label(period.label) : t('untilDay', { period: label(period.label), day: period.until })
  const sideOf = (which: 'over' | 'under') => {
    if (!divided) return null
    const { driver, metric: own, unit, [end]: value } = divided[which]
    const named = metrics?.find((each) => each.key === own)
    // The number of deals closed is a side of the win rate, no metric of its own.
    const name = driver === 'deals' || !named ? t(driver) : label(named.label)
    return (
      <span data-shown={which === side}>
        {name}{' '}
        <Figure
          value={value}
          unit={unit}
          currency={currency}
          label={t('records', { name, period: when })}
          onOpen={() => setSide(which)}
        />
      </span>
    )
  }
  return (
    <RecordsDrawer
      figure={{ metric: key, node: node.id, period: period.key, ...until }}
      metric={metric}
      name={[node.name, t(part.driver), when].join(' · ')}
      shown={divided ? divided[side][end] : part[end]}
      above={
        <>
          <DriverEffect part={part} effect={effect} unit={of.unit} currency={currency} />
          {divided && (
            <p className="driver-quotient num">
              {sideOf('over')} ÷ {sideOf('under')} ={' '}
              <b>
                <Figure value={driverValue(part[end], part.unit)} unit={part.unit} currency={currency} />
              </b>
            </p>
          )}
        </>
      }
      onClose={onClose}
    />
  )
}
