import type { Period } from '#engine/calendar/period.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { LandingPanel } from './LandingPanel.tsx'
import { useMetricOutlook, type MetricRow } from './use-outlook.ts'
import { outlookWords } from './words.ts'
import './outlook.css'

interface NodeLandingProps {
  readonly node: AttainmentNode
  readonly metric: MetricRow
  readonly period: Period
  readonly onRecords: (node: AttainmentNode) => void
}

/** Where the opened node lands, asked for when it is opened: the same answer as on the page of the outlook. */
export function NodeLanding({ node, metric, period, onRecords }: NodeLandingProps) {
  const t = useWords(outlookWords)
  const { today } = useMe()
  const outlook = useMetricOutlook(metric.key, node.id, period.key)
  // What was kept of the node before is not this node's.
  if (outlook.isPending || outlook.isPlaceholderData) {
    return (
      <Panel title={t('landing', { period: '' })}>
        <LoadingState rows={3} />
      </Panel>
    )
  }
  if (outlook.isError) return <ErrorState problem={outlook.error} onRetry={() => void outlook.refetch()} />
  return (
    <LandingPanel
      outlook={outlook.data}
      metric={metric}
      isOver={period.to <= today}
      onRecords={() => onRecords(node)}
    />
  )
}
