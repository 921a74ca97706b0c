import { Select, Tooltip } from 'antd'
import { useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { cockpitWords } from './cockpit/words.ts'
import { useMetrics, type MetricRow } from './cockpit/use-attainment.ts'

interface MetricPickerProps {
  readonly metric: MetricRow
}

/** The metric that a page of targets shows, kept in the address. */
export function MetricPicker({ metric }: MetricPickerProps) {
  const t = useWords(cockpitWords)
  const label = useLabel()
  const change = useChangeAddress()
  const metrics = useMetrics()
  return (
    <Tooltip title={`${t('formula')}：${label(metric.formula)}`} placement="bottom">
      <Select
        aria-label={t('metric')}
        className="metric-picker"
        value={metric.key}
        popupMatchSelectWidth={false}
        options={metrics.data?.map((known) => ({ value: known.key, label: label(known.label) })) ?? []}
        onChange={(value: string) => change({ metric: value })}
      />
    </Tooltip>
  )
}
