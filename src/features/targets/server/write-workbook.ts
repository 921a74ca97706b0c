import ExcelJS from 'exceljs'
import type { Label } from '#base/label.ts'
import { inWords } from '#base/label.ts'
import { periodsTogether, type Counting, type PeriodRule } from '#engine/metrics/plan-rule.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { levels, readRowId } from '../levels.ts'
import type { Level } from '../levels.ts'
import { editPlans } from '../permissions.ts'
import { yearColumns } from '../wide-sheet.ts'
import { levelNames } from './plan-changes.ts'
import type { StoredRow } from './stored-row.ts'
import { monthsOfPlan, openPlan } from './show-plan.ts'
import type { OpenPlan } from './show-plan.ts'
import { bufferKey, keyHeader, metaSheet } from './workbook-shape.ts'

/**
 * The plan as a workbook that people would have made themselves: a sheet for each level, the tree indented, units as
 * sums of what is below where targets add up, quarters and the year as the plan's periods make them, what may not be
 * changed protected and marked.
 */
export async function planWorkbook(ctx: Ctx, planId: string): Promise<{ name: string; bytes: Buffer }> {
  return inView(ctx, async (tx) => {
    const open = await openPlan(tx, ctx, planId)
    const book = new ExcelJS.Workbook()
    for (const level of levels) {
      if (level === 'target' || open.plan.levels.includes(level)) await addLevel(book, ctx, open, level)
    }
    const meta = book.addWorksheet(metaSheet, { state: 'veryHidden' })
    meta.addRow([planId])
    meta.addRow([open.plan.version])
    const bytes = Buffer.from(await book.xlsx.writeBuffer())
    return { name: `${open.plan.metric}-${open.plan.year}.xlsx`, bytes }
  })
}

interface Line {
  readonly row: StoredRow
  readonly depth: number
  /** Number of the line in the sheet. */
  readonly at: number
  /** The line where the buffer of the row stands. */
  readonly bufferAt: number | null
}

async function addLevel(book: ExcelJS.Workbook, ctx: Ctx, open: OpenPlan, level: Level): Promise<void> {
  const sheet = book.addWorksheet(levelNames[level][ctx.language], {
    views: [{ state: 'frozen', xSplit: 2, ySplit: 1 }],
    properties: { outlineLevelRow: 0 },
  })
  const columns = columnsOf(ctx, open)
  sheet.columns = [
    { header: keyHeader, width: 4, hidden: true },
    { header: inWords(words.name, ctx.language), width: 34 },
    ...columns.map(({ label }) => ({ header: inWords(label, ctx.language), width: 15 })),
  ]
  sheet.getRow(1).font = { bold: true }
  const lines = linesOf(open.all.filter((row) => readRowId(row.id).level === level))
  const below = Map.groupBy(lines, ({ row }) => row.parentId)
  const decimals = open.plan.unit.split('.')[1]?.length ?? 0
  const look = {
    decimals,
    counting: open.plan,
    format: formatOf(ctx, open, decimals),
    mayEdit: mayAct(ctx, editPlans),
    canEdit: open.canEdit,
    ctx,
  }
  for (const line of lines) writeLine(sheet, columns, line, below.get(line.row.id) ?? [], look)
  await sheet.protect('', { formatColumns: true, formatRows: true, autoFilter: true })
}

interface Column {
  readonly label: Label
  /** One month, or the columns (from 1, in the sheet) that it sums. */
  readonly month: number | null
  readonly sums: readonly number[]
}

const words = {
  name: { zh: '组织 / 人员', en: 'Unit / person' },
  buffer: { zh: '超额分配 {percent}%', en: 'Over-assignment {percent} %' },
} satisfies Record<string, Label>

/** Columns before the first figure: the hidden key and the name. */
const leading = 2

/** The months, each quarter after its own, the year at the end. */
function columnsOf(ctx: Ctx, { plan }: OpenPlan): Column[] {
  const columns: Column[] = []
  const months = monthsOfPlan(ctx, plan)
  const monthColumns: number[] = []
  let inQuarter: number[] = []
  months.forEach(({ label, quarter }, month) => {
    columns.push({ label, month, sums: [] })
    monthColumns.push(leading + columns.length)
    inQuarter.push(leading + columns.length)
    if (!quarter || months[month + 1]?.quarter?.key === quarter.key) return
    columns.push({ label: { zh: `Q${quarter.number}`, en: `Q${quarter.number}` }, month: null, sums: inQuarter })
    inQuarter = []
  })
  columns.push({ label: yearColumns[plan.rule.periods], month: null, sums: monthColumns })
  return columns
}

/** The rows with the lines that they get: a buffer has its own line below its unit. */
function linesOf(rows: readonly StoredRow[]): Line[] {
  const depths = new Map<string, number>()
  let at = 1
  return rows.map((row) => {
    const depth = row.parentId === null ? 0 : (depths.get(row.parentId) ?? 0) + 1
    depths.set(row.id, depth)
    at += 1
    const own = at
    if (row.buffer > 0) at += 1
    return { row, depth, at: own, bufferAt: row.buffer > 0 ? at : null }
  })
}

