import { useMemo, useState } from 'react'
import { Button, Checkbox, Tooltip } from 'antd'
import { fiscalYearOf } from '#engine/calendar/period.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { ownNode, useAttainmentTree } from '#features/targets/web/index.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { exactNumber, percentText, shortNumber } from '#web/kit/number-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { needToClose, type Need, type OwnRates } from '../../need-to-close.ts'
import { useOpenDeals, type ListedDeal } from './use-open-deals.ts'
import { mineWords } from './words.ts'

interface WhatToCloseProps {
  readonly node: AttainmentNode
  /** First day after the period. */
  readonly end: string
}

/** The gap against the open deals: what they should bring, what is not covered, and which ones to close. */
export function WhatToClose({ node, end }: WhatToCloseProps) {
  const t = useWords(mineWords)
  const { deals, foreign, isCut, isHidden, isPending, error } = useOpenDeals(end)
  const rates = useOwnRates()
  const need = useMemo(
    () => needToClose(Number(node.target ?? 0) - Number(node.actual ?? 0), deals, rates),
    [node.target, node.actual, deals, rates],
  )
  if (isHidden) return null
  return (
    <Panel title={t('need')}>
      {error ? (
        <ErrorState problem={error} />
      ) : isPending ? (
        <LoadingState rows={6} />
      ) : (
        <>
          {need.gap > 0 && <NeedFigures need={need} rates={rates} />}
          {deals.length === 0 ? (
            <EmptyState
              title={t('noDeals')}
              text={t('noDealsText')}
              action={
                <PageLink to="/pipeline" className="page-button">
                  {t('toBoard')}
                </PageLink>
              }
            />
          ) : (
            <DealPick deals={deals} need={need} end={end} />
          )}
          {isCut && <p className="muted">{t('cut', { n: String(deals.length) })}</p>}
          {foreign > 0 && <p className="muted">{t('foreign', { n: String(foreign) })}</p>}
        </>
      )}
    </Panel>
  )
}

/** What the own results of this fiscal year say; nothing while they are few or out of sight. */
function useOwnRates(): OwnRates {
  const { person, today, company } = useMe()
  const year = String(fiscalYearOf(today, company.calendar))
  const won = useAttainmentTree('win_rate', year)
  const average = useAttainmentTree('avg_deal', year)
  const own = (tree: typeof won) => {
    const found = tree.data && ownNode(tree.data, person.id).actual
    return found ? Number(found) : null
  }
  const winRate = own(won)
  const averageDeal = own(average)
  return useMemo(() => ({ winRate, averageDeal }), [winRate, averageDeal])
}

function NeedFigures({ need, rates }: { readonly need: Need; readonly rates: OwnRates }) {
  const t = useWords(mineWords)
  const language = useLanguage()
  const { company } = useMe()
  const money = { unit: 'money', currency: company.currency } as const
  const words = {
    average: shortNumber(rates.averageDeal, { ...money, language }),
    n: String(need.dealsToWin ?? ''),
    rate: percentText(rates.winRate),
    open: String(need.dealsToOpen ?? ''),
  }
  return (
    <>
      <dl className="spread-facts">
        <div>
          <Tooltip title={t('expectedHint')}>
            <dt>{t('expected')}</dt>
          </Tooltip>
          <dd>
            <Figure {...money} value={Math.round(need.expected)} />
          </dd>
        </div>
        <div>
          <dt>{t('uncovered')}</dt>
          <dd>
            <Figure {...money} value={Math.round(need.uncovered)} />
          </dd>
        </div>
        <div>
          <Tooltip title={t('coverageHint')}>
            <dt>{t('coverage')}</dt>
          </Tooltip>
          <dd>{need.coverage === null ? '—' : t('times', { n: need.coverage.toFixed(1) })}</dd>
        </div>
      </dl>
      {need.uncovered > 0 && (
        <p>{need.dealsToWin === null ? t('noRates') : t(need.dealsToOpen === null ? 'dealsOnly' : 'deals', words)}</p>
      )}
    </>
  )
}

interface DealPickProps {
  readonly deals: readonly ListedDeal[]
  readonly need: Need
  readonly end: string
}

function DealPick({ deals, need, end }: DealPickProps) {
  const t = useWords(mineWords)
  const language = useLanguage()
  const { company, today } = useMe()
  const open = useOpenRecord()
  const [ticked, setTicked] = useState<ReadonlySet<string>>()
  const picked = ticked ?? new Set(need.pick)
  const sum = deals.filter(({ id }) => picked.has(id)).reduce((all, { amount }) => all + amount, 0)
  const left = need.gap - sum
  const money = (amount: number) =>
    exactNumber(String(Math.abs(amount)), { unit: 'money', currency: company.currency, language })
  const tick = (id: string, isOn: boolean) =>
    setTicked(new Set([...picked].filter((each) => each !== id).concat(isOn ? [id] : [])))
  return (
    <>
      <div className="pick-head">
        <b>{t('pick')}</b>
        <span className="num" role="status">
          {t('picked', { amount: money(sum) })} · {t(left > 0 ? 'stillMissing' : 'enough', { amount: money(left) })}
        </span>
        {ticked && (
          <Button type="link" size="small" onClick={() => setTicked(undefined)}>
            {t('suggest')}
          </Button>
        )}
      </div>
      <ul className="day-list">
        {deals.map((deal) => (
          <li key={deal.id} className="day-row">
            <Checkbox
              aria-label={deal.name}
              checked={picked.has(deal.id)}
              onChange={({ target }) => tick(deal.id, target.checked)}
            />
            <button type="button" className="plain-button day-row-body" onClick={() => open('opportunity', deal.id)}>
              <span className="day-row-title">{deal.name}</span>
              <span className="day-row-note muted">
                {[
                  deal.account,
                  deal.stage,
                  t('chance', { rate: percentText(deal.chance) }),
                  deal.expectedOn === ''
                    ? t('noDay')
                    : deal.expectedOn >= end
                      ? t('later')
                      : t('due', { day: dayText(deal.expectedOn, language, today) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
            <b className="day-row-side">
              <Figure value={String(deal.amount)} unit="money" currency={company.currency} />
            </b>
          </li>
        ))}
      </ul>
    </>
  )
}
