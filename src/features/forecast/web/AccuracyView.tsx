import { Tooltip } from 'antd'
import { percentText, shortNumber } from '#web/kit/number-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { markKeys } from '../contract.ts'
import { useAccuracy, type Submitter } from './use-forecast.ts'
import { forecastWords } from './words.ts'

/** How far what each submitter said lay from what closed, the nearer to the end the better. */
export function AccuracyView({ currency }: { readonly currency: string }) {
  const t = useWords(forecastWords)
  const accuracy = useAccuracy()
  if (accuracy.isError) return <ErrorState problem={accuracy.error} onRetry={() => void accuracy.refetch()} />
  if (!accuracy.data) return <LoadingState rows={8} />
  const { submitters } = accuracy.data
  if (submitters.length === 0) {
    return (
      <Panel>
        <EmptyState title={t('noAccuracy')} />
      </Panel>
    )
  }
  return (
    <Panel title={t('accuracy')}>
      {submitters.map((one) => (
        <OneSubmitter key={`${one.personId} ${one.subject} ${one.isOwn}`} submitter={one} currency={currency} />
      ))}
    </Panel>
  )
}

function OneSubmitter({ submitter, currency }: { readonly submitter: Submitter; readonly currency: string }) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  const { name, subject, isOwn, marks, trend } = submitter
  const style = { unit: 'money' as const, language, currency }
  const title = isOwn ? name : t('by', { by: name, whom: subject })
  const signed = (value: number | null) => `${value !== null && value > 0 ? '+' : ''}${percentText(value)}`
  return (
    <section className="forecast-submitter" aria-label={title}>
      <h3>{title}</h3>
      <div className="forecast-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="forecast-table">
          <thead>
            <tr>
              <th scope="col">{t('who')}</th>
              {(['committed', 'best_case'] as const).flatMap((what) => [
                <th key={`${what} bias`} scope="col" className="forecast-right">
                  <Tooltip title={t('biasHint')}>{`${t(what)} · ${t('bias')}`}</Tooltip>
                </th>,
                <th key={`${what} mape`} scope="col" className="forecast-right">
                  <Tooltip title={t('mapeHint')}>{`${t(what)} · ${t('mape')}`}</Tooltip>
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {markKeys.map((mark) => (
              <tr key={mark}>
                <th scope="row">
                  {t(mark)} <small className="muted">{t('cases', { n: marks[mark].commit.cases })}</small>
                </th>
                {[marks[mark].commit, marks[mark].bestCase].flatMap(({ bias, mape }, at) => [
                  <td key={`${at} bias`} className="forecast-right num">
                    {signed(bias)}
                  </td>,
                  <td key={`${at} mape`} className="forecast-right num">
                    {percentText(mape)}
                  </td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>{t('trend')}</summary>
        <table className="forecast-table">
          <thead>
            <tr>
              <th scope="col">{t('period')}</th>
              <th scope="col" className="forecast-right">
                {t('committed')}
              </th>
              <th scope="col" className="forecast-right">
                {t('best_case')}
              </th>
              <th scope="col" className="forecast-right">
                {t('actual')}
              </th>
            </tr>
          </thead>
          <tbody>
            {trend.map(({ period, label: named, commit, bestCase, closed }) => (
              <tr key={period}>
                <th scope="row">{label(named)}</th>
                <td className="forecast-right num">{shortNumber(commit, style)}</td>
                <td className="forecast-right num">{shortNumber(bestCase, style)}</td>
                <td className="forecast-right num">{shortNumber(closed, style)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
