import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMay } from '#web/session/me.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { marketManage } from '#features/market/contract.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ListedMetric } from '../contract.ts'
import { MetricDrawer } from './MetricDrawer.tsx'
import { MetricLine } from './MetricLine.tsx'
import { useOwnMetrics } from './use-own-metrics.ts'
import { metricWords } from './words.ts'
import './metrics.css'

/** All metrics with what they count; the company's own can be changed. */
export function MetricsPage() {
  const t = useWords(metricWords)
  const listed = useOwnMetrics()
  const [edited, setEdited] = useState<ListedMetric | 'new'>()
  const metrics = listed.data?.metrics ?? []
  const own = metrics.filter((metric) => metric.own !== null)
  const mayMarket = useMay(marketManage)
  const add = (
    <>
      {mayMarket && <PageLink to="/market">{t('market')}</PageLink>}
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
        {t('add')}
      </Button>
    </>
  )
  const lines = (some: readonly ListedMetric[]) => (
    <ul className="metric-lines">
      {some.map((metric) => (
        <MetricLine key={metric.key} metric={metric} onEdit={() => setEdited(metric)} />
      ))}
    </ul>
  )
  return (
    <BoardPage title={t('title')} note={t('note')} actions={add}>
      {listed.isPending && <LoadingState rows={8} />}
      {listed.isError && !listed.data && <ErrorState problem={listed.error} onRetry={() => void listed.refetch()} />}
      {listed.data && (
        <>
          <Panel title={t('own')} flush>
            {own.length > 0 ? lines(own) : <p className="muted metric-empty">{t('ownEmpty')}</p>}
          </Panel>
          <Panel title={t('standard')} flush>
            {lines(metrics.filter((metric) => metric.own === null))}
          </Panel>
        </>
      )}
      {edited && <MetricDrawer metric={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </BoardPage>
  )
}
