import type { Workbook } from 'exceljs'
import type { z } from 'zod'
import { inWords } from '#base/label.ts'
import type { Label } from '#base/label.ts'
import { fromUnits, toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { readSheetRoute } from '../contract.ts'
import { crossings, levels, readRowId, rowIdAt } from '../levels.ts'
import { openDraft } from '../draft.ts'
import { changesOnTheWire, treeOfRows } from '../plan-cells.ts'
import { changesBetween } from '../plan-changes.ts'
import { isLocked, mismatches, nodeOf } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { sumUp } from '../sum-up.ts'
import { readSheet, writeSheet } from '../wide-sheet.ts'
import type { SheetFault } from '../wide-sheet.ts'
import { crossedLevels } from './faults.ts'
import { formerCells } from './former-cells.ts'
import { pathStore } from './path-store.ts'
import { leavesOf } from './plan-year.ts'
import { readWorkbook } from './read-workbook.ts'
import type { WorkbookRead } from './read-workbook.ts'
import { revisionsInSight } from './revisions.ts'
import { monthsOfPlan, openPlan } from './show-plan.ts'
import type { OpenPlan } from './show-plan.ts'

/** The plan as the usual wide sheet. */
export async function exportSheet(ctx: Ctx, planId: string) {
  return inView(ctx, async (tx) => {
    const { plan, rows } = await openPlan(tx, ctx, planId)
    const months = leavesOf(ctx, plan.year)
    return { plan, ...writeSheet(rows, months, plan, ctx.language) }
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
    const { cells, faults } = readSheet(wish.rows, open.rows, months, open.plan)
    const placed = faults.map((fault) => ({ ...fault, row: lines[fault.row - 1] ?? fault.row }))
    return differences(ctx, open, { cells, faults: placed, given: new Set(cells.keys()), outdated: null })
  })
}

/** The same for a workbook that the plan went out as; what the plan changed since is kept and told. */
export async function previewWorkbook(ctx: Ctx, planId: string, book: Workbook) {
  return inView(ctx, async (tx) => {
    const open = await openPlan(tx, ctx, planId)
    const rows = new Map(open.all.map((row) => [row.id, row]))
    const parents = new Set(open.all.map(({ parentId }) => parentId))
    const read = readWorkbook(book, {
      months: monthsOfPlan(ctx, open.plan),
      counting: open.plan,
      hasChildren: (id) => parents.has(id),
      isKnown: (id) => rows.has(id),
    })
    if (read.planId !== planId) throw targetErrors.SHEET_OF_ANOTHER_PLAN()
    const since = await changedSince(tx, ctx, open, read)
    const given = new Set<string>()
    for (const [id, values] of read.cells) {
      values.forEach((value, month) => value !== null && parents.has(id) && given.add(`${id} ${month}`))
    }
    return differences(ctx, open, { cells: since.cells, faults: read.faults, given, outdated: since.outdated })
  })
}

type Outdated = NonNullable<z.input<NonNullable<typeof readSheetRoute.reply>>['outdated']>

/** The workbook's own changes: cells that stand as the plan had them when it went out are left to the plan. */
async function changedSince(tx: Tx, ctx: Ctx, { plan, rows, all }: OpenPlan, { version, cells }: WorkbookRead) {
  if (version === plan.version) return { cells, outdated: null }
  const base = formerCells(await pathStore.changesAfter(tx, plan.id, version))
  const current = new Map(all.map((row) => [row.id, row.months]))
  const both: Outdated['both'] = []
  const own = new Map(
    [...cells].map(([id, values]) => {
      const was = base.get(id)
      if (!was) return [id, values]
      return [
        id,
        values.map((value, month) => {
          if (value === null || value === was[month]) return null
          if (was[month] !== current.get(id)?.[month]) both.push({ node: id, month: month + 1 })
          return value
        }),
      ]
    }),
  )
  const revisions = await revisionsInSight(tx, ctx, { planId: plan.id, rows }, { after: version, limit: 500 })
  const names = [...new Set(revisions.flatMap(({ by }) => by?.name ?? []))].join('、') || '—'
  return { cells: own, outdated: { version, names, both } }
}

interface SheetFindings {
  readonly cells: ReadonlyMap<string, readonly (string | null)[]>
  readonly faults: readonly SheetFault[]
  /** Rows, or cells as `row month`, that do not follow what is below them. */
  readonly given: ReadonlySet<string>
  readonly outdated: Outdated | null
}

function differences(ctx: Ctx, open: OpenPlan, { cells, faults: unread, given, outdated }: SheetFindings) {
  const { plan, all } = open
  const before = treeOfRows(all, plan)
  const { tree, faults } = withCells(before, cells, open)
  const fixed = open.fixedTops.flatMap((id) => levels.map((level) => rowIdAt(level, id)))
  const summed = sumUp(tree, new Set([...given, ...fixed]))
  const names = new Map(all.map((row) => [row.id, row.name]))
  const labels = leavesOf(ctx, plan.year).map(({ label }) => label[ctx.language])
  return {
    version: plan.version,
    changes: changesOnTheWire(changesBetween(before, summed.tree), plan.unit),
    mismatches: mismatches(summed.tree).map(({ node, month, own, children }) => ({
      node,
      name: names.get(node) ?? '',
      month: month + 1,
      own: fromUnits(own, plan.unit),
      children: fromUnits(children, plan.unit),
    })),
    faults: [
      ...unread.map((fault) => inLanguage(ctx, fault, faultWords[fault.code])),
      ...faults.map((fault) => inLanguage(ctx, fault, fault.label)),
    ],
    crossings: crossings(summed.tree).map((crossing) => {
      const { label, params } = crossedLevels(crossing, { names, labels, unit: plan.unit })
      const message = inWords(label, ctx.language, params)
      return { node: crossing.node, name: names.get(crossing.node) ?? '', month: crossing.month + 1, message }
    }),
    outdated,
  }
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
  { plan, all, canEdit }: OpenPlan,
) {
  const draft = openDraft(tree)
  const names = new Map(all.map((row) => [row.id, row.name]))
  const faults: OwnFault[] = []
  for (const [id, values] of cells) {
    values.forEach((text, month) => {
      if (text === null) return
      const value = toUnits(text, plan.unit)
      if (value === draft.valueOf(id, month)) return
      const label = canEdit(readRowId(id).id) ? (isLocked(nodeOf(tree, id), month) ? lockedWords : null) : fixedWords
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
  'too-high': { zh: '超过 100%：这个指标最多只能是 100%', en: 'more than 100 %, the most that this metric can be' },
  twice: { zh: '同一行出现了两次，以后一行为准', en: 'stands twice; the later row counts' },
  'no-months': { zh: '表头里找不到月份列', en: 'the header names no months' },
}

function inLanguage(ctx: Ctx, { row, column, text }: Omit<OwnFault, 'label'>, label: Label) {
  return { row, column, text, message: inWords(label, ctx.language) }
}
