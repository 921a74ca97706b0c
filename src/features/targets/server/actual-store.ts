import { sql } from 'kysely'
import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { rolledUp } from '#platform/ledger/index.ts'
import { nodeIdOf } from '../node-id.ts'

interface ActualsWanted {
  readonly metric: Metric
  readonly structureId: string
  readonly spans: readonly Pick<Period, 'from' | 'to'>[]
  /** Smallest count of the answer. */
  readonly unit: string
}

/** Results by row and period, in whole counts of the unit, read from the roll-up. */
export async function actualsByPeriod(
  tx: Tx,
  ctx: Ctx,
  { metric, structureId, spans, unit }: ActualsWanted,
): Promise<Map<string, bigint[]>> {
  const parts = spans.map(
    (span, at) => sql`
      select ${at}::int as at, unit_id, person_id, sum(numerator) as value
      from (${rolledUp({ ctx, metric, structureId }, span)}) b
      where unit_id <> ${nobody} group by 2, 3 having sum(numerator) <> 0`,
  )
  if (parts.length === 0) return new Map()
  const { rows } = await sql<{ at: number; unitId: string; personId: string; value: string }>`
    select at, unit_id as "unitId", person_id as "personId", value::text as value
    from (${sql.join(parts, sql` union all `)}) s`.execute(tx)
  const actuals = new Map<string, bigint[]>()
  for (const { at, unitId, personId, value } of rows) {
    const id = nodeIdOf({ unitId, personId: personId === nobody ? null : personId })
    const year = actuals.get(id) ?? spans.map(() => 0n)
    year[at] = toUnits(value, unit)
    actuals.set(id, year)
  }
  return actuals
}

/** What the periods brought to the company but to no unit of it, in whole counts of the unit. */
export async function unassignedResult(
  tx: Tx,
  ctx: Ctx,
  { metric, structureId, spans, unit }: ActualsWanted,
): Promise<bigint> {
  const parts = spans.map(
    (span) => sql`
      select sum(numerator) as value from (${rolledUp({ ctx, metric, structureId }, span)}) b where unit_id = ${nobody}`,
  )
  if (parts.length === 0) return 0n
  const { rows } = await sql<{ value: string }>`
    select coalesce(sum(value), 0)::text as value from (${sql.join(parts, sql` union all `)}) s`.execute(tx)
  return toUnits(rows[0]?.value ?? '0', unit)
}
