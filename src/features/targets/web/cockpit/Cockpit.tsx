import { Breadcrumb, Button } from 'antd'
import { useCallback, useMemo } from 'react'
import { RecreditHint, StructureChoice } from '#features/org/web/index.tsx'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import { fiscalYearOf, readPeriod } from '#engine/calendar/period.ts'
import { percentText } from '#web/kit/number-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMay, useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { Ring } from '../terrace/Ring.tsx'
import { MetricPicker } from '../MetricPicker.tsx'
import { TargetTabs } from '../TargetTabs.tsx'
import { Terrace } from '../terrace/Terrace.tsx'
import { isBare, wayTo } from '../terrace/tier.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
import { BehindList } from './BehindList.tsx'
import type { CockpitExtension } from './extension.ts'
import { GapPanel } from './GapPanel.tsx'
import { KeyFigures } from './KeyFigures.tsx'
import { NothingYet } from './NothingYet.tsx'
import { TierTable } from './TierTable.tsx'
import { TrendPanel } from './TrendPanel.tsx'
import { useAttainmentTree, useShownMetric, type AttainmentTree, type MetricRow } from './use-attainment.ts'
import { cockpitWords } from './words.ts'
import './cockpit.css'

const usualMetric = 'signed_amount'

interface CockpitProps {
  readonly extension: CockpitExtension
}

/** The home of targets. */
export function Cockpit({ extension }: CockpitProps) {
  const { useShownTree, ShownPicker } = extension
  const t = useWords(cockpitWords)
  const address = useAddress()
  const { period } = useWhoAndWhen()
  const { metrics, metric, key, hasNone } = useShownMetric(address['metric'] ?? usualMetric)
  const on = address['on']
  const live = useAttainmentTree(key, period.key, !hasNone && on === undefined)
  const past = useShownTree(key, period.key, on)
  const tree = on === undefined ? live : past
  const picker = metric && (
    <>
      <StructureChoice />
      <MetricPicker metric={metric} />
      <ShownPicker metric={metric.key} period={period.key} />
    </>
  )
  if (hasNone) {
    return (
      <BoardPage title={t('title')} bar={<TargetTabs />}>
        <EmptyState title={t('noMetrics')} text={t('noMetricsText')} />
      </BoardPage>
    )
  }
  const failed = metrics.error ?? (metric && tree.error)
  if (failed) {
    return (
      <BoardPage title={t('title')} actions={picker} bar={<TargetTabs />}>
        <ErrorState problem={failed} onRetry={() => void Promise.all([tree.refetch(), metrics.refetch()])} />
      </BoardPage>
    )
  }
  if (!tree.data || !metric) {
    return (
      <BoardPage title={t('title')} actions={picker} bar={<TargetTabs />}>
        <LoadingState rows={12} />
      </BoardPage>
    )
  }
  return (
    <CockpitBoard
      tree={tree.data}
      shown={on === undefined ? undefined : past.data?.shown}
      metric={metric}
      picker={picker}
      isStale={tree.isPlaceholderData}
      extension={extension}
    />
  )
}

interface CockpitBoardProps {
  readonly tree: AttainmentTree
  readonly metric: MetricRow
  readonly picker: React.ReactNode
  readonly isStale: boolean
  /** Of which day the figures are, where they are not those of now. */
  readonly shown: { readonly on: string; readonly isClosing: boolean } | undefined
  readonly extension: CockpitExtension
}

