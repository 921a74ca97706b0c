import { useQuery } from '@tanstack/react-query'
import { systemForecastRoute } from '#features/forecast/contract.ts'
import { call } from '#web/api/call.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { percentText, shortNumber } from '#web/kit/number-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { bothLandings, type SeenLanding } from '../both-landings.ts'
import { verdictNames } from '../names.ts'
import { useMetricOutlook } from './use-outlook.ts'
import { outlookWords } from './words.ts'
import './outlook.css'

interface BothLandingsPanelProps {
  /** The top in reach unless told. */
  readonly node: string | undefined
  readonly period: string
}

/**
 * The signed amount of a period from its deals and from its months: two views of one question, why they differ, and the
 * one answer that they give together. The same on every screen that shows either. Nothing where only one can be seen.
 */
export function BothLandingsPanel({ node, period }: BothLandingsPanelProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const language = useLanguage()
  const outlook = useMetricOutlook('signed_amount', node, period)
  const system = useQuery({
    queryKey: ['forecast', 'system', period, node ?? ''],
    queryFn: ({ signal }) => call(systemForecastRoute, { query: { period, ...(node ? { node } : {}) }, signal }),
    retry: false,
  })
  const landing = outlook.isPlaceholderData ? undefined : outlook.data?.landing
  if (!landing || !system.data) return null
  const deals = seen(system.data.expected, system.data.low, system.data.high)
  const months = seen(landing.forecast, landing.lower, landing.upper)
  const { closed, target } = system.data
  const both = bothLandings(deals, months, { closed: Number(closed), target: target === null ? null : Number(target) })
  const short = (value: number) => shortNumber(String(Math.round(value)), { unit: 'money', language })
  const range = ({ low, high }: SeenLanding) => `${short(low)} – ${short(high)}`
  const rows = [
    { key: 'deals', word: 'byDeals', of: deals, weight: both.weightOfDeals, to: '/forecast', search: { view: 'system' } },
    { key: 'months', word: 'byMonths', of: months, weight: 1 - both.weightOfDeals, to: '/targets/outlook', search: { metric: 'signed_amount' } },
  ] as const // prettier-ignore
  return (
    <Panel title={t('bothLandings')}>
      <p className="outlook-landing">{short(both.expected)}</p>
      <p className="muted">{t('range', { level: '80%', lower: short(both.low), upper: short(both.high) })}</p>
      {target !== null && both.chance !== null && both.verdict !== null && (
        <dl className="outlook-facts">
          <dt>{t('target')}</dt>
          <dd>
            <Figure value={target} unit="money" />
          </dd>
          <dt>{t('chance')}</dt>
          <dd>
            {percentText(both.chance)} · {label(verdictNames[both.verdict])}
          </dd>
        </dl>
      )}
      <div className="outlook-table" tabIndex={0} role="region" aria-label={t('bothLandings')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('evidence')}</th>
              <th scope="col">{t('forecast')}</th>
              <th scope="col">{t('interval', { level: '80%' })}</th>
              <th scope="col">{t('weight')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, word, of, weight, to, search }) => (
              <tr key={key}>
                <th scope="row">
                  <PageLink to={to} search={search}>
                    {t(word)}
                  </PageLink>
                </th>
                <td>{short(of.expected)}</td>
                <td>{range(of)}</td>
                <td>{percentText(weight)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">{t('bothNote')}</p>
      {both.apart !== 'touching' && <p role="note">{t(both.apart === 'deals-above' ? 'dealsAbove' : 'dealsBelow')}</p>}
    </Panel>
  )
}

function seen(expected: string, low: string, high: string): SeenLanding {
  return { expected: Number(expected), low: Number(low), high: Number(high) }
}
