import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { CsvError, parse, type Parser } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { fault } from '#engine/transfer/faults.ts'
import type { Encoding } from './encoding.ts'
import { transferErrors } from './errors.ts'
import type { FileLine } from './file-line.ts'

const separators = [',', ';', '\t', '|', '，', '^'] as const
/** No honest row is longer; beyond it a quotation mark is missing or somebody is testing us. */
const longestRow = 4_000_000

/** The separator that cuts the first lines into most, and most even, columns. */
export async function separatorOf(path: string, encoding: Encoding): Promise<string> {
  let head = ''
  for await (const piece of decoded(path, encoding, 262_144)) {
    head += piece
    if (head.length >= 65_536) break
  }
  const announced = /^sep=(.)\r?\n/i.exec(head)?.[1]
  if (announced) return announced
  const whole = head.length >= 65_536 ? head.slice(0, head.lastIndexOf('\n') + 1) : head
  const scored = separators.map((separator) => ({ separator, score: evenness(whole, separator) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).separator
}

/** Every line of the file, with its number as an editor shows it; reads as it goes. */
export async function* csvLines(path: string, encoding: Encoding, separator: string): AsyncGenerator<FileLine> {
  const broken: FileLine[] = []
  let nextLine = 1
  let lastBroken = 0
  const parser: Parser = parse({
    delimiter: separator,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_records_with_error: true,
    // Banks write `"/"<tab>,`: blanks around a quoted cell mean nothing, unless the blank is the separator.
    trim: separator !== '\t',
    max_record_size: longestRow,
    on_skip: (error) => {
      if (!error) return
      if (error.code === 'CSV_MAX_RECORD_SIZE') throw transferErrors.CELL_TOO_LARGE({ line: nextLine })
      if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw transferErrors.QUOTES_NOT_CLOSED({ line: nextLine })
      const at = lineOf(error) ?? nextLine
      // After a stumble the parser goes on in the same line and stumbles again.
      if (at !== lastBroken) broken.push({ line: at, cells: [], fault: fault('', 'BROKEN_QUOTES') })
      lastBroken = at
    },
  })
  const stream = pipeline(decoded(path, encoding), parser, () => undefined)
  try {
    for await (const one of stream) {
      const { record, info } = one as { record: string[]; info: { lines: number } }
      while (broken[0] && broken[0].line < info.lines) {
        const [bad] = broken.splice(0, 1)
        if (!bad) break
        nextLine = bad.line + 1
        yield bad
      }
      const line = nextLine
      nextLine = Math.max(info.lines, nextLine) + 1
      if (line === 1 && record.length <= 2 && /^sep=.?$/i.test(record[0] ?? '')) continue
      yield { line, cells: record }
    }
    yield* broken.splice(0)
  } catch (error) {
    if (error instanceof CsvError) {
      if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw transferErrors.QUOTES_NOT_CLOSED({ line: nextLine })
      if (error.code === 'CSV_MAX_RECORD_SIZE') throw transferErrors.CELL_TOO_LARGE({ line: nextLine })
    }
    throw error
  } finally {
    stream.destroy()
  }
}

/** The parser tells on which line it stumbled; its types do not. */
function lineOf(error: CsvError): number | undefined {
  const { lines } = error as { lines?: unknown }
  return typeof lines === 'number' ? lines : undefined
}

/** The text of a file, piece by piece. */
export async function* decoded(path: string, encoding: Encoding, chunk = 65_536): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of createReadStream(path, { highWaterMark: chunk }))
    yield decoder.decode(piece, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

function evenness(text: string, separator: string): number {
  const widths = new Map<number, number>()
  let rows = 0
  for (const cells of roughly(text, separator)) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue
    rows += 1
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  }
  // Rows × columns of the best block: remarks above a table cost little, a comma inside texts wins nothing.
  return Math.max(
    0,
    ...[...widths].map(([width, count]) => (width > 1 ? (count / rows) * Math.min(width, 40) * count : 0)),
  )
}

function roughly(text: string, separator: string): readonly string[][] {
  try {
    return parseNow(text, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      bom: true,
      to: 300,
      max_record_size: longestRow,
      skip_records_with_error: true,
    })
  } catch {
    return text
      .split(/\r?\n/)
      .slice(0, 300)
      .map((line) => line.split(separator))
  }
}
