import { toUnits } from '#engine/money/units.ts'
import type { Basis, PlanSummary } from '../../contract.ts'
import { cellText } from './cell-text.ts'

/** `+20% · 2025-Q3 1,000 → 1,200 (+200)`: what a target starts from, and how far it is from there now. */
export function basisText(
  { percent, base, amount }: Basis,
  value: bigint,
  { unit, measure }: Pick<PlanSummary, 'unit' | 'measure'>,
): string {
  const shown = (count: bigint) => cellText(count, unit, measure)
  const from = toUnits(amount, unit)
  const difference = value - from
  const sign = percent.startsWith('-') ? '' : '+'
  const off = `${difference < 0n ? '-' : '+'}${shown(difference < 0n ? -difference : difference)}`
  return `${sign}${percent}% · ${base} ${shown(from)} → ${shown(value)} (${off})`
}
