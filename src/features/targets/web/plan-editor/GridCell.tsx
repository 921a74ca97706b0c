import { LockFilled } from '@ant-design/icons'
import type { GridSpot } from '#web/kit/grid-move.ts'
import { useWords } from '#web/words/use-words.ts'
import type { PlanSummary } from '../../contract.ts'
import { basisText } from './basis-text.ts'
import { CellInput } from './CellInput.tsx'
import { cellText, editText } from './cell-text.ts'
import type { GridColumn } from './grid-columns.ts'
import type { PlanLine } from './open-plan.ts'
import type { RefusedCell } from './refused-cell.ts'
import { planWords } from './words.ts'

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
  readonly refused: RefusedCell | undefined
  readonly unit: string
  readonly measure: PlanSummary['measure']
  readonly onChoose: () => void
  readonly onDraft: (text: string | undefined) => void
  readonly onCommit: (text: string, move: Partial<GridSpot>) => void
}

/** A figure with what it was, what it was entered relative to, and whether it is locked; an input while it is written over. */
export function GridCell({
  column,
  value,
  before,
  locked,
  isCurrent,
  basis,
  canEdit,
  label,
  draft,
  refused,
  unit,
  measure,
  onChoose,
  ...rest
}: GridCellProps) {
  const t = useWords(planWords)
  const text = cellText(value, unit, measure)
  const isChanged = value !== before
  const titles = [
    ...(refused ? [refused.why] : []),
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
      data-refused={refused !== undefined}
      aria-invalid={refused !== undefined}
      aria-selected={isCurrent}
      aria-readonly={!canEdit || locked}
      tabIndex={isCurrent ? 0 : -1}
      title={titles.length > 0 ? titles.join('\n') : undefined}
      onClick={onChoose}
      onDoubleClick={() => canEdit && rest.onDraft(refused?.text ?? editText(value, unit, measure))}
    >
      {basis && (
        <span className="plan-grid-basis">
          {basis.percent.startsWith('-') ? '' : '+'}
          {basis.percent}%
        </span>
      )}
      {locked && <LockFilled className="plan-grid-lock" aria-label={t('locked')} />}
      {draft === undefined ? (
        <span>{refused?.text ?? text}</span>
      ) : (
        <CellInput
          key="input"
          label={label}
          text={draft}
          isRefused={refused?.text === draft}
          onText={rest.onDraft}
          onCommit={rest.onCommit}
        />
      )}
    </div>
  )
}
