import { Figure } from '#web/kit/Figure.tsx'
import { percentText, shortNumber } from '#web/kit/number-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { Driver } from '../contract.ts'
import { verdictNames } from '../names.ts'
import { DriverTable } from './DriverTable.tsx'
import type { MetricOutlook, MetricRow } from './use-outlook.ts'
import { outlookWords } from './words.ts'

interface LandingPanelProps {
  readonly outlook: MetricOutlook
  readonly metric: MetricRow
  /** The period is over: nothing is left to land. */
  readonly isOver: boolean
  /** Opens the records of what is there so far. */
  readonly onRecords?: (() => void) | undefined
  /** Opens what a side of the evidence rests on. */
  readonly onDriver?: ((kind: Driver['kind']) => void) | undefined
}

/** Where the period lands, and the chance that its target is reached. */
export function LandingPanel({
  outlook: { landing, level, forecast, name },
  metric,
  isOver,
  onRecords,
  onDriver,
}: LandingPanelProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const language = useLanguage()
  const short = (value: string | null) => shortNumber(value, { unit: metric.unit, language })
  if (!landing) {
    return (
      <Panel title={t('landing', { period: '' })}>
        <p className="muted">{t(isOver ? 'over' : forecast.length > 0 ? 'cannotLand' : 'noData')}</p>
      </Panel>
    )
  }
  const [lower, upper] = [short(landing.lower), short(landing.upper)]
  return (
    <Panel title={t('landing', { period: label(landing.period.label) })}>
      <p className="outlook-landing">{short(landing.forecast)}</p>
      <p className="muted">{t('range', { level: `${Math.round(level * 100)}%`, lower, upper })}</p>
      <dl className="outlook-facts">
        <dt>{t('soFar')}</dt>
        <dd>
          <Figure value={landing.actual} unit={metric.unit} label={t('recordsOf', { name })} onOpen={onRecords} />
        </dd>
        <dt>{t('target')}</dt>
        <dd>{landing.target === null ? t('noTarget') : short(landing.target)}</dd>
        {landing.chance !== null && landing.verdict !== null && (
          <>
            <dt>{t('chance')}</dt>
            <dd>
              {percentText(landing.chance)} · {label(verdictNames[landing.verdict])}
            </dd>
          </>
        )}
      </dl>
      <DriverTable
        drivers={landing.drivers}
        absent={landing.absent}
        isBorrowed={landing.isBorrowed}
        unit={metric.unit}
        onOpen={onDriver}
      />
    </Panel>
  )
}
