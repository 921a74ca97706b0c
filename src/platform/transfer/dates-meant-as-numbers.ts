import { fold } from '#engine/transfer/fold.ts'
import type { FileLine } from './file-line.ts'

const numbersName = /(id|no|num|number|编号|编码|序号|单号|代码)$/
const datesName = /date|日期|时间|期$/
const wholeDay = /^\d{4}-\d{2}-\d{2}$/
const dayMs = 86_400_000

/**
 * Columns of a worksheet that are called numbers and hold nothing but days: somebody formatted the numbers as dates.
 * `rows` are the first rows below the header.
 */
export function columnsOfNumbers(names: readonly string[], rows: readonly FileLine[]): readonly number[] {
  return names.flatMap((name, at) => {
    const bare = fold(name)
    if (!numbersName.test(bare) || datesName.test(bare)) return []
    const cells = rows.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '')
    return cells.length > 1 && cells.every((cell) => wholeDay.test(cell)) ? [at] : []
  })
}

/** The number that the sheet holds where it shows a day. */
export function numberOfDay(day: string, date1904: boolean): string {
  if (!wholeDay.test(day)) return day
  const serial = Math.round((Date.parse(day) - Date.UTC(1899, 11, 30)) / dayMs)
  // Spreadsheets believe in 29 February 1900.
  const counted = serial < 61 ? serial - 1 : serial
  return String(date1904 ? serial - 1462 : counted)
}
