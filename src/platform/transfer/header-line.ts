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

export interface Header {
  /** Unique names, one per column. */
  readonly names: readonly string[]
  /** Line of the file on which the data begin. */
  readonly dataFrom: number
  readonly notes: readonly Note[]
}

/**
 * Finds the header in the first lines of a file: the line that holds the expected names best, else the first line
 * that is as wide as the table and reads like names. Export tools put titles and remarks above it.
 */
export function headerIn(lines: readonly FileLine[], expected: readonly string[] = []): Header | undefined {
  const at = expected.length > 0 ? (bestMatch(lines, expected) ?? likelyHeader(lines)) : likelyHeader(lines)
  const top = lines[at]
  if (!top) return undefined
  const below = lines[at + 1]
  const isTwoLines = below !== undefined && complements(top.cells, below.cells)
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

const totals = /^(小计|合计|总计|累计|共计|subtotal|sub total|total|grand total|sum)\s*[:：]?$/i

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
    (line, place) => (widths[place] ?? 0) >= Math.max(1, usual * 0.6) && readsLikeNames(line.cells),
  )
  return at >= 0 ? at : widths.findIndex((width) => width > 0)
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

/** Cells merged over two lines: below each group name stand its parts, and a name without parts has nothing below it. */
function complements(top: readonly string[], below: readonly string[]): boolean {
  if (!readsLikeNames(below) || filled(below) === 0) return false
  const hasGap = top.some((cell, at) => cell.trim() === '' && (below[at] ?? '').trim() !== '')
  const hasAlone = top.some((cell, at) => cell.trim() !== '' && (below[at] ?? '').trim() === '')
  const isCovered = below.every((cell, at) => cell.trim() !== '' || (top[at] ?? '').trim() !== '')
  return hasGap && hasAlone && isCovered
}

function joined(top: readonly string[], below: readonly string[]): readonly string[] {
  let group = ''
  return below.map((cell, at) => {
    const above = (top[at] ?? '').trim()
    if (above !== '') group = above
    return cell.trim() === '' ? above : `${group} ${cell.trim()}`.trim()
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