function CockpitBoard({ tree, metric, picker, isStale, shown, extension }: CockpitBoardProps) {
  const { AnalysisPanel, NodeLanding, ShownNote } = extension
  const t = useWords(cockpitWords)
  const label = useLabel()
  const { company, today } = useMe()
  const mayMarket = useMay('market.manage')
  const { node: wanted, period } = useWhoAndWhen()
  const change = useChangeAddress()
  const { behind, structure } = useAddress()
  const way = useMemo(() => (wanted ? wayTo<AttainmentNode>(tree, wanted) : [tree]), [tree, wanted])
  const focus = way.at(-1)
  const addsUp = metric.kind === 'flow'
  const goDown = useCallback(
    (node: AttainmentNode) => change({ node: node.id === tree.id ? undefined : node.id, behind: undefined }),
    [change, tree.id],
  )
  const openRecords = useCallback((node: AttainmentNode) => change({ behind: node.id }), [change])

  if (!focus) {
    return (
      <BoardPage title={t('title')} actions={picker} bar={<TargetTabs />}>
        <EmptyState
          title={t('nodeGone')}
          action={<Button onClick={() => change({ node: undefined })}>{t('toTop')}</Button>}
        />
      </BoardPage>
    )
  }
  const figure = { metric: metric.key, node: focus.id, period: period.key }
  const isPerson = focus.children.length === 0
  const crumbs = way.length > 1 && (
    <nav aria-label={t('crumbs')}>
      <Breadcrumb
        items={way.map((node, at) => ({
          key: node.id,
          title:
            at === way.length - 1 ? (
              <span aria-current="page">{node.name}</span>
            ) : (
              <button type="button" className="plain-button crumb" onClick={() => goDown(node)}>
                {node.name}
              </button>
            ),
        }))}
      />
    </nav>
  )
  const behindNode = behind ? wayTo<AttainmentNode>(tree, behind).at(-1) : undefined
  return (
    <BoardPage
      title={`${focus.name} · ${label(metric.label)}`}
      note={
        <>
          {label(period.label)}{' '}
          <PageLink to="/metric" search={figure}>
            {t('howWorked')}
          </PageLink>
          <RecreditHint />
          {tree.meta.draftId !== null && (
            <span role="status" className="recredit-hint">
              {t(tree.meta.planId === null ? 'draftOnly' : 'draftBeside')}
            </span>
          )}
          {tree.meta.fill !== 'ready' && (
            <span role="status" className="recredit-hint">
              {t(tree.meta.fill === 'filling' ? 'filling' : 'notComplete')}
            </span>
          )}
        </>
      }
      crumbs={crumbs}
      actions={picker}
      bar={<TargetTabs />}
    >
      <div className="cockpit" data-stale={isStale}>
        {shown && <ShownNote shown={shown} />}
        {isMissingMarket(focus, metric) ? (
          <Panel>
            <EmptyState
              title={t('noMarketTitle')}
              text={mayMarket ? t('noMarketText') : `${t('noMarketText')}${t('noMarketAsk')}`}
              action={mayMarket && <PageLink to="/market">{t('toMarket')}</PageLink>}
            />
          </Panel>
        ) : isBare(tree) ? (
          <Panel>
            <NothingYet onLastYear={() => change({ period: yearBefore(period.key, company.calendar, today) })} />
          </Panel>
        ) : (
          <>
            <Panel className={isPerson ? 'cockpit-person' : ''}>
              {isPerson ? (
                <div className="cockpit-ring">
                  <Ring tier={focus} size={168} />
                </div>
              ) : (
                <Terrace
                  root={focus}
                  unit={metric.unit}
                  currency={company.currency}
                  addsUp={addsUp}
                  onGoDown={goDown}
                  onGoUp={way.length > 1 ? () => goDown(way.at(-2) ?? tree) : undefined}
                />
              )}
              <KeyFigures
                node={focus}
                meta={tree.meta}
                metric={metric}
                currency={company.currency}
                onRecords={() => openRecords(focus)}
                onPlan={undefined}
              />
            </Panel>
            <div className="cockpit-columns">
              <div className="cockpit-main">
                {isPerson ? (
                  <Panel title={t('records', { name: focus.name })} flush className="cockpit-records">
                    <BehindList figure={figure} metric={metric} currency={company.currency} shown={focus.actual} />
                  </Panel>
                ) : (
                  <Panel title={metric.unit === 'money' ? `${t('tiers')} (${company.currency})` : t('tiers')} flush>
                    <TierTable
                      key={focus.id}
                      root={focus}
                      metric={metric}
                      currency={company.currency}
                      period={period}
                      onGo={goDown}
                      onRecords={openRecords}
                    />
                    {hasStrays(focus) && (
                      <p className="muted tier-strays">{t(metric.kind === 'stock' ? 'straysOfLevel' : 'strays')}</p>
                    )}
                  </Panel>
                )}
                {!shown && (
                  <AnalysisPanel
                    node={focus}
                    metric={metric}
                    currency={company.currency}
                    period={period}
                    onGo={goDown}
                    onRecords={openRecords}
                  />
                )}
              </div>
              <div className="cockpit-side">
                {!isPerson && (
                  <GapPanel
                    node={focus}
                    metric={metric}
                    currency={company.currency}
                    onGo={goDown}
                    onRecords={openRecords}
                  />
                )}
                {!shown && structure === undefined && (
                  <NodeLanding node={focus} metric={metric} period={period} onRecords={openRecords} />
                )}
                <TrendPanel
                  figure={figure}
                  name={focus.name}
                  metric={metric}
                  currency={company.currency}
                  onMonth={(month) => change({ period: month })}
                />
              </div>
            </div>
          </>
        )}
      </div>
      {behindNode && (
        <BehindDrawer
          title={t('records', { name: behindNode.name })}
          note={`${label(metric.label)} · ${label(period.label)} · ${t('attainment')} ${percentText(behindNode.attainment)}`}
          onClose={() => change({ behind: undefined })}
        >
          <BehindList
            figure={{ ...figure, node: behindNode.id }}
            metric={metric}
            currency={company.currency}
            shown={behindNode.actual}
          />
        </BehindDrawer>
      )}
    </BoardPage>
  )
}

/** Results that belong to no unit stand in a node of their own. */
const hasStrays = ({ children }: AttainmentNode): boolean =>
  children.some(({ kind, unitId }) => kind === 'unit' && unitId === null)

/** Nothing here or below can be worked out, though it may well have been sold. */
function isMissingMarket(node: AttainmentNode, metric: MetricRow): boolean {
  return metric.needsGiven && withoutActual(node)
}

const withoutActual = ({ actual, children }: AttainmentNode): boolean =>
  Number(actual ?? 0) === 0 && children.every(withoutActual)

function yearBefore(key: string, calendar: FiscalCalendar, today: string): string {
  const read = readPeriod(key, calendar)
  return String((read.ok ? read.period.year : fiscalYearOf(today, calendar)) - 1)
}
