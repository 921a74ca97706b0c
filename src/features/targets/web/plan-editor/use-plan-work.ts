import { App } from 'antd'
import { useMemo, useState } from 'react'
import { toUnits, fromUnits, isWhole } from '#engine/money/units.ts'
import { inWords } from '#base/label.ts'
import { typedAmount } from '#web/kit/amount-text.ts'
import type { TreeRow } from '#web/kit/flatten-tree.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { crossings, rowIdAt } from '../../levels.ts'
import type { Level } from '../../levels.ts'
import { raised, readRelative, type RelativeEntry } from '../../relative-entry.ts'
import { changesBetween, rebuffered, relocked } from '../../plan-changes.ts'
import { isLocked, mismatches, nodeOf } from '../../plan-tree.ts'
import type { CellChange } from '../../plan-tree.ts'
import { mostOf, tooHighCells } from '../../too-high.ts'
import { cellText } from './cell-text.ts'
import { basesOf, doAct, openWork, redo, replay, rowsToSave, undo, withBasis } from '../../plan-work.ts'
import type { Absorb, PlanAct } from '../../plan-work.ts'
import type { CellEdit } from '../../over-months.ts'
import { refusalWords } from '../../refusal-words.ts'
import type { GridColumn } from './grid-columns.ts'
import type { GridSpot } from '#web/kit/grid-move.ts'
import { problemText } from '#web/kit/problem-text.ts'
import type { OpenPlan, PlanLine } from './open-plan.ts'
import { cellKey, type RefusedCells } from './refused-cell.ts'
import { asShares } from './shares-in-block.ts'
import { readBasis } from './use-plan.ts'
import { planWords } from './words.ts'

/** One place for what is said of cells: the newest word takes the place of the one before. */
export const cellToast = 'plan-cell'

/**
 * The plan on the screen: every act of the reader, what it changed, and the way back. `tellFrozen` says why a plan that
 * nobody may write in now stands still.
 */
