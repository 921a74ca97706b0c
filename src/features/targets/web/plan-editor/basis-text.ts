import { grouped } from '#engine/money/short-form.ts'
import { fromUnits, toUnits } from '#engine/money/units.ts'
import type { Basis } from '../../contract.ts'
import { cellText } from './cell-text.ts'

/** `+20% · 2025-Q3 1,000 → 1,200 (+200)`: what a target starts from, and how far it is from there now. */
export function basisText({ percent, base, amount }: Basis, value: bigint, unit: string): string {
  const from = toUnits(amount, unit)
  const difference = value - from
  const sign = percent.startsWith('-') ? '' : '+'
  const off = `${difference < 0n ? '-' : '+'}${grouped(fromUnits(difference < 0n ? -difference : difference, unit))}`
  return `${sign}${percent}% · ${base} ${cellText(from, unit)} → ${cellText(value, unit)} (${off})`
}
