import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { fixedValue, type RecordRow, type ScreenField, type ScreenObject } from '#features/objects/web/index.tsx'
import type { SortKey } from '#engine/model/object-type.ts'
import { useDrawnRows } from '#web/kit/use-is-printing.ts'
import { useLanguage } from '#web/words/use-words.ts'
import type { Column } from '../columns.ts'
import { cellText, fromSheetText, toSheetText } from './cell-text.ts'
import { isEditedInCell, type Leave } from './CellEditor.tsx'
import { GridHead, type ColumnActs } from './GridHead.tsx'
import type { GridItem, GroupItem } from './grid-item.ts'
import { gridKey, rangeOf, type Spot } from './grid-keys.ts'
import { layoutOf, stickyAt } from './grid-layout.ts'
import { GridRow, type OpenCell } from './GridRow.tsx'
import { GroupRow, RestRow } from './GroupRow.tsx'
import { isSelected, nothingSelected, toggled, toggledLoaded, type Selection } from './selection.ts'
import { useRowActs } from './use-row-acts.ts'
import './grid.css'

/** Cells that were pasted, and where. */
export interface Pasted {
  readonly block: readonly (readonly string[])[]
  readonly rows: readonly RecordRow[]
  readonly fields: readonly ScreenField[]
}

interface RecordGridProps {
  readonly object: ScreenObject
  readonly label: string
  readonly items: readonly GridItem[]
  readonly columns: readonly Column[]
  readonly rowHeight: number
  readonly sort: readonly SortKey[]
  readonly heads: ColumnActs
  /** Absent: nothing can be done with several records. */
  readonly selection?: Selection | undefined
  readonly onSelect?: (selection: Selection) => void
  readonly onOpen: (row: RecordRow) => void
  readonly onSave: (
    row: RecordRow,
    field: ScreenField,
    value: unknown,
  ) => Promise<{ readonly ok: boolean; readonly fault?: string }>
  readonly onPaste: (pasted: Pasted) => void
  readonly onFold: (item: GroupItem, isOpen: boolean) => void
  readonly onOpenGroup: (groupKey: string) => void
  readonly onHelp: () => void
  readonly onNearEnd: () => void
  readonly groupTitle: (item: GroupItem) => ReactNode
  readonly groupFigure: (item: GroupItem, column: Column) => ReactNode
  readonly foot: (column: Column, at: number) => ReactNode
}

interface Editing extends OpenCell {
  readonly id: string
}

const headHeight = 36

