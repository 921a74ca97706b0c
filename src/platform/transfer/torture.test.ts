import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { realData } from '#testing/real-data.ts'
import { openTable, type Table } from './open-table.ts'

const folder = realData('torture')
const work = mkdtempSync(join(tmpdir(), 'terrace-torture-'))
afterAll(() => rmSync(work, { recursive: true }))

const parsed = (...parts: string[]): unknown => JSON.parse(readFileSync(join(folder ?? '', ...parts), 'utf8'))

/** What is a table, by the list that comes with the files; the others are licences, read-mes and expected readings. */
const tables = folder
  ? (parsed('manifest.json') as { path: string }[])
      .map(({ path }) => path)
      .filter((path) => /\.(csv|xlsx?|xlsb|ods|slk|xml|biff5)$/.test(path))
      .toSorted()
  : []

interface Reading {
  readonly table: Table
  readonly rows: readonly (readonly string[])[]
  readonly refused: readonly string[]
  readonly leftOut: number
}

async function readingOf(path: string, sheet?: string): Promise<Reading> {
  const table = await openTable(path, { sheet })
  const [rows, refused]: [(readonly string[])[], string[]] = [[], []]
  let leftOut = 0
  for await (const { cells, fault } of table.rows(() => (leftOut += 1))) {
    if (fault) refused.push(fault.code)
    else rows.push(cells)
  }
  return { table, rows, refused, leftOut }
}

/** A file under a name that tells nothing: what it is must show by its content. */
function nameless(path: string): string {
  const copy = join(work, 'upload')
  copyFileSync(join(folder ?? '', path), copy)
  return copy
}

const read = (path: string) => readingOf(nameless(path))

/** The refusal of a file as a person reads it in both languages, or the crash that it should not be. */
function refusalOf(error: unknown): string {
  if (!(error instanceof Error && 'code' in error && 'label' in error)) throw error
  expect(error.label).toMatchObject({ zh: expect.stringMatching(/./), en: expect.stringMatching(/./) })
  return `refused: ${String(error.code)}`
}

/** One line per sheet: size, what was refused or left out, what the reader noticed, and a mark of all cells. */
function lineOf({ table, rows, refused, leftOut }: Reading): string {
  const counted = [...new Set(refused)].map((code) => `${refused.filter((one) => one === code).length} × ${code}`)
  const mark = createHash('sha256')
    .update(JSON.stringify([table.headers, rows]))
    .digest('hex')
    .slice(0, 12)
  return [
    `${table.sheet === undefined ? '' : `“${table.sheet}” `}${rows.length} rows of ${table.headers.length}`,
    ...(counted.length > 0 ? [`refused ${counted.join(', ')}`] : []),
    ...(leftOut > 0 ? [`${leftOut} totals left out`] : []),
    ...[...new Set(table.notes.map(({ code }) => code))],
    mark,
  ].join('; ')
}

async function outcomesOf(path: string): Promise<readonly string[]> {
  const copy = nameless(path)
  try {
    const first = await readingOf(copy)
    const lines = [lineOf(first)]
    for (const sheet of first.table.sheets.filter((name) => name !== first.table.sheet)) {
      lines.push(await readingOf(copy, sheet).then(lineOf, (error: unknown) => `“${sheet}” ${refusalOf(error)}`))
    }
    return lines
  } catch (error) {
    return [refusalOf(error)]
  }
}

