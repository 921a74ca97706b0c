import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { afterAll, describe, expect, it } from 'vitest'
import type { SourceRow } from '#engine/transfer/map-row.ts'
import { openTable } from './open-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-table-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function fileOf(content: string | Uint8Array): string {
  const path = join(folder, `file-${(files += 1)}`)
  writeFileSync(path, content)
  return path
}

async function workbookOf(fill: (book: ExcelJS.Workbook) => void): Promise<string> {
  const book = new ExcelJS.Workbook()
  fill(book)
  const path = fileOf('')
  await book.xlsx.writeFile(path)
  return path
}

async function read(path: string, options: Parameters<typeof openTable>[1] = {}) {
  const table = await openTable(path, options)
  const rows: SourceRow[] = []
  const skipped: number[] = []
  for await (const row of table.rows((line) => skipped.push(line))) rows.push(row)
  return { ...table, lines: rows.map((row) => row.line), cells: rows.map((row) => row.cells), rows, skipped }
}

const codeOf = (path: string) =>
  read(path).then(
    () => 'read',
    (error: { code: string }) => error.code,
  )

describe('text files', () => {
  it('reads quoted newlines and counts lines as an editor does', async () => {
    const table = await read(fileOf('a,b\n1,"x\ny"\n\n2,z\n'))
    expect(table.headers).toEqual(['a', 'b'])
    expect(table.cells).toEqual([
      ['1', 'x\ny'],
      ['2', 'z'],
    ])
    expect(table.lines).toEqual([2, 5])
  })

  it.each([',', ';', '\t', '|'])('finds the separator %j', async (separator) => {
    const text = ['name', 'note', 'n'].join(separator) + '\n' + ['A', '"one, two; three"', '1'].join(separator)
    expect((await read(fileOf(text))).cells).toEqual([['A', 'one, two; three', '1']])
  })

  it('reads UTF-8 with a mark, GBK and UTF-16', async () => {
    const gbk = Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x62, 0x0a, 0xbb, 0xaa, 0xce, 0xaa, 0x2c, 0x31]) // 名称,b 华为,1
    expect(await read(fileOf(gbk))).toMatchObject({ headers: ['名称', 'b'], cells: [['华为', '1']] })
    const wide = Buffer.from('\ufeff名称,b\n华为,1', 'utf16le')
    expect(await read(fileOf(wide))).toMatchObject({ headers: ['名称', 'b'], cells: [['华为', '1']] })
    expect(await read(fileOf('\ufeff名称,b\n华为,1'))).toMatchObject({ headers: ['名称', 'b'] })
    const western = Buffer.from('name,b\nCaf\u00e9\u00a0Z\u00fcrich,1', 'latin1')
    expect((await read(fileOf(western))).cells).toEqual([['Caf\u00e9\u00a0Z\u00fcrich', '1']])
  })

  it('skips remarks above the header and totals below the rows, and says so', async () => {
    const text =
      '销售明细表\n导出时间：2026-03-01,,\n\n客户,金额,日期\n华为,100,2026-03-01\n小米,200,2026-03-02\n合计,300,\n'
    const table = await read(fileOf(text))
    expect(table.headers).toEqual(['客户', '金额', '日期'])
    expect(table.notes).toEqual([{ code: 'LINES_BEFORE_HEADER', count: 2 }])
    expect(table.cells).toHaveLength(2)
    expect(table.skipped).toEqual([7])
  })

  it('takes a company that is called Total for what it is', async () => {
    const table = await read(fileOf('name,industry,revenue\nTotal,energy,5\nAcme,retail,6\nTotal,,11\n'))
    expect(table.cells.map((cells) => cells[0])).toEqual(['Total', 'Acme'])
    expect(table.skipped).toEqual([4])
  })

  it('joins a header of two lines and makes doubled names unique', async () => {
    const table = await read(fileOf('区域,一季度,,备注,备注\n,目标,实际,,\n华东,100,90,a,b\n'))
    expect(table.headers).toEqual(['区域', '一季度 目标', '一季度 实际', '备注', '备注 (2)'])
    expect(table.notes).toEqual([
      { code: 'HEADER_OF_TWO_LINES' },
      { code: 'HEADER_DOUBLED', name: '备注', became: '备注 (2)' },
    ])
    expect(table.cells).toEqual([['华东', '100', '90', 'a', 'b']])
  })

  it('finds the header that the description names, whatever it looks like', async () => {
    expect(await read(fileOf('2024,2025\nx,y\n1,2'), { expected: ['x', 'y'] })).toMatchObject({
      headers: ['x', 'y'],
      cells: [['1', '2']],
    })
  })

  it('keeps a broken row apart with its reason and line', async () => {
    const table = await read(fileOf('a,b,c\n1,2,3\n1,2\n1,say "x" now,3\n1,2,3,4\n1,2,3,\n'))
    expect(table.rows.map((row) => [row.line, row.fault?.code])).toEqual([
      [2, undefined],
      [3, 'WRONG_CELL_COUNT'],
      [4, 'BROKEN_QUOTES'],
      [5, 'WRONG_CELL_COUNT'],
      [6, undefined],
    ])
  })

  it('refuses a file as a whole where nothing after the break can be trusted', async () => {
    expect(await codeOf(fileOf('a,b\n1,"never closed\n2,3\n'))).toBe('QUOTES_NOT_CLOSED')
    expect(await codeOf(fileOf(`a,b\n1,${'x'.repeat(5_000_000)}`))).toBe('CELL_TOO_LARGE')
    expect(await codeOf(fileOf(Array.from({ length: 1200 }, (_, at) => `c${at}`).join(',')))).toBe('TOO_MANY_COLUMNS')
    expect(await codeOf(fileOf(''))).toBe('FILE_EMPTY')
    expect(await codeOf(fileOf(',,\n'))).toBe('HEADER_MISSING')
  })
})

