import { DeleteOutlined, EditOutlined, FunctionOutlined } from '@ant-design/icons'
import { App, Button, Progress, Tag } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ListedMetric } from '../contract.ts'
import { useMetricActs } from './use-own-metrics.ts'
import { metricWords } from './words.ts'

interface MetricLineProps {
  readonly metric: ListedMetric
  readonly onEdit: () => void
}

/** A metric with its formula in words; its name leads to its figures. */
export function MetricLine({ metric, onEdit }: MetricLineProps) {
  const t = useWords(metricWords)
  const label = useLabel()
  const remove = useRemoveMetric()
  const name = label(metric.label)
  return (
    <li className="metric-line">
      {metric.own?.state === 'broken' ? (
        <span className="metric-name">{name}</span>
      ) : (
        <PageLink
          to="/targets"
          search={{ metric: metric.key }}
          className="metric-name"
          aria-label={t('openName', { name })}
        >
          {name}
        </PageLink>
      )}
      <span className="muted metric-formula">{label(metric.formula)}</span>
      <span className="metric-marks">
        <Tag>{t(`unit_${metric.unit}`)}</Tag>
        <Tag>{t(metric.better)}</Tag>
      </span>
      <span className="metric-acts">
        {metric.own?.state !== 'broken' && (
          <PageLink
            to="/metric"
            search={{ metric: metric.key }}
            className="metric-how"
            aria-label={t('howWorked', { name })}
          >
            <FunctionOutlined />
          </PageLink>
        )}
        {metric.own && (
          <>
            <Button type="text" icon={<EditOutlined />} aria-label={t('editName', { name })} onClick={onEdit} />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('removeName', { name })}
              onClick={() => remove(metric)}
            />
          </>
        )}
      </span>
      {metric.own && (metric.own.state === 'filling' || metric.own.state === 'failed') && (
        <Filling metric={metric} own={metric.own} />
      )}
    </li>
  )
}

interface FillingProps {
  readonly metric: ListedMetric
  readonly own: NonNullable<ListedMetric['own']>
}

/** How far existing records are counted, or that it did not finish. */
function Filling({ metric, own: { state, progress } }: FillingProps) {
  const t = useWords(metricWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const { refill } = useMetricActs()
  if (state === 'failed') {
    const again = () => refill(metric.key).catch((problem: unknown) => void message.error(problemText(problem)))
    return (
      <span role="alert" className="metric-filling">
        {t('failed')}
        <Button size="small" onClick={() => void again()}>
          {k('retry')}
        </Button>
      </span>
    )
  }
  return (
    <span role="status" className="metric-filling">
      {t('filling')}
      <Progress
        aria-label={t('filling')}
        percent={Math.min(Math.floor((progress ?? 0) * 100), 99)}
        status="active"
        size="small"
      />
    </span>
  )
}

/** Asks first: it cannot come back. */
function useRemoveMetric() {
  const t = useWords(metricWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { modal, message } = App.useApp()
  const acts = useMetricActs()
  return (metric: ListedMetric) => {
    const name = label(metric.label)
    modal.confirm({
      title: t('removeAsk', { name }),
      content: t('removeText'),
      okText: t('remove'),
      cancelText: k('cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await acts.remove(metric.key)
          void message.success(t('removed', { name }))
        } catch (problem) {
          void message.error(problemText(problem))
        }
      },
    })
  }
}