describe.skipIf(!folder)('files that nobody here made', () => {
  it('are all read as the table of outcomes says, or refused in words', async () => {
    const lines: string[] = []
    for (const path of tables) {
      for (const outcome of await outcomesOf(path)) lines.push(`${path} → ${outcome}`)
    }
    expect(tables).toHaveLength(283)
    await expect(lines.join('\n') + '\n').toMatchFileSnapshot('../../../testing/real-data/torture.txt')
  }, 120_000)

  it.each(tables.filter((path) => /^csv-test-data\/csv\/(?!bad-)/.test(path)))(
    '%s is what RFC 4180 says',
    async (path) => {
      const expected = parsed(path.replace('/csv/', '/json/').replace(/csv$/, 'json')) as (
        string[] | Record<string, string>
      )[]
      // Lines with nothing in them are no rows, and blanks around a cell mean nothing.
      const lines = expected
        .map((row) => Object.values(row).map((cell) => cell.trim()))
        .filter((row) => row.some((cell) => cell !== ''))
      if (lines.length === 0 && !path.includes('header-'))
        return expect(read(path)).rejects.toMatchObject({ code: 'HEADER_MISSING' })
      const { table, rows } = await read(path)
      expect(path.includes('/header-') ? rows : [table.headers, ...rows]).toEqual(lines)
    },
  )

  it.each(tables.filter((path) => path.includes('/bad-')))('%s lets no row pass', async (path) => {
    const rows = await read(path).then(
      (reading) => reading.rows,
      (error: unknown) => refusalOf(error),
    )
    expect(typeof rows === 'string' ? [] : rows).toEqual([])
  })

  it.each(tables.filter((path) => path.startsWith('csv-spectrum/') && !path.includes('location')))(
    '%s is what its author expects',
    async (path) => {
      const expected = [parsed(path.replace('/csvs/', '/json/').replace(/csv$/, 'json'))].flat()
      const { table, rows } = await read(path)
      const found = rows.map((cells) => Object.fromEntries(table.headers.map((name, at) => [name, cells[at] ?? ''])))
      // Line ends inside a cell are one line end, however they are written.
      const plain = (value: unknown): string => JSON.stringify(value).replaceAll(String.raw`\r\n`, String.raw`\n`)
      expect(plain(found)).toBe(plain(expected))
    },
  )

  it('are the same in every encoding', async () => {
    const { rows: plain } = await read('derived-encodings/areas.UTF-8-BOM.csv')
    expect(plain).toHaveLength(2978)
    for (const path of tables.filter((one) => one.startsWith('derived-encodings/areas.'))) {
      expect((await read(path)).rows, path).toEqual(plain)
    }
    const { rows: streets } = await read('derived-encodings/streets.GB18030.csv')
    expect(streets.some((row) => row.join('').includes('\ufffd'))).toBe(false)
  })

  it('show their table below the remarks of Chinese exports, the totals left out', async () => {
    const example = 'cn-finance/example'
    for (const path of ['alipay/example-alipay-records.csv', 'jd/example-jd-records.csv', 'mt/example-mt-records.csv'])
      expect((await read(`${example}/${path}`)).table.headers[0], path).toMatch(/^交易(创建)?时间$/)
    const [text, book] = [
      await read(`${example}/wechat/example-wechat-records.csv`),
      await read(`${example}/wechat/example-wechat-records.xlsx`),
    ]
    expect(book.table.headers).toEqual(text.table.headers)
    expect(book.rows.length).toBe(text.rows.length + text.refused.length)
    expect(await read(`${example}/icbc/credit/example-icbc-credit-records.csv`)).toMatchObject({
      leftOut: 1,
      refused: [],
    })
  })

  it('take a bank’s rows without a header for rows', async () => {
    const { table, rows } = await read('cn-finance/example/td/example-td-records.csv')
    expect(table.headers).toEqual(['#1', '#2', '#3', '#4', '#5'])
    expect(rows[0]?.[0]).toBe('05/01/2023')
    expect(rows).toHaveLength(9)
  })

  it('give back the numbers that a spreadsheet shows as dates', async () => {
    const { table, rows } = await read('real-world/SalesOrderHeader_ids_formatted_as_dates.xlsx')
    expect(table.notes).toContainEqual({ code: 'DATES_MEANT_AS_NUMBERS', name: 'SalesOrderID' })
    const ids = rows.map(([id]) => Number(id))
    expect([ids[0], ids.at(-1), new Set(ids).size]).toEqual([43659, 75123, 31465])
    expect(rows[0]?.[1]).toBe('2011-05-31')
  })

  it('keep letters of the West, and their amounts to the cent', async () => {
    const { table, rows } = await read('real-world/superstore_cp1252.csv')
    const [name, sales] = [table.headers.indexOf('Product Name'), table.headers.indexOf('Sales')]
    expect(rows).toHaveLength(9994)
    expect(rows.some((row) => row[name]?.includes('\u00a0'))).toBe(true)
    expect(sumOf(rows.map((row) => row[sales] ?? '0'))).toBe('2297201.07')
  })

  it('count days from 1904 where their workbook does', async () => {
    const [early, late] = [await read('xlsx/sheetjs/1900.xlsx'), await read('xlsx/sheetjs/1904.xlsx')]
    expect(early.rows[0]).toEqual(['1', '1900-01-01', '1900-01-01', '1900-01-01'])
    expect(late.rows[0]).toEqual(['1', '1900-01-01', '1904-01-02', '1904-01-02'])
  })
})