export function usePlanWork(open: OpenPlan, tellFrozen: () => void) {
  const t = useWords(planWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const { unit } = open.plan
  const saved = open.tree
  const [level, setLevel] = useState<Level>('target')
  const [work, setWork] = useState(() => openWork(saved))
  const [absorb, setAbsorb] = useState<Absorb>('siblings')
  const [refused, setRefused] = useState<RefusedCells>(new Map())
  const fixedTops = useMemo(
    () => open.rows.filter((row) => row.parentId === null && !row.canEdit).map((row) => row.id),
    [open.rows],
  )
  const rules = { unit, fixedTops }
  const names = useMemo(
    () => new Map(open.plan.levels.flatMap((each) => open.rows.map((row) => [rowIdAt(each, row.id), row.name]))),
    [open.rows, open.plan.levels],
  )

  // After a save or a newer version the work starts from there.
  if (work.saved !== saved && work.acts.length === 0) setWork(openWork(saved))

  const placeOf = ({ node, month }: Pick<CellChange, 'node' | 'month'>) => {
    const label = open.months[month]?.label
    return { name: names.get(node) ?? '', period: label ? label[language] : String(month + 1) }
  }
  const amountsOf = ({ after }: CellChange) => ({
    amount: cellText(after, unit, open.plan.measure),
    most: cellText(mostOf({ unit, rule: open.tree.rule }) ?? 0n, unit, open.plan.measure),
  })

  const warn = (content: string) => void message.warning({ key: cellToast, content })

  /** Does it, or answers why it cannot be. */
  const attempt = (next: PlanAct): string | undefined => {
    const done = doAct(work, next, rules)
    if (!done.ok) return inWords(refusalWords[done.reason], language, { name: names.get(done.at ?? '') ?? '' })
    const [beyond] = tooHighCells(work.tree, done.work.tree, unit)
    if (beyond) return t('tooHigh', { ...placeOf(beyond), ...amountsOf(beyond) })
    setWork(done.work)
    return undefined
  }

  /** Does it, or says why it cannot be; whether it was done. */
  const act = (next: PlanAct): boolean => {
    const why = attempt(next)
    if (why !== undefined) warn(why)
    return why === undefined
  }

  /** The count of a cell, or why the text is none. */
  const readValue = (text: string, row: PlanLine, column: GridColumn): bigint | string => {
    const place = { name: row.name, period: column.label[language], text }
    const amount = typedAmount(text, open.plan.measure)
    if (amount === null) return t('notANumber', place)
    return isWhole(amount, unit) ? toUnits(amount, unit) : t('tooFine', place)
  }

  const drop = (row: PlanLine, column: GridColumn) =>
    setRefused((before) => without(before, [cellKey(rowIdAt(level, row.id), column.key)]))

  /** Marks the cell with what was refused there and says it once; takes the mark away where it was taken. */
  const settleCell = (row: PlanLine, column: GridColumn, text: string, why: string | undefined) => {
    if (why === undefined) return drop(row, column)
    warn(why)
    const cell = { name: row.name, period: column.label[language], text, why }
    setRefused((before) => new Map(before).set(cellKey(rowIdAt(level, row.id), column.key), cell))
  }

  /** A cell entered relative to a result: what it starts from is asked, and stays with the row. */
  const enterRelative = async (row: PlanLine, column: GridColumn, text: string, entry: RelativeEntry) => {
    const [first, last] = [(column.months[0] ?? 0) + 1, (column.months.at(-1) ?? 0) + 1]
    try {
      const { base, amount } = await readBasis(open.plan.id, {
        node: row.id,
        first: String(first),
        last: String(last),
        ...(entry.base ? { base: keyOfBase(entry.base, open.plan.year - 1) } : {}),
      })
      const why = attempt({
        kind: 'edit',
        absorb,
        edits: [
          { node: rowIdAt(level, row.id), months: column.months, value: raised(toUnits(amount, unit), entry.percent) },
        ],
        ...(level === 'target' ? { basis: { first, last, percent: entry.percent, base, amount } } : {}),
      })
      settleCell(row, column, text, why)
    } catch (problem) {
      settleCell(row, column, text, problemText(problem))
    }
  }

  const mayWrite = ({ canEdit }: PlanLine): boolean => canEdit && open.plan.can.edit
  /** Says why nothing can be written in a row. */
  const tellReadOnly = ({ canEdit }: PlanLine) => {
    if (canEdit) tellFrozen()
    else void message.info({ key: cellToast, content: t('readOnlyRow') })
  }

  /** What was typed becomes the target, or stays marked in its cell with the reason. */
  const enter = (row: PlanLine, column: GridColumn, text: string) => {
    if (!mayWrite(row)) return tellReadOnly(row)
    const entry = readRelative(text)
    if (entry) return void enterRelative(row, column, text, entry)
    const value = readValue(text, row, column)
    const why =
      typeof value === 'string'
        ? value
        : attempt({ kind: 'edit', absorb, edits: [{ node: rowIdAt(level, row.id), months: column.months, value }] })
    settleCell(row, column, text, why)
  }

  const paste = (
    spot: GridSpot,
    block: readonly (readonly string[])[],
    rows: readonly TreeRow<PlanLine>[],
    columns: readonly GridColumn[],
  ) => {
    if (!open.plan.can.edit) return tellFrozen()
    const width = Math.max(...block.map((line) => line.length))
    const edits: CellEdit[] = []
    const mended: string[] = []
    for (const [down, line] of (open.plan.measure === 'percent' ? asShares(block) : block).entries()) {
      const row = rows[spot.row + down]?.row
      for (const [right, text] of line.entries()) {
        const column = columns[spot.column + right]
        // Sums follow from their months, which are in the block as well.
        if (!row?.canEdit || !column || text.trim() === '' || (width > 1 && column.kind !== 'month')) continue
        const value = readValue(text, row, column)
        if (typeof value === 'string') return warn(value)
        edits.push({ node: rowIdAt(level, row.id), months: column.months, value })
        mended.push(cellKey(rowIdAt(level, row.id), column.key))
      }
    }
    if (edits.length > 0 && act({ kind: 'edit', absorb, edits })) setRefused((before) => without(before, mended))
  }

  const toggleLock = (row: PlanLine, column: GridColumn) => {
    if (!mayWrite(row)) return tellReadOnly(row)
    const node = nodeOf(work.tree, rowIdAt(level, row.id))
    const locked = column.months.some((month) => !isLocked(node, month))
    act({ kind: 'lock', node: rowIdAt(level, row.id), months: column.months, locked })
  }

  const changes = useMemo(() => changesBetween(work.saved, work.tree), [work])
  const relockedRows = useMemo(() => relocked(work.saved, work.tree), [work])
  const wrongSums = useMemo(() => (changes.length === 0 ? [] : mismatches(work.tree)), [changes, work.tree])
  const crossed = useMemo(
    () => (changes.length === 0 || open.plan.levels.length === 1 ? [] : crossings(work.tree)),
    [changes, work.tree, open.plan.levels],
  )
  const isRebuffered = useMemo(() => rebuffered(work.saved, work.tree).length > 0, [work])
  const bases = useMemo(() => {
    const known = new Map(open.rows.flatMap((row) => (row.bases.length > 0 ? [[row.id, row.bases] as const] : [])))
    const all = new Map<string, PlanLine['bases']>(known)
    for (const [id, entered] of basesOf(work.acts)) {
      all.set(id, entered.reduce<readonly PlanLine['bases'][number][]>(withBasis, all.get(id) ?? []).slice())
    }
    return all
  }, [open.rows, work.acts])
  return {
    level,
    setLevel,
    bases,
    crossed,
    work,
    saved: work.saved,
    tree: work.tree,
    names,
    absorb,
    setAbsorb,
    act,
    mayWrite,
    tellReadOnly,
    enter,
    refused,
    drop,
    paste,
    toggleLock,
    changes,
    relockedRows,
    wrongSums,
    isDirty: changes.length > 0 || relockedRows.length > 0 || isRebuffered || refused.size > 0,
    undo: () => setWork(undo(work)),
    redo: () => setWork(redo(work)),
    discard: () => {
      setWork(openWork(saved))
      setRefused(new Map())
    },
    /** Everything was saved: the next look is at what the server has. */
    settle: () => setWork((now) => ({ ...now, acts: [], past: [], undone: [] })),
    /** The server's newest version with the same acts once more; how many did not fit. */
    redoOn: (newest: OpenPlan): number => {
      const { work: redone, left } = replay(newest.tree, work.acts, rules)
      setWork(redone)
      return left
    },
    rowsToSave: () => {
      const entered = basesOf(work.acts)
      return rowsToSave(work, (count) => fromUnits(count, unit)).map((row) =>
        entered.has(row.node) ? { ...row, bases: bases.get(row.node) ?? [] } : row,
      )
    },
  }
}

function without(cells: RefusedCells, keys: readonly string[]): RefusedCells {
  return keys.some((key) => cells.has(key)) ? new Map([...cells].filter(([key]) => !keys.includes(key))) : cells
}

/** `2025-Q3`, `2025-03` or `2025-M03` for a period that somebody named. */
function keyOfBase({ kind, number, year }: NonNullable<RelativeEntry['base']>, usual: number): string {
  const of = String(number).padStart(2, '0')
  const period = kind === 'quarter' ? `Q${number}` : kind === 'month' ? of : `M${of}`
  return `${year ?? usual}-${period}`
}

export type PlanWorkbench = ReturnType<typeof usePlanWork>
