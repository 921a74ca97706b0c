import { useRef, useState, type DragEvent, type KeyboardEvent, type PointerEvent } from 'react'
import { MoreOutlined, PushpinFilled } from '@ant-design/icons'
import { Checkbox, Dropdown, type MenuProps } from 'antd'
import { isNumber, isSortable } from '#features/objects/web/index.tsx'
import type { SortKey } from '#engine/model/object-type.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { Column } from '../columns.ts'
import { viewWords } from '../words.ts'
import { stickyAt, type Layout } from './grid-layout.ts'

/** What is done with a column from its head. */
export interface ColumnActs {
  sort(key: string, isAdded: boolean): void
  /** To a place among the columns shown. */
  move(key: string, to: number): void
  /** While the edge is dragged, then once more when it is let go. */
  resize(key: string, width: number, isOver: boolean): void
  menu(column: Column): NonNullable<MenuProps['items']>
}

interface GridHeadProps {
  readonly columns: readonly Column[]
  readonly layout: Layout
  readonly sort: readonly SortKey[]
  readonly acts: ColumnActs
  readonly checked: { readonly isAll: boolean; readonly isSome: boolean; toggle(): void } | undefined
  readonly onDown: () => void
}

/** The heads of the columns: sorted by click, moved by drag, widened at their edge, everything also by keyboard and menu. */
export function GridHead({ columns, layout, sort, acts, checked, onDown }: GridHeadProps) {
  const t = useWords(viewWords)
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<string>()
  return (
    <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: layout.template }}>
      {checked && (
        <div role="columnheader" className="grid-check" style={stickyAt(layout, -1)}>
          <Checkbox
            checked={checked.isAll}
            indeterminate={checked.isSome}
            aria-label={t('selectLoaded')}
            onChange={checked.toggle}
          />
        </div>
      )}
      {columns.map((column, at) => (
        <HeadCell
          key={column.field.key}
          {...{ column, at, columns, layout, sort, acts, onDown }}
          isOver={over === column.field.key && dragged !== column.field.key}
          onDragStart={() => setDragged(column.field.key)}
          onDragOver={(event) => {
            if (dragged === undefined) return
            event.preventDefault()
            setOver(column.field.key)
          }}
          onDragEnd={() => (setDragged(undefined), setOver(undefined))}
          onDrop={() => {
            if (dragged !== undefined) acts.move(dragged, at)
            setDragged(undefined)
            setOver(undefined)
          }}
        />
      ))}
    </div>
  )
}

interface HeadCellProps extends Omit<GridHeadProps, 'checked'> {
  readonly column: Column
  readonly at: number
  readonly isOver: boolean
  readonly onDragStart: () => void
  readonly onDragOver: (event: DragEvent) => void
  readonly onDragEnd: () => void
  readonly onDrop: () => void
}

const keyboardStep = 20

function HeadCell(props: HeadCellProps) {
  const { column, at, columns, layout, sort, acts, isOver, onDown } = props
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { field } = column
  const place = sort.findIndex((one) => one.field === field.key)
  const sorted = sort[place]
  const order = sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none'
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.key === 'ArrowDown' && !event.altKey) onDown()
    else if (step === 0) return
    else if (event.altKey) acts.move(field.key, at + step)
    else if (event.shiftKey) acts.resize(field.key, column.width + step * keyboardStep, true)
    else beside(event.currentTarget, step)?.focus()
    event.preventDefault()
  }
  return (
    <div
      role="columnheader"
      aria-colindex={at + 1}
      className={`grid-head-cell ${isNumber(field) ? 'right' : ''}`}
      data-over={isOver}
      data-pinned={column.isPinned}
      style={stickyAt(layout, at)}
      draggable
      {...(isSortable(field) ? { 'aria-sort': order } : {})}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', field.key)
        props.onDragStart()
      }}
      onDragOver={props.onDragOver}
      onDragEnd={props.onDragEnd}
      onDrop={props.onDrop}
    >
      <button
        type="button"
        className="grid-sort"
        data-head={field.key}
        data-sorted={Boolean(sorted)}
        tabIndex={at === 0 ? 0 : -1}
        title={label(field.label)}
        onClick={(event) => isSortable(field) && acts.sort(field.key, event.shiftKey)}
        onKeyDown={onKeyDown}
      >
        {column.isPinned && <PushpinFilled className="grid-pin" aria-label={t('pinned')} />}
        <span className="ellipsis">{label(field.label)}</span>
        {sorted && (
          <span aria-hidden>
            {sorted.descending ? '↓' : '↑'}
            {sort.length > 1 ? place + 1 : ''}
          </span>
        )}
        {sorted && <span className="visually-hidden">{k(sorted.descending ? 'sortedDown' : 'sortedUp')}</span>}
      </button>
      <Dropdown trigger={['click']} menu={{ items: acts.menu(column) }}>
        <button
          type="button"
          tabIndex={-1}
          className="grid-menu"
          aria-label={t('columnMenu', { name: label(field.label) })}
        >
          <MoreOutlined aria-hidden />
        </button>
      </Dropdown>
      <Edge width={column.width} onResize={(width, isDone) => acts.resize(field.key, width, isDone)} />
    </div>
  )

  function beside(button: HTMLElement, step: number): HTMLElement | null {
    const key = columns[at + step]?.field.key
    return key === undefined
      ? null
      : (button.closest('[role="row"]')?.querySelector<HTMLElement>(`[data-head="${key}"]`) ?? null)
  }
}

/** Dragged to make the column wider; the keyboard does it from the head. */
function Edge({
  width,
  onResize,
}: {
  readonly width: number
  readonly onResize: (width: number, isOver: boolean) => void
}) {
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const widthAt = (event: PointerEvent) =>
    start.current ? start.current.width + event.clientX - start.current.x : width
  return (
    <span
      aria-hidden
      className="grid-edge"
      draggable
      onDragStart={(event) => (event.preventDefault(), event.stopPropagation())}
      onPointerDown={(event) => {
        // A column that fills the room is wider than its least width.
        start.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => start.current && onResize(widthAt(event), false)}
      onPointerUp={(event) => {
        if (!start.current) return
        onResize(widthAt(event), true)
        start.current = undefined
      }}
    />
  )
}
