import type { FieldFault } from '#base/errors.ts'
import { fault } from '#engine/transfer/faults.ts'
import type { SourceRow } from '#engine/transfer/map-row.ts'
import { csvLines, separatorOf } from './csv-lines.ts'
import { columnsOfNumbers, withNumbersOfDays } from './dates-meant-as-numbers.ts'
import { encodingOf } from './encoding.ts'
import { transferErrors } from './errors.ts'
import type { FileLine } from './file-line.ts'
import { headerIn, isBlank, isTotals, widened, type Header, type Note } from './header-line.ts'
import { jsonLines, jsonNames } from './json-lines.ts'
import { sourceKindOf, type SourceKind } from './source-kind.ts'
import { sheetLines } from './sheet-lines.ts'
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts'

const mostColumns = 1000
/** A header stands within the first lines; exports of banks put up to thirty remarks above it. */
const headLines = 60

/** A file as a table: headers known, rows read anew on every call, a bounded number at a time. */
export interface Table {
  readonly kind: SourceKind
  readonly headers: readonly string[]
  readonly notes: readonly Note[]
  /** Worksheets to choose from; empty for a text file. */
  readonly sheets: readonly string[]
  readonly sheet: string | undefined
  /** Rows with something in them; subtotal rows are left out and counted by `skipped`. */
  rows(onSkipped?: (line: number) => void): AsyncGenerator<SourceRow>
}

interface Options {
  readonly sheet?: string | undefined
  /** Names that help to find the header. */
  readonly expected?: readonly string[]
}

/** Opens a CSV, XLSX or JSON Lines file, whatever it is called. */
export async function openTable(path: string, options: Options = {}): Promise<Table> {
  switch (await sourceKindOf(path)) {
    case 'csv':
      return textTable(path, options)
    case 'xlsx':
      return workbookTable(path, options)
    case 'jsonl':
      return jsonTable(path)
  }
}

async function textTable(path: string, { expected = [] }: Options): Promise<Table> {
  const encoding = await encodingOf(path)
  const separator = await separatorOf(path, encoding)
  const lines = () => csvLines(path, encoding, separator)
  const { header } = await readHeader(lines, expected)
  return {
    kind: 'csv',
    headers: header.names,
    notes: header.notes,
    sheets: [],
    sheet: undefined,
    rows: (onSkipped) => rowsOf(lines(), header, faultOfWidth, onSkipped),
  }
}

async function workbookTable(path: string, { sheet: wanted, expected = [] }: Options): Promise<Table> {
  const book = await openWorkbook(path)
  const sheet = await sheetOf(path, book, wanted)
  const read = await readHeader(() => sheetLines(path, book, sheet), expected)
  const { below } = read
  const header = widened(read.header, below)
  const numbers = columnsOfNumbers(header.names, below)
  const lines = () => withNumbers(sheetLines(path, book, sheet), header, numbers, book.date1904)
  return {
    kind: 'xlsx',
    headers: header.names,
    notes: [
      ...header.notes,
      ...numbers.map((at) => ({ code: 'DATES_MEANT_AS_NUMBERS' as const, name: header.names[at] ?? '' })),
    ],
    sheets: book.sheets.map((one) => one.name),
    sheet: sheet.name,
    rows: (onSkipped) => rowsOf(lines(), header, () => undefined, onSkipped),
  }
}

async function jsonTable(path: string): Promise<Table> {
  const encoding = await encodingOf(path)
  const names = await jsonNames(path, encoding)
  const header = { names, dataFrom: 1, notes: [] }
  return {
    kind: 'jsonl',
    headers: names,
    notes: [],
    sheets: [],
    sheet: undefined,
    rows: (onSkipped) => rowsOf(jsonLines(path, encoding, names), header, () => undefined, onSkipped),
  }
}

type Lines = () => AsyncGenerator<FileLine>

async function* withNumbers(
  lines: AsyncGenerator<FileLine>,
  { dataFrom }: Header,
  numbers: readonly number[],
  date1904: boolean,
): AsyncGenerator<FileLine> {
  for await (const row of lines) {
    yield numbers.length === 0 || row.line < dataFrom ? row : withNumbersOfDays(row, numbers, date1904)
  }
}

/** Sheets that say how the others are filled in: templates begin with one. */
const guide = /^((填写|导入|使用)?(说明|须知|指南)|instructions?|read\s?me|guide|notes)$/i

/** The sheet by name, else the first that has rows and is no guide to the others. */
async function sheetOf(path: string, book: Workbook, wanted: string | undefined): Promise<Sheet> {
  const named = book.sheets.filter((sheet) => wanted === undefined || sheet.name === wanted)
  const [first] = named
  if (!first) throw transferErrors.SHEET_NOT_FOUND({ name: wanted ?? '' })
  const guides = named.filter(({ name }) => guide.test(name.trim()))
  for (const sheet of [...named.filter((one) => !guides.includes(one)), ...guides]) {
    for await (const line of sheetLines(path, book, sheet)) if (line.cells.length > 0) return sheet
  }
  return first
}

/** The header, and the rows that stand below it among the first lines. */
async function readHeader(
  lines: Lines,
  expected: readonly string[],
): Promise<{ header: Header; below: readonly FileLine[] }> {
  const head: FileLine[] = []
  for await (const line of lines()) {
    if (!line.fault) head.push(line)
    if (head.length >= headLines) break
  }
  const header = headerIn(head, expected)
  if (!header) throw transferErrors.HEADER_MISSING()
  if (header.names.length > mostColumns) throw transferErrors.TOO_MANY_COLUMNS({ limit: mostColumns })
  return { header, below: head.filter(({ line }) => line >= header.dataFrom) }
}

async function* rowsOf(
  lines: AsyncGenerator<FileLine>,
  header: Header,
  faultOfCells: (cells: readonly string[], width: number) => FieldFault | undefined,
  onSkipped: ((line: number) => void) | undefined,
): AsyncGenerator<SourceRow> {
  const width = header.names.length
  for await (const { line, cells, fault: broken } of lines) {
    if (line < header.dataFrom || (!broken && isBlank(cells))) continue
    if (isTotals(cells)) onSkipped?.(line)
    else yield { line, cells: fitted(cells, width), fault: broken ?? faultOfCells(cells, width) }
  }
}

/** A row of another width has lost a separator or gained one: its cells would land in wrong fields. */
function faultOfWidth(cells: readonly string[], width: number): FieldFault | undefined {
  const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1
  const fits = cells.length >= width && filled <= width
  return fits ? undefined : fault('', 'WRONG_CELL_COUNT', { found: cells.length, expected: width })
}

function fitted(cells: readonly string[], width: number): readonly string[] {
  return cells.length >= width ? cells.slice(0, width) : [...cells, ...Array<string>(width - cells.length).fill('')]
}