describe('workbooks', () => {
  it('gives dates, numbers, shares, formulas and rich texts as text', async () => {
    const path = await workbookOf((book) => {
      const sheet = book.addWorksheet('数据')
      sheet.addRow(['名称', '日期', '金额', '占比', '公式', '否'])
      sheet.addRow([
        { richText: [{ text: '华' }, { text: '为' }] },
        new Date(Date.UTC(2026, 2, 1)),
        0.1 + 0.2,
        0.153,
        { formula: '1-1', result: 0 },
        false,
      ])
      sheet.addRow(['小米', { formula: 'TODAY()', result: 46082 }, { formula: 'A1', result: 12.5 }])
      sheet.getCell('B3').numFmt = 'yyyy-mm-dd'
      sheet.getCell('D2').numFmt = '0.0%'
    })
    expect((await read(path)).cells).toEqual([
      ['华为', '2026-03-01', '0.3', '15.3%', '0', 'false'],
      ['小米', '2026-03-01', '12.5', '', '', ''],
    ])
  })

  it('takes the first visible sheet with rows, or the one asked for', async () => {
    const path = await workbookOf((book) => {
      book.addWorksheet('空')
      book.addWorksheet('暗', { state: 'hidden' }).addRows([['h'], ['1']])
      book.addWorksheet('甲').addRows([['a'], ['1']])
      book.addWorksheet('乙').addRows([['b'], ['2']])
    })
    expect(await read(path)).toMatchObject({ sheets: ['空', '甲', '乙'], sheet: '甲', headers: ['a'], cells: [['1']] })
    expect(await read(path, { sheet: '乙' })).toMatchObject({ headers: ['b'], cells: [['2']] })
    await expect(read(path, { sheet: '丙' })).rejects.toMatchObject({ code: 'SHEET_NOT_FOUND' })
  })

  it('keeps a row whose formula fails apart', async () => {
    const path = await workbookOf((book) => {
      book.addWorksheet('s').addRows([
        ['a', 'b'],
        ['1', { formula: '1/0', result: { error: '#DIV/0!' } }],
      ])
    })
    expect((await read(path)).rows).toMatchObject([{ fault: { code: 'FORMULA_ERROR', params: { text: '#DIV/0!' } } }])
  })

  it('refuses what is not a workbook, or unfolds into a mountain', async () => {
    expect(await codeOf(fileOf(zipOf({ 'readme.txt': 'x' })))).toBe('FILE_IS_OTHER')
    expect(await codeOf(fileOf(zipOf({ 'xl/workbook.bin': 'x' })))).toBe('FILE_IS_XLSB')
    expect(await codeOf(fileOf(zipOf({ mimetype: 'x', 'content.xml': 'x' })))).toBe('FILE_IS_ODS')
    expect(await codeOf(fileOf(zipOf({ 'xl/workbook.xml': '<workbook' })))).toBe('FILE_BROKEN')
    expect(await codeOf(fileOf(zipOf({ 'xl/workbook.xml': Buffer.alloc(80_000_000, ' ') })))).toBe(
      'FILE_UNFOLDS_TOO_LARGE',
    )
    expect(await codeOf(fileOf('%PDF-1.7 ...'))).toBe('FILE_IS_OTHER')
    expect(await codeOf(fileOf('<html><table><tr><td>1</td></tr></table>'))).toBe('FILE_IS_OTHER')
    expect(await codeOf(fileOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])))).toBe('FILE_IS_XLS')
  })
})

/** A zip file by hand: the smallest thing that has a directory. */
function zipOf(entries: Record<string, string | Buffer>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += head.length + name.length + packed.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listing, end])
}