/** The records of a list as a spreadsheet shows them: endless, driven by pointer or keys, written in place. */
export function RecordGrid(props: RecordGridProps) {
  const { object, items, columns, rowHeight, sort, selection, onSelect, onNearEnd } = props
  const language = useLanguage()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<Spot>({ at: 0, column: 0 })
  const [anchor, setAnchor] = useState<Spot>()
  const [editing, setEditing] = useState<Editing>()
  const hasChecks = selection !== undefined
  const layout = useMemo(() => layoutOf(columns, hasChecks), [columns, hasChecks])
  const order = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? [item.row.id] : [])), [items])
  const spot: Spot = {
    at: Math.max(0, Math.min(current.at, items.length - 1)),
    column: Math.max(0, Math.min(current.column, columns.length - 1)),
  }
  const range = anchor ? rangeOf(anchor, spot) : undefined

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (at) => items[at]?.key ?? at,
    overscan: 12,
    scrollPaddingEnd: headHeight * 2 + 8,
    initialRect: { width: 1200, height: 640 },
    // What is focused or written in stays, also while it is scrolled out of sight.
    rangeExtractor: (seen) =>
      [...new Set([...defaultRangeExtractor(seen), spot.at])]
        .filter((at) => at < items.length)
        .toSorted((a, b) => a - b),
  })
  useEffect(() => virtual.measure(), [rowHeight, virtual])
  const lines = useDrawnRows(virtual, items.length)
  const lastSeen = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (items.length > 0 && lastSeen >= items.length - 40) onNearEnd()
  }, [lastSeen, items.length, onNearEnd])

  const isWritten = useRef(false)
  useLayoutEffect(() => void (isWritten.current = editing !== undefined), [editing])
  const focusAt = (to: Spot) => {
    setCurrent(to)
    virtual.scrollToIndex(to.at)
    requestAnimationFrame(() => {
      // Whoever goes on at once to write in a cell is not torn out of it.
      if (isWritten.current) return
      const line = scroller.current?.querySelector(`[data-at="${to.at}"]`)
      const cell =
        line?.querySelector<HTMLElement>(`[data-column="${to.column}"]`) ??
        line?.querySelector<HTMLElement>('[data-column]')
      cell?.focus({ preventScroll: true })
      cell?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
    })
  }
  const rowAt = (at: number) => {
    const item = items[at]
    return item?.kind === 'row' ? item.row : undefined
  }
  const edit = (at: number, column: number) => {
    const [row, field] = [rowAt(at), columns[column]?.field]
    if (!row || !field) return
    setCurrent({ at, column })
    setAnchor(undefined)
    if (isEditedInCell(field) && fixedValue(object, field, row) === undefined) {
      setEditing({ id: row.id, column, value: row[field.key] ?? null, fault: undefined })
    } else props.onOpen(row)
  }
  const check = (id: string, isExtended: boolean) =>
    onSelect?.(toggled(selection ?? nothingSelected, id, { order, extends: isExtended }))

  const acts = useRowActs({
    open: (row: RecordRow) => props.onOpen(row),
    point: (at: number, column: number, isExtended: boolean) => {
      setAnchor(isExtended ? (anchor ?? spot) : undefined)
      setCurrent({ at, column })
    },
    edit,
    check,
    commit: (row: RecordRow, column: number, value: unknown, leave: Leave) => {
      const field = columns[column]?.field
      setEditing(undefined)
      const at = items.findIndex((item) => item.kind === 'row' && item.row.id === row.id)
      if (leave !== 'stay') goOn({ at, column }, leave)
      else if (document.activeElement === document.body || scroller.current?.contains(document.activeElement))
        focusAt({ at, column })
      if (!field || JSON.stringify(value ?? null) === JSON.stringify(row[field.key] ?? null)) return
      void props.onSave(row, field, value).then((saved) => {
        if (!saved.ok) setEditing({ id: row.id, column, value, fault: saved.fault })
      })
    },
    cancel: () => {
      setEditing(undefined)
      focusAt(spot)
    },
  })

  /** Enter goes down, Tab to the next cell that can be written in, over the end of the row. */
  const goOn = (from: Spot, leave: Leave) => {
    if (leave === 'down') return focusAt({ at: Math.min(from.at + 1, items.length - 1), column: from.column })
    const step = leave === 'left' ? -1 : 1
    for (let column = from.column + step; column >= 0 && column < columns.length; column += step) {
      const field = columns[column]?.field
      const row = rowAt(from.at)
      if (field && row && isEditedInCell(field) && fixedValue(object, field, row) === undefined)
        return edit(from.at, column)
    }
    focusAt(from)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target
    if (editing || !(target instanceof Element) || !target.closest('[data-at]')) return
    const here = items[spot.at]
    const seen = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2)
    const place = { spot, lines: items.length, columns: columns.length, page: seen, isGroup: here?.kind === 'group' }
    const act = gridKey(event, place)
    if (!act) return
    event.preventDefault()
    switch (act.kind) {
      case 'go':
        setAnchor(act.extends ? (anchor ?? spot) : undefined)
        return focusAt(act.spot)
      case 'edit':
        return here?.kind === 'rest' ? props.onOpenGroup(here.groupKey) : edit(spot.at, spot.column)
      case 'select':
        return here?.kind === 'row' ? check(here.row.id, act.extends) : undefined
      case 'selectAll':
        return onSelect?.(toggledLoaded(nothingSelected, order))
      case 'open':
        return here?.kind === 'row' ? props.onOpen(here.row) : undefined
      case 'fold':
        return here?.kind === 'group' ? props.onFold(here, act.isOpen ? !here.isOpen : false) : undefined
      case 'help':
        return props.onHelp()
      case 'leave':
        return anchor ? setAnchor(undefined) : onSelect?.(nothingSelected)
    }
  }

  const copied = (): string => {
    const { fromAt, toAt, fromColumn, toColumn } = range ?? rangeOf(spot, spot)
    const rows = items.slice(fromAt, toAt + 1).flatMap((item) => (item.kind === 'row' ? [item.row] : []))
    const fields = columns.slice(fromColumn, toColumn + 1).map(({ field }) => field)
    return toSheetText(rows.map((row) => fields.map((field) => cellText(field, row, language))))
  }
  const isWriting = (event: ClipboardEvent) =>
    editing !== undefined || (event.target instanceof Element && event.target.closest('input, textarea') !== null)
  const onCopy = (event: ClipboardEvent) => {
    if (isWriting(event) || window.getSelection()?.isCollapsed === false) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', copied())
  }
  const onPaste = (event: ClipboardEvent) => {
    const block = fromSheetText(event.clipboardData.getData('text/plain'))
    const start = range ? { at: range.fromAt, column: range.fromColumn } : spot
    if (isWriting(event) || block.length === 0 || !object.can.update) return
    event.preventDefault()
    const rows = items.slice(start.at).flatMap((item) => (item.kind === 'row' ? [item.row] : []))
    const width = Math.max(...block.map((cells) => cells.length))
    const fields = columns.slice(start.column, start.column + width).map(({ field }) => field)
    props.onPaste({ block, rows: rows.slice(0, block.length), fields })
  }

  const loaded = selection ? order.filter((id) => isSelected(selection, id)).length : 0
  return (
    <div
      ref={scroller}
      className="record-grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={-1}
      aria-colcount={columns.length}
      aria-multiselectable={hasChecks}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onPaste={onPaste}
    >
      <div role="presentation" className="grid-inner" style={{ width: `max(100%, ${layout.width}px)` }}>
        <div role="rowgroup" className="grid-sticky-top">
          <GridHead
            columns={columns}
            layout={layout}
            sort={sort}
            acts={props.heads}
            checked={
              hasChecks
                ? {
                    isAll: order.length > 0 && loaded === order.length,
                    isSome: loaded > 0 && loaded < order.length,
                    toggle: () => onSelect?.(toggledLoaded(selection, order)),
                  }
                : undefined
            }
            onDown={() => focusAt({ at: 0, column: spot.column })}
          />
        </div>
        <div role="rowgroup" className="record-rows" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {lines.map((line) => {
            const item = items[line.index]
            if (!item) return null
            const shared = { at: line.index, top: line.start, height: rowHeight, columns, layout, hasChecks }
            const isCurrent = spot.at === line.index
            if (item.kind === 'group') {
              return (
                <GroupRow
                  key={item.key}
                  {...shared}
                  item={item}
                  isCurrent={isCurrent}
                  title={props.groupTitle(item)}
                  figure={(column) => props.groupFigure(item, column)}
                  onFold={() => (setCurrent({ at: line.index, column: 0 }), props.onFold(item, !item.isOpen))}
                  onOpen={() => props.onOpenGroup(item.key)}
                />
              )
            }
            if (item.kind === 'rest') {
              return (
                <RestRow
                  key={item.key}
                  {...shared}
                  item={item}
                  isCurrent={isCurrent}
                  onOpen={() => props.onOpenGroup(item.groupKey)}
                />
              )
            }
            const isRanged = range !== undefined && line.index >= range.fromAt && line.index <= range.toAt
            return (
              <GridRow
                key={item.key}
                {...shared}
                object={object}
                row={item.row}
                current={isCurrent ? spot.column : undefined}
                fromColumn={isRanged ? range.fromColumn : undefined}
                toColumn={isRanged ? range.toColumn : undefined}
                isChecked={selection !== undefined && isSelected(selection, item.row.id)}
                openCell={editing?.id === item.row.id ? editing : undefined}
                acts={acts}
              />
            )
          })}
        </div>
        <div role="rowgroup" className="grid-sticky-bottom">
          <div className="grid-foot" role="row" style={{ gridTemplateColumns: layout.template }}>
            {hasChecks && <div role="gridcell" className="grid-check" style={stickyAt(layout, -1)} />}
            {columns.map((column, at) => (
              <div
                key={column.field.key}
                role="gridcell"
                className={`grid-foot-cell num ${at === 0 ? '' : 'right'}`}
                data-pinned={column.isPinned}
                style={stickyAt(layout, at)}
              >
                {props.foot(column, at)}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}
