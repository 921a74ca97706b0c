import { useState } from 'react'
import { Segmented } from 'antd'
import { MetricPicker, useShownMetric, type MetricRow } from '#features/targets/web/index.tsx'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useWords } from '#web/words/use-words.ts'
import { HeatTable, type HeatShow } from './HeatTable.tsx'
import { shownRows, useHeat } from './use-heat.ts'
import { boardWords } from './words.ts'
import { BoardsBar } from './BoardsBar.tsx'
import { PrintButton } from './PrintButton.tsx'
import './boards.css'

const usualMetric = 'signed_amount'

/** Every tier by every period of the year, coloured by how it stood against its target. */
export function HeatPage() {
  const t = useWords(boardWords)
  const { period } = useWhoAndWhen()
  const { metrics, metric, hasNone } = useShownMetric(useAddress()['metric'] ?? usualMetric)
  const [show, setShow] = useState<HeatShow>('attainment')
  return (
    <BoardPage
      title={t('heat')}
      note={t('heatNote', { year: String(period.year) })}
      bar={<BoardsBar board="heat" />}
      actions={
        <>
          {metric && <MetricPicker metric={metric} />}
          <Segmented<HeatShow>
            aria-label={t('show')}
            value={show}
            onChange={setShow}
            options={[
              { value: 'attainment', label: t('attainment') },
              { value: 'actual', label: t('actual') },
              { value: 'gap', label: t('gap') },
            ]}
          />
          <PrintButton />
        </>
      }
    >
      {metrics.error ? (
        <ErrorState problem={metrics.error} onRetry={() => void metrics.refetch()} />
      ) : hasNone ? (
        <EmptyState title={t('noTarget')} />
      ) : metric ? (
        <HeatBoard metric={metric} show={show} />
      ) : (
        <LoadingState rows={12} />
      )}
    </BoardPage>
  )
}

function HeatBoard({ metric, show }: { readonly metric: MetricRow; readonly show: HeatShow }) {
  const { node, period } = useWhoAndWhen()
  const [opened, setOpened] = useState<readonly string[]>([])
  const { top, below } = useHeat(metric.key, period.year, node, opened)
  if (top?.error) return <ErrorState problem={top.error} onRetry={() => void top.refetch()} />
  if (!top?.data) return <LoadingState rows={12} />
  const toggle = (id: string) =>
    setOpened((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]))
  return (
    <Panel flush>
      <HeatTable
        heat={top.data}
        rows={shownRows(top.data, below)}
        opened={opened}
        onToggle={toggle}
        metric={metric}
        show={show}
      />
    </Panel>
  )
}
