import type { z } from 'zod'
import { inWords } from '#base/label.ts'
import type { Label } from '#base/label.ts'
import { fromUnits, toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { readSheetRoute } from '../contract.ts'
import { openDraft } from '../draft.ts'
import { changesOnTheWire, treeOfRows } from '../plan-cells.ts'
import { changesBetween } from '../plan-changes.ts'
import { isLocked, mismatches, nodeOf } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { sumUp } from '../sum-up.ts'
import { readSheet, writeSheet } from '../wide-sheet.ts'
import type { SheetFault } from '../wide-sheet.ts'
import { leavesOf } from './plan-year.ts'
import { openPlan } from './show-plan.ts'
import type { OpenPlan } from './show-plan.ts'

/** The plan as the usual wide sheet. */
export async function exportSheet(ctx: Ctx, planId: string) {
  return inView(ctx, async (tx) => {
    const { plan, rows } = await openPlan(tx, ctx, planId)
    const months = leavesOf(ctx, plan.year)
    return { plan, ...writeSheet(rows, months, ctx.language) }
  })
}

type Wish = z.output<NonNullable<typeof readSheetRoute.body>>

/**
 * What a sheet would change, where its sums disagree, and which of its cells cannot be used. Nothing is saved.
 * `lines` are the places of the rows in the file that they came from.
 */
export async function previewSheet(ctx: Ctx, planId: string, wish: Wish, lines: readonly number[] = []) {
  return inView(ctx, async (tx) => {
    const open = await openPlan(tx, ctx, planId)
    const months = leavesOf(ctx, open.plan.year)
    const read = readSheet(wish.rows, open.rows, months, open.plan.unit)
    const before = treeOfRows(open.rows, open.plan.unit)
    const given = new Set(read.cells.keys())
    const { tree, faults } = withCells(before, read.cells, open)
    const summed = sumUp(tree, new Set([...given, ...open.fixedTops]))
    const names = new Map(open.rows.map((row) => [row.id, row.name]))
    return {
      version: open.plan.version,
      changes: changesOnTheWire(changesBetween(before, summed.tree), open.plan.unit),
      mismatches: mismatches(summed.tree).map(({ node, month, own, children }) => ({
        node,
        name: names.get(node) ?? '',
        month: month + 1,
        own: fromUnits(own, open.plan.unit),
        children: fromUnits(children, open.plan.unit),
      })),
      faults: [
        ...read.faults.map((fault) =>
          inLanguage(ctx, { ...fault, row: lines[fault.row - 1] ?? fault.row }, faultWords[fault.code]),
        ),
        ...faults.map((fault) => inLanguage(ctx, fault, fault.label)),
      ],
    }
  })
}

interface OwnFault {
  readonly row: number
  readonly column: string
  readonly text: string
  readonly label: Label
}

/** Cells that the actor may change; others only if the sheet brings what is there anyway. */
function withCells(
  tree: PlanTree,
  cells: ReadonlyMap<string, readonly (string | null)[]>,
  { plan, rows, canEdit }: OpenPlan,
) {
  const draft = openDraft(tree)
  const names = new Map(rows.map((row) => [row.id, row.name]))
  const faults: OwnFault[] = []
  for (const [id, values] of cells) {
    values.forEach((text, month) => {
      if (text === null) return
      const value = toUnits(text, plan.unit)
      if (value === draft.valueOf(id, month)) return
      const label = canEdit(id) ? (isLocked(nodeOf(tree, id), month) ? lockedWords : null) : fixedWords
      if (label) faults.push({ row: 0, column: String(month + 1), text: names.get(id) ?? '', label })
      else draft.set(id, month, value)
    })
  }
  return { tree: draft.finish().tree, faults }
}

const lockedWords: Label = { zh: '已锁定，没有采用', en: 'locked, left as it is' }
const fixedWords: Label = { zh: '由上级确定，没有采用', en: 'set by the tier above, left as it is' }

const faultWords: Readonly<Record<SheetFault['code'], Label>> = {
  'unknown-row': { zh: '计划中找不到这个单位或人员', en: 'the plan has no such unit or person' },
  'ambiguous-row': { zh: '有重名，请写明单位', en: 'several bear this name; say which unit' },
  'not-a-number': { zh: '不是数字', en: 'not a number' },
  negative: { zh: '目标不能小于零', en: 'a target cannot be below zero' },
  'too-fine': { zh: '小数位数太多', en: 'too many decimals' },
  twice: { zh: '同一行出现了两次，以后一行为准', en: 'stands twice; the later row counts' },
  'no-months': { zh: '表头里找不到月份列', en: 'the header names no months' },
}

function inLanguage(ctx: Ctx, { row, column, text }: Omit<OwnFault, 'label'>, label: Label) {
  return { row, column, text, message: inWords(label, ctx.language) }
}
