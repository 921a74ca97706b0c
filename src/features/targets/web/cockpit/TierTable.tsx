import { useMemo, useState } from 'react'
import type { Period } from '#engine/calendar/period.ts'
import { AttainmentBar } from '#web/kit/AttainmentBar.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { differenceUnit, type NumberUnit } from '#web/kit/number-text.ts'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateColor, stateOf } from '#web/kit/state.ts'
import { TreeTable, type TreeColumn } from '#web/kit/TreeTable.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { hasTarget, waterOf } from '../terrace/tier.ts'
import type { MetricRow } from './use-attainment.ts'
import { paceText } from './pace-text.ts'
import { Sparkline } from './Sparkline.tsx'
import { orderedChildren } from './tier-order.ts'
import { useReason } from './use-reason.ts'
import { cockpitWords } from './words.ts'

interface TierTableProps {
  readonly root: AttainmentNode
  readonly metric: MetricRow
  readonly currency: string
  readonly period: Period
  readonly onGo: (node: AttainmentNode) => void
  readonly onRecords: (node: AttainmentNode) => void
}

const keyOf = (node: AttainmentNode) => node.id
const nameOf = (node: AttainmentNode) => node.name

/** Every tier with its figures; a tree on a desk, cards in the hand. */
export function TierTable(props: TierTableProps) {
  return useIsPhone() ? <TierCards {...props} /> : <TierRows {...props} />
}

function TierRows({ root, metric, currency, period, onGo, onRecords }: TierTableProps) {
  const t = useWords(cockpitWords)
  const language = useLanguage()
  const reason = useReason()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const open = useMemo(() => new Set([root.id, ...opened].filter((id) => !closed.has(id))), [root.id, opened, closed])
  const toggle = (id: string, isOpen: boolean) => {
    const edited = (from: ReadonlySet<string>, isIn: boolean) =>
      new Set([...from].filter((other) => other !== id).concat(isIn ? [id] : []))
    setOpened(edited(opened, isOpen))
    setClosed(edited(closed, !isOpen))
  }
  const columns = useMemo((): readonly TreeColumn<AttainmentNode>[] => {
    const figure = (
      node: AttainmentNode,
      value: string | null,
      what: string,
      isLink = true,
      unit: NumberUnit = metric.unit,
    ) => (
      <Figure
        value={value}
        unit={unit}
        currency={currency}
        reason={reason(node.reason)}
        label={t('openRecords', { name: node.name, what })}
        onOpen={isLink ? () => onRecords(node) : undefined}
      />
    )
    return [
      {
        key: 'name',
        title: t('tier'),
        width: 'minmax(116px, 1.6fr)',
        cell: (node) => (
          <>
            <button type="button" tabIndex={0} className="plain-button tier-name ellipsis" onClick={() => onGo(node)}>
              {node.name}
            </button>
            {node.tier && <span className="tier-word">{node.tier}</span>}
          </>
        ),
      },
      {
        key: 'actual',
        title: t('actual'),
        width: '92px',
        align: 'right',
        cell: (node) => figure(node, node.actual, t('actual')),
      },
      {
        key: 'target',
        title: t('target'),
        width: '92px',
        align: 'right',
        cell: (node) => figure(node, node.target, t('target'), false),
      },
      {
        key: 'attainment',
        title: t('attainment'),
        width: 'minmax(124px, 1fr)',
        cell: (node) => <AttainmentBar ratio={node.attainment} elapsed={waterOf(node)} state={stateOf(node.light)} />,
      },
      {
        key: 'trend',
        title: t('trend'),
        width: '93px',
        cell: (node) => <Sparkline node={node} metric={metric} currency={currency} year={String(period.year)} />,
      },
      {
        key: 'pace',
        title: t('pace'),
        width: '166px',
        align: 'right',
        cell: (node) => (
          <span className="tier-pace num" style={{ color: stateColor(stateOf(node.light)) }}>
            {paceText(node.pace, metric.kind, language)}
            <StateMark state={stateOf(node.light)} reason={node.reason} />
          </span>
        ),
      },
      {
        key: 'gap',
        title: t('gap'),
        width: '92px',
        align: 'right',
        cell: (node) => figure(node, hasTarget(node) ? node.gap : null, t('gap'), true, differenceUnit(metric.unit)),
      },
    ]
  }, [t, language, metric, currency, period.year, reason, onGo, onRecords])

  return (
    <TreeTable
      label={t('tiers')}
      roots={[root]}
      columns={columns}
      keyOf={keyOf}
      childrenOf={orderedChildren}
      nameOf={nameOf}
      open={open}
      onToggle={toggle}
      onChoose={onGo}
      height={520}
    />
  )
}

function TierCards({ root, metric, currency, period, onGo, onRecords }: TierTableProps) {
  const t = useWords(cockpitWords)
  return (
    <div className="card-list tier-cards">
      {orderedChildren(root).map((node) => (
        <div key={node.id} className="card-row tier-card">
          <button type="button" className="plain-button tier-card-head" onClick={() => onGo(node)}>
            <b className="ellipsis">{node.name}</b>
            <StateMark state={stateOf(node.light)} reason={node.reason} />
          </button>
          <div className="tier-card-course">
            <AttainmentBar ratio={node.attainment} elapsed={waterOf(node)} state={stateOf(node.light)} />
            <Sparkline node={node} metric={metric} currency={currency} year={String(period.year)} />
          </div>
          <div className="tier-card-figures num">
            <span>
              <small>{t('actual')}</small>
              <Figure
                value={node.actual}
                unit={metric.unit}
                currency={currency}
                label={t('openRecords', { name: node.name, what: t('actual') })}
                onOpen={() => onRecords(node)}
              />
            </span>
            <span>
              <small>{t('target')}</small>
              <Figure value={node.target} unit={metric.unit} currency={currency} />
            </span>
            <span>
              <small>{t('gap')}</small>
              <Figure
                value={hasTarget(node) ? node.gap : null}
                unit={differenceUnit(metric.unit)}
                currency={currency}
              />
            </span>
          </div>
        </div>
      ))}
    </div>
  )
}
