import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, describe, expect, it } from 'vitest'
import { zipOf } from '#testing/zip-of.ts'
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

  it('joins a header in which every name has parts, where values begin below them', async () => {
    const table = await read(fileOf('一季度,,二季度,\n目标,实际,目标,实际\n100,90,80,70\n'))
    expect(table.headers).toEqual(['一季度 目标', '一季度 实际', '二季度 目标', '二季度 实际'])
    expect(table.cells).toEqual([['100', '90', '80', '70']])
  })

  it('takes a first row that has more than the header for a row', async () => {
    const table = await read(fileOf('名称,负责人,\n华为,甲,备注\n小米,乙,2026-03-01\n'))
    expect(table.cells[0]?.slice(0, 2)).toEqual(['华为', '甲'])
    expect(table.headers.slice(0, 2)).toEqual(['名称', '负责人'])
  })

  it('takes a heading among the rows for no part of the header', async () => {
    const table = await read(fileOf(',船名,货物\n在港,,\nB1,东方,煤\nB2,远洋,铁矿\n'))
    expect(table.headers).toEqual(['#1', '船名', '货物'])
    expect(table.cells[0]).toEqual(['在港', '', ''])
  })

  it('passes over the names that a spreadsheet gave by itself', async () => {
    const table = await read(fileOf('Column1,Column2\n账单,\n时间,金额\n2026-03-01,5\n2026-03-02,6\n'))
    expect(table.headers).toEqual(['时间', '金额'])
    expect(table.notes).toEqual([{ code: 'LINES_BEFORE_HEADER', count: 2 }])
  })

  it('numbers the columns of a file without a header, and keeps its first row', async () => {
    const table = await read(fileOf('05/01/2026,Shop,1.96\n05/02/2026,Market,12.10\n'))
    expect(table.headers).toEqual(['#1', '#2', '#3'])
    expect(table.notes).toEqual([{ code: 'HEADER_NOT_FOUND' }])
    expect(table.cells).toHaveLength(2)
    expect((await read(fileOf('区域,2026-01-01,2026-02-01\n华东,5,6\n'))).headers[0]).toBe('区域')
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

describe('JSON lines', () => {
  it('are a table of all names that turn up, amounts with the digits they were written with', async () => {
    const lines = [
      '\ufeff{"name": "华为", "amount": 12345678901234567890.10, "owner": {"name": "张三"}, "tags": ["a", "b"]}',
      '',
      '{"name": "小米", "won": true, "note": null, "amount": 1.50}',
      'no object',
      '[1]',
    ]
    const table = await read(fileOf(lines.join('\r\n')))
    expect(table).toMatchObject({ kind: 'jsonl', headers: ['name', 'amount', 'owner.name', 'tags', 'won', 'note'] })
    expect(table.rows.map((row) => [row.line, row.fault?.code, row.cells.slice(0, 5)])).toEqual([
      [1, undefined, ['华为', '12345678901234567890.10', '张三', 'a; b', '']],
      [3, undefined, ['小米', '1.50', '', '', 'true']],
      [4, 'NOT_JSON', ['', '', '', '', '']],
      [5, 'NOT_JSON', ['', '', '', '', '']],
    ])
  })

  it('are refused where nothing stands in them or a line has no end', async () => {
    expect(await codeOf(fileOf('{}\n'))).toBe('HEADER_MISSING')
    expect(await codeOf(fileOf(`{"a": "${'x'.repeat(5_000_000)}"}`))).toBe('CELL_TOO_LARGE')
    expect((await read(fileOf('{a},b\n1,2\n'))).kind).toBe('csv')
    expect(await codeOf(fileOf('[\n  {"a": 1},\n  {"a": 2}\n]'))).toBe('FILE_IS_JSON_ARRAY')
  })
})

describe('workbooks', () => {
  it('begin behind the sheet that explains how the others are filled in, unless there is nothing else', async () => {
    const path = await workbookOf((book) => {
      book.addWorksheet('填写说明').addRow(['请按格式填写'])
      book.addWorksheet('客户').addRows([
        ['名称', '电话'],
        ['华为', '1'],
      ])
    })
    expect(await read(path)).toMatchObject({ sheet: '客户', sheets: ['填写说明', '客户'], cells: [['华为', '1']] })
    expect(await read(path, { sheet: '填写说明' })).toMatchObject({ headers: ['请按格式填写'] })
    const alone = await workbookOf((book) => book.addWorksheet('说明').addRows([['名称'], ['华为']]))
    expect(await read(alone)).toMatchObject({ sheet: '说明', cells: [['华为']] })
  })

  it('begin with what is called 产品说明: that is no guide to the others', async () => {
    const path = await workbookOf((book) => {
      book.addWorksheet('产品说明').addRows([['名称'], ['拖拉机']])
      book.addWorksheet('客户').addRows([['名称'], ['华为']])
    })
    expect(await read(path)).toMatchObject({ sheet: '产品说明', cells: [['拖拉机']] })
  })

  it('name the columns beyond the header in which something stands', async () => {
    const path = await workbookOf((book) => {
      book.addWorksheet('s').addRows([['名称'], ['华为', '重要'], ['小米']])
    })
    const table = await read(path)
    expect(table).toMatchObject({ headers: ['名称', '#2'], notes: [{ code: 'HEADER_EMPTY', became: '#2' }] })
    expect(table.cells).toEqual([
      ['华为', '重要'],
      ['小米', ''],
    ])
  })

  it('give numbers back that somebody formatted as dates', async () => {
    const path = await workbookOf((book) => {
      const sheet = book.addWorksheet('s')
      sheet.addRows([
        ['订单编号', '下单日期'],
        [43_659, 43_659],
        [43_660, 43_660],
      ])
      for (const cell of ['A2', 'A3', 'B2', 'B3']) sheet.getCell(cell).numFmt = 'yyyy-mm-dd'
    })
    const table = await read(path)
    expect(table.notes).toEqual([{ code: 'DATES_MEANT_AS_NUMBERS', name: '订单编号' }])
    expect(table.cells).toEqual([
      ['43659', '2019-07-13'],
      ['43660', '2019-07-14'],
    ])
  })

  it('leave texts that look like days, and days that were paid, as they are', async () => {
    const path = await workbookOf((book) => {
      const sheet = book.addWorksheet('s')
      sheet.addRows([
        ['合同编号', 'Paid', 'Order ID'],
        ['2024-03-15', 45_366, 45_366],
        ['2024-03-45', 45_367, 45_367],
      ])
      for (const cell of ['B2', 'B3', 'C2', 'C3']) sheet.getCell(cell).numFmt = 'yyyy-mm-dd'
    })
    const table = await read(path)
    expect(table.notes).toEqual([{ code: 'DATES_MEANT_AS_NUMBERS', name: 'Order ID' }])
    expect(table.cells).toEqual([
      ['2024-03-15', '2024-03-15', '45366'],
      ['2024-03-45', '2024-03-16', '45367'],
    ])
  })

  it('are broken where a cell asks for a text that is not there', async () => {
    const path = fileOf(
      zipOf({
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="a"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="sheet.xml"/></Relationships>',
        'xl/sheet.xml':
          '<worksheet><row r="1"><c t="str"><v>名称</v></c></row><row r="2"><c t="s"><v>0</v></c></row></worksheet>',
      }),
    )
    expect(await codeOf(path)).toBe('FILE_BROKEN')
  })

  it('miss no part that their writer named and left out', async () => {
    const relation = (id: string, kind: string, target: string) =>
      `<Relationship Id="${id}" Type="http://x/${kind}" Target="${target}"/>`
    const path = fileOf(
      zipOf({
        'xl/workbook.xml': '<workbook><sheets><sheet name="s" sheetId="1" r:id="a"/></sheets></workbook>'.replace(
          '<workbook>',
          '<workbook xmlns:r="r">',
        ),
        'xl/_rels/workbook.xml.rels': `<Relationships>${relation('a', 'worksheet', 'sheet.xml')}${relation('b', 'styles', 'styles.xml')}</Relationships>`,
        'xl/sheet.xml':
          '<worksheet><row r="1"><c t="str"><v>名称</v></c></row><row r="2"><c><v>5</v></c></row></worksheet>',
      }),
    )
    expect(await read(path)).toMatchObject({ headers: ['名称'], cells: [['5']] })
  })

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
