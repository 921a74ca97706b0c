import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify'
import ExcelJS from 'exceljs'

export type SheetFormat = 'csv' | 'xlsx'
export type Format = SheetFormat | 'jsonl'

/** A value as programs take it. */
export type JsonCell = Cell | boolean | readonly string[]

/** A cell: text, or a number, day or moment (`2026-03-01 10:30:00`, as clocks show it) that a spreadsheet can calculate with. */
export type Cell = string | { readonly number: string } | { readonly day: string } | { readonly moment: string } | null

export const fileTypes: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/x-ndjson; charset=utf-8',
}

/** Writes rows as they come: CSV that spreadsheets open as UTF-8, or a workbook with real numbers and days. */
export async function writeSheet(
  out: Writable,
  format: SheetFormat,
  header: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): Promise<void> {
  if (format === 'csv') await writeCsv(out, header, rows)
  else await writeXlsx(out, header, rows)
}

/** One object a line; numbers with every digit, empty cells left out. */
export async function writeJsonLines(
  out: Writable,
  names: readonly string[],
  rows: AsyncIterable<readonly JsonCell[]>,
): Promise<void> {
  for await (const row of rows) {
    const parts = row.flatMap((cell, at) => (cell === null ? [] : `${JSON.stringify(names[at] ?? '')}:${jsonOf(cell)}`))
    if (!out.write(`{${parts.join(',')}}\n`)) await until('drain', out, out)
    if (out.destroyed) return
  }
  out.end()
}

function jsonOf(cell: Exclude<JsonCell, null>): string {
  if (typeof cell !== 'object' || isList(cell)) return JSON.stringify(cell)
  if ('number' in cell) return cell.number
  return JSON.stringify('day' in cell ? cell.day : cell.moment)
}

const isList = (cell: JsonCell): cell is readonly string[] => Array.isArray(cell)

async function writeCsv(
  out: Writable,
  header: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
) {
  const sheet = stringify({ bom: true, record_delimiter: 'windows' })
  sheet.pipe(out)
  sheet.write(header.map(harmless))
  for await (const row of rows) {
    if (!sheet.write(row.map(plainText))) await until('drain', sheet, out)
    if (out.destroyed) return
  }
  sheet.end()
  await until('finish', out, out)
}

/** Until the stream tells the event, or whoever reads has gone: who goes away in the middle must not leave us waiting. */
async function until(event: 'drain' | 'finish', stream: Writable, out: Writable): Promise<void> {
  if (out.destroyed) return
  const over = new AbortController()
  const { signal } = over
  try {
    await Promise.race([once(stream, event, { signal }), once(out, 'close', { signal })])
  } finally {
    over.abort()
  }
}

function plainText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return harmless(cell)
  if ('number' in cell) return cell.number
  return 'day' in cell ? cell.day : cell.moment
}

/** A cell that a spreadsheet would calculate is written as text: files travel, and formulas can fetch. Plain numbers stay. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^[-+]?[\d.,]+$/.test(text) ? `'${text}` : text
}

async function writeXlsx(
  out: Writable,
  header: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
) {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet('Terrace', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = header.map((name) => ({ width: Math.min(40, Math.max(10, widthOf(name) + 4)) }))
  const top = sheet.addRow([...header])
  top.font = { bold: true }
  top.commit()
  let count = 0
  for await (const row of rows) {
    const line = sheet.addRow(row.map(cellValue))
    row.forEach((cell, at) => {
      const format = formatOf(cell)
      if (format !== undefined) line.getCell(at + 1).numFmt = format
    })
    line.commit()
    count += 1
    // The library buffers without end; a pause lets what is written flow off.
    if (count % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    if (out.destroyed) return
  }
  sheet.commit()
  await book.commit()
}

function formatOf(cell: Cell): string | undefined {
  if (cell === null || typeof cell === 'string' || 'number' in cell) return undefined
  return 'day' in cell ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss'
}

function cellValue(cell: Cell): ExcelJS.CellValue {
  if (cell === null) return null
  if (typeof cell === 'string') return cell
  if ('day' in cell) return new Date(`${cell.day}T00:00:00Z`)
  if ('moment' in cell) return new Date(`${cell.moment.replace(' ', 'T')}Z`)
  const value = Number(cell.number)
  // More digits than a sheet keeps stay text rather than change.
  return cell.number.replace(/[-.]/g, '').length <= 15 && Number.isFinite(value) ? value : cell.number
}

/** Chinese characters take two places. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2e80' ? 2 : 1), 0)
}
