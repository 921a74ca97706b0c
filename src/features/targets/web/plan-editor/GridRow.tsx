import { memo } from 'react'
import type { PeriodRule } from '#engine/metrics/plan-rule.ts'
import type { TreeRow } from '#web/kit/flatten-tree.ts'
import type { GridSpot } from '#web/kit/grid-move.ts'
import { useWords } from '#web/words/use-words.ts'
import type { PlanSummary } from '../../contract.ts'
import { isLocked } from '../../plan-tree.ts'
import type { PlanNode } from '../../plan-tree.ts'
import { cellText } from './cell-text.ts'
import type { GridColumn } from './grid-columns.ts'
import { GridCell } from './GridCell.tsx'
import type { PlanLine } from './open-plan.ts'
import { cellKey, type RefusedCells } from './refused-cell.ts'
import { basisOver, sumOver, takenOf } from './row-sums.ts'
import { planWords } from './words.ts'

export const gridRowHeight = 34

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
  readonly refused: RefusedCells
  readonly canEdit: boolean
  readonly onSpot: (spot: GridSpot) => void
  readonly onToggle: (id: string, isOpen: boolean) => void
  readonly onDraft: (text: string | undefined) => void
  readonly onCommit: (text: string, move: Partial<GridSpot>) => void
}

/** A row of the grid: its name and its cells, drawn anew only when something in it changed. */
export const GridRow = memo(
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
        style={{ gridTemplateColumns: template, height: gridRowHeight, transform: `translateY(${top}px)` }}
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
            canEdit={rest.canEdit}
            label={`${name} ${column.key}`}
            draft={index === current ? rest.draft : undefined}
            refused={rest.refused.get(cellKey(node.id, column.key))}
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
    before.refused === after.refused &&
    before.canEdit === after.canEdit &&
    before.top === after.top &&
    before.columns === after.columns &&
    before.current === after.current &&
    before.draft === after.draft &&
    after.current === -1,
)
