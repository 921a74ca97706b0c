import { App } from 'antd'
import { useMemo, useState } from 'react'
import { toUnits, fromUnits, isWhole } from '#engine/money/units.ts'
import { readDecimal } from '#engine/money/decimal.ts'
import { inWords } from '#base/label.ts'
import type { TreeRow } from '#web/kit/flatten-tree.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { PlanRow } from '../../contract.ts'
import { changesBetween, relocked } from '../../plan-changes.ts'
import { treeOfRows } from '../../plan-cells.ts'
import { isLocked, mismatches, nodeOf } from '../../plan-tree.ts'
import { doAct, openWork, redo, replay, rowsToSave, undo } from '../../plan-work.ts'
import type { Absorb, PlanAct } from '../../plan-work.ts'
import type { CellEdit } from '../../rebalance.ts'
import { refusalWords } from '../../refusal-words.ts'
import type { GridColumn } from './grid-columns.ts'
import type { GridSpot } from '#web/kit/grid-move.ts'
import type { OpenPlan } from './use-plan.ts'
import { planWords } from './words.ts'

/** The plan on the screen: every act of the reader, what it changed, and the way back. */
export function usePlanWork(open: OpenPlan) {
  const t = useWords(planWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const { unit } = open.plan
  const saved = useMemo(() => treeOfRows(open.rows, unit), [open.rows, unit])
  const [work, setWork] = useState(() => openWork(saved))
  const [absorb, setAbsorb] = useState<Absorb>('siblings')
  const fixedTops = useMemo(
    () => open.rows.filter((row) => row.parentId === null && !row.canEdit).map((row) => row.id),
    [open.rows],
  )
  const rules = { unit, fixedTops }
  const names = useMemo(() => new Map(open.rows.map((row) => [row.id, row.name])), [open.rows])

  // After a save or a newer version the work starts from there.
  if (work.saved !== saved && work.acts.length === 0) setWork(openWork(saved))

  const act = (next: PlanAct): boolean => {
    const done = doAct(work, next, rules)
    if (done.ok) setWork(done.work)
    else void message.warning(inWords(refusalWords[done.reason], language, { name: names.get(done.at ?? '') ?? '' }))
    return done.ok
  }

  const readValue = (text: string): bigint | undefined => {
    const read = readDecimal(text)
    if (!read.ok) void message.warning(t('notANumber', { text }))
    else if (!isWhole(read.value, unit)) void message.warning(t('tooFine', { text }))
    else return toUnits(read.value, unit)
    return undefined
  }

  const enter = (row: PlanRow, column: GridColumn, text: string) => {
    if (!row.canEdit) return void message.info(t('readOnlyRow'))
    const value = readValue(text)
    if (value !== undefined) act({ kind: 'edit', absorb, edits: [{ node: row.id, months: column.months, value }] })
  }

  const paste = (
    spot: GridSpot,
    block: readonly (readonly string[])[],
    rows: readonly TreeRow<PlanRow>[],
    columns: readonly GridColumn[],
  ) => {
    const width = Math.max(...block.map((line) => line.length))
    const edits: CellEdit[] = []
    for (const [down, line] of block.entries()) {
      const row = rows[spot.row + down]?.row
      for (const [right, text] of line.entries()) {
        const column = columns[spot.column + right]
        // Sums follow from their months, which are in the block as well.
        if (!row?.canEdit || !column || text.trim() === '' || (width > 1 && column.kind !== 'month')) continue
        const value = readValue(text)
        if (value === undefined) return
        edits.push({ node: row.id, months: column.months, value })
      }
    }
    if (edits.length > 0) act({ kind: 'edit', absorb, edits })
  }

  const toggleLock = (row: PlanRow, column: GridColumn) => {
    if (!row.canEdit) return void message.info(t('readOnlyRow'))
    const node = nodeOf(work.tree, row.id)
    const locked = column.months.some((month) => !isLocked(node, month))
    act({ kind: 'lock', node: row.id, months: column.months, locked })
  }

  const changes = useMemo(() => changesBetween(work.saved, work.tree), [work])
  const relockedRows = useMemo(() => relocked(work.saved, work.tree), [work])
  const wrongSums = useMemo(() => (changes.length === 0 ? [] : mismatches(work.tree)), [changes, work.tree])
  return {
    work,
    saved: work.saved,
    tree: work.tree,
    names,
    absorb,
    setAbsorb,
    act,
    enter,
    paste,
    toggleLock,
    changes,
    relockedRows,
    wrongSums,
    isDirty: changes.length > 0 || relockedRows.length > 0,
    undo: () => setWork(undo(work)),
    redo: () => setWork(redo(work)),
    discard: () => setWork(openWork(saved)),
    /** Everything was saved: the next look is at what the server has. */
    settle: () => setWork((now) => ({ ...now, acts: [], past: [], undone: [] })),
    /** The server's newest version with the same acts once more; how many did not fit. */
    redoOn: (newest: OpenPlan): number => {
      const { work: redone, left } = replay(treeOfRows(newest.rows, unit), work.acts, rules)
      setWork(redone)
      return left
    },
    rowsToSave: () => rowsToSave(work, (count) => fromUnits(count, unit)),
  }
}

export type PlanWorkbench = ReturnType<typeof usePlanWork>
