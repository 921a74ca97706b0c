import { Button, Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { writeAmount, readAmount } from '#engine/metrics/metric.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { exactNumber, percentText, shortNumber } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useChangeAddress } from '#web/shell/address.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { keyOfYearBefore } from '../year-before.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import { PartList } from './PartList.tsx'
import { useDrivers, type Drivers } from './use-room.ts'
import { Waterfall } from './Waterfall.tsx'
import { attainmentWords } from './words.ts'

type Part = Drivers['parts'][number]

/** The one metric all of whose amounts come from won deals. */
const takenApart = 'signed_amount'

/** The gap of a node over its drivers; of other metrics why not. */
export function DriversGap(figure: AnalysedFigure) {
  const t = useWords(attainmentWords)
  const change = useChangeAddress()
  if (figure.metric.key === takenApart) return <SalesDrivers {...figure} />
  return (
    <div className="analysis-body">
      <p className="muted">{t('noDrivers')}</p>
      <p>
        <Button onClick={() => change({ metric: takenApart })}>{t('toSigned')}</Button>
      </p>
    </div>
  )
}

/** Over number of deals, win rate and deal size, against its target or the year before. */
function SalesDrivers({ node, metric, currency, period }: AnalysedFigure) {
  const t = useWords(attainmentWords)
  const language = useLanguage()
  const change = useChangeAddress()
  const [against, setAgainst] = useState<'plan' | 'period'>(node.target === null ? 'period' : 'plan')
  const [velocity, setVelocity] = useState(false)
  const yearBefore = keyOfYearBefore(period)
  const isPlan = against === 'plan' && node.target !== null
  const drivers = useDrivers(
    { metric: metric.key, period: period.key, node: node.id },
    { against: isPlan ? 'plan' : yearBefore, velocity },
  )
  const style = { unit: metric.unit, language, currency }
  const valueOf = ({ driver }: Part, value: string | null) => {
    if (driver === 'rate') return percentText(value)
    if (driver === 'size') return shortNumber(value, style)
    return exactNumber(value === null ? null : String(Math.round(Number(value) * 10) / 10), { unit: 'count', language })
  }
  const controls = (
    <p className="analysis-story">
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
      <Checkbox checked={velocity} onChange={(event) => setVelocity(event.target.checked)}>
        {t('withCycle')}
      </Checkbox>
    </p>
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
  const open = (part: Part) => change({ metric: part.metric, behind: node.id })
  const steps = data.parts.map((part) => ({ name: t(part.driver), amount: Number(minus(part.amount)) }))
  const needed = data.parts.find(({ driver }) => driver === 'deals' || driver === 'work')
  return (
    <div className="analysis-body">
      <div className="analysis-story">
        {controls}
        <span className="muted">
          {data.against === 'plan'
            ? t('driversOfPlan', { period: data.basePeriod, deals: needed ? valueOf(needed, needed.base) : '—' })
            : t('driversOfPeriod', { period: data.basePeriod })}
        </span>
      </div>
      <Waterfall
        first={{ name: data.against === 'plan' ? t('target') : data.basePeriod, amount: Number(data.base) }}
        parts={steps}
        last={{ name: t('actual'), amount: Number(data.actual) }}
        unit={metric.unit}
        currency={currency}
        label={t('chart', {
          name: node.name,
          what: t('byDriver'),
          parts: steps.map(({ name, amount }) => `${name} ${shortNumber(String(amount), style)}`).join('；'),
        })}
        onPick={(name) => {
          const part = data.parts.find(({ driver }) => t(driver) === name)
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
          note: t('fromTo', { base: valueOf(part, part.base), actual: valueOf(part, part.actual) }),
          amount: minus(part.amount),
          label: t('records', { name: t(part.driver) }),
          onOpen: () => open(part),
        }))}
      />
    </div>
  )
}
