import { useMemo, useState } from 'react'
import type { EChartsCoreOption } from 'echarts/core'
import { Chart } from '#web/kit/Chart.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { colorsOf } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import { useWords } from '#web/words/use-words.ts'
import { thresholds, type Health } from '../health-contract.ts'
import { reorganisationWords } from './words.ts'

/** How many units have so many led directly; a bar opens to the units. */
export function SpanChart({ health: { spans } }: { readonly health: Health }) {
  const t = useWords(reorganisationWords)
  const tone = useTone()
  const [picked, setPicked] = useState<string>()
  const option = useMemo((): EChartsCoreOption => {
    const colors = colorsOf[tone]
    const isOut = (span: number) => span > thresholds.spanMost || span < thresholds.spanLeast
    const part = (name: string, color: string, isIn: (span: number) => boolean) => ({
      type: 'bar',
      stack: 'units',
      name,
      color,
      barMaxWidth: 28,
      itemStyle: { borderRadius: [3, 3, 0, 0] },
      data: spans.map(({ span, units }) => (isIn(span) ? units.length : '-')),
    })
    return bars(colors, {
      names: spans.map(({ span }) => String(span)),
      series: [
        part(t('withinBounds'), colors.crop, (span) => !isOut(span)),
        part(t('outOfBounds'), colors.behind, isOut),
      ],
    })
  }, [spans, tone, t])
  const units = spans.find(({ span }) => String(span) === picked)?.units ?? []
  return (
    <>
      <Chart option={option} height={200} label={t('spanChart')} onPick={setPicked} />
      {units.length > 0 && (
        <p className="reorg-owned">
          <b className="num">{`${t('span')} ${picked ?? ''}:`}</b>
          {units.map((unit) => (
            <PageLink key={unit.id} to="/org" search={{ find: unit.name }}>
              {unit.name}
            </PageLink>
          ))}
        </p>
      )}
      <div className="visually-hidden">
        <table>
          <caption>{t('spanChart')}</caption>
          <tbody>
            {spans.map(({ span, units: led }) => (
              <tr key={span}>
                <th scope="row">{span}</th>
                <td>{led.map((unit) => unit.name).join('、')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** Units and people by layer. */
export function LayerChart({ health: { layers } }: { readonly health: Health }) {
  const t = useWords(reorganisationWords)
  const tone = useTone()
  const option = useMemo((): EChartsCoreOption => {
    const colors = colorsOf[tone]
    return bars(colors, {
      names: layers.map(({ depth }) => t('layer', { n: depth + 1 })),
      series: [
        { type: 'bar', name: t('units'), barMaxWidth: 24, data: layers.map((one) => one.units), color: colors.gold },
        { type: 'bar', name: t('people'), barMaxWidth: 24, data: layers.map((one) => one.people), color: colors.crop },
      ],
    })
  }, [layers, tone, t])
  return (
    <>
      <Chart option={option} height={200} label={t('layerChart')} />
      <div className="visually-hidden">
        <table>
          <caption>{t('layerChart')}</caption>
          <tbody>
            {layers.map((one) => (
              <tr key={one.depth}>
                <th scope="row">{t('layer', { n: one.depth + 1 })}</th>
                <td>{`${one.units} / ${one.people}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface BarsProps {
  readonly names: readonly string[]
  readonly series: readonly object[]
}

function bars(colors: (typeof colorsOf)['light'], { names, series }: BarsProps): EChartsCoreOption {
  return {
    grid: { left: 6, right: 8, top: 30, bottom: 4, containLabel: true },
    legend: { top: 0, right: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: colors.ink2 } },
    tooltip: { trigger: 'axis', confine: true, backgroundColor: colors.raised, borderColor: colors.line, textStyle: { color: colors.ink } },
    xAxis: {
      type: 'category',
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: { color: colors.ink3 },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: colors.ink3 },
      splitLine: { lineStyle: { color: colors.lineSoft } },
    },
    series,
  } // prettier-ignore
}
