import type { FileLine } from './file-line.ts'

/** An English ending stands as a word of its own: “Order ID” and “OrderId”, but not “Paid”. */
const numbersName = /((^|[^a-z])(id|no|num|number)\.?|编号|编码|序号|单号|代码)$/i
const numbersNameJoined = /[a-z](ID|Id|No|Num|Number)$/
const datesName = /date|日期|时间|期$/i
const wholeDay = /^\d{4}-\d{2}-\d{2}$/
const dayMs = 86_400_000

/**
 * Columns of a worksheet that are called numbers and hold nothing but days: somebody formatted the numbers as dates.
 * Texts that look like days are codes and no such numbers. `rows` are the first rows below the header.
 */
export function columnsOfNumbers(names: readonly string[], rows: readonly FileLine[]): readonly number[] {
  return names.flatMap((name, at) => {
    if (!isNumbersName(name.normalize('NFKC').trim())) return []
    const filled = rows.filter(({ cells }) => (cells[at] ?? '') !== '')
    return filled.length > 1 && filled.every((row) => isWholeDay(row, at)) ? [at] : []
  })
}

function isNumbersName(name: string): boolean {
  return (numbersName.test(name) || numbersNameJoined.test(name)) && !datesName.test(name)
}

function isWholeDay({ cells, days }: FileLine, at: number): boolean {
  return (days?.includes(at) ?? false) && wholeDay.test(cells[at] ?? '')
}

/** The row with the numbers that the sheet holds where it shows days in these columns. */
export function withNumbersOfDays(row: FileLine, columns: readonly number[], date1904: boolean): FileLine {
  const cells = row.cells.map((cell, at) =>
    columns.includes(at) && isWholeDay(row, at) ? numberOfDay(cell, date1904) : cell,
  )
  return { ...row, cells }
}

function numberOfDay(day: string, date1904: boolean): string {
  const serial = Math.round((Date.parse(day) - Date.UTC(1899, 11, 30)) / dayMs)
  // Spreadsheets believe in 29 February 1900.
  const counted = serial < 61 ? serial - 1 : serial
  return String(date1904 ? serial - 1462 : counted)
}
