import { Suspense } from 'react'
import { Tooltip } from 'antd'
import { fiscalYearOf } from '#engine/calendar/period.ts'
import { ownNode, RecordsDrawer, useAttainmentTree, useMetrics } from '#features/targets/web/index.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { percentText, shortNumber } from '#web/kit/number-text.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress, useGo } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { Need } from '../../need-to-close.ts'
import { mineWords } from './words.ts'

interface OwnRate {
  readonly metric: string
  readonly period: string
  readonly node: string | undefined
  readonly value: number | null
}

/** What the own results of this fiscal year say; nothing while they are few or out of sight. */
export function useOwnRates(): Readonly<Record<'winRate' | 'averageDeal', OwnRate>> {
  const { person, today, company } = useMe()
  const period = String(fiscalYearOf(today, company.calendar))
  const won = useAttainmentTree('win_rate', period)
  const average = useAttainmentTree('avg_deal', period)
  const own = (metric: string, tree: typeof won): OwnRate => {
    const found = tree.data && ownNode(tree.data, { personId: person.id, isLead: false })
    return { metric, period, node: found?.id, value: found?.actual ? Number(found.actual) : null }
  }
  return { winRate: own('win_rate', won), averageDeal: own('avg_deal', average) }
}

interface NeedFiguresProps {
  readonly need: Need
  readonly rates: ReturnType<typeof useOwnRates>
  readonly node: string
  readonly brought: 'amount' | 'count'
}

/** Each figure with its way to the deals that it is made of. */
export function NeedFigures({ need, rates, node, brought }: NeedFiguresProps) {
  const t = useWords(mineWords)
  const go = useGo()
  const language = useLanguage()
  const { company, person } = useMe()
  const shown =
    brought === 'count' ? ({ unit: 'count' } as const) : ({ unit: 'money', currency: company.currency } as const)
  const rounded = (value: number) => (brought === 'count' ? Math.round(value * 10) / 10 : Math.round(value))
  const { period } = useWhoAndWhen()
  const openExpected = () => go('/forecast', { view: 'system', period: period.key, node, system: 'open' })
  const change = useChangeAddress()
  const { behind } = useAddress()
  const metrics = useMetrics()
  const opened = Object.values(rates).find(({ metric }) => metric === behind)
  const metric = metrics.data?.find(({ key }) => key === opened?.metric)
  const openRate = (rate: OwnRate) => change({ behind: rate.metric })
  const words = {
    average: shortNumber(rates.averageDeal.value, { unit: 'money', currency: company.currency, language }),
    n: String(need.dealsToWin ?? ''),
    rate: percentText(rates.winRate.value),
    open: String(need.dealsToOpen ?? ''),
  }
  const story = () => {
    if (need.dealsToWin === null) return t('noRates')
    if (brought === 'count') return t(need.dealsToOpen === null ? 'countOnly' : 'countDeals', words)
    return t(need.dealsToOpen === null ? 'dealsOnly' : 'deals', words)
  }
  return (
    <>
      <dl className="spread-facts">
        <div>
          <Tooltip title={t('expectedHint')}>
            <dt>{t('expected')}</dt>
          </Tooltip>
          <dd>
            <Figure
              {...shown}
              value={rounded(need.expected)}
              label={t('records', { what: t('expected') })}
              onOpen={openExpected}
            />
          </dd>
        </div>
        <div>
          <dt>{t('uncovered')}</dt>
          <dd>
            <Figure {...shown} value={rounded(need.uncovered)} />
          </dd>
        </div>
        <div>
          <Tooltip title={t('coverageHint')}>
            <dt>{t('coverage')}</dt>
          </Tooltip>
          <dd>{need.coverage === null ? '—' : t('times', { n: need.coverage.toFixed(1) })}</dd>
        </div>
        {brought === 'amount' && (
          <div>
            <dt>{t('average')}</dt>
            <dd>
              <Figure
                {...shown}
                value={rates.averageDeal.value}
                label={t('records', { what: t('average') })}
                onOpen={() => openRate(rates.averageDeal)}
              />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('winRate')}</dt>
          <dd>
            <Figure
              unit="percent"
              value={rates.winRate.value}
              label={t('records', { what: t('winRate') })}
              onOpen={() => openRate(rates.winRate)}
            />
          </dd>
        </div>
      </dl>
      {need.uncovered > 0 && <p>{story()}</p>}
      {opened && metric && (
        <Suspense>
          <RecordsDrawer
            figure={{ metric: opened.metric, node: opened.node, period: opened.period }}
            metric={metric}
            name={person.name}
            onClose={() => change({ behind: undefined })}
          />
        </Suspense>
      )}
    </>
  )
}
