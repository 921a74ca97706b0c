import { Button, Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { writeAmount, readAmount } from '#engine/metrics/metric.ts'
import { useMetrics } from '#features/targets/web/index.tsx'
import { ApiProblem } from '#web/api/problem.ts'
import { shortNumber } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { storyOf, type DriverStory } from '../driver-stories.ts'
import { keyOfYearBefore } from '../year-before.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import { DriverEnds, type ComparedPeriod, type DriverEnd } from './DriverEnds.tsx'
import { DriverRecords, type OpenedDriver } from './DriverRecords.tsx'
import { driverSentence } from './driver-sentence.ts'
import { driverText } from './driver-text.ts'
import { driverWords } from './driver-words.ts'
import { PartList } from './PartList.tsx'
import { useDrivers, type Drivers } from './use-room.ts'
import { Waterfall } from './Waterfall.tsx'

type Part = Drivers['parts'][number]

/** The gap of a node over its drivers; of metrics without any why not. */
export function DriversGap(figure: AnalysedFigure) {
  const story = storyOf(figure.metric.key)
  return story ? <DriversOf {...figure} story={story} /> : <WithoutDrivers {...figure} />
}

function WithoutDrivers({ metric }: AnalysedFigure) {
  const t = useWords(driverWords)
  const label = useLabel()
  const change = useChangeAddress()
  const metrics = useMetrics()
  return (
    <>
      <p className="muted">{t(metric.kind === 'ratio' ? 'isRate' : 'noDrivers')}</p>
      <p className="driver-metrics">
        <span className="muted">{t('hasDrivers')}</span>
        {(metrics.data ?? [])
          .filter(({ key }) => storyOf(key))
          .map(({ key, label: name }) => (
            <Button key={key} size="small" onClick={() => change({ metric: key })}>
              {label(name)}
            </Button>
          ))}
      </p>
    </>
  )
}

interface DriversOfProps extends AnalysedFigure {
  readonly story: DriverStory
}

/** Against its target, or the year before. */
function DriversOf({ node, metric, currency, period, story }: DriversOfProps) {
  const t = useWords(driverWords)
  const label = useLabel()
  const language = useLanguage()
  const metrics = useMetrics()
  const [against, setAgainst] = useState<'plan' | 'period'>(node.target === null ? 'period' : 'plan')
  const [velocity, setVelocity] = useState(false)
  const [opened, setOpened] = useState<OpenedDriver>()
  const isPlan = against === 'plan' && node.target !== null
  const drivers = useDrivers(
    { metric: metric.key, period: period.key, node: node.id },
    { against: isPlan ? 'plan' : keyOfYearBefore(period), velocity: velocity && story.cycle !== undefined },
  )
  const style = { unit: metric.unit, language, currency }
  const name = metrics.data?.find(({ key }) => key === metric.key)?.label
  const controls = (
    <div className="analysis-story">
      <span className="muted">{t('against')}</span>
      <Segmented
        size="small"
        value={isPlan ? 'plan' : 'period'}
        onChange={setAgainst}
        options={[
          { value: 'plan' as const, label: t('plan'), disabled: node.target === null },
          { value: 'period' as const, label: t('yearBefore') },
        ]}
      />
      {story.cycle !== undefined && (
        <Checkbox checked={velocity} onChange={(event) => setVelocity(event.target.checked)}>
          {t('withCycle')}
        </Checkbox>
      )}
      <span className="muted">
        {t('identity', {
          metric: name ? label(name) : '',
          factors: story.links.map(({ driver }) => t(driver)).join(' × '),
        })}
      </span>
    </div>
  )
  if (drivers.isPending) return <LoadingState rows={4} />
  if (drivers.isError) {
    const isRefused = drivers.error instanceof ApiProblem && drivers.error.status === 422
    return (
      <>
        {controls}
        {isRefused ? (
          <p className="muted">{drivers.error.message}</p>
        ) : (
          <ErrorState problem={drivers.error} onRetry={() => void drivers.refetch()} />
        )}
      </>
    )
  }
  const { data } = drivers
  const minus = (amount: string) => writeAmount(-readAmount(amount))
  const ends: Readonly<Record<DriverEnd, ComparedPeriod>> = {
    base: { key: data.basePeriod, label: data.basePeriodLabel, until: data.baseUntil },
    actual: { key: period.key, label: period.label, until: null },
  }
  // What no driver brought opens to nothing.
  const isNone = ({ driver }: Part) => driver === 'toCome' || driver === 'rest'
  const open = (part: Part, end: DriverEnd = 'actual') => (isNone(part) ? undefined : setOpened({ part, end }))
  const steps = data.parts.map((part) => ({ name: t(part.driver), amount: Number(minus(part.amount)) }))
  const first = data.parts.find((part) => !isNone(part))
  return (
    <div className="analysis-body">
      <div className="analysis-story">
        {controls}
        <span className="muted">
          {t(driverSentence(data), {
            period: label(data.basePeriodLabel),
            first: first ? t(first.driver) : '',
            due: shortNumber(data.due, style),
            needed: first ? driverText(first.base, { unit: first.unit, currency, language }) : '',
          })}
        </span>
      </div>
      <Waterfall
        first={{ name: data.against === 'plan' ? t('target') : label(data.basePeriodLabel), amount: Number(data.base) }}
        parts={steps}
        last={{ name: t('actual'), amount: Number(data.actual) }}
        unit={metric.unit}
        currency={currency}
        label={t('chart', {
          name: node.name,
          parts: steps.map((step) => `${step.name} ${shortNumber(String(step.amount), style)}`).join('；'),
        })}
        onPick={(at) => {
          const part = data.parts[at]
          if (part) open(part)
        }}
      />
      <PartList
        label={t('byDriver')}
        unit={metric.unit}
        currency={currency}
        parts={data.parts.map((part) => ({
          key: part.driver,
          name: t(part.driver),
          note:
            part.driver === 'rest' ? (
              t('restNote')
            ) : isNone(part) ? (
              t('toComeNote', { due: shortNumber(data.due, style) })
            ) : (
              <DriverEnds
                part={part}
                currency={currency}
                now={ends.actual}
                base={ends.base}
                isNeeded={data.against === 'plan' && part === first}
                onOpen={(end) => open(part, end)}
              />
            ),
          amount: minus(part.amount),
          label: t('records', { name: t(part.driver), period: label(period.label) }),
          onOpen: isNone(part) ? undefined : () => open(part),
        }))}
      />
      {opened && (
        <DriverRecords
          node={node}
          of={metric}
          effect={minus(opened.part.amount)}
          {...opened}
          currency={currency}
          period={ends[opened.end]}
          onClose={() => setOpened(undefined)}
        />
      )}
    </div>
  )
}
