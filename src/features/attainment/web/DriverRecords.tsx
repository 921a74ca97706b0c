import { BehindDrawer, BehindList, useMetrics } from '#features/targets/web/index.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import type { OpenedDriver } from './DriverEnds.tsx'
import { driverWords } from './driver-words.ts'

interface DriverRecordsProps extends OpenedDriver {
  readonly node: AnalysedFigure['node']
  readonly currency: string
  readonly onClose: () => void
}

/** The records of the metric that a driver is read from, over the page: the figure that is taken apart stays where it is. */
export function DriverRecords({ node, currency, name, metric: key, period, onClose }: DriverRecordsProps) {
  const t = useWords(driverWords)
  const label = useLabel()
  const metric = useMetrics().data?.find((each) => each.key === key)
  if (!metric) return null
  return (
    <BehindDrawer
      title={t('records', { name, period })}
      note={`${node.name} · ${label(metric.label)}`}
      onClose={onClose}
    >
      <BehindList figure={{ metric: key, node: node.id, period }} metric={metric} currency={currency} shown={null} />
    </BehindDrawer>
  )
}
