import type { ReactNode } from 'react'
import { Tag, Tooltip } from 'antd'
import { Figure } from '#web/kit/Figure.tsx'
import { percentText, shortNumber } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { ForecastNode, SystemForecast } from '../contract.ts'
import { DealName } from './DealName.tsx'
import { useOpenDeals } from './DealsDrawer.tsx'
import { SystemBehindDrawer } from './SystemBehindDrawer.tsx'
import { useOpenSystem } from './use-open-system.ts'
import { useSystemForecast, type Forecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'

interface SystemViewProps {
  readonly forecast: Forecast
  readonly node: ForecastNode
  readonly beside?: ReactNode
}

/** Where the deals themselves say the period lands, how sure that is, and how it did before. */
export function SystemView({ forecast, node, beside }: SystemViewProps) {
  const system = useSystemForecast(forecast.period.key, node.id)
  if (system.isError) return <ErrorState problem={system.error} onRetry={() => void system.refetch()} />
  if (!system.data) return <LoadingState rows={8} />
  const { data } = system
  return (
    <div className="forecast-system">
      {beside}
      <Landing said={data} node={node} currency={forecast.currency} />
      <BackTested said={data} node={node} currency={forecast.currency} />
      {data.stages.length > 0 && <Stages said={data} />}
      <Deals said={data} currency={forecast.currency} />
      <SystemBehindDrawer period={forecast.period.key} node={node.id} currency={forecast.currency} />
    </div>
  )
}

interface PartProps {
  readonly said: SystemForecast
  readonly currency: string
}

function Landing({ said, node, currency }: PartProps & { readonly node: ForecastNode }) {
  const t = useWords(forecastWords)
  const language = useLanguage()
  const openDeals = useOpenDeals()
  const openSystem = useOpenSystem()
  const style = { unit: 'money' as const, language, currency }
  const top = Math.max(1, Number(said.high), Number(said.target ?? 0))
  const at = (value: string) => `${(Number(value) / top) * 100}%`
  const opening = (value: string, of: 'expected' | 'open' | 'unseen', name: string) => (
    <Figure
      value={value}
      unit="money"
      currency={currency}
      label={t('openDeals', { name: node.name, what: name })}
      onOpen={() => openSystem(of)}
    />
  )
  return (
    <Panel
      title={`${t('byDeals')} · ${node.name}`}
      extra={said.closedDeals !== null && <small className="muted">{t('learned', { n: said.closedDeals })}</small>}
    >
      <p className="muted">{t('byDealsNote')}</p>
      <dl className="forecast-figures">
        <div>
          <dt>{t('expected')}</dt>
          <dd>{opening(said.expected, 'expected', t('expected'))}</dd>
        </div>
        <div>
          <dt>
            <Tooltip title={t('intervalHint')}>{t('interval')}</Tooltip>
          </dt>
          <dd className="num">{`${shortNumber(said.low, style)} – ${shortNumber(said.high, style)}`}</dd>
        </div>
        <div>
          <dt>{t('closed')}</dt>
          <dd>
            <Figure
              value={said.closed}
              unit="money"
              currency={currency}
              label={t('openDeals', { name: node.name, what: t('closed') })}
              onOpen={() => openDeals(node.id, 'closed')}
            />
          </dd>
        </div>
        <div>
          <dt>{t('openPart')}</dt>
          <dd>{opening(said.open, 'open', t('openPart'))}</dd>
        </div>
        <div>
          <dt>{t('unseenPart')}</dt>
          <dd>{opening(said.unseen, 'unseen', t('unseenPart'))}</dd>
        </div>
        <div>
          <dt>{t('target')}</dt>
          <dd>
            <Figure value={said.target} unit="money" currency={currency} reason={t('noTarget')} />
          </dd>
        </div>
      </dl>
      <div className="forecast-range" aria-hidden>
        <i className="forecast-range-closed" style={{ width: at(said.closed) }} />
        <i
          className="forecast-range-between"
          style={{ left: at(said.low), width: `${((Number(said.high) - Number(said.low)) / top) * 100}%` }}
        />
        <i className="forecast-range-mark" style={{ left: at(said.expected) }} />
        {said.target !== null && <i className="forecast-range-target" style={{ left: at(said.target) }} />}
      </div>
    </Panel>
  )
}

function BackTested({ said, node, currency }: PartProps & { readonly node: ForecastNode }) {
  const t = useWords(forecastWords)
  const openDeals = useOpenDeals()
  const label = useLabel()
  const language = useLanguage()
  const style = { unit: 'money' as const, language, currency }
  const { coverage, mape, periods } = said.backTest
  if (periods.length === 0) {
    return (
      <Panel title={t('backTest')}>
        <p className="muted">{t('notTested')}</p>
      </Panel>
    )
  }
  return (
    <Panel title={t('backTest')}>
      <p className="muted">
        {t('backTestNote', { n: periods.length, hit: percentText(coverage), mape: percentText(mape) })}
      </p>
      <div className="forecast-scroll" tabIndex={0} role="region" aria-label={t('backTest')}>
        <table className="forecast-table">
          <thead>
            <tr>
              <th scope="col">{t('period')}</th>
              <th scope="col" className="forecast-right">
                {t('expected')}
              </th>
              <th scope="col" className="forecast-right">
                {t('interval')}
              </th>
              <th scope="col" className="forecast-right">
                {t('actual')}
              </th>
              <th scope="col">{t('hit')}</th>
            </tr>
          </thead>
          <tbody>
            {periods.map(({ period, expected, low, high, actual, isInside }) => (
              <tr key={period.key}>
                <th scope="row">{label(period.label)}</th>
                <td className="forecast-right num">{shortNumber(expected, style)}</td>
                <td className="forecast-right num">{`${shortNumber(low, style)} – ${shortNumber(high, style)}`}</td>
                <td className="forecast-right">
                  <Figure
                    value={actual}
                    unit="money"
                    currency={currency}
                    label={t('openSaid', { who: node.name, period: label(period.label), what: t('actual') })}
                    onOpen={() => openDeals(node.id, 'closed', period.key)}
                  />
                </td>
                <td>{isInside ? t('hit') : <Tag color="orange">{t('miss')}</Tag>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

function Stages({ said }: { readonly said: SystemForecast }) {
  const t = useWords(forecastWords)
  const openSystem = useOpenSystem()
  const label = useLabel()
  return (
    <Panel title={`${t('stage')} · ${t('win')}`}>
      <table className="forecast-table">
        <thead>
          <tr>
            <th scope="col">{t('stage')}</th>
            <th scope="col" className="forecast-right">
              {t('stated')}
            </th>
            <th scope="col" className="forecast-right">
              {t('calibrated')}
            </th>
            <th scope="col" className="forecast-right">
              {t('dealCount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {said.stages.map(({ id, stage, stated, calibrated, deals }) => (
            <tr key={id}>
              <th scope="row">{label(stage)}</th>
              <td className="forecast-right num">{percentText(stated)}</td>
              <td className="forecast-right num">{percentText(calibrated)}</td>
              <td className="forecast-right">
                <Figure
                  value={deals}
                  unit="count"
                  label={`${label(stage)} ${t('dealCount')}`}
                  onOpen={() => openSystem('stage', id)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Deals({ said, currency }: PartProps) {
  const t = useWords(forecastWords)
  const money = (value: string) => <Figure value={value} unit="money" currency={currency} />
  return (
    <Panel title={`${t('openPart')} (${currency})`}>
      {said.deals.length > 0 && <p className="muted">{t('openFormula', { n: said.adjustment.toFixed(3) })}</p>}
      <div className="forecast-scroll" tabIndex={0} role="region" aria-label={t('openPart')}>
        <table className="forecast-table">
          {said.deals.length < said.openDeals && (
            <caption>{t('listed', { n: said.deals.length, all: said.openDeals })}</caption>
          )}
          <thead>
            <tr>
              <th scope="col">{t('deal')}</th>
              {(['amount', 'win', 'inside', 'counts'] as const).map((key) => (
                <th key={key} scope="col" className="forecast-right">
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {said.deals.map(({ id, name, amount, win, inside, expected }) => (
              <tr key={id}>
                <th scope="row">
                  <DealName id={id} name={name} />
                </th>
                <td className="forecast-right">{money(amount)}</td>
                <td className="forecast-right num">{percentText(win)}</td>
                <td className="forecast-right num">{percentText(inside)}</td>
                <td className="forecast-right">{money(expected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
