import { useState } from 'react'
import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Tag } from 'antd'
import { percentText } from '#web/kit/number-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { Objective } from '../contract.ts'
import { useObjectiveActs } from './use-objectives.ts'
import { objectiveWords } from './words.ts'

interface LineProps {
  readonly objective: Objective
  /** Those with the same parent, in their order, and which of them this is. */
  readonly beside: readonly Objective[]
  readonly at: number
  readonly mayManage: boolean
  readonly onOpen: (opened: { readonly objective?: Objective; readonly parentId: string | null }) => void
}

/** What a dragged objective is called on its way. */
const dragged = 'application/x-objective'

/** One objective: moved by dragging it onto another one, or by its arrows. */
export function ObjectiveLine({ objective, beside, at, mayManage, onOpen }: LineProps) {
  const t = useWords(objectiveWords)
  const label = useLabel()
  const { message } = App.useApp()
  const { place } = useObjectiveActs()
  const [isOver, setOver] = useState(false)
  const { id, name, parentId, progress, metricLabel, unitName, ownerName, status } = objective
  const attainment = progress?.attainment ?? null
  const put = (moved: string, before: string | null) =>
    place.mutate({ id: moved, parentId, before }, { onError: (problem) => void message.error(problemText(problem)) })
  return (
    <div
      className={`objective-line ${isOver ? 'objective-line-over' : ''}`}
      draggable={mayManage}
      onDragStart={(event) => event.dataTransfer.setData(dragged, id)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragged)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        const moved = event.dataTransfer.getData(dragged)
        setOver(false)
        if (moved !== '' && moved !== id) put(moved, id)
      }}
    >
      <span className="objective-name">
        <b>{name}</b> {status !== 'open' && <Tag>{t(status)}</Tag>}
        <span className="muted">
          {[objective.period, ownerName, metricLabel && `${label(metricLabel)} · ${unitName ?? ''}`]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {objective.note !== '' && <span className="objective-note">{objective.note}</span>}
        {objective.links.map((link) => (
          <Tag key={`${link.planId} ${link.node}`}>
            {label(link.planLabel)} {link.year} {link.nodeName}
          </Tag>
        ))}
      </span>
      {attainment === null ? (
        <span className="muted objective-silent">{t(silence(objective))}</span>
      ) : (
        <span className="num objective-progress" title={t('progress')}>
          {percentText(attainment)}
        </span>
      )}
      {mayManage && (
        <>
          <Button
            size="small"
            icon={<ArrowUpOutlined />}
            aria-label={t('up', { name })}
            disabled={at === 0}
            onClick={() => put(id, beside[at - 1]?.id ?? null)}
          />
          <Button
            size="small"
            icon={<ArrowDownOutlined />}
            aria-label={t('down', { name })}
            disabled={at === beside.length - 1}
            onClick={() => put(id, beside[at + 2]?.id ?? null)}
          />
        </>
      )}
      {objective.can.manage && (
        <Button size="small" onClick={() => onOpen({ objective, parentId })}>
          {t('edit')}
        </Button>
      )}
      {mayManage && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          aria-label={`${t('add')} ${name}`}
          onClick={() => onOpen({ parentId: id })}
        />
      )}
    </div>
  )
}

/** Why an objective has no figure. */
function silence({ metric, progress }: Objective): 'notMeasured' | 'outOfSight' | 'noTarget' | 'noFigure' {
  if (metric === null) return 'notMeasured'
  if (progress === null) return 'outOfSight'
  return progress.target === null ? 'noTarget' : 'noFigure'
}
