import { Tooltip } from 'antd'
import { Figure } from '#web/kit/Figure.tsx'
import { percentText } from '#web/kit/number-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ForecastNode } from '../contract.ts'
import { standingTo } from '../roll-up.ts'
import { useOpenDeals } from './DealsDrawer.tsx'
import { forecastWords } from './words.ts'

/** How a node's deals stand to its target. */
export function KeyFigures({ node, currency }: { readonly node: ForecastNode; readonly currency: string }) {
  const t = useWords(forecastWords)
  const openDeals = useOpenDeals()
  const { gap, coverage, shortage, mismatch } = standingTo(node.target, node.system)
  const money = (value: string | null) => (
    <Figure value={value} unit="money" currency={currency} reason={t('noTarget')} />
  )
  const none = (reason: string) => (
    <Tooltip title={reason}>
      <span>—</span>
    </Tooltip>
  )
  const reason = t(gap === null ? 'noTarget' : 'noCoverage')
  return (
    <dl className="forecast-figures">
      <div>
        <dt>{t('target')}</dt>
        <dd>{money(node.target)}</dd>
      </div>
      <div>
        <dt>{t('closed')}</dt>
        <dd>
          <Figure
            value={node.system.closed}
            unit="money"
            currency={currency}
            label={t('openDeals', { name: node.name, what: t('closed') })}
            onOpen={() => openDeals(node.id, 'closed')}
          />
        </dd>
      </div>
      <div>
        <dt>
          <Tooltip title={t('gapHint')}>{t('gap')}</Tooltip>
        </dt>
        <dd>{money(gap)}</dd>
      </div>
      <div>
        <dt>
          <Tooltip title={t('coverageHint')}>{t('coverage')}</Tooltip>
        </dt>
        <dd className="num">{coverage === null ? none(reason) : `${coverage.toFixed(1)}×`}</dd>
      </div>
      <div>
        <dt>
          <Tooltip title={t('shortageHint')}>{t('shortage')}</Tooltip>
        </dt>
        <dd className="num">{shortage === null ? none(reason) : percentText(shortage)}</dd>
      </div>
      <div>
        <dt>
          <Tooltip title={t('mismatchHint')}>{t('mismatch')}</Tooltip>
        </dt>
        <dd>{money(mismatch)}</dd>
      </div>
    </dl>
  )
}
