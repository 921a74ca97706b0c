import { readAmount } from '#engine/transfer/read-amount.ts'
import { readDate } from '#engine/transfer/read-date.ts'
import { fold } from '#engine/transfer/fold.ts'
import type { FileLine } from './file-line.ts'

/** What reading the head of a file noticed, for the person who imports. */
export type Note =
  | { readonly code: 'LINES_BEFORE_HEADER'; readonly count: number }
  | { readonly code: 'HEADER_DOUBLED'; readonly name: string; readonly became: string }
  | { readonly code: 'HEADER_EMPTY'; readonly became: string }
  | { readonly code: 'HEADER_OF_TWO_LINES' }
  | { readonly code: 'HEADER_NOT_FOUND' }
  | { readonly code: 'DATES_MEANT_AS_NUMBERS'; readonly name: string }

export interface Header {
  /** Unique names, one per column. */
  readonly names: readonly string[]
  /** Line of the file on which the data begin. */
  readonly dataFrom: number
  readonly notes: readonly Note[]
}

/**
 * Finds the header in the first lines of a file: the line that holds the expected names best, else the first line
 * that is as wide as the table and reads like names. Export tools put titles and remarks above it; some banks write
 * rows only, whose columns are then called by their place.
 */
export function headerIn(lines: readonly FileLine[], expected: readonly string[] = []): Header | undefined {
  const at = fromGroups(
    lines,
    expected.length > 0 ? (bestMatch(lines, expected) ?? likelyHeader(lines)) : likelyHeader(lines),
  )
  const top = lines[at]
  if (!top) return undefined
  if (!readsLikeNames(top.cells) && isHeaderless(lines.slice(at))) return headerless(top)
  const below = lines[at + 1]
  const isTwoLines = below !== undefined && complements(top.cells, below.cells, lines[at + 2]?.cells ?? [])
  const cells = isTwoLines ? joined(top.cells, below.cells) : top.cells
  const { names, notes } = uniqueNames(cells)
  const before = lines.slice(0, at).filter((line) => filled(line.cells) > 0).length
  return {
    names,
    dataFrom: (isTwoLines ? below.line : top.line) + 1,
    notes: [
      ...(before > 0 ? [{ code: 'LINES_BEFORE_HEADER' as const, count: before }] : []),
      ...(isTwoLines ? [{ code: 'HEADER_OF_TWO_LINES' as const }] : []),
      ...notes,
    ],
  }
}

/** A sheet's header with names for the columns beyond it in which the first rows have something. */
export function widened(header: Header, rows: readonly FileLine[]): Header {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.findLastIndex((cell) => cell.trim() !== '') + 1))
  const { names } = header
  if (width <= names.length) return header
  const more = Array.from({ length: width - names.length }, (_, at) => `#${names.length + at + 1}`)
  const notes = more.map((became) => ({ code: 'HEADER_EMPTY' as const, became }))
  return { ...header, names: [...names, ...more], notes: [...header.notes, ...notes] }
}

const totals =
  /^((人民币|美元|港币|本页|本月|本期|全部)?(小计|合计|总计|累计|共计)(金额|数量|数)?|subtotal|sub total|total|grand total|sum)\s*[:：]?$/i

/** A subtotal that people add below their rows: named so in its first filled cell, with nothing but numbers behind it. */
export function isTotals(cells: readonly string[]): boolean {
  const [first, ...others] = cells.filter((cell) => cell.trim() !== '')
  if (first === undefined || others.length === 0 || !totals.test(first.normalize('NFKC').trim())) return false
  return others.every((cell) => readAmount(cell).ok)
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length
}

function bestMatch(lines: readonly FileLine[], expected: readonly string[]): number | undefined {
  const wanted = new Set(expected.map(fold))
  const hits = lines.map((line) => new Set(line.cells.map(fold).filter((cell) => wanted.has(cell))).size)
  const most = Math.max(0, ...hits)
  return most * 2 >= wanted.size && most > 0 ? hits.indexOf(most) : undefined
}

function likelyHeader(lines: readonly FileLine[]): number {
  const widths = lines.map((line) => filled(line.cells))
  const usual = usualWidth(widths)
  const at = lines.findIndex(
    (line, place) =>
      (widths[place] ?? 0) >= Math.max(1, usual * 0.6) && readsLikeNames(line.cells) && !isNumbered(line.cells),
  )
  return at >= 0 ? at : widths.findIndex((width) => width > 0)
}

