import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { writeJsonLines, writeSheet, type Cell, type SheetFormat } from './sheet-writer.ts'

const rows: readonly (readonly Cell[])[] = [
  ['=1+1', { number: '12.5' }, { day: '2026-03-01' }, { moment: '2026-03-02 00:30:00' }, null],
]

async function written(format: SheetFormat): Promise<Buffer> {
  const out = new PassThrough()
  const [content] = await Promise.all([buffer(out), writeSheet(out, format, ['a', 'b', 'c', 'd', 'e'], rows)])
  return content
}

describe('a written sheet', () => {
  it('has cells that a workbook calculates with', async () => {
    const book = new ExcelJS.Workbook()
    // The library's types know an older Buffer.
    await book.xlsx.load((await written('xlsx')) as never)
    const row = book.worksheets[0]?.getRow(2)
    expect(row?.getCell(1).value).toBe('=1+1')
    expect(row?.getCell(2).value).toBe(12.5)
    expect(row?.getCell(3)).toMatchObject({ value: new Date('2026-03-01T00:00:00Z'), numFmt: 'yyyy-mm-dd' })
    expect(row?.getCell(4)).toMatchObject({ value: new Date('2026-03-02T00:30:00Z'), numFmt: 'yyyy-mm-dd hh:mm:ss' })
  })

  it('reads the same as text, with nothing that a spreadsheet would calculate', async () => {
    expect((await written('csv')).toString()).toBe("\ufeffa,b,c,d,e\r\n'=1+1,12.5,2026-03-01,2026-03-02 00:30:00,\r\n")
  })

  it.each(['csv', 'xlsx', 'jsonl'] as const)('ends when whoever reads %s goes away in the middle', async (format) => {
    const out = new PassThrough()
    const endless = async function* () {
      for (;;) yield ['x'.repeat(100)]
    }
    const writing =
      format === 'jsonl' ? writeJsonLines(out, ['a'], endless()) : writeSheet(out, format, ['a'], endless())
    setImmediate(() => out.destroy())
    await writing
    expect(out.destroyed).toBe(true)
  })
})
