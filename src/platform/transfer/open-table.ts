import type { FieldFault } from '#base/errors.ts'
import { fault } from '#engine/transfer/faults.ts'
import type { SourceRow } from '#engine/transfer/map-row.ts'
import { csvLines, separatorOf } from './csv-lines.ts'
import { encodingOf } from './encoding.ts'
import { transferErrors } from './errors.ts'
import type { FileLine } from './file-line.ts'
import { headerIn, isBlank, isTotals, type Header, type Note } from './header-line.ts'
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

/** Opens a CSV or XLSX file, whatever it is called. `expected` names help to find the header. */
export async function openTable(
  path: string,
  options: { readonly sheet?: string | undefined; readonly expected?: readonly string[] } = {},
): Promise<Table> {
  const kind = await sourceKindOf(path)
  const book = kind === 'xlsx' ? await openWorkbook(path) : undefined
  const sheet = book && (await sheetOf(path, book, options.sheet))
  const lines = book && sheet ? () => sheetLines(path, book, sheet) : await textLines(path)
  const header = await readHeader(lines, options.expected ?? [])
  return {
    kind,
    headers: header.names,
    notes: header.notes,
    sheets: book?.sheets.map((one) => one.name) ?? [],
    sheet: sheet?.name,
    rows: (onSkipped) => rowsOf(lines(), header, kind, onSkipped),
  }
}

type Lines = () => AsyncGenerator<FileLine>

/** The sheet by name, else the first that has rows. */
async function sheetOf(path: string, book: Workbook, wanted: string | undefined): Promise<Sheet> {
  const named = book.sheets.filter((sheet) => wanted === undefined || sheet.name === wanted)
  const [first] = named
  if (!first) throw transferErrors.SHEET_NOT_FOUND({ name: wanted ?? '' })
  for (const sheet of named) {
    for await (const line of sheetLines(path, book, sheet)) if (line.cells.length > 0) return sheet
  }
  return first
}

async function textLines(path: string): Promise<Lines> {
  const encoding = await encodingOf(path)
  const separator = await separatorOf(path, encoding)
  return () => csvLines(path, encoding, separator)
}

async function readHeader(lines: Lines, expected: readonly string[]): Promise<Header> {
  const head: FileLine[] = []
  for await (const line of lines()) {
    if (!line.fault) head.push(line)
    if (head.length >= headLines) break
  }
  const header = headerIn(head, expected)
  if (!header) throw transferErrors.HEADER_MISSING()
  if (header.names.length > mostColumns) throw transferErrors.TOO_MANY_COLUMNS({ limit: mostColumns })
  return header
}

async function* rowsOf(
  lines: AsyncGenerator<FileLine>,
  header: Header,
  kind: SourceKind,
  onSkipped: ((line: number) => void) | undefined,
): AsyncGenerator<SourceRow> {
  const width = header.names.length
  for await (const { line, cells, fault: broken } of lines) {
    if (line < header.dataFrom || (!broken && isBlank(cells))) continue
    if (isTotals(cells)) onSkipped?.(line)
    else
      yield {
        line,
        cells: fitted(cells, width),
        fault: broken ?? (kind === 'csv' ? faultOfWidth(cells, width) : undefined),
      }
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
