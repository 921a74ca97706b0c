import type { GivenSize } from '../contract.ts'

const confidences: Readonly<Record<string, GivenSize['confidence']>> = {
  高: 'high', 中: 'medium', 低: 'low', high: 'high', medium: 'medium', low: 'low',
} // prettier-ignore

/**
 * Pasted rows of a sheet as sizes: region, industry, year or first day, last day (empty with a year), amount, currency,
 * source, day it was told, confidence. Rows that are empty or a heading are left out.
 */
export function readRows(text: string, today: string): readonly GivenSize[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split('\t').map((cell) => cell.trim()))
    .filter((cells) => cells.length > 4 && /^\d{4}/.test(cells[2] ?? ''))
    .map(
      ([
        region = '',
        industry = '',
        first = '',
        last = '',
        amount = '',
        currency = '',
        source = '',
        told = '',
        sure = '',
      ]) => ({
        region,
        industry,
        ...spanOf(first, last),
        amount,
        currency,
        source: source === '' ? '-' : source,
        toldOn: told === '' ? today : told,
        confidence: confidences[sure.toLowerCase()] ?? 'medium',
      }),
    )
}

/** A year alone is the whole year; a last day is included. */
function spanOf(first: string, last: string): { from: string; to: string } {
  if (/^\d{4}$/.test(first)) return { from: `${first}-01-01`, to: `${Number(first) + 1}-01-01` }
  const end = new Date(`${last === '' ? first : last}T00:00:00Z`)
  if (Number.isNaN(end.getTime())) return { from: first, to: last }
  end.setUTCDate(end.getUTCDate() + 1)
  return { from: first, to: end.toISOString().slice(0, 10) }
}
