import { memo } from 'react'
import { Checkbox } from 'antd'
import { FieldValue, isNumber, titleOf, type RecordRow, type ScreenObject } from '#features/objects/web/index.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { Column } from '../columns.ts'
import { viewWords } from '../words.ts'
import { CellEditor, type Leave } from './CellEditor.tsx'
import { stickyAt, type Layout } from './grid-layout.ts'

/** A cell that is open for writing. */
export interface OpenCell {
  readonly column: number
  readonly value: unknown
  readonly fault: string | undefined
}

/** What is done in a row; the same functions for all rows. */
export interface RowActs {
  open(row: RecordRow): void
  /** The cell under the pointer becomes the current one; with shift the range grows to it. */
  point(at: number, column: number, isExtended: boolean): void
  edit(at: number, column: number): void
  check(id: string, isExtended: boolean): void
  commit(row: RecordRow, column: number, value: unknown, leave: Leave): void
  cancel(): void
}

interface GridRowProps {
  readonly object: ScreenObject
  readonly row: RecordRow
  readonly at: number
  readonly top: number
  readonly height: number
  readonly columns: readonly Column[]
  readonly layout: Layout
  /** The column of the current cell, if it is in this row. */
  readonly current: number | undefined
  readonly fromColumn: number | undefined
  readonly toColumn: number | undefined
  readonly hasChecks: boolean
  readonly isChecked: boolean
  readonly openCell: OpenCell | undefined
  readonly acts: RowActs
}

/** One record of the grid. Drawn anew only when something in it changes: there are thousands. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { object, row, at, top, height, columns, layout, current, fromColumn, toColumn, openCell, acts } = props
  const t = useWords(viewWords)
  const label = useLabel()
  const language = useLanguage()
  const title = titleOf(object, row, language)
  return (
    <div
      data-at={at}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={props.hasChecks ? props.isChecked : undefined}
      className="grid-row"
      style={{ gridTemplateColumns: layout.template, height, transform: `translateY(${top}px)` }}
    >
      {props.hasChecks && (
        <div role="gridcell" className="grid-check" style={stickyAt(layout, -1)}>
          <Checkbox
            tabIndex={-1}
            checked={props.isChecked}
            aria-label={t('selectOne', { name: title })}
            onClick={(event) => acts.check(row.id, event.shiftKey)}
          />
        </div>
      )}
      {columns.map(({ field, isPinned }, column) => {
        const isOpen = openCell?.column === column
        const isInRange =
          fromColumn !== undefined && toColumn !== undefined && column >= fromColumn && column <= toColumn
        return (
          <div
            key={field.key}
            role="gridcell"
            aria-colindex={column + 1}
            data-column={column}
            data-current={current === column}
            data-range={isInRange}
            data-pinned={isPinned}
            tabIndex={current === column ? 0 : -1}
            className={`grid-cell ${isNumber(field) ? 'right num' : ''}`}
            style={stickyAt(layout, column)}
            onMouseDown={(event) => event.button === 0 && !isOpen && acts.point(at, column, event.shiftKey)}
            onDoubleClick={() => acts.edit(at, column)}
          >
            {isOpen ? (
              <CellEditor
                field={field}
                value={openCell.value}
                name={row.names[field.key] ?? undefined}
                label={t('editCell', { field: label(field.label), name: title })}
                fault={openCell.fault}
                onCommit={(value, leave) => acts.commit(row, column, value, leave)}
                onCancel={acts.cancel}
              />
            ) : field.key === object.title ? (
              <button
                type="button"
                tabIndex={-1}
                className="plain-button ellipsis grid-title"
                onClick={() => acts.open(row)}
              >
                <FieldValue field={field} row={row} isDense />
              </button>
            ) : (
              <span className="ellipsis">
                <FieldValue field={field} row={row} isDense />
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
})
