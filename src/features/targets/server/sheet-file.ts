import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Ctx } from '#platform/db/ctx.ts'
import { openTable } from '#platform/transfer/open-table.ts'
import { writeSheet, type Cell, type SheetFormat } from '#platform/transfer/sheet-writer.ts'
import { targetErrors } from '../contract.ts'
import { openWorkbook } from './read-workbook.ts'
import { exportSheet, previewSheet, previewWorkbook } from './sheet.ts'

const mostRows = 20_000

/** Reads a wide sheet from a CSV or XLSX file, in any encoding that imports know. The file is not kept. */
export async function previewSheetFile(ctx: Ctx, planId: string, source: Readable) {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-sheet-'))
  try {
    const path = join(folder, 'sheet')
    await pipeline(source, createWriteStream(path, { mode: 0o600 }))
    const book = await openWorkbook(path)
    if (book) return await previewWorkbook(ctx, planId, book)
    const { rows, lines } = await rowsOf(path)
    return await previewSheet(ctx, planId, { rows }, lines)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function rowsOf(path: string): Promise<{ rows: string[][]; lines: number[] }> {
  const table = await openTable(path)
  const rows: string[][] = [[...table.headers]]
  const lines = [1]
  for await (const row of table.rows()) {
    if (rows.length > mostRows) throw targetErrors.SHEET_TOO_LONG({ limit: mostRows })
    rows.push([...row.cells])
    lines.push(row.line)
  }
  return { rows, lines }
}

/** The wide sheet as a file: amounts are numbers that a spreadsheet can calculate with. */
export async function sheetAsFile(ctx: Ctx, planId: string, format: SheetFormat) {
  const { plan, header, rows } = await exportSheet(ctx, planId)
  const stream = new PassThrough()
  const cells = rows.map(([path = '', person = '', ...amounts]): Cell[] => [
    path,
    person,
    ...amounts.map((number) => ({ number })),
  ])
  // The reply ends with an error when the writer does: a half file is never taken for a whole one.
  writeSheet(stream, format, header, cells).catch((error: Error) => stream.destroy(error))
  return { name: `${plan.metric}-${plan.year}.${format}`, stream }
}
