import { isDay } from '#engine/calendar/day.ts'
import { readDecimal } from '#engine/money/decimal.ts'
import type { GivenSize } from '../contract.ts'

const confidences: Readonly<Record<string, GivenSize['confidence']>> = {
  高: 'high', 中: 'medium', 低: 'low', high: 'high', medium: 'medium', low: 'low',
} // prettier-ignore

/** The columns of a pasted line, in their order. */
export const columns = [
  'region', 'industry', 'from', 'to', 'amount', 'currency', 'source', 'toldOn', 'confidence',
] as const // prettier-ignore
export type Column = (typeof columns)[number]

/** Why a line cannot be kept; `text` is what stands in the column. */
export interface RowFault {
  /** As people count them, from 1. */
  readonly line: number
  readonly column: Column | null
  readonly code: 'columns' | 'day' | 'amount' | 'missing' | 'future' | 'confidence'
  readonly text: string
}

export interface ReadRows {
  readonly rows: readonly { readonly line: number; readonly text: string; readonly size: GivenSize }[]
  /** Lines that cannot be kept, with all that is wrong in them. */
  readonly faults: readonly RowFault[]
  /** The first line is a heading. */
  readonly hasHeading: boolean
}

/**
 * Pasted lines of a sheet as sizes: region, industry, year or first day, last day (empty with a year), amount, currency,
 * source, day it was told, confidence. Every line is a size, the heading, empty, or told as a fault: none is dropped.
 */
export function readRows(text: string, today: string): ReadRows {
  const lines = text.split(/\r?\n/).map((line, at) => ({ line: at + 1, text: line, cells: cellsOf(line) }))
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''))
  const hasHeading = isHeading(filled[0]?.cells ?? [])
  const read = filled.slice(hasHeading ? 1 : 0).map((line) => ({ ...line, faults: faultsIn(line, today) }))
  return {
    hasHeading,
    rows: read.flatMap(({ line, text: whole, cells, faults }) =>
      faults.length === 0 ? [{ line, text: whole, size: sizeOf(cells) }] : [],
    ),
    faults: read.flatMap(({ faults }) => faults),
  }
}

function cellsOf(line: string): readonly string[] {
  return line.split('\t').map((cell) => cell.trim())
}

/** Words alone: whatever has a number, or nothing to call a day or an amount, is data, though it be in the wrong order. */
function isHeading(cells: readonly string[]): boolean {
  return cells.length > 4 && Boolean(cells[2] && cells[4]) && !/\d/.test(cells.join(''))
}

function faultsIn(
  { line, text, cells }: { readonly line: number; readonly text: string; readonly cells: readonly string[] },
  today: string,
): readonly RowFault[] {
  if (cells.length < 5 || cells.length > columns.length) return [{ line, column: null, code: 'columns', text }]
  const cell = (column: Column) => cells[columns.indexOf(column)] ?? ''
  const fault = (column: Column, code: RowFault['code']): RowFault => ({ line, column, code, text: cell(column) })
  const isYear = /^\d{4}$/.test(cell('from'))
  const isAmount = readDecimal(cell('amount')).ok && !cell('amount').startsWith('-')
  return [
    ...(isYear || isDay(cell('from')) ? [] : [fault('from', cell('from') === '' ? 'missing' : 'day')]),
    ...(isYear || isDay(cell('to')) ? [] : [fault('to', cell('to') === '' ? 'missing' : 'day')]),
    ...(isAmount ? [] : [fault('amount', cell('amount') === '' ? 'missing' : 'amount')]),
    ...(cell('source') === '' ? [fault('source', 'missing')] : []),
    ...dayToldFault(cell('toldOn'), today).map((code) => fault('toldOn', code)),
    ...(confidences[cell('confidence').toLowerCase()] ? [] : [fault('confidence', 'confidence')]),
  ]
}

function dayToldFault(told: string, today: string): readonly RowFault['code'][] {
  if (!isDay(told)) return [told === '' ? 'missing' : 'day']
  return told > today ? ['future'] : []
}

function sizeOf(cells: readonly string[]): GivenSize {
  const [region = '', industry = '', first = '', last = '', amount = '', currency = '', source = '', toldOn = ''] =
    cells
  const confidence = confidences[(cells[8] ?? '').toLowerCase()] ?? 'low'
  return { region, industry, ...spanOf(first, last), amount, currency, source, toldOn, confidence }
}

/** A year alone is the whole year; a last day is included. */
function spanOf(first: string, last: string): { from: string; to: string } {
  if (/^\d{4}$/.test(first)) return { from: `${first}-01-01`, to: `${Number(first) + 1}-01-01` }
  const end = new Date(`${last}T00:00:00Z`)
  end.setUTCDate(end.getUTCDate() + 1)
  return { from: first, to: end.toISOString().slice(0, 10) }
}
