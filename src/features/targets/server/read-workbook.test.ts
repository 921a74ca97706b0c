import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, expect, it } from 'vitest'
import { zipOf } from '#testing/zip-of.ts'
import { openWorkbook } from './read-workbook.ts'
import { metaSheet } from './workbook-shape.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-workbook-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'file')

it('opens the workbook of a plan, and leaves other tables to their own reader', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('目标').addRow(['甲', 1])
  await book.xlsx.writeFile(path)
  expect(await openWorkbook(path)).toBeUndefined()
  book.addWorksheet(metaSheet)
  await book.xlsx.writeFile(path)
  expect((await openWorkbook(path))?.worksheets.map(({ name }) => name)).toEqual(['目标', metaSheet])
  writeFileSync(path, '组织,1月\n东区,5')
  expect(await openWorkbook(path)).toBeUndefined()
})

it('refuses a workbook that unfolds to a mountain before it is in memory, also where only its pictures do', async () => {
  // Neither of them is suspicious by itself: it is their sum that is refused.
  const picture = Buffer.alloc(34_000_000)
  writeFileSync(path, zipOf({ 'xl/workbook.xml': '<workbook/>', 'xl/media/1.png': picture, 'xl/media/2.png': picture }))
  await expect(openWorkbook(path)).rejects.toMatchObject({ code: 'FILE_UNFOLDS_TOO_LARGE', status: 400 })
})
