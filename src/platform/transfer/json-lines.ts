import { stat } from 'node:fs/promises'
import { fault } from '#engine/transfer/faults.ts'
import { decoded } from './csv-lines.ts'
import type { Encoding } from './encoding.ts'
import { transferErrors } from './errors.ts'
import type { FileLine } from './file-line.ts'

/** No honest object is longer. */
const longestLine = 4_000_000
const mostNames = 1000

/**
 * The columns of a file that holds one JSON object a line: the names of all its objects in the order they turn up,
 * with `owner.name` for a value inside an object.
 */
export async function jsonNames(path: string, encoding: Encoding): Promise<readonly string[]> {
  const { size, mtimeMs, ino } = await stat(path)
  const mark = [path, ino, size, mtimeMs].join(' ')
  const known = namesKnown.get(mark)
  if (known) return known
  const names = await namesIn(path, encoding)
  if (namesKnown.size >= mostKnown) namesKnown.clear()
  namesKnown.set(mark, names)
  return names
}

/**
 * A column may turn up in the last line only, so that the whole file must be read for its names: once, and not again on
 * every look at it.
 */
const namesKnown = new Map<string, readonly string[]>()
const mostKnown = 50

async function namesIn(path: string, encoding: Encoding): Promise<readonly string[]> {
  const names = new Set<string>()
  for await (const { cells } of flatLines(path, encoding)) {
    for (const name of cells?.keys() ?? []) names.add(name)
    if (names.size > mostNames) throw transferErrors.TOO_MANY_COLUMNS({ limit: mostNames })
  }
  if (names.size === 0) throw transferErrors.HEADER_MISSING()
  return [...names]
}

/** Every object in its cells; a line that is no object is a fault. */
export async function* jsonLines(path: string, encoding: Encoding, names: readonly string[]): AsyncGenerator<FileLine> {
  for await (const { line, cells } of flatLines(path, encoding)) {
    if (cells) yield { line, cells: names.map((name) => cells.get(name) ?? '') }
    else yield { line, cells: [], fault: fault('', 'NOT_JSON') }
  }
}

interface FlatLine {
  readonly line: number
  readonly cells: ReadonlyMap<string, string> | undefined
}

async function* flatLines(path: string, encoding: Encoding): AsyncGenerator<FlatLine> {
  let line = 0
  for await (const text of textLines(path, encoding)) {
    line += 1
    if (text.trim() !== '') yield { line, cells: cellsOf(text) }
  }
}

async function* textLines(path: string, encoding: Encoding): AsyncGenerator<string> {
  let rest = ''
  let line = 1
  for await (const piece of decoded(path, encoding)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    line += lines.length
    if (rest.length > longestLine) throw transferErrors.CELL_TOO_LARGE({ line })
  }
  yield rest
}

function cellsOf(text: string): ReadonlyMap<string, string> | undefined {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const cells = new Map<string, string>()
  addTo(cells, '', value)
  return cells
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits)
  } catch {
    return undefined
  }
}

/** Amounts keep the digits they were written with: 12345678901234567890.12 is more than a float holds. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}

function addTo(cells: Map<string, string>, prefix: string, value: object): void {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const name = prefix === '' ? key : `${prefix}.${key}`
    if (Array.isArray(inner)) cells.set(name, inner.map(written).join('; '))
    else if (typeof inner === 'object' && inner !== null) addTo(cells, name, inner)
    else cells.set(name, written(inner))
  }
}

function written(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