interface Look {
  readonly decimals: number
  readonly counting: Counting
  /** How the spreadsheet shows figures. */
  readonly format: string
  readonly mayEdit: boolean
  readonly canEdit: (node: string) => boolean
  readonly ctx: Ctx
}

function writeLine(
  sheet: ExcelJS.Worksheet,
  columns: readonly Column[],
  { row, depth, at, bufferAt }: Line,
  children: readonly Line[],
  look: Look,
): void {
  const line = sheet.getRow(at)
  line.getCell(1).value = row.id
  line.getCell(2).value = row.name
  line.getCell(2).alignment = { indent: depth }
  if (row.kind === 'unit') line.font = { bold: true }
  const isFree = look.mayEdit && look.canEdit(readRowId(row.id).id)
  columns.forEach(({ month, sums }, index) => {
    const column = leading + index + 1
    const cell = line.getCell(column)
    const letter = sheet.getColumn(column).letter
    cell.numFmt = look.format
    if (month === null) {
      cell.value = {
        formula: overCells(
          sums.map((each) => `${sheet.getColumn(each).letter}${at}`),
          look.counting.rule.periods,
        ),
        result: totalIn(row, columns, sums, look.counting),
      }
      return
    }
    const value = Number(row.months[month] ?? '0')
    const isLocked = row.locked[month] === true
    if (children.length > 0 && isFree && !isLocked && look.counting.rule.nodes === 'sum') {
      cell.value = {
        formula: overChildren(letter, children, { ...row, taken: row.taken[month] ?? '0' }, look.decimals),
        result: value,
      }
      return
    }
    cell.value = value
    if (isFree && !isLocked) cell.protection = { locked: false }
    if (isLocked) {
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8E8E8' } }
      cell.font = { italic: true }
    }
  })
  if (bufferAt !== null) writeBuffer(sheet, columns, { row, depth, at, bufferAt }, children, look)
  line.commit()
}

function writeBuffer(
  sheet: ExcelJS.Worksheet,
  columns: readonly Column[],
  { row, depth, at, bufferAt }: Line,
  children: readonly Line[],
  look: Look,
): void {
  const line = sheet.getRow(bufferAt ?? 0)
  line.getCell(1).value = `${bufferKey}${row.id}`
  line.getCell(2).value = inWords(words.buffer, look.ctx.language, { percent: row.buffer / 100 })
  line.getCell(2).alignment = { indent: depth + 1 }
  line.font = { italic: true, color: { argb: 'FF808080' } }
  columns.forEach((_, index) => {
    const letter = sheet.getColumn(leading + index + 1).letter
    const sum = children.length === 0 ? '0' : sumFormula(children.map((child) => `${letter}${child.at}`))
    line.getCell(leading + index + 1).value = { formula: `${sum}-${letter}${at}` }
    line.getCell(leading + index + 1).numFmt = look.format
  })
}

/** A unit is what is below it; one with a buffer is what such children receive. */
function overChildren(
  letter: string,
  children: readonly Line[],
  { buffer, taken }: { readonly buffer: number; readonly taken: string },
  decimals: number,
): string {
  const sum = sumFormula(children.map((child) => `${letter}${child.at}`))
  if (buffer === 0) return sum
  const share = 1 + buffer / 10_000
  if (Number(taken) === 0) return `ROUND((${sum})/${share},${decimals})`
  return `MIN(${sum},ROUND((${sum}+${taken})/${share},${decimals}))`
}

/** Spreadsheets take so many parts of a sum. */
const mostParts = 200

function sumFormula(cells: readonly string[]): string {
  const parts: string[] = []
  for (let at = 0; at < cells.length; at += mostParts) parts.push(`SUM(${cells.slice(at, at + mostParts).join(',')})`)
  return parts.join('+')
}

/** What quarters and the year are of their periods. */
function overCells(cells: readonly string[], rule: PeriodRule): string {
  const whole = {
    last: () => cells.at(-1) ?? '0',
    average: () => `AVERAGE(${cells.join(',')})`,
    largest: () => `MAX(${cells.join(',')})`,
  }
  return rule === 'sum' ? sumFormula(cells) : whole[rule]()
}

function formatOf({ company }: Ctx, { plan }: OpenPlan, decimals: number): string {
  if (company.metrics.find(plan.metric)?.unit === 'percent') return '0.00%'
  return decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`
}

function totalIn(row: StoredRow, columns: readonly Column[], sums: readonly number[], counting: Counting): number {
  const months = sums.flatMap((column) => {
    const month = columns[column - leading - 1]?.month
    return month === null || month === undefined ? [] : [row.months[month] ?? '0']
  })
  return Number(periodsTogether(months, counting))
}
