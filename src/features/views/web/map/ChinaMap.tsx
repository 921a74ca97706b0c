import { useMemo } from 'react'
import { MapChart } from 'echarts/charts'
import { VisualMapComponent } from 'echarts/components'
import { registerMap, use as register, type EChartsCoreOption } from 'echarts/core'
import { ChartCanvas } from '#web/kit/ChartCanvas.tsx'
import { colorsOf, sequential } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import china from './china.json' with { type: 'json' }

register([MapChart, VisualMapComponent])
// Under this name the islands of the South China Sea are drawn beside it.
registerMap('china', china as unknown as Parameters<typeof registerMap>[1])

/** A province on the map. */
export interface MapFigure {
  /** Two digits. */
  readonly code: string
  readonly value: number
  /** What the tooltip says. */
  readonly text: string
}

interface ChinaMapProps {
  readonly label: string
  readonly figures: readonly MapFigure[]
  readonly height: number
  readonly onPick: (code: string) => void
}

const codeOf = new Map(china.features.map(({ id, properties }) => [properties.name, id.slice(0, 2)]))

/** China by province, darker where the figure is larger. */
export function ChinaMap({ label, figures, height, onPick }: ChinaMapProps) {
  const tone = useTone()
  const option = useMemo((): EChartsCoreOption => {
    const colors = colorsOf[tone]
    const byCode = new Map(figures.map((figure) => [figure.code, figure]))
    return {
      tooltip: { trigger: 'item', formatter: ({ data }: { data?: { text?: string } }) => data?.text ?? '' },
      visualMap: {
        min: 0,
        max: Math.max(1, ...figures.map(({ value }) => value)),
        show: false,
        inRange: { color: [...sequential[tone]] },
      },
      series: [
        {
          type: 'map',
          map: 'china',
          top: 8,
          bottom: 8,
          selectedMode: false,
          itemStyle: { areaColor: colors.basin, borderColor: colors.line },
          emphasis: { label: { show: false }, itemStyle: { areaColor: colors.harvest } },
          data: [...codeOf].flatMap(([name, code]) => {
            const figure = byCode.get(code)
            return figure ? [{ name, value: figure.value, text: figure.text }] : []
          }),
        },
      ],
    }
  }, [figures, tone])
  const pick = useMemo(
    () => (name: string) => {
      const code = codeOf.get(name)
      if (code !== undefined) onPick(code)
    },
    [onPick],
  )
  return <ChartCanvas option={option} height={height} label={label} onPick={pick} />
}
