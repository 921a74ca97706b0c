import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { TreeRow } from '#web/kit/flatten-tree.ts'
import type { GridSpot } from '#web/kit/grid-move.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useDrawnRows } from '#web/kit/use-is-printing.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { PlanSummary } from '../../contract.ts'
import { rowIdAt } from '../../levels.ts'
import type { Level } from '../../levels.ts'
import type { PlanTree } from '../../plan-tree.ts'
import { editText } from './cell-text.ts'
import type { GridColumn } from './grid-columns.ts'
import { GridRow, gridRowHeight } from './GridRow.tsx'
import { keyMove } from './key-move.ts'
import type { PlanLine } from './open-plan.ts'
import { cellKey, type RefusedCells } from './refused-cell.ts'
import { heldBy, sumOver } from './row-sums.ts'
import { planWords } from './words.ts'

const wideName = 240
const phoneName = 136
const yearWidth = 132
const cellWidth = 112

interface PlanGridProps {
  readonly label: string
  readonly unit: string
  readonly measure: PlanSummary['measure']
  readonly columns: readonly GridColumn[]
  readonly rows: readonly TreeRow<PlanLine>[]
  readonly saved: PlanTree
  readonly tree: PlanTree
  readonly level: Level
  /** What targets were entered relative to, by row. */
  readonly bases: ReadonlyMap<string, PlanLine['bases']>
  readonly spot: GridSpot
  readonly onSpot: (spot: GridSpot) => void
  readonly onToggle: (id: string, isOpen: boolean) => void
  /** What was typed and is no target. */
  readonly refused: RefusedCells
  readonly mayWrite: (row: PlanLine) => boolean
  /** Somebody types where nothing can be written. */
  readonly onReadOnly: (row: PlanLine) => void
  readonly onEnter: (row: PlanLine, column: GridColumn, text: string) => void
  /** Forgets what was refused in a cell. */
  readonly onDrop: (row: PlanLine, column: GridColumn) => void
  readonly onPaste: (spot: GridSpot, block: string[][]) => void
  readonly onLock: (row: PlanLine, column: GridColumn) => void
}

/** A spreadsheet whose rows are the tiers: virtualised, driven by the keyboard, changed cells lit until they are saved. */
export function PlanGrid(props: PlanGridProps) {
  const { columns, rows, spot, onSpot } = props
  const label = useLabel()
  const t = useWords(planWords)
  const scroller = useRef<HTMLDivElement>(null)
  const hasFocus = useRef(false)
  const [draft, setDraft] = useState<string>()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => gridRowHeight,
    overscan: 10,
    initialRect: { width: 1200, height: 560 },
  })
  const drawn = useDrawnRows(virtual, rows.length)
  const nameWidth = useIsPhone() ? phoneName : wideName
  const template = `${nameWidth}px ${yearWidth}px repeat(${columns.length - 1}, ${cellWidth}px)`
  const here = rows[spot.row]
  const column = columns[spot.column]

  useEffect(() => {
    virtual.scrollToIndex(spot.row)
    const cell = () => scroller.current?.querySelector<HTMLElement>('[data-current="true"]')
    const frame = requestAnimationFrame(() => {
      if (!hasFocus.current || draft !== undefined) return
      cell()?.focus({ preventScroll: true })
      cell()?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    })
    return () => cancelAnimationFrame(frame)
  }, [spot, draft, virtual])

  const isEditing = useRef(false)
  isEditing.current = draft !== undefined
  const commit = (text: string, move: Partial<GridSpot>) => {
    // The input also loses the focus when it is taken away after Enter.
    if (!isEditing.current) return
    isEditing.current = false
    setDraft(undefined)
    if (here && column && text.trim() === '') props.onDrop(here.row, column)
    else if (here && column) props.onEnter(here.row, column, text)
    onSpot(within({ row: spot.row + (move.row ?? 0), column: spot.column + (move.column ?? 0) }))
  }
  const within = ({ row, column: at }: GridSpot): GridSpot => ({
    row: Math.max(0, Math.min(row, rows.length - 1)),
    column: Math.max(0, Math.min(at, columns.length - 1)),
  })

  const refusedHere = here && column && props.refused.get(cellKey(rowIdAt(props.level, here.key), column.key))
  const shown = () => {
    if (refusedHere) return refusedHere.text
    const node = here && props.tree.nodes.get(rowIdAt(props.level, here.key))
    return node && column ? editText(sumOver(node, column, props.tree.rule.periods), props.unit, props.measure) : ''
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (draft !== undefined || !here || !column) return
    const move = keyMove(event, { spot, rows, columns: columns.length, page: 12 })
    if (move?.kind === 'go') onSpot(within(move.spot))
    else if (move?.kind === 'toggle') props.onToggle(here.key, move.isOpen)
    else if (move?.kind === 'lock') props.onLock(here.row, column)
    else if (move && !props.mayWrite(here.row)) props.onReadOnly(here.row)
    else if (move?.kind === 'clear') props.onEnter(here.row, column, '0')
    else if (move?.kind === 'edit') setDraft(move.text === '' ? shown() : move.text)
    else if (refusedHere && event.key === 'Escape') props.onDrop(here.row, column)
    else return
    event.preventDefault()
  }

  const onPaste = (event: ClipboardEvent) => {
    if (draft !== undefined) return
    event.preventDefault()
    const lines = event.clipboardData.getData('text/plain').replace(/\r/g, '').replace(/\n$/, '').split('\n')
    props.onPaste(
      spot,
      lines.map((line) => line.split('\t')),
    )
  }

  const onCopy = (event: ClipboardEvent) => {
    if (draft !== undefined) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', shown())
  }

  return (
    <div
      ref={scroller}
      className="plan-grid"
      role="treegrid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onCopy={onCopy}
      onFocus={() => (hasFocus.current = true)}
      onBlur={(event) => (hasFocus.current = event.currentTarget.contains(event.relatedTarget))}
    >
      <div
        className="plan-grid-inner"
        role="presentation"
        style={{ width: nameWidth + yearWidth + (columns.length - 1) * cellWidth }}
      >
        <div className="plan-grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          <div role="columnheader" className="plan-grid-name">
            {t('row')}
          </div>
          {columns.map((each) => (
            <div key={each.key} role="columnheader" className="plan-grid-cell" data-kind={each.kind}>
              {label(each.label)}
              {each.kind !== 'month' && props.tree.rule.periods !== 'sum' && (
                <small> {t(`periods-${props.tree.rule.periods}`)}</small>
              )}
            </div>
          ))}
        </div>
        <div role="presentation" className="grid-rows" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {drawn.map((item) => {
            const row = rows[item.index]
            const node = row && props.tree.nodes.get(rowIdAt(props.level, row.key))
            const saved = row && props.saved.nodes.get(rowIdAt(props.level, row.key))
            if (!row || !node || !saved) return null
            const isHere = item.index === spot.row
            return (
              <GridRow
                key={row.key}
                row={row}
                node={node}
                saved={saved}
                held={heldBy(props.tree, node)}
                bases={props.level === 'target' ? props.bases.get(row.key) : undefined}
                at={item.index}
                top={item.start}
                template={template}
                unit={props.unit}
                measure={props.measure}
                periods={props.tree.rule.periods}
                columns={columns}
                current={isHere ? spot.column : -1}
                draft={isHere ? draft : undefined}
                refused={props.refused}
                canEdit={props.mayWrite(row.row)}
                onSpot={onSpot}
                onToggle={props.onToggle}
                onDraft={setDraft}
                onCommit={commit}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
