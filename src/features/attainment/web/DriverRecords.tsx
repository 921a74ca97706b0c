import { RecordsDrawer, useMetrics } from '#features/targets/web/index.tsx'
import { useLabel } from '#web/words/use-words.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import type { OpenedDriver } from './DriverEnds.tsx'

interface DriverRecordsProps extends OpenedDriver {
  readonly node: AnalysedFigure['node']
  readonly onClose: () => void
}

/** The records of the metric that a driver is read from, over the page: the figure that is taken apart stays where it is. */
export function DriverRecords({ node, name, metric: key, period, onClose }: DriverRecordsProps) {
  const label = useLabel()
  const metric = useMetrics().data?.find((each) => each.key === key)
  if (!metric) return null
  return (
    <RecordsDrawer
      figure={{ metric: key, node: node.id, period: period.key }}
      metric={metric}
      name={[node.name, name, label(period.label)].join(' · ')}
      onClose={onClose}
    />
  )
}
