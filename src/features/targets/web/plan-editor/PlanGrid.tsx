import { LockFilled } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { overPeriods } from '#engine/metrics/plan-rule.ts'
import type { PeriodRule } from '#engine/metrics/plan-rule.ts'
import type { TreeRow } from '#web/kit/flatten-tree.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useDrawnRows } from '#web/kit/use-is-printing.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { rowIdAt } from '../../levels.ts'
import type { Level } from '../../levels.ts'
import { basisText } from './basis-text.ts'
import type { PlanSummary } from '../../contract.ts'
import type { PlanLine } from './open-plan.ts'
import { isLocked, monthOf, totalOf } from '../../plan-tree.ts'
import type { PlanNode, PlanTree } from '../../plan-tree.ts'
import type { GridColumn } from './grid-columns.ts'
import { cellText, editText } from './cell-text.ts'
import { keyMove } from './key-move.ts'
import type { GridSpot } from '#web/kit/grid-move.ts'
import { planWords } from './words.ts'

const rowHeight = 34
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
  readonly onEnter: (row: PlanLine, column: GridColumn, text: string) => void
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
    estimateSize: () => rowHeight,
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
    if (here && column && text.trim() !== '') props.onEnter(here.row, column, text)
    onSpot(within({ row: spot.row + (move.row ?? 0), column: spot.column + (move.column ?? 0) }))
  }
  const within = ({ row, column: at }: GridSpot): GridSpot => ({
    row: Math.max(0, Math.min(row, rows.length - 1)),
    column: Math.max(0, Math.min(at, columns.length - 1)),
  })

  const shown = () => {
    const node = here && props.tree.nodes.get(rowIdAt(props.level, here.key))
    return node && column ? editText(sumOver(node, column, props.tree.rule.periods), props.unit, props.measure) : ''
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (draft !== undefined || !here || !column) return
    const move = keyMove(event, { spot, rows, columns: columns.length, page: 12 })
    if (move?.kind === 'go') onSpot(within(move.spot))
    else if (move?.kind === 'toggle') props.onToggle(here.key, move.isOpen)
    else if (move?.kind === 'lock') props.onLock(here.row, column)
    else if (move?.kind === 'clear' && here.row.canEdit) props.onEnter(here.row, column, '0')
    else if (move?.kind === 'edit' && here.row.canEdit) setDraft(move.text === '' ? shown() : move.text)
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

interface GridRowProps {
  readonly row: TreeRow<PlanLine>
  readonly node: PlanNode
  readonly saved: PlanNode
  /** What the row hands out more than it has, over the year. */
  readonly held: bigint
  readonly bases: PlanLine['bases'] | undefined
  readonly at: number
  readonly top: number
  readonly template: string
  readonly unit: string
  readonly measure: PlanSummary['measure']
  readonly periods: PeriodRule
  readonly columns: readonly GridColumn[]
  /** The column where the cursor stands; -1 in other rows. */
  readonly current: number
  readonly draft: string | undefined
  readonly onSpot: (spot: GridSpot) => void
  readonly onToggle: (id: string, isOpen: boolean) => void
  readonly onDraft: (text: string | undefined) => void
  readonly onCommit: (text: string, move: Partial<GridSpot>) => void
}

const GridRow = memo(
  function GridRow({ row, node, saved, held, bases, at, top, template, columns, current, ...rest }: GridRowProps) {
    const t = useWords(planWords)
    const { name, kind, isHead, tier } = row.row
    const taken = takenOf(node)
    const bufferText = [
      t('bufferOf', { percent: Number(node.buffer ?? 0n) / 100, amount: cellText(held, rest.unit, rest.measure) }),
      ...(taken > 0n ? [t('bufferTaken', { amount: cellText(taken, rest.unit, rest.measure) })] : []),
    ].join('\n')
    return (
      <div
        className="plan-grid-row"
        data-kind={kind}
        role="row"
        aria-level={row.level}
        aria-posinset={row.place}
        aria-setsize={row.siblings}
        aria-rowindex={at + 2}
        {...(row.hasChildren ? { 'aria-expanded': row.isOpen } : {})}
        style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${top}px)` }}
      >
        <div className="plan-grid-name" role="rowheader" style={{ paddingLeft: 8 + (row.level - 1) * 16 }}>
          <button
            type="button"
            tabIndex={-1}
            className="tree-table-twist"
            data-open={row.isOpen}
            data-leaf={!row.hasChildren}
            aria-label={name}
            onClick={() => rest.onToggle(row.key, !row.isOpen)}
          >
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
              <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
            </svg>
          </button>
          <span className="plan-grid-title" title={name}>
            {name}
          </span>
          {(tier ?? (isHead ? t('head') : null)) && <span className="plan-grid-tier">{tier ?? t('head')}</span>}
          {(node.buffer ?? 0n) > 0n && (
            <span className="plan-grid-buffer num" title={bufferText}>
              {t('bufferBadge', { percent: Number(node.buffer) / 100 })}
              {taken > 0n && ' −'}
            </span>
          )}
        </div>
        {columns.map((column, index) => (
          <GridCell
            key={column.key}
            column={column}
            value={sumOver(node, column, rest.periods)}
            before={sumOver(saved, column, rest.periods)}
            locked={column.months.every((month) => isLocked(node, month))}
            isCurrent={index === current}
            basis={basisOver(bases, column)}
            canEdit={row.row.canEdit}
            label={`${name} ${column.key}`}
            draft={index === current ? rest.draft : undefined}
            onChoose={() => rest.onSpot({ row: at, column: index })}
            unit={rest.unit}
            measure={rest.measure}
            onDraft={rest.onDraft}
            onCommit={rest.onCommit}
          />
        ))}
      </div>
    )
  },
  // Handlers are made anew with every render, but what they do depends on the cursor, which is compared.
  (before, after) =>
    before.row === after.row &&
    before.node === after.node &&
    before.saved === after.saved &&
    before.held === after.held &&
    before.bases === after.bases &&
    before.top === after.top &&
    before.columns === after.columns &&
    before.current === after.current &&
    before.draft === after.draft &&
    after.current === -1,
)

interface GridCellProps {
  readonly column: GridColumn
  readonly value: bigint
  readonly before: bigint
  readonly locked: boolean
  readonly isCurrent: boolean
  readonly basis: PlanLine['bases'][number] | undefined
  readonly canEdit: boolean
  readonly label: string
  readonly draft: string | undefined
  readonly unit: string
  readonly measure: PlanSummary['measure']
  readonly onChoose: () => void
  readonly onDraft: (text: string | undefined) => void
  readonly onCommit: (text: string, move: Partial<GridSpot>) => void
}

function GridCell({
  column,
  value,
  before,
  locked,
  isCurrent,
  basis,
  canEdit,
  label,
  draft,
  unit,
  measure,
  onChoose,
  ...rest
}: GridCellProps) {
  const t = useWords(planWords)
  const text = cellText(value, unit, measure)
  const isChanged = value !== before
  const titles = [
    ...(isChanged ? [`${cellText(before, unit, measure)} → ${text}`] : []),
    ...(basis ? [basisText(basis, value, { unit, measure })] : []),
  ]
  return (
    <div
      role="gridcell"
      className="plan-grid-cell num"
      data-kind={column.kind}
      data-changed={isChanged}
      data-current={isCurrent}
      data-fixed={!canEdit}
      aria-selected={isCurrent}
      aria-readonly={!canEdit || locked}
      tabIndex={isCurrent ? 0 : -1}
      title={titles.length > 0 ? titles.join('\n') : undefined}
      onClick={onChoose}
      onDoubleClick={() => canEdit && rest.onDraft(editText(value, unit, measure))}
    >
      {basis && (
        <span className="plan-grid-basis">
          {basis.percent.startsWith('-') ? '' : '+'}
          {basis.percent}%
        </span>
      )}
      {locked && <LockFilled className="plan-grid-lock" aria-label={t('locked')} />}
      {draft === undefined ? (
        <span>{text}</span>
      ) : (
        <CellInput key="input" label={label} text={draft} onText={rest.onDraft} onCommit={rest.onCommit} />
      )}
    </div>
  )
}

interface CellInputProps {
  readonly label: string
  readonly text: string
  readonly onText: (text: string | undefined) => void
  readonly onCommit: (text: string, move: Partial<GridSpot>) => void
}

function CellInput({ label, text, onText, onCommit }: CellInputProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const ends: Readonly<Record<string, () => void>> = {
      Enter: () => onCommit(text, { row: event.shiftKey ? -1 : 1 }),
      Tab: () => onCommit(text, { column: event.shiftKey ? -1 : 1 }),
      ArrowDown: () => onCommit(text, { row: 1 }),
      ArrowUp: () => onCommit(text, { row: -1 }),
      Escape: () => onText(undefined),
    }
    const end = ends[event.key]
    if (!end) return
    event.preventDefault()
    end()
  }
  return (
    <input
      ref={(input) => input?.focus()}
      className="plan-grid-input num"
      inputMode="decimal"
      aria-label={label}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => onCommit(text, {})}
    />
  )
}

/** What amendments of rows below took out of the row's buffer, all year. */
function takenOf(node: PlanNode): bigint {
  return totalOf(node.taken ?? [])
}

/** Children's sum over the row, all year. */
function heldBy(tree: PlanTree, node: PlanNode): bigint {
  if ((node.buffer ?? 0n) === 0n) return 0n
  const below = (tree.children.get(node.id) ?? []).map((id) => totalOf(tree.nodes.get(id)?.months ?? []))
  return totalOf(below) - totalOf(node.months)
}

function basisOver(bases: PlanLine['bases'] | undefined, { months }: GridColumn) {
  return bases?.find(({ first, last }) => first === (months[0] ?? 0) + 1 && last === (months.at(-1) ?? 0) + 1)
}

/** What the months of a column make together, by the rule of the plan's periods. */
function sumOver(node: PlanNode, { months }: GridColumn, periods: PeriodRule): bigint {
  return months.length === 1
    ? monthOf(node.months, months[0] ?? 0)
    : overPeriods(
        months.map((month) => monthOf(node.months, month)),
        periods,
      )
}
