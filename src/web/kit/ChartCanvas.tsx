import { useEffect, useRef } from 'react'
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use as register, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { categorical, colorsOf } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import { useIsPrinting } from './use-is-printing.ts'

register([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  MarkLineComponent,
  AriaComponent,
  CanvasRenderer,
])

interface ChartCanvasProps {
  readonly option: EChartsCoreOption
  readonly height: number
  readonly label: string
  readonly onPick?: (key: string) => void
}

/** The drawing itself, with the product's colours and fonts in both themes. */
export function ChartCanvas({ option, height, label, onPick }: ChartCanvasProps) {
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  const tone = useTone()
  const isPrinting = useIsPrinting()

  useEffect(() => {
    if (!holder.current) return undefined
    const made = init(holder.current)
    chart.current = made
    // A canvas that is resized is empty until the next frame, which paper does not wait for.
    const observer = new ResizeObserver(() => !window.matchMedia('print').matches && made.resize())
    observer.observe(holder.current)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    const colors = colorsOf[tone]
    chart.current?.setOption(
      {
        color: [...categorical[tone]],
        textStyle: { color: colors.ink2, fontFamily: getComputedStyle(document.body).fontFamily },
        animation: !isPrinting,
        animationDuration: 300,
        ...option,
      },
      { notMerge: true },
    )
  }, [option, tone, isPrinting])

  useEffect(() => {
    const drawn = chart.current
    if (!drawn || !onPick) return undefined
    drawn.on('click', (event) => onPick(event.name))
    return () => void drawn.off('click')
  }, [onPick])

  return <div ref={holder} className="chart" role="img" aria-label={label} style={{ height, width: '100%' }} />
}
