import type { KeyboardEvent } from 'react'
import { SwapOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import {
  FieldValue,
  isNumber,
  titleOf,
  type RecordRow,
  type ScreenField,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'
import type { BoardColumn } from './use-columns.ts'

interface KanbanCardProps {
  readonly object: ScreenObject
  /** The field of the columns: every card of a column says the same there. */
  readonly apart: string
  readonly row: RecordRow
  readonly column: BoardColumn
  readonly columns: readonly BoardColumn[]
  readonly isLifted: boolean
  readonly isMovable: boolean
  readonly helpId: string
  readonly onLift: () => void
  readonly onLetGo: () => void
  readonly onMove: (to: BoardColumn) => void
  readonly onKey: (event: KeyboardEvent) => void
}

const mostFacts = 3

/** What says nothing without its name: a number, a day, a yes. Names and choices speak for themselves. */
const isBare = (field: ScreenField) =>
  isNumber(field) || ['date', 'date_time', 'yes_no'].includes(field.result ?? field.type)

/** One record on a board: its name, its amount, and the facts that lists show first. */
export function KanbanCard(props: KanbanCardProps) {
  const { object, apart, row, column, columns, isLifted, isMovable, helpId, onMove } = props
  const t = useWords(viewWords)
  const label = useLabel()
  const language = useLanguage()
  const open = useOpenRecord()
  const facts = object.fields.filter(
    ({ key, inList }) => inList && key !== object.title && key !== apart && (row[key] ?? null) !== null,
  )
  const name = titleOf(object, row, language)
  return (
    <div
      className="kanban-card"
      data-lifted={isLifted}
      draggable={isMovable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', row.id)
        props.onLift()
      }}
      onDragEnd={props.onLetGo}
    >
      <button
        type="button"
        className="plain-button kanban-card-open"
        aria-describedby={isMovable ? helpId : undefined}
        aria-pressed={isMovable ? isLifted : undefined}
        onClick={() => open(object.key, row.id)}
        onKeyDown={props.onKey}
      >
        <b>{name}</b>
        {facts.slice(0, mostFacts).map((field) => (
          <span key={field.key} className="ellipsis kanban-fact">
            {isBare(field) && `${label(field.label)} `}
            <FieldValue field={field} row={row} isDense isCard />
          </span>
        ))}
      </button>
      {isMovable && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: columns
              .filter((other) => other.value !== column.value)
              .map((other) => ({ key: other.value ?? '', label: other.name, onClick: () => onMove(other) })),
          }}
        >
          <Button
            type="text"
            size="small"
            className="kanban-move"
            icon={<SwapOutlined />}
            aria-label={t('moveCard', { name })}
          />
        </Dropdown>
      )}
    </div>
  )
}
