import { useMe } from '#web/session/me.ts'
import type { Period } from '#engine/calendar/period.ts'
import { LandingPanel } from './LandingPanel.tsx'
import { useMetricOutlook, useMetrics } from './use-outlook.ts'
import './outlook.css'

interface StatedLandingProps {
  /** The top in reach unless told. */
  readonly node: string | undefined
  readonly period: Pick<Period, 'key' | 'to'>
}

/**
 * Where the signed amount of a period lands by all that is known: the one answer, beside a screen that tells a part of
 * it. Nothing where its metric is out of sight.
 */
export function StatedLanding({ node, period }: StatedLandingProps) {
  const { today } = useMe()
  const metric = useMetrics().data?.find(({ key }) => key === 'signed_amount')
  const outlook = useMetricOutlook('signed_amount', node, period.key)
  if (!metric || !outlook.data || outlook.isPlaceholderData) return null
  return <LandingPanel outlook={outlook.data} metric={metric} isOver={period.to <= today} />
}
