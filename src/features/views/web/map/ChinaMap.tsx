import { useMemo } from 'react'
import { MapChart } from 'echarts/charts'
import { VisualMapComponent } from 'echarts/components'
import { registerMap, use as register, type EChartsCoreOption } from 'echarts/core'
import { regions } from '#engine/region/regions.ts'
import { ChartCanvas } from '#web/kit/ChartCanvas.tsx'
import { everyDigit } from '#web/kit/number-text.ts'
import { useMe } from '#web/session/me.ts'
import { colorsOf, sequential } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import { useLanguage } from '#web/words/use-words.ts'
import type { ProvinceFigure } from './by-province.ts'
import china from './china.json' with { type: 'json' }

register([MapChart, VisualMapComponent])
// Under this name the islands of the South China Sea are drawn beside it.
registerMap('china', china as unknown as Parameters<typeof registerMap>[1])

interface ChinaMapProps {
  readonly label: string
  readonly figures: readonly ProvinceFigure[]
  readonly unit: 'money' | 'count'
  /** Shows what is summed; else the number of records. */
  readonly isSum: boolean
  readonly height: number
  readonly onPick: (code: string) => void
}

const codeOf = new Map(china.features.map(({ id, properties }) => [properties.name, id.slice(0, 2)]))

/** China by province, darker where the figure is larger. */
export function ChinaMap({ label, figures, unit, isSum, height, onPick }: ChinaMapProps) {
  const tone = useTone()
  const language = useLanguage()
  const { currency } = useMe().company
  const option = useMemo((): EChartsCoreOption => {
    const colors = colorsOf[tone]
    const drawn = figures.flatMap((one) => (one.code === undefined ? [] : [{ ...one, code: one.code }]))
    const byCode = new Map(drawn.map((one) => [one.code, one]))
    const valueOf = (one: ProvinceFigure) => (isSum ? one.sum : String(one.count))
    return {
      tooltip: { trigger: 'item', formatter: ({ data }: { data?: { text?: string } }) => data?.text ?? '' },
      visualMap: {
        min: 0,
        max: Math.max(1, ...drawn.map((one) => Number(valueOf(one)))),
        show: false,
        inRange: { color: [...sequential[tone]] },
      },
      series: [
        {
          type: 'map',
          map: 'china',
          layoutCenter: ['50%', '50%'],
          layoutSize: '118%',
          selectedMode: false,
          itemStyle: { areaColor: colors.basin, borderColor: colors.surface },
          emphasis: { label: { show: false }, itemStyle: { areaColor: colors.harvest } },
          data: [
            // The islands and their line have no figure, and must be seen all the same.
            {
              name: '南海诸岛',
              itemStyle: { areaColor: colors.ink3, borderColor: colors.ink3 },
              emphasis: { disabled: true },
            },
            ...[...codeOf].flatMap(([name, code]) => {
              const figure = byCode.get(code)
              if (!figure) return []
              const value = valueOf(figure)
              const text = `${regions.nameOf(code, language)} ${everyDigit(value, { unit, language, currency })}`
              return [{ name, value: Number(value), text }]
            }),
          ],
        },
      ],
    }
  }, [figures, tone, isSum, unit, language, currency])
  const pick = (name: string) => {
    const code = codeOf.get(name)
    if (code !== undefined) onPick(code)
  }
  return <ChartCanvas option={option} height={height} label={label} onPick={pick} />
}
