import { Suspense } from 'react'
import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import {
  hasTarget,
  MetricPicker,
  noDailyNeed,
  ownNode,
  RecordsDrawer,
  Ring,
  TargetTabs,
  useAttainmentTree,
  useShownMetric,
  type AttainmentTree,
  type MetricRow,
} from '#features/targets/web/index.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { differenceUnit, exactNumber } from '#web/kit/number-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useLeads, useMe } from '#web/session/me.ts'
import { OwnAgreements } from '#features/agreements/web/index.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { OwnTargets } from './OwnTargets.tsx'
import { WhatToClose } from './WhatToClose.tsx'
import { mineWords } from './words.ts'
import './mine.css'

const usualMetric = 'signed_amount'

/** The own target: how far it is, and what has to be closed to reach it. Made for a phone first. */
export function MyTargetPage() {
  const t = useWords(mineWords)
  const label = useLabel()
  const { period } = useWhoAndWhen()
  const { metrics, metric, key, hasNone } = useShownMetric(useAddress()['metric'] ?? usualMetric)
  const tree = useAttainmentTree(key, period.key, !hasNone)
  const { workdays = 0, workdaysElapsed = 0 } = tree.data?.meta.period ?? {}
  const failed = metrics.error ?? (metric && tree.error)
  return (
    <BoardPage
      title={t('title')}
      note={t('note', { period: label(period.label), n: String(workdays - workdaysElapsed) })}
      bar={<TargetTabs />}
      actions={metric && <MetricPicker metric={metric} />}
    >
      {failed ? (
        <ErrorState problem={failed} onRetry={() => void Promise.all([metrics.refetch(), tree.refetch()])} />
      ) : hasNone ? (
        <EmptyState title={t('noTarget')} />
      ) : !metric || !tree.data ? (
        <LoadingState rows={8} />
      ) : (
        <Mine metric={metric} tree={tree.data} />
      )}
      <div className="mine">
        <OwnAgreements year={period.year} />
      </div>
    </BoardPage>
  )
}

function Mine({ metric, tree }: { readonly metric: MetricRow; readonly tree: AttainmentTree }) {
  const t = useWords(mineWords)
  const { person } = useMe()
  const isLead = useLeads()
  const { period } = useWhoAndWhen()
  const node = ownNode(tree, { personId: person.id, isLead })
  // Who moved has the two places together.
  const { children } = node
  const isOwn =
    node.kind === 'person' || (children.length > 0 && children.every(({ personId }) => personId === person.id))
  return (
    <div className="mine">
      <Panel title={isOwn ? t('standing') : node.name}>
        {hasTarget(node) ? (
          <Standing node={node} metric={metric} />
        ) : (
          <EmptyState title={t('noTarget')} text={t('noTargetText')} />
        )}
      </Panel>
      {isOwn && hasTarget(node) && <WhatToClose node={node} metric={metric} end={period.to} />}
      <OwnTargets shown={metric.key} />
    </div>
  )
}

function Standing({ node, metric }: { readonly node: AttainmentNode; readonly metric: MetricRow }) {
  const t = useWords(mineWords)
  const language = useLanguage()
  const { company } = useMe()
  const change = useChangeAddress()
  const { behind } = useAddress()
  const { period } = useWhoAndWhen()
  const shared = { unit: metric.unit, currency: company.currency }
  const gapUnit = differenceUnit(metric.unit)
  const noDaily = noDailyNeed(metric)
  // Whichever way is better.
  const over = node.gap === null ? null : -readAmount(node.gap)
  return (
    <div className="mine-standing">
      <Suspense fallback={<LoadingState rows={3} />}>
        <Ring tier={node} size={148} />
      </Suspense>
      <dl className="spread-facts">
        <div>
          <dt>{t('actual')}</dt>
          <dd>
            <Figure
              {...shared}
              value={node.actual}
              label={t('records', { what: t('actual') })}
              onOpen={() => change({ behind: metric.key })}
            />
          </dd>
        </div>
        <div>
          <dt>{t('target')}</dt>
          <dd>
            <Figure {...shared} value={node.target} />
          </dd>
        </div>
        {over !== null && over < 0n && (
          <>
            <div>
              <dt>{t('missing')}</dt>
              <dd>
                <Figure {...shared} unit={gapUnit} value={node.gap} />
              </dd>
            </div>
            <div>
              <dt>{t('perDay')}</dt>
              <dd>
                <Figure {...shared} value={node.requiredPerDay} />
                {noDaily && <small className="muted"> {t(noDaily)}</small>}
              </dd>
            </div>
          </>
        )}
      </dl>
      {over !== null && over >= 0n && (
        <p className="mine-reached" role="status">
          {t('reached', { amount: exactNumber(writeAmount(over), { ...shared, unit: gapUnit, language }) })}
        </p>
      )}
      {behind === metric.key && (
        <Suspense>
          <RecordsDrawer
            figure={{ metric: metric.key, node: node.id, period: period.key }}
            metric={metric}
            name={node.name}
            shown={node.actual}
            onClose={() => change({ behind: undefined })}
          />
        </Suspense>
      )}
    </div>
  )
}
