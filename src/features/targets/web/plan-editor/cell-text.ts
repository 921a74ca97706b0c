import { grouped } from '#engine/money/short-form.ts'
import { fromUnits } from '#engine/money/units.ts'

/** An amount in a column: fractions are padded to the unit's decimals, so that digits stand under digits. */
export function cellText(count: bigint, unit: string): string {
  const [whole = '0', fraction] = grouped(fromUnits(count, unit)).split('.')
  const places = unit.split('.')[1]?.length ?? 0
  return fraction === undefined ? whole : `${whole}.${fraction.padEnd(places, '0')}`
}
