import { MetricPicker, TargetTabs } from '#features/targets/web/index.tsx'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { BackTestPanel } from './BackTestPanel.tsx'
import { BehindOutlook } from './BehindOutlook.tsx'
import { FanPanel } from './FanPanel.tsx'
import { LandingPanel } from './LandingPanel.tsx'
import { useOpenBehind } from './use-open-behind.ts'
import { useMetricOutlook, useMetrics } from './use-outlook.ts'
import { outlookWords } from './words.ts'
import './outlook.css'

/** What is to come of a metric at the node in the header, and how right such forecasts were. */
export function OutlookPage() {
  const t = useWords(outlookWords)
  const label = useLabel()
  const address = useAddress()
  const { node, period } = useWhoAndWhen()
  const { today } = useMe()
  const openBehind = useOpenBehind()
  const metrics = useMetrics()
  const wanted = address['metric'] ?? 'signed_amount'
  const metric = metrics.data?.find(({ key }) => key === wanted) ?? metrics.data?.[0]
  const outlook = useMetricOutlook(metric?.key ?? wanted, node, period.key)
  const actions = metric && <MetricPicker metric={metric} />
  const failed = metrics.error ?? outlook.error
  const title = outlook.data && metric ? `${outlook.data.name} · ${label(metric.label)}` : t('title')
  return (
    <BoardPage title={title} note={`${t('title')} · ${label(period.label)}`} actions={actions} bar={<TargetTabs />}>
      {failed ? (
        <ErrorState problem={failed} onRetry={() => void Promise.all([metrics.refetch(), outlook.refetch()])} />
      ) : !outlook.data || !metric ? (
        <LoadingState rows={12} />
      ) : outlook.data.forecast.length === 0 ? (
        <EmptyState title={t('noData')} />
      ) : (
        <div className="outlook" data-stale={outlook.isPlaceholderData}>
          <div className="outlook-main">
            <FanPanel outlook={outlook.data} metric={metric} />
            <BackTestPanel outlook={outlook.data} metric={metric} />
          </div>
          <div className="outlook-side">
            <LandingPanel
              outlook={outlook.data}
              metric={metric}
              isOver={period.to <= today}
              onRecords={() => openBehind({ of: 'records', metric: metric.key, period: period.key })}
              onDriver={(kind) => openBehind({ of: 'driver', kind })}
            />
          </div>
          <BehindOutlook outlook={outlook.data} metric={metric} node={node} />
        </div>
      )}
    </BoardPage>
  )
}
