import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useWords } from '#web/words/use-words.ts'
import { flattenTree, type TreeRow, type TreeShape } from './flatten-tree.ts'
import { focusWhenDrawn } from './focus-when-drawn.ts'
import { useDrawnRows } from './use-is-printing.ts'
import { kitWords } from './words.ts'
import './kit.css'

export interface TreeColumn<Row> {
  readonly key: string
  readonly title: ReactNode
  /** A grid track: `120px`, `minmax(160px, 1fr)`. */
  readonly width: string
  readonly align?: 'left' | 'right'
  readonly cell: (row: Row) => ReactNode
}

interface TreeTableProps<Row> extends TreeShape<Row> {
  readonly label: string
  readonly roots: readonly Row[]
  readonly columns: readonly TreeColumn<Row>[]
  readonly nameOf: (row: Row) => string
  readonly open: ReadonlySet<string>
  readonly onToggle: (key: string, isOpen: boolean) => void
  /** Enter or a click on the row. */
  readonly onChoose?: (row: Row) => void
  readonly rowHeight?: number
  readonly height?: number | string
}

/** A table whose rows are a tree: virtualised, driven by arrow keys, read as a treegrid. */
export function TreeTable<Row>(props: TreeTableProps<Row>) {
  const { label, roots, columns, open, onToggle, onChoose, rowHeight = 40, height = 480, keyOf, childrenOf } = props
  const rows = useMemo(() => flattenTree(roots, { keyOf, childrenOf }, open), [roots, keyOf, childrenOf, open])
  const scroller = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<string>()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 1000, height: 480 },
  })
  const drawn = useDrawnRows(virtual, rows.length)
  const template = columns.map((column) => column.width).join(' ')
  const tabStop = rows.some((row) => row.key === focused) ? focused : rows[0]?.key

  const focusAt = (at: number) => {
    const row = rows[Math.max(0, Math.min(at, rows.length - 1))]
    if (!row) return
    setFocused(row.key)
    virtual.scrollToIndex(rows.indexOf(row))
    focusWhenDrawn(() => scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`))
  }

  const onKeyDown = (event: KeyboardEvent, row: TreeRow<Row>, at: number) => {
    if (event.target !== event.currentTarget) return
    const handled = treeKeys(event.key, { row, at, rows, focusAt, onToggle, choose: () => onChoose?.(row.row) })
    if (handled) event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      className="tree-table"
      role="treegrid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      style={{ height, maxHeight: rows.length * rowHeight + 48 }}
    >
      <div role="presentation" className="data-grid-inner">
        <div className="tree-table-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <div
              key={column.key}
              role="columnheader"
              data-column={column.key}
              className={`tree-table-cell ${column.align === 'right' ? 'right' : ''}`}
            >
              {column.title}
            </div>
          ))}
        </div>
        <div role="presentation" className="grid-rows" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {drawn.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <div
                key={row.key}
                data-key={row.key}
                role="row"
                className="tree-table-row"
                aria-level={row.level}
                aria-posinset={row.place}
                aria-setsize={row.siblings}
                aria-rowindex={item.index + 2}
                {...(row.hasChildren ? { 'aria-expanded': row.isOpen } : {})}
                tabIndex={row.key === tabStop ? 0 : -1}
                style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }}
                onFocus={() => setFocused(row.key)}
                onKeyDown={(event) => onKeyDown(event, row, item.index)}
              >
                {columns.map((column, at) => (
                  <div
                    key={column.key}
                    role={at === 0 ? 'rowheader' : 'gridcell'}
                    data-column={column.key}
                    className={`tree-table-cell ${column.align === 'right' ? 'right' : ''} ${at === 0 ? 'tree-table-first' : ''}`}
                    style={at === 0 ? { paddingLeft: 6 + (row.level - 1) * 18 } : undefined}
                  >
                    {at === 0 && <Twist row={row} name={props.nameOf(row.row)} onToggle={onToggle} />}
                    {column.cell(row.row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface TreeKeyTools<Row> {
  readonly row: TreeRow<Row>
  readonly at: number
  readonly rows: readonly TreeRow<Row>[]
  readonly focusAt: (at: number) => void
  readonly onToggle: (key: string, isOpen: boolean) => void
  readonly choose: () => void
}

/** The keys of the ARIA treegrid pattern; answers whether the key was one of them. */
function treeKeys<Row>(key: string, { row, at, rows, focusAt, onToggle, choose }: TreeKeyTools<Row>): boolean {
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => focusAt(at + 1),
    ArrowUp: () => focusAt(at - 1),
    Home: () => focusAt(0),
    End: () => focusAt(rows.length - 1),
    PageDown: () => focusAt(at + 10),
    PageUp: () => focusAt(at - 10),
    ArrowRight: () => (row.hasChildren && !row.isOpen ? onToggle(row.key, true) : focusAt(at + 1)),
    ArrowLeft: () =>
      row.isOpen ? onToggle(row.key, false) : focusAt(rows.findIndex((other) => other.key === row.parentKey)),
    Enter: choose,
    ' ': () => onToggle(row.key, !row.isOpen),
  }
  const move = moves[key]
  if (!move) return false
  move()
  return true
}

interface TwistProps<Row> {
  readonly row: TreeRow<Row>
  readonly name: string
  readonly onToggle: (key: string, isOpen: boolean) => void
}

function Twist<Row>({ row, name, onToggle }: TwistProps<Row>) {
  const t = useWords(kitWords)
  return (
    <button
      type="button"
      className="tree-table-twist"
      tabIndex={-1}
      data-open={row.isOpen}
      data-leaf={!row.hasChildren}
      aria-label={t(row.isOpen ? 'collapse' : 'expand', { name })}
      onClick={() => onToggle(row.key, !row.isOpen)}
    >
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
        <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
    </button>
  )
}
