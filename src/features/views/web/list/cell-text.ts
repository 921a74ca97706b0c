import { inWords, type Language } from '#base/label.ts'
import type { RecordRow, ScreenField } from '#features/objects/web/index.tsx'
import { plainDay } from '#web/kit/date-text.ts'
import { wordOf } from '#web/words/words.ts'
import { kitWords } from '#web/kit/words.ts'

/** A value as a spreadsheet takes it: names of what is pointed at, plain digits, days. */
export function cellText(field: ScreenField, row: RecordRow, language: Language): string {
  const value = row[field.key]
  if (value === null || value === undefined) return ''
  if (field.type === 'reference' || field.type === 'owner') return row.names[field.key] ?? ''
  if (field.type === 'yes_no') return wordOf(kitWords, value === true ? 'yes' : 'no')
  if (field.type === 'date') return plainDay(String(value))
  const named = (key: unknown) => {
    const choice = field.choices?.find((known) => known.key === key)
    return choice ? inWords(choice.label, language) : (row.names[String(key)] ?? String(key))
  }
  if (Array.isArray(value)) return value.map((entry) => (typeof entry === 'string' ? named(entry) : '')).join('、')
  return named(value)
}

/** Rows of cells as tab-separated text; what holds tabs, quotes or line breaks is quoted. */
export function toSheetText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join('\t')).join('\n')
}

function quoted(text: string): string {
  return /[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Tab-separated text, as spreadsheets put it on the clipboard, as rows of cells. */
export function fromSheetText(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let isOpen = false
  const cells = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/g
  for (const [whole, cell = '', end] of text.matchAll(cells)) {
    if (whole === '' && !isOpen) break
    const isQuoted = cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
    rows.at(-1)?.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    isOpen = end === '\t'
    if (!isOpen && end !== '') rows.push([])
    if (end === '') break
  }
  return rows.filter((row) => row.length > 0)
}
