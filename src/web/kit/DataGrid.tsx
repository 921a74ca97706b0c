import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useWords } from '#web/words/use-words.ts'
import { focusWhenDrawn } from './focus-when-drawn.ts'
import { useDrawnRows } from './use-is-printing.ts'
import { kitWords } from './words.ts'
import './kit.css'

export interface GridColumn<Row> {
  readonly key: string
  readonly title: ReactNode
  readonly width: string
  readonly align?: 'left' | 'right'
  readonly isSortable?: boolean
  readonly cell: (row: Row) => ReactNode
  readonly foot?: ReactNode
}

export interface GridSort {
  readonly field: string
  readonly descending: boolean
}

interface DataGridProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly GridColumn<Row>[]
  readonly keyOf: (row: Row) => string
  readonly sort?: readonly GridSort[]
  /** `isAdded`: shift was held, the column joins the others. */
  readonly onSort?: (field: string, isAdded: boolean) => void
  readonly onChoose?: (row: Row) => void
  /** Called when the end comes near; more pages are asked then. */
  readonly onNearEnd?: (() => void) | undefined
  readonly rowHeight?: number
  readonly hasFoot?: boolean
}

/** A table for long lists: virtualised, endless, driven by arrow keys. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rows, columns, keyOf, sort = [], onSort, onChoose, onNearEnd, rowHeight = 40, hasFoot = false } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [focusedAt, setFocusedAt] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialRect: { width: 1000, height: 600 },
  })
  const template = columns.map((column) => column.width).join(' ')
  const items = useDrawnRows(virtual, rows.length)
  const lastSeen = virtual.getVirtualItems().at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastSeen >= rows.length - 20) onNearEnd?.()
  }, [lastSeen, rows.length, onNearEnd])

  const focusAt = (wanted: number) => {
    const at = Math.max(0, Math.min(wanted, rows.length - 1))
    setFocusedAt(at)
    virtual.scrollToIndex(at)
    focusWhenDrawn(() => scroller.current?.querySelector<HTMLElement>(`[data-at="${at}"]`))
  }
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (event.target !== event.currentTarget) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -rows.length,
      End: rows.length,
    }
    const step = steps[event.key]
    const row = rows[at]
    if (step !== undefined) focusAt(at + step)
    else if (event.key === 'Enter' && row && onChoose) onChoose(row)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      className="data-grid"
      role="grid"
      aria-label={label}
      aria-rowcount={-1}
      aria-colcount={columns.length}
      tabIndex={rows.length ? -1 : 0}
    >
      <div role="presentation" className="data-grid-inner">
        <div role="rowgroup" className="data-grid-sticky" style={{ position: 'sticky', top: 0, zIndex: 2 }}>
          <div className="data-grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="grid-rows" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                key={keyOf(row)}
                data-at={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                className="data-grid-row"
                tabIndex={item.index === Math.min(focusedAt, rows.length - 1) ? 0 : -1}
                style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }}
                onClick={() => onChoose?.(row)}
                onFocus={() => setFocusedAt(item.index)}
                onKeyDown={(event) => onKeyDown(event, item.index)}
              >
                {columns.map((column) => (
                  <div
                    key={column.key}
                    role="gridcell"
                    className={`data-grid-cell ${column.align === 'right' ? 'right num' : ''}`}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
        {hasFoot && (
          <div role="rowgroup" style={{ position: 'sticky', bottom: 0, zIndex: 2 }}>
            <div className="data-grid-foot" role="row" style={{ gridTemplateColumns: template }}>
              {columns.map((column) => (
                <div
                  key={column.key}
                  role="gridcell"
                  className={`data-grid-cell ${column.align === 'right' ? 'right num' : ''}`}
                >
                  {column.foot}
                </div>
              ))}
            </div>
          </div>
        )}
      </div>
    </div>
  )
}

interface HeadCellProps<Row> {
  readonly column: GridColumn<Row>
  readonly sort: readonly GridSort[]
  readonly onSort: ((field: string, isAdded: boolean) => void) | undefined
}

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const t = useWords(kitWords)
  const at = sort.findIndex((key) => key.field === column.key)
  const sorted = sort[at]
  const order = sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none'
  return (
    <div
      role="columnheader"
      className={`data-grid-cell ${column.align === 'right' ? 'right' : ''}`}
      {...(column.isSortable ? { 'aria-sort': order } : {})}
    >
      {column.isSortable && onSort ? (
        <button
          type="button"
          className="data-grid-sort"
          data-sorted={Boolean(sorted)}
          onClick={(event) => onSort(column.key, event.shiftKey)}
        >
          <span className="ellipsis">{column.title}</span>
          {sorted && (
            <span aria-hidden>
              {sorted.descending ? '↓' : '↑'}
              {sort.length > 1 ? at + 1 : ''}
            </span>
          )}
          {sorted && <span className="visually-hidden">{t(sorted.descending ? 'sortedDown' : 'sortedUp')}</span>}
        </button>
      ) : (
        column.title
      )}
    </div>
  )
}
