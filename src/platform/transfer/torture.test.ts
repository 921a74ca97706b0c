import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { realData } from '#testing/real-data.ts'
import { openTable } from './open-table.ts'

const folder = realData('torture')
const work = mkdtempSync(join(tmpdir(), 'terrace-torture-'))
afterAll(() => rmSync(work, { recursive: true }))

/** Reads a file to its end: its rows, or the code of the refusal. Anything else is a crash. */
async function read(path: string) {
  const copy = join(work, basename(path))
  copyFileSync(path, copy)
  try {
    const table = await openTable(copy)
    const rows: { cells: readonly string[]; fault: string | undefined }[] = []
    for await (const row of table.rows()) rows.push({ cells: row.cells, fault: row.fault?.code })
    return { headers: table.headers, rows }
  } catch (error) {
    if (error instanceof Error && 'label' in error && 'code' in error) return { refusal: error.code }
    throw error
  }
}

const filesIn = (...parts: string[]) =>
  folder ? readdirSync(join(folder, ...parts)).map((name) => join(folder, ...parts, name)) : []

describe.skipIf(!folder)('files that nobody here made', () => {
  it('gives what RFC 4180 says', async () => {
    for (const path of filesIn('csv-test-data', 'csv').filter((one) => /\/header-|quotes|space|field|utf8/.test(one))) {
      const name = basename(path, '.csv')
      if (name.startsWith('bad-') || !name.startsWith('header-')) continue
      const expected = JSON.parse(readFileSync(path.replace(/csv\/([^/]*)\.csv$/, 'json/$1.json'), 'utf8')) as Record<
        string,
        string
      >[]
      const { rows } = await read(path)
      expect(
        rows?.map((row) => row.cells),
        name,
      ).toEqual(expected.map((row) => Object.values(row)))
    }
  })

  it('lets no bad row pass', async () => {
    for (const path of filesIn('csv-test-data', 'csv').filter((one) => basename(one).startsWith('bad-'))) {
      const table = await read(path)
      const isEmpty = table.rows?.length === 0
      expect(table.refusal !== undefined || isEmpty || table.rows?.every((row) => row.fault !== undefined), path).toBe(
        true,
      )
    }
  })

  it('gives the same rows in every encoding', async () => {
    const plain = (await read(join(folder ?? '', 'derived-encodings', 'areas.UTF-8-BOM.csv'))).rows
    expect(plain).toHaveLength(2978)
    for (const path of filesIn('derived-encodings').filter((one) => basename(one).startsWith('areas.'))) {
      expect((await read(path)).rows, path).toEqual(plain)
    }
  })

  it('refuses every old, binary, open-document or locked workbook by name, and crashes on nothing', async () => {
    const kinds: Record<string, RegExp> = {
      xls: /^(FILE_IS_XLS|FILE_IS_LOCKED|FILE_IS_OTHER|FILE_BROKEN)$/,
      xlsb: /^FILE_IS_XLSB$/,
      ods: /^FILE_IS_ODS$/,
    }
    for (const path of [...filesIn('xlsx', 'sheetjs'), ...filesIn('xlsx', 'exceljs')]) {
      const table = await read(path)
      const refusal = kinds[path.split('.').at(-1) ?? '']
      if (refusal) expect(table.refusal, path).toMatch(refusal)
    }
  }, 60_000)

  it('finds the table below the remarks of Chinese exports', async () => {
    const example = join(folder ?? '', 'cn-finance', 'example')
    expect((await read(join(example, 'alipay', 'example-alipay-records.csv'))).headers?.[0]).toBe('交易时间')
    expect((await read(join(example, 'wechat', 'example-wechat-records.csv'))).headers?.slice(0, 3)).toEqual([
      '交易时间',
      '交易类型',
      '交易对方',
    ])
    expect((await read(join(example, 'jd', 'example-jd-records.csv'))).headers?.[0]).toBe('交易时间')
  })

  it('reads a workbook that is called csv', async () => {
    expect((await read(join(folder ?? '', 'real-world', 'Leads_xlsx_disguised_as_csv.csv'))).rows).toHaveLength(9240)
  })
})
