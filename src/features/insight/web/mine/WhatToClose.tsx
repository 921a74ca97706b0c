import { useMemo, useState } from 'react'
import { Button, Checkbox } from 'antd'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { useObject } from '#features/objects/web/index.tsx'
import type { MetricRow } from '#features/targets/web/index.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { exactNumber, percentText } from '#web/kit/number-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { broughtByDeals, needToClose, type Need } from '../../need-to-close.ts'
import { NeedFigures, useOwnRates } from './NeedFigures.tsx'
import { useOpenDeals, type ListedDeal } from './use-open-deals.ts'
import { mineWords } from './words.ts'

interface WhatToCloseProps {
  readonly node: AttainmentNode
  readonly metric: MetricRow
  /** First day after the period. */
  readonly end: string
}

/** The gap against the open deals; said where the period is over, or deals do not bring what the metric counts. */
export function WhatToClose({ node, metric, end }: WhatToCloseProps) {
  const t = useWords(mineWords)
  const { today } = useMe()
  const brought = broughtByDeals(metric)
  if (end <= today) return <Panel title={t('need')}>{t('isOver')}</Panel>
  if (brought === null) return <Panel title={t('need')}>{t('notByDeals')}</Panel>
  return <NeedPanel node={node} metric={metric} end={end} brought={brought} />
}

interface NeedPanelProps extends WhatToCloseProps {
  readonly brought: 'amount' | 'count'
}

/** What open deals should bring, what is not covered, and which ones to close. */
function NeedPanel({ node, metric, end, brought }: NeedPanelProps) {
  const t = useWords(mineWords)
  const { period } = useWhoAndWhen()
  const isHidden = useObject('opportunity') === undefined
  const { deals: open, adjustment, isCut, isPending, error } = useOpenDeals({ node: node.id, period: period.key, end })
  const rates = useOwnRates()
  const deals = useMemo(
    () => (brought === 'count' ? open.map((deal) => ({ ...deal, amount: 1, counts: deal.chance })) : open),
    [open, brought],
  )
  const need = useMemo(
    () =>
      needToClose(Number(node.target ?? 0) - Number(node.actual ?? 0), deals, {
        winRate: rates.winRate.value,
        averageDeal: brought === 'count' ? 1 : rates.averageDeal.value,
      }),
    [node.target, node.actual, deals, brought, rates.winRate.value, rates.averageDeal.value],
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
          {brought === 'amount' && metric.key !== 'signed_amount' && <p className="muted">{t('byAmountOfDeals')}</p>}
          {need.gap > 0 && <NeedFigures need={need} rates={rates} node={node.id} brought={brought} />}
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
            <>
              {brought === 'amount' && adjustment !== null && (
                <p className="muted">{t('countsAs', { n: adjustment.toFixed(3) })}</p>
              )}
              <DealPick deals={deals} need={need} end={end} brought={brought} />
            </>
          )}
          {isCut && <p className="muted">{t('cut', { n: String(deals.length) })}</p>}
        </>
      )}
    </Panel>
  )
}

interface DealPickProps {
  readonly deals: readonly ListedDeal[]
  readonly need: Need
  readonly end: string
  readonly brought: 'amount' | 'count'
}

function DealPick({ deals, need, end, brought }: DealPickProps) {
  const t = useWords(mineWords)
  const language = useLanguage()
  const { company } = useMe()
  const [ticked, setTicked] = useState<ReadonlySet<string>>()
  const picked = ticked ?? new Set(need.pick)
  const sum = deals.filter(({ id }) => picked.has(id)).reduce((all, { amount }) => all + amount, 0)
  const left = need.gap - sum
  const money = (amount: number) =>
    exactNumber(String(Math.abs(amount)), {
      unit: brought === 'count' ? 'count' : 'money',
      currency: company.currency,
      language,
    })
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
              aria-label={deal.name ?? t('outOfSight')}
              checked={picked.has(deal.id)}
              onChange={({ target }) => tick(deal.id, target.checked)}
            />
            <DealFacts deal={deal} end={end} counts={brought === 'amount' ? money(deal.counts) : null} />
            <b className="day-row-side">
              {brought === 'amount' && <Figure value={String(deal.amount)} unit="money" currency={company.currency} />}
            </b>
          </li>
        ))}
      </ul>
    </>
  )
}

interface DealFactsProps {
  readonly deal: ListedDeal
  readonly end: string
  /** The amount that it counts as; null where deals count by their number. */
  readonly counts: string | null
}

/** What a deal is and how likely it closes, by its experience and as it states itself. */
function DealFacts({ deal, end, counts }: DealFactsProps) {
  const t = useWords(mineWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const open = useOpenRecord()
  const { id, name, account, stage, expectedOn, win, stated, inside } = deal
  const chance = { rate: percentText(win), stated: percentText(stated), inside: percentText(inside) }
  const isAsStated = stated === null || chance.stated === chance.rate
  const due =
    expectedOn === null
      ? t('noDay')
      : expectedOn >= end
        ? t('later')
        : t('due', { day: dayText(expectedOn, language, today) })
  const facts = (
    <>
      <span className="day-row-title">{name ?? t('outOfSight')}</span>
      <span className="day-row-note muted">
        {[
          account,
          stage && label(stage),
          t(isAsStated ? 'chance' : 'chanceAndStated', chance),
          counts && t('counts', { amount: counts }),
          due,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
  if (name === null) return <span className="day-row-body">{facts}</span>
  return (
    <button type="button" className="plain-button day-row-body" onClick={() => open('opportunity', id)}>
      {facts}
    </button>
  )
}
