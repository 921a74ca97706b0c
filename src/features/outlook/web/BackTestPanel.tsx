import { percentText } from '#web/kit/number-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { chosenBecause } from '../chosen-because.ts'
import { methodNames } from '../names.ts'
import type { MetricOutlook, MetricRow } from './use-outlook.ts'
import { useOpenBehind } from './use-open-behind.ts'
import { PastTable } from './PastTable.tsx'
import { outlookWords } from './words.ts'

interface BackTestPanelProps {
  readonly outlook: MetricOutlook
  readonly metric: MetricRow
}

/** How right such forecasts were: every method that was tried, and whole periods of the past. */
export function BackTestPanel({ outlook, metric }: BackTestPanelProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const open = useOpenBehind()
  const { backtest, method, past } = outlook
  const isTested = backtest !== null && backtest.origins > 0
  return (
    <>
      <Panel title={t('backtest')}>
        {!isTested ? (
          <p className="muted">{t('tooShort')}</p>
        ) : (
          <>
            <p className="muted">{t('backtestNote', { n: backtest.origins })}</p>
            {chosenBecause(backtest, method).map((why) => (
              <p key={why.key}>{t(why.key, { best: why.best ? label(why.best) : '' })}</p>
            ))}
            <div className="outlook-table" tabIndex={0} role="region" aria-label={t('backtest')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col" />
                    <th scope="col">MASE</th>
                    <th scope="col">{t('smape')}</th>
                  </tr>
                </thead>
                <tbody>
                  {backtest.methods.map((each) => (
                    <tr key={each.method} data-chosen={each.method === method}>
                      <th scope="row">
                        {label(each.label)}
                        {each.method === method && <span className="outlook-chosen">{t('chosen')}</span>}
                      </th>
                      <td>{each.mase === null ? '—' : each.mase.toFixed(2)}</td>
                      <td>{percentText(each.smape / 100)}</td>
                    </tr>
                  ))}
                  {!backtest.methods.some((each) => each.method === 'seasonal-naive') && (
                    <tr>
                      <th scope="row">
                        {label(methodNames['seasonal-naive'])}
                        <small className="muted outlook-range">{t('naiveMissing')}</small>
                      </th>
                      <td>—</td>
                      <td>—</td>
                    </tr>
                  )}
                </tbody>
              </table>
            </div>
            {backtest.coverage !== null && (
              <p className="muted">
                {t('coverage')}: {percentText(backtest.coverage)}
              </p>
            )}
          </>
        )}
      </Panel>
      {past.length > 0 && (
        <Panel title={t('past')}>
          <PastTable past={past} unit={metric.unit} onOpen={(from, to) => open({ of: 'months', from, to })} />
        </Panel>
      )}
    </>
  )
}
