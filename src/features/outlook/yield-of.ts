import type { DriverBasis } from './contract.ts'

/** What one of the base brought in a month: Σ values ÷ Σ bases over months that had one; 0 where none had. */
export function yieldOf({ months }: DriverBasis): number {
  const based = months.filter(({ base }) => Number(base) > 0)
  const sum = (key: 'value' | 'base') => based.reduce((total, month) => total + Number(month[key]), 0)
  return based.length === 0 ? 0 : sum('value') / sum('base')
}
