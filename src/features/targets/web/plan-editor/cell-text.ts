import { grouped } from '#engine/money/short-form.ts'
import { fromUnits } from '#engine/money/units.ts'
import { amountToEdit } from '#web/kit/amount-text.ts'
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
  return amountToEdit(fromUnits(count, unit), measure)
}