/** The line of group names above a header whose names repeat for want of them, else the header itself. */
function fromGroups(lines: readonly FileLine[], at: number): number {
  const [above, header] = [lines[at - 1]?.cells ?? [], lines[at]?.cells ?? []]
  const names = header.map(fold).filter((name) => name !== '')
  const isRepeated = new Set(names).size < names.length
  return isRepeated && filled(above) > 1 && complements(above, header, lines[at + 1]?.cells ?? []) ? at - 1 : at
}

/** The width that most cells stand in: remarks above a table are narrow, whatever their number. */
function usualWidth(widths: readonly number[]): number {
  const weight = new Map<number, number>()
  for (const width of widths) weight.set(width, (weight.get(width) ?? 0) + width)
  return [...weight].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0]
}

function readsLikeNames(cells: readonly string[]): boolean {
  const texts = cells.filter((cell) => cell.trim() !== '')
  const values = texts.filter((cell) => cell.length > 80 || readAmount(cell).ok || readDate(cell).ok)
  return values.length * 5 <= texts.length
}

/** Names that a spreadsheet gave by itself when a table had none: Column1, 列2, Unnamed: 3. */
function isNumbered(cells: readonly string[]): boolean {
  const texts = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return texts.length > 1 && texts.every((cell) => /^(column|列|unnamed:|field|字段)\s*\d+$/i.test(cell))
}

/** Days written out, in the same column of the first two lines: what stands there is a row and no name. */
function isHeaderless([first, second]: readonly FileLine[]): boolean {
  const isDay = (cell: string): boolean => !/^[\d.]+$/.test(cell.trim()) && readDate(cell).ok
  return first?.cells.some((cell, at) => isDay(cell) && isDay(second?.cells[at] ?? '')) ?? false
}

function headerless(first: FileLine): Header {
  const names = first.cells.map((_, at) => `#${at + 1}`)
  return { names, dataFrom: first.line, notes: [{ code: 'HEADER_NOT_FOUND' }] }
}

/**
 * Cells merged over two lines: below each group name stand its parts, and a name without parts has nothing below it;
 * where every name has parts, there are several groups and the values begin below them: a lone column without a name
 * above a row of texts is no group.
 */
function complements(top: readonly string[], below: readonly string[], third: readonly string[]): boolean {
  if (!readsLikeNames(below) || filled(below) === 0) return false
  const columns = Array.from({ length: Math.max(top.length, below.length) }, (_, at) => ({
    above: (top[at] ?? '').trim(),
    part: (below[at] ?? '').trim(),
  }))
  const isPart = (at: number): boolean => columns[at]?.above === '' && columns[at].part !== ''
  const groups = columns.filter(({ above, part }, at) => above !== '' && part !== '' && isPart(at + 1)).length
  const hasAlone = columns.some(({ above, part }) => above !== '' && part === '')
  const isCovered = columns.every(({ above, part }) => above !== '' || part !== '')
  const isContiguous = columns.every((_, at) => !isPart(at) || isPart(at - 1) || (columns[at - 1]?.part ?? '') !== '')
  return groups > 0 && isContiguous && isCovered && (hasAlone || (groups > 1 && !readsLikeNames(third)))
}

function joined(top: readonly string[], below: readonly string[]): readonly string[] {
  let group = ''
  return Array.from({ length: Math.max(top.length, below.length) }, (_, at) => {
    const above = (top[at] ?? '').trim()
    const part = (below[at] ?? '').trim()
    if (above !== '') group = above
    return part === '' ? above : `${group} ${part}`.trim()
  })
}

function uniqueNames(cells: readonly string[]): { names: readonly string[]; notes: readonly Note[] } {
  const notes: Note[] = []
  const seen = new Set<string>()
  // Thousands of columns of one name would otherwise be counted through again and again.
  const copies = new Map<string, number>()
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  const names = cells.slice(0, last + 1).map((cell, at) => {
    const written = cell.replace(/\s+/g, ' ').trim().slice(0, 500)
    const wanted = written === '' ? `#${at + 1}` : written
    let name = wanted
    let copy = copies.get(fold(wanted)) ?? 2
    for (; seen.has(fold(name) || name); copy += 1) name = `${wanted} (${copy})`
    copies.set(fold(wanted), copy)
    seen.add(fold(name) || name)
    if (written === '') notes.push({ code: 'HEADER_EMPTY', became: name })
    else if (name !== wanted) notes.push({ code: 'HEADER_DOUBLED', name: wanted, became: name })
    return name
  })
  return { names, notes }
}
