import { fault } from '#engine/transfer/faults.ts'
import { transferErrors } from './errors.ts'
import type { FileLine } from './file-line.ts'
import { readXml, type XmlListener } from './read-xml.ts'
import { unescaped, type NumberMeaning, type Sheet, type Workbook } from './workbook.ts'
import { unpacked } from './zip-directory.ts'

/** Wider than any header that is accepted. */
const mostColumns = 1200

/**
 * The filled rows of a worksheet as text: dates in ISO, numbers plain, shares with their sign, formulas by their
 * value. Reads as it goes; breaking off closes the file.
 */
export async function* sheetLines(path: string, book: Workbook, sheet: Sheet): AsyncGenerator<FileLine> {
  const ready: FileLine[] = []
  for await (const piece of readXml(unpacked(path, sheet.entry), rowListener(book, ready))) {
    void piece
    yield* ready.splice(0)
  }
}

interface CellDraft {
  readonly column: number
  readonly kind: string
  readonly style: number
  text: string
}

function rowListener(book: Workbook, ready: FileLine[]): XmlListener {
  let line = 0
  let cells: string[] = []
  let days: number[] = []
  let failed: string | undefined
  let cell: CellDraft | undefined
  let nextColumn = 0
  let isInText = false
  let isReading = false
  return {
    opened(name, attributes) {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1)
        cells = []
        days = []
        failed = undefined
        nextColumn = 0
      } else if (name === 'c') {
        const column = columnOf(attributes['r']) ?? nextColumn
        cell = { column, kind: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), text: '' }
        nextColumn = column + 1
      } else if (name === 'rPh') isReading = true
      isInText = cell !== undefined && !isReading && (name === 'v' || name === 't')
    },
    text(piece) {
      if (isInText && cell) cell.text += piece
    },
    closed(name) {
      if (name === 'v' || name === 't') isInText = false
      if (name === 'rPh') isReading = false
      if (name === 'c' && cell) {
        const isError = cell.kind === 'e' && cell.text !== '' && cell.text !== '#N/A'
        if (isError) failed ??= cell.text
        const text = isError ? cell.text : shown(cell, book)
        if (text !== '' && cell.column < mostColumns) {
          while (cells.length < cell.column) cells.push('')
          cells[cell.column] = text
          if (isNumberOfDay(cell, book)) days.push(cell.column)
        }
        cell = undefined
      }
      if (name === 'row' && cells.length > 0) {
        const row = { line, cells, ...(days.length > 0 ? { days } : {}) }
        ready.push(failed === undefined ? row : { ...row, fault: fault('', 'FORMULA_ERROR', { text: failed }) })
      }
    },
  }
}

/** `AB12` → 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function isNumberOfDay({ kind, style }: CellDraft, book: Workbook): boolean {
  return kind === 'n' && book.meanings[style] === 'date'
}

function shown(cell: CellDraft, book: Workbook): string {
  const { kind, text } = cell
  if (kind === 's') return text.trim() === '' ? '' : sharedText(Number(text), book)
  if (kind === 'str' || kind === 'inlineStr') return unescaped(text)
  if (kind === 'b') return text.trim() === '' ? '' : text.trim() === '1' ? 'true' : 'false'
  // `#N/A` is how people write "none".
  if (kind === 'e') return ''
  if (kind === 'd') return text.replace(/T00:00:00(\.0+)?Z?$/, '').replace('T', ' ')
  return text.trim() === '' ? '' : numberText(Number(text), book.meanings[cell.style] ?? 'number', book.date1904)
}

/** Cells without their texts would be read as empty, and clear or miss what they hold. */
function sharedText(place: number, { texts }: Workbook): string {
  const text = texts[place]
  if (text === undefined) throw transferErrors.FILE_BROKEN()
  return text
}

function numberText(value: number, meaning: NumberMeaning, date1904: boolean): string {
  if (!Number.isFinite(value)) return ''
  if (meaning === 'date') return dateText(value + (date1904 ? 1462 : 0))
  return meaning === 'share' ? `${plainNumber(value * 100)}%` : plainNumber(value)
}

/** Fifteen digits are all that a sheet keeps: 0.1 + 0.2 is 0.3 to its author. */
function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(15))
  const text = String(rounded)
  return text.includes('e') ? rounded.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

function dateText(serial: number): string {
  // Spreadsheets believe in 29 February 1900: days before it stand one later in our calendar.
  const day = serial < 60 ? serial + 1 : serial
  const instant = new Date(Date.UTC(1899, 11, 30) + Math.round(day * 86_400) * 1000)
  if (Number.isNaN(instant.getTime()) || serial < 0) return plainNumber(serial)
  const iso = instant.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}
