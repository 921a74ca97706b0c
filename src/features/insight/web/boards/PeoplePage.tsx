import { useMemo, useState } from 'react'
import { Tag } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { MetricPicker, useAttainmentTree, useShownMetric, wayTo, type MetricRow } from '#features/targets/web/index.tsx'
import { Chart } from '#web/kit/Chart.tsx'
import { percentText } from '#web/kit/number-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { SeekBox } from '#web/kit/SeekBox.tsx'
import { useSought } from '#web/kit/use-sought.ts'
import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { colorsOf } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { ranges, spreadOf, type Spread } from '../../spread.ts'
import { aimedIn, type Aimed } from './aimed.ts'
import { PeopleTable } from './PeopleTable.tsx'
import { BoardsBar } from './BoardsBar.tsx'
import { PrintButton } from './PrintButton.tsx'
import { boardWords } from './words.ts'
import './boards.css'

const usualMetric = 'signed_amount'

/** How the people of a node are spread over attainment, and who they are. */
export function PeoplePage() {
  const t = useWords(boardWords)
  const label = useLabel()
  const { period, node } = useWhoAndWhen()
  const { metrics, metric, key, hasNone } = useShownMetric(useAddress()['metric'] ?? usualMetric)
  const tree = useAttainmentTree(key, period.key, !hasNone)
  const focus = useMemo(
    () => (tree.data ? (node ? wayTo<AttainmentNode>(tree.data, node).at(-1) : tree.data) : undefined),
    [tree.data, node],
  )
  const people = useMemo(() => (focus ? aimedIn(focus) : []), [focus])
  const failed = metrics.error ?? (metric && tree.error)
  const note = focus && t('peopleNote', { name: focus.name, period: label(period.label), n: String(people.length) })
  return (
    <BoardPage
      title={t('people')}
      note={note}
      bar={<BoardsBar board="people" />}
      actions={
        <>
          {metric && <MetricPicker metric={metric} />}
          <PrintButton />
        </>
      }
    >
      {failed ? (
        <ErrorState problem={failed} onRetry={() => void Promise.all([metrics.refetch(), tree.refetch()])} />
      ) : !metric || !tree.data ? (
        <LoadingState rows={10} />
      ) : people.length === 0 ? (
        <EmptyState
          title={t('noPeople')}
          text={t('noPeopleText')}
          action={
            <PageLink to="/targets/plans" className="page-button">
              {t('toPlans')}
            </PageLink>
          }
        />
      ) : (
        <PeopleBoard people={people} metric={metric} />
      )}
    </BoardPage>
  )
}

const textOf = ({ node, unit }: Aimed) => `${node.name} ${unit}`

function PeopleBoard({ people, metric }: { readonly people: readonly Aimed[]; readonly metric: MetricRow }) {
  const t = useWords(boardWords)
  const [picked, setPicked] = useState<string>()
  const spread = useMemo(
    () => spreadOf(people.map(({ attainment, node }) => ({ attainment, actual: Number(node.actual ?? 0) }))),
    [people],
  )
  const range = ranges.find(({ key }) => key === picked)
  const shown = useMemo(
    () => (range ? people.filter(({ attainment }) => attainment >= range.from && attainment < range.to) : people),
    [people, range],
  )
  const inOrder = useMemo(() => shown.toSorted((one, other) => other.attainment - one.attainment), [shown])
  const { shown: listed, sought, seek, pages } = useSought(inOrder, textOf)
  return (
    <div className="boards">
      <Panel>
        <SpreadFacts spread={spread} all={people.length} />
        <SpreadChart spread={spread} picked={picked} onPick={(key) => setPicked(key === picked ? undefined : key)} />
      </Panel>
      <Panel
        flush
        title={range ? t('shownOf', { range: range.key, n: String(shown.length) }) : t('all')}
        extra={
          <>
            {range && (
              <Tag closable onClose={() => setPicked(undefined)}>
                {range.key}
              </Tag>
            )}
            <SeekBox label={t('seekPeople')} value={sought} onSeek={seek} />
          </>
        }
      >
        <PeopleTable people={listed} metric={metric} />
        <MoreButton pages={pages} />
      </Panel>
    </div>
  )
}

function SpreadFacts({ spread, all }: { readonly spread: Spread; readonly all: number }) {
  const t = useWords(boardWords)
  const facts = [
    [t('reached'), `${spread.reached} / ${all}`],
    [t('median'), percentText(spread.median)],
    [t('quartiles'), `${percentText(spread.lowerQuartile)} – ${percentText(spread.upperQuartile)}`],
    [t('top'), percentText(spread.byBestFifth)],
  ] as const
  return (
    <dl className="spread-facts num">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface SpreadChartProps {
  readonly spread: Spread
  readonly picked: string | undefined
  readonly onPick: (range: string) => void
}

function SpreadChart({ spread, picked, onPick }: SpreadChartProps) {
  const t = useWords(boardWords)
  const tone = useTone()
  const option = useMemo((): EChartsCoreOption => {
    const colors = colorsOf[tone]
    // How far somebody should be by now is told by the lights of the table; the chart tells who has arrived.
    const colorAt = (from: number) => (from >= 1 ? colors.crop : colors.water)
    return {
      grid: { left: 6, right: 8, top: 24, bottom: 4, containLabel: true },
      xAxis: {
        type: 'category',
        data: ranges.map(({ key }) => key),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colors.line } },
        axisLabel: { color: colors.ink2 },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: colors.ink3 },
        splitLine: { lineStyle: { color: colors.lineSoft } },
      },
      series: [
        {
          name: t('persons'),
          type: 'bar',
          barMaxWidth: 64,
          label: { show: true, position: 'top', color: colors.ink },
          data: ranges.map(({ key, from }, at) => ({
            value: spread.counts[at] ?? 0,
            itemStyle: {
              color: colorAt(from),
              opacity: picked === undefined || picked === key ? 1 : 0.4,
              borderRadius: [3, 3, 0, 0],
            },
          })),
        },
      ],
    }
  }, [spread, tone, picked, t])
  const text = ranges.map(({ key }, at) => `${key} ${spread.counts[at] ?? 0}`).join(' · ')
  return (
    <>
      <Chart option={option} height={220} label={t('spreadLabel', { text })} onPick={onPick} />
      <div className="visually-hidden">
        {ranges.map(({ key }, at) => (
          <button key={key} type="button" aria-pressed={picked === key} onClick={() => onPick(key)}>
            {t('shownOf', { range: key, n: String(spread.counts[at] ?? 0) })}
          </button>
        ))}
      </div>
    </>
  )
}
