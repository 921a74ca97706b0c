import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { Button, Skeleton } from 'antd'
import {
  fixedValue,
  useRecordQuery,
  type RecordRow,
  type ScreenField,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import type { SortKey } from '#engine/model/object-type.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { filterOfGroup } from '../whole-filter.ts'
import { viewWords } from '../words.ts'
import { KanbanCard } from './KanbanCard.tsx'
import type { BoardColumn } from './use-columns.ts'

/** A record in the hand: by pointer, or by keyboard over another column. */
export interface Lifted {
  readonly row: RecordRow
  readonly from: BoardColumn
  readonly over: BoardColumn
  readonly byKeyboard: boolean
}

interface KanbanColumnProps {
  readonly object: ScreenObject
  readonly field: ScreenField
  readonly column: BoardColumn
  readonly columns: readonly BoardColumn[]
  readonly filter: Filter | undefined
  readonly sort: readonly SortKey[] | undefined
  readonly count: number
  readonly sum: { readonly field: ScreenField; readonly value: string } | undefined
  readonly lifted: Lifted | undefined
  readonly isMovable: boolean
  readonly helpId: string
  readonly placed: (rows: readonly RecordRow[]) => readonly RecordRow[]
  readonly onLift: (row: RecordRow) => void
  readonly onLetGo: () => void
  readonly onDrop: () => void
  readonly onMove: (row: RecordRow, to: BoardColumn) => void
  readonly onKey: (event: KeyboardEvent, row: RecordRow) => void
  readonly onOpenList: (filter: Filter) => void
}

/** Cards of a column; the rest is opened as a list. */
const mostCards = 50

/** One value with its records, their number and their sum. */
export function KanbanColumn(props: KanbanColumnProps) {
  const { object, field, column, filter, sort, count, sum, lifted } = props
  const t = useWords(viewWords)
  const { company } = useMe()
  const own = filterOfGroup(field, { value: column.value })
  const whole = filter ? all(filter, own) : own
  const cards = useRecordQuery(object.key, { filter: whole, sort, limit: mostCards })
  const [isOver, setOver] = useState(false)
  const rows = props.placed(cards.data?.rows ?? [])
  const isAway = lifted?.byKeyboard && lifted.over.value === column.value && lifted.from.value !== column.value
  const hidden = Math.max(0, count - rows.length)
  return (
    <section
      className="kanban-column"
      data-target={lifted !== undefined && (isOver || isAway)}
      aria-label={t('columnOf', { name: column.name, n: count })}
      onDragOver={(event: DragEvent) => {
        if (!lifted) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        props.onDrop()
      }}
    >
      <header className="kanban-head">
        <h2 className="ellipsis">
          <span className={column.color ? 'choice' : ''} data-color={column.color}>
            {column.name}
          </span>
        </h2>
        <span className="muted num">{count.toLocaleString('en-US')}</span>
        {sum && (
          <span className="kanban-sum">
            <Figure
              value={sum.value}
              unit={sum.field.type === 'money' ? 'money' : 'count'}
              currency={company.currency}
            />
          </span>
        )}
      </header>
      <div className="kanban-cards">
        {cards.isPending && <Skeleton active paragraph={{ rows: 4 }} />}
        {!cards.isPending && rows.length === 0 && <p className="muted kanban-empty">{t('emptyColumn')}</p>}
        {rows.map((row) => (
          <KanbanCard
            key={row.id}
            object={object}
            apart={field.key}
            row={row}
            column={column}
            columns={props.columns}
            isLifted={lifted?.row.id === row.id}
            isMovable={props.isMovable && fixedValue(object, field, row) === undefined}
            helpId={props.helpId}
            onLift={() => props.onLift(row)}
            onLetGo={props.onLetGo}
            onMove={(to) => props.onMove(row, to)}
            onKey={(event) => props.onKey(event, row)}
          />
        ))}
        {hidden > 0 && !cards.isPending && (
          <Button type="link" size="small" onClick={() => props.onOpenList(whole)}>
            {t('moreInColumn', { n: hidden.toLocaleString('en-US') })}
          </Button>
        )}
      </div>
    </section>
  )
}
