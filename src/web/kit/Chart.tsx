import { lazy, Suspense } from 'react'
import { Skeleton } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'

const ChartCanvas = lazy(async () => ({ default: (await import('./ChartCanvas.tsx')).ChartCanvas }))

interface ChartProps {
  readonly option: EChartsCoreOption
  readonly height: number
  /** What the chart says, in words: charts are pictures to a screen reader. */
  readonly label: string
  readonly onPick?: (key: string) => void
}

/** A chart; the drawing library is loaded only where one is shown. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: props.height }} />}>
      <ChartCanvas {...props} />
    </Suspense>
  )
}
