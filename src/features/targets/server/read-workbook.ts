import ExcelJS from 'exceljs'
import { exact, plain } from '#engine/money/decimal.ts'
import type { Counting } from '#engine/metrics/plan-rule.ts'
import { isWhole } from '#engine/money/units.ts'
import { sourceKindOf } from '#platform/transfer/source-kind.ts'
import { mustUnfoldWithin } from '#platform/transfer/unfold-within.ts'
import { zipDirectory } from '#platform/transfer/zip-directory.ts'
import type { PlanMonth } from '../contract.ts'
import { isTooHigh } from '../too-high.ts'
import { readAmountText } from '../wide-sheet.ts'
import type { SheetFault } from '../wide-sheet.ts'
import { bufferKey, keyHeader, metaSheet } from './workbook-shape.ts'

export interface WorkbookRead {
  readonly planId: string
  readonly version: number
  /** Values by row; null where the sheet says nothing, or lets a unit follow what is below it. */
  readonly cells: ReadonlyMap<string, readonly (string | null)[]>
  readonly faults: readonly SheetFault[]
}

interface Expected {
  readonly months: readonly PlanMonth[]
  readonly counting: Counting
  readonly hasChildren: (row: string) => boolean
  readonly isKnown: (row: string) => boolean
}

/** Of everything inside: the library holds a whole workbook in memory, pictures included. Some million cells. */
const mostUnfolded = 64 * 1_048_576

/** A workbook that a plan went out as; undefined for any other table. What unfolds to a mountain is refused. */
export async function openWorkbook(path: string): Promise<ExcelJS.Workbook | undefined> {
  if ((await sourceKindOf(path)) !== 'xlsx') return undefined
  await mustUnfoldWithin(path, await zipDirectory(path), mostUnfolded)
  const book = new ExcelJS.Workbook()
  try {
    await book.xlsx.readFile(path)
  } catch {
    // A table of another kind, which has its own reader.
    return undefined
  }
  return book.getWorksheet(metaSheet) ? book : undefined
}

/**
 * What somebody wrote into the workbook. A unit whose cell still is a formula follows the rows below it; one that was
 * overwritten speaks for itself.
 */
export function readWorkbook(book: ExcelJS.Workbook, expected: Expected): WorkbookRead {
  const meta = book.getWorksheet(metaSheet)
  const cells = new Map<string, (string | null)[]>()
  const faults: SheetFault[] = []
  for (const sheet of book.worksheets) {
    if (sheet.name !== metaSheet) readLevel(sheet, expected, cells, faults)
  }
  return { planId: textOf(meta?.getCell('A1')), version: Number(textOf(meta?.getCell('A2'))), cells, faults }
}

function readLevel(
  sheet: ExcelJS.Worksheet,
  expected: Expected,
  cells: Map<string, (string | null)[]>,
  faults: SheetFault[],
): void {
  const header = new Map<string, number>()
  sheet.getRow(1).eachCell((cell, column) => header.set(textOf(cell), column))
  const keyColumn = header.get(keyHeader)
  if (keyColumn === undefined) return
  const places = expected.months.map(({ label }) => header.get(label.zh) ?? header.get(label.en))
  sheet.eachRow((line, row) => {
    const key = textOf(line.getCell(keyColumn))
    if (row === 1 || key.startsWith(bufferKey)) return
    const name = textOf(line.getCell(keyColumn + 1))
    if (!expected.isKnown(key)) {
      if (key !== '' || name !== '') faults.push({ row, column: sheet.name, text: name, code: 'unknown-row' })
      return
    }
    if (cells.has(key)) faults.push({ row, column: sheet.name, text: name, code: 'twice' })
    const values = places.map((column) => {
      if (column === undefined) return null
      const cell = line.getCell(column)
      if (cell.formula && expected.hasChildren(key)) return null
      const read = amountIn(cell, expected.counting)
      if (read === null || typeof read !== 'object') return read
      faults.push({
        row,
        column: `${sheet.name} ${textOf(sheet.getRow(1).getCell(column))}`,
        text: textOf(cell),
        ...read,
      })
      return null
    })
    cells.set(key, values)
  })
}

function amountIn(cell: ExcelJS.Cell, counting: Counting): string | null | { code: SheetFault['code'] } {
  const value = cell.formula ? cell.result : cell.value
  if (value === null || value === undefined || value === '') return null
  const text = typeof value === 'number' ? plain(exact(value.toFixed(4))) : readAmountText(textOf(cell))
  if (text === null) return { code: 'not-a-number' }
  if (text.startsWith('-')) return { code: 'negative' }
  if (!isWhole(text, counting.unit)) return { code: 'too-fine' }
  return isTooHigh(text, counting) ? { code: 'too-high' } : plain(exact(text))
}

function textOf(cell: ExcelJS.Cell | undefined): string {
  return cell?.text ?? ''
}
