import { sql } from 'kysely'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Period } from '#engine/calendar/period.ts'
import { toUnits } from '#engine/money/units.ts'
import { nodeIdOf } from '../node-id.ts'

/** Results by row and fiscal month, in whole counts of the unit, read from the roll-up. */
export async function actualsByMonth(
  tx: Tx,
  metric: string,
  structureId: string,
  months: readonly Period[],
  unit: string,
): Promise<Map<string, bigint[]>> {
  const days = months.map(({ from }) => from)
  const { rows } = await sql<{ unitId: string; personId: string; day: string; value: string }>`
    select r.unit_id as "unitId", r.person_id as "personId", d.day, r.numerators[extract(month from d.day)::int] as value
    from unnest(${days}::date[]) as d(day)
    join rollup_year r on r.metric = ${metric} and r.structure_id = ${structureId} and r.year = extract(year from d.day)::int
    where r.row_counts[extract(month from d.day)::int] <> 0 and r.unit_id <> ${nobody}`.execute(tx)
  const actuals = new Map<string, bigint[]>()
  for (const { unitId, personId, day, value } of rows) {
    const id = nodeIdOf({ unitId, personId: personId === nobody ? null : personId })
    const year = actuals.get(id) ?? months.map(() => 0n)
    year[days.indexOf(day)] = toUnits(value, unit)
    actuals.set(id, year)
  }
  return actuals
}
