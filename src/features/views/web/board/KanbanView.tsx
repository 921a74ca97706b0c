import { useState, type KeyboardEvent } from 'react'
import { Segmented, Select } from 'antd'
import {
  fieldOf,
  fixedValue,
  isNumber,
  titleOf,
  useTotals,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import type { Filter } from '#engine/query/filter.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { isEditedInCell } from '../list/CellEditor.tsx'
import { useMoves } from '../use-moves.ts'
import type { ShownView } from '../use-views.ts'
import { viewWords } from '../words.ts'
import { columnFields } from './column-fields.ts'
import { KanbanColumn, type Lifted } from './KanbanColumn.tsx'
import { mostColumns, useColumns, type BoardColumn } from './use-columns.ts'
import './board.css'

interface KanbanViewProps {
  readonly object: ScreenObject
  readonly shown: ShownView
  readonly filter: Filter | undefined
}

const helpId = 'kanban-help'

/** Records in columns by the value of a field: moved by pointer, by keyboard, or from a menu. */
export function KanbanView({ object, shown, filter }: KanbanViewProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const language = useLanguage()
  const isPhone = useIsPhone()
  const offered = columnFields(object)
  const chosen = shown.state.definition.kanban
  const field = fieldOf(object, chosen?.by ?? '') ?? offered[0]
  const money = object.fields.filter((one) => isNumber(one) && one.type !== 'percent')
  const sum = chosen ? fieldOf(object, chosen.sum ?? '') : money.find((one) => one.type === 'money')
  const { columns, isPending, error, isTooMany } = useColumns(field)
  const totals = useTotals(
    object.key,
    { filter, sum: sum ? [sum.key] : [], groupBy: field?.key ?? '' },
    field !== undefined && !isTooMany,
  )
  const { move, placed, dialog } = useMoves(object)
  const [lifted, setLifted] = useState<Lifted>()
  const [said, setSaid] = useState('')
  const [phoneColumn, setPhoneColumn] = useState(0)

  if (!field) return <EmptyState title={t('boardNone')} text={t('boardNoneText')} />
  const isMovable = object.can.update && isEditedInCell(field)
  const setBoard = (by: string, summed: string | undefined) =>
    shown.change({ kanban: { by, ...(summed ? { sum: summed } : {}) } })
  const bar = (
    <div className="kind-bar">
      <label>
        {t('boardBy')}{' '}
        <Select<string>
          aria-label={t('boardBy')}
          value={field.key}
          options={offered.map((one) => ({ value: one.key, label: label(one.label) }))}
          onChange={(by) => setBoard(by, sum?.key)}
        />
      </label>
      {money.length > 0 && (
        <label>
          {t('boardSum')}{' '}
          <Select<string>
            aria-label={t('boardSum')}
            value={sum?.key ?? ''}
            options={[
              { value: '', label: t('countOnly') },
              ...money.map((one) => ({ value: one.key, label: label(one.label) })),
            ]}
            onChange={(key) => setBoard(field.key, key || undefined)}
          />
        </label>
      )}
    </div>
  )
  if (isPending) return <LoadingState rows={10} />
  if (error ?? totals.error) return <ErrorState problem={error ?? totals.error} onRetry={() => void totals.refetch()} />
  if (isTooMany) {
    return (
      <>
        {bar}
        <EmptyState title={t('boardMany', { field: label(field.label), n: mostColumns })} text={t('boardNoneText')} />
      </>
    )
  }
  const groups = new Map(totals.data?.groups?.map((group) => [group.value, group]) ?? [])
  const nameOf = (row: RecordRow) => titleOf(object, row, language)
  const keyOf = (column: BoardColumn) => column.value ?? ''
  const drop = async (held: Lifted | undefined, to: BoardColumn) => {
    setLifted(undefined)
    if (!held || held.from.value === to.value) return
    const value = field.type === 'yes_no' && to.value !== null ? to.value === 'true' : to.value
    const isDone = await move({ row: held.row, from: keyOf(held.from), to: keyOf(to) }, { [field.key]: value })
    if (isDone) setSaid(t('dropped', { name: nameOf(held.row), column: to.name }))
  }
  const onKey = (event: KeyboardEvent, row: RecordRow, column: BoardColumn) => {
    if (!isMovable || fixedValue(object, field, row)) return
    const held = lifted?.row.id === row.id ? lifted : undefined
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.key === ' ') {
      if (held) void drop(held, held.over)
      else {
        setLifted({ row, from: column, over: column, byKeyboard: true })
        setSaid(t('lifted', { name: nameOf(row), column: column.name }))
      }
    } else if (held && event.key === 'Escape') {
      setLifted(undefined)
      setSaid(t('cancelled', { column: held.from.name }))
    } else if (held && step !== 0) {
      const over = columns[columns.findIndex((one) => one.value === held.over.value) + step]
      if (over) {
        setLifted({ ...held, over })
        setSaid(t('over', { column: over.name }))
      }
    } else return
    event.preventDefault()
  }
  const seen = isPhone ? columns.filter((_column, at) => at === Math.min(phoneColumn, columns.length - 1)) : columns
  return (
    <>
      {bar}
      {isPhone && (
        <div className="kanban-tabs">
          <Segmented<number>
            aria-label={label(field.label)}
            value={phoneColumn}
            options={columns.map((column, at) => ({
              value: at,
              label: `${column.name} ${groups.get(column.value)?.count ?? 0}`,
            }))}
            onChange={setPhoneColumn}
          />
        </div>
      )}
      <div className="kanban" role="group" aria-label={t('kanban')}>
        {seen.map((column) => (
          <KanbanColumn
            key={keyOf(column)}
            object={object}
            field={field}
            column={column}
            columns={columns}
            filter={filter}
            sort={shown.state.definition.sort}
            count={groups.get(column.value)?.count ?? 0}
            sum={sum && { field: sum, value: groups.get(column.value)?.sums[sum.key] ?? '0' }}
            lifted={lifted}
            isMovable={isMovable}
            helpId={helpId}
            placed={(rows) => placed(keyOf(column), rows)}
            onLift={(row) => setLifted({ row, from: column, over: column, byKeyboard: false })}
            onLetGo={() => setLifted(undefined)}
            onDrop={() => void drop(lifted, column)}
            onMove={(row, to) => void drop({ row, from: column, over: to, byKeyboard: false }, to)}
            onKey={(event, row) => onKey(event, row, column)}
            onOpenList={(own) => shown.setKind('list', { filter: own })}
          />
        ))}
      </div>
      <p id={helpId} className="visually-hidden">
        {t('cardHelp')}
      </p>
      <div aria-live="assertive" className="visually-hidden">
        {said}
      </div>
      {dialog}
    </>
  )
}
