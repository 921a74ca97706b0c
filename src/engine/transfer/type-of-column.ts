import { readAmount } from './read-amount.ts'
import { readDate } from './read-date.ts'

/** What a column could hold, by what stands in it. */
export type ColumnType = 'text' | 'long_text' | 'number' | 'date' | 'yes_no'

const yesNo = /^(是|否|yes|no|true|false|y|n)$/i
const longText = 200

/** The type that every filled cell fits; numbers that begin with nought, or have more digits than an amount, are texts. */
export function typeOfColumn(samples: readonly string[]): ColumnType {
  const cells = samples.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (cells.length === 0) return 'text'
  if (cells.every((cell) => yesNo.test(cell))) return 'yes_no'
  if (cells.every((cell) => !/^0\d/.test(cell) && cell.replace(/\D/g, '').length <= 10 && readAmount(cell).ok))
    return 'number'
  if (cells.every((cell) => readDate(cell).ok)) return 'date'
  return cells.some((cell) => cell.length > longText || cell.includes('\n')) ? 'long_text' : 'text'
}
