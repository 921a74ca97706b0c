import { Suspense, useState } from 'react'
import { CopyOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { MarketSources } from '#features/market/web/index.tsx'
import { call } from '#web/api/call.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { plainDay } from '#web/kit/date-text.ts'
import { useMay, useMe } from '#web/session/me.ts'
import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { lineageRoute, metricManage, type Lineage } from '../contract.ts'
import { MetricDrawer } from './MetricDrawer.tsx'
import { metricWords } from './words.ts'
import './metrics.css'

/** How a metric is worked out: its formula with the numbers of one node and period, where these come from and go. */
export function MetricPage() {
  const t = useWords(metricWords)
  const label = useLabel()
  const mayManage = useMay(metricManage)
  const { metric = '', period, node } = useAddress()
  const [isCopying, setCopying] = useState(false)
  const query = { ...(period === undefined ? {} : { period }), ...(node === undefined ? {} : { node }) }
  const told = useQuery({
    queryKey: ['metric', metric, 'lineage', query],
    queryFn: ({ signal }) => call(lineageRoute, { params: { metric }, query, signal }),
    enabled: metric !== '',
  })
  const lineage = told.data
  const copy = lineage?.copy && mayManage && (
    <Button icon={<CopyOutlined />} onClick={() => setCopying(true)}>
      {t('copy')}
    </Button>
  )
  return (
    <BoardPage
      title={lineage ? label(lineage.label) : t('title')}
      note={lineage && t('placeAndPeriod', { node: lineage.node.name, period: label(lineage.period.label) })}
      actions={copy}
    >
      {metric === '' && <EmptyState title={t('choose')} action={<PageLink to="/own-metrics">{t('title')}</PageLink>} />}
      {metric !== '' && told.isPending && <LoadingState rows={8} />}
      {told.isError && !lineage && <ErrorState problem={told.error} onRetry={() => void told.refetch()} />}
      {lineage && (
        <>
          <FormulaCard lineage={lineage} query={query} />
          <SourcesPanel lineage={lineage} />
          {lineage.market && (
            <Suspense fallback={<LoadingState rows={2} />}>
              <MarketSources market={lineage.market} />
            </Suspense>
          )}
          <UsesPanel lineage={lineage} query={query} />
        </>
      )}
      {isCopying && lineage?.copy && (
        <MetricDrawer metric={undefined} copy={lineage.copy} onClose={() => setCopying(false)} />
      )}
    </BoardPage>
  )
}

interface PartProps {
  readonly lineage: Lineage
  readonly query: Readonly<Record<string, string>>
}

/** The formula in words, and worked with the numbers of the node. */
function FormulaCard({ lineage, query }: PartProps) {
  const t = useWords(metricWords)
  const label = useLabel()
  const { company } = useMe()
  const { worked, unit, key, from } = lineage
  const shown = (value: string | null, shownUnit: Lineage['unit']) => (
    <Figure value={value} unit={shownUnit} currency={company.currency} reason={t('noFigure')} exact />
  )
  const isDivided = worked.over !== null || worked.under !== null
  const [overUnit, underUnit] = [from[0]?.unit ?? 'count', from[1]?.unit ?? 'count']
  return (
    <Panel title={t('formula')}>
      <p>{label(lineage.formula)}</p>
      <p className="metric-worked">
        {isDivided && (
          <>
            {shown(worked.over, overUnit)} ÷ {shown(worked.under, underUnit)} ={' '}
          </>
        )}
        <b>{shown(worked.figure, unit)}</b>{' '}
        <PageLink to="/targets" search={{ metric: key, ...query, behind: lineage.node.id }}>
          {t('openRecords', { n: worked.records })}
        </PageLink>
      </p>
      <p>
        <Tag>{t(`unit_${unit}`)}</Tag>
        <Tag>{t(lineage.better)}</Tag>
        <Tag>{t('version', { n: lineage.version })}</Tag>
      </p>
    </Panel>
  )
}

function SourcesPanel({ lineage: { sources } }: Pick<PartProps, 'lineage'>) {
  const t = useWords(metricWords)
  const label = useLabel()
  if (sources.length === 0) return null
  return (
    <Panel title={t('sources')}>
      {sources.map((source, at) => (
        <dl key={at} className="metric-source" aria-label={label(source.object.label)}>
          <dt>{t('object')}</dt>
          <dd>{label(source.object.label)}</dd>
          <dt>{t('measure')}</dt>
          <dd>{label(source.measure)}</dd>
          <dt>{t('when')}</dt>
          <dd>{source.filter ? label(source.filter) : t('allRecords')}</dd>
          <dt>{t('at')}</dt>
          <dd>{label(source.date)}</dd>
          <dt>{t('credit')}</dt>
          <dd>{label(source.attribution)}</dd>
        </dl>
      ))}
    </Panel>
  )
}

/** What it is worked out from, what is worked out from it, plans, and what it counted before. */
function UsesPanel({ lineage, query }: PartProps) {
  const t = useWords(metricWords)
  const label = useLabel()
  const { company } = useMe()
  const { from, usedBy, plannedYears, versions } = lineage
  const to = (key: string) => ({ metric: key, ...query })
  return (
    <Panel title={t('uses')}>
      <dl className="metric-source">
        {from.length > 0 && <dt>{t('workedFrom')}</dt>}
        {from.map((part) => (
          <dd key={part.key}>
            <PageLink to="/metric" search={to(part.key)}>
              {label(part.label)}
            </PageLink>{' '}
            <Figure value={part.figure} unit={part.unit} currency={company.currency} reason={t('noFigure')} exact />
          </dd>
        ))}
        <dt>{t('usedBy')}</dt>
        {usedBy.length === 0 && <dd className="muted">{t('noUses')}</dd>}
        {usedBy.map((user) => (
          <dd key={user.key}>
            <PageLink to="/metric" search={to(user.key)}>
              {label(user.label)}
            </PageLink>
          </dd>
        ))}
        <dt>{t('plans')}</dt>
        <dd>{plannedYears.length === 0 ? t('noPlans') : plannedYears.join(', ')}</dd>
        {versions.length > 0 && <dt>{t('former')}</dt>}
        {versions.map(({ version, formula, from: since, until, endedBy }) => (
          <dd key={version}>
            {t('formerLine', { n: version, from: plainDay(since.slice(0, 10)), until: plainDay(until.slice(0, 10)) })}{' '}
            {label(formula)} {endedBy && <span className="muted">{t('endedBy', { name: endedBy })}</span>}
          </dd>
        ))}
      </dl>
    </Panel>
  )
}
