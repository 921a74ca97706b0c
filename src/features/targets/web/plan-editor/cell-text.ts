import { exact, plain, readDecimal } from '#engine/money/decimal.ts'
import { grouped } from '#engine/money/short-form.ts'
import { fromUnits } from '#engine/money/units.ts'
import type { PlanSummary } from '../../contract.ts'

type Measure = PlanSummary['measure']

/** An amount in a column: fractions are padded to the unit's decimals, so that digits stand under digits. */
export function cellText(count: bigint, unit: string, measure: Measure): string {
  if (measure === 'percent') return editText(count, unit, measure)
  const [whole = '0', fraction] = grouped(fromUnits(count, unit)).split('.')
  const places = unit.split('.')[1]?.length ?? 0
  return fraction === undefined ? whole : `${whole}.${fraction.padEnd(places, '0')}`
}

/** The same to be written over: a rate of 0.355 is `35.5%`. */
export function editText(count: bigint, unit: string, measure: Measure): string {
  const value = fromUnits(count, unit)
  return measure === 'percent' ? `${plain(exact(value).times(100))}%` : value
}

/** What somebody typed as the plan counts it; of a rate `35.5` and `35.5%` are both 0.355. Null for no number. */
export function typedAmount(text: string, measure: Measure): string | null {
  const read = readDecimal(measure === 'percent' ? text.replace(/[%％]\s*$/, '') : text)
  if (!read.ok) return null
  return measure === 'percent' ? plain(exact(read.value).div(100)) : read.value
}
