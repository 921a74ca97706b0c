import { sql } from 'kysely'
import type { Period } from '#engine/calendar/period.ts'
import { addsUp, figureOf } from '#engine/metrics/metric.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { daysOfLevel, readTree, rolledUp } from '#platform/ledger/index.ts'
import { nodeIdOf } from '../node-id.ts'

interface ActualsWanted {
  readonly metric: Metric
  readonly structureId: string
  readonly spans: readonly Pick<Period, 'from' | 'to'>[]
  /** Smallest count of the answer. */
  readonly unit: string
}

/**
 * Results by row and period, in whole counts of the unit: of people and of units what they brought themselves, which adds
 * up. Levels are those at the end of each period, of today in the one that goes on. Of rates and distinct counts every row has its own figure, units too.
 */
export async function actualsByPeriod(tx: Tx, ctx: Ctx, wanted: ActualsWanted): Promise<Map<string, bigint[]>> {
  return addsUp(wanted.metric) ? fromRollUp(tx, ctx, wanted) : fromTrees(tx, ctx, wanted)
}

const daysOf = (ctx: Ctx, { kind }: Metric, span: Pick<Period, 'from' | 'to'>) =>
  kind === 'stock' ? daysOfLevel(ctx, span) : span

async function fromTrees(tx: Tx, ctx: Ctx, { metric, spans, unit }: ActualsWanted): Promise<Map<string, bigint[]>> {
  const actuals = new Map<string, bigint[]>()
  for (const [at, span] of spans.entries()) {
    const { tree } = await readTree(tx, ctx, metric, span)
    const visit = ({ unitId, kind, personId, numerator, denominator, children }: TierNode): void => {
      const figure = figureOf(metric, numerator, denominator)
      if (unitId !== null && figure !== null && !figure.startsWith('-')) {
        const id = nodeIdOf({ unitId, personId: kind === 'person' ? personId : null })
        const year = actuals.get(id) ?? spans.map(() => 0n)
        year[at] = toUnits(figure, unit)
        actuals.set(id, year)
      }
      children.forEach(visit)
    }
    visit(tree)
  }
  return actuals
}

async function fromRollUp(
  tx: Tx,
  ctx: Ctx,
  { metric, structureId, spans, unit }: ActualsWanted,
): Promise<Map<string, bigint[]>> {
  const parts = spans.map((span, at) => {
    return sql`
      select ${at}::int as at, unit_id, person_id, sum(numerator) as value
      from (${rolledUp({ ctx, metric, structureId }, daysOf(ctx, metric, span))}) b
      where unit_id <> ${nobody} group by 2, 3 having sum(numerator) <> 0`
  })
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

/** What each period brought to the company but to no unit of it, in whole counts of the unit. */
export async function unassignedByPeriod(
  tx: Tx,
  ctx: Ctx,
  { metric, structureId, spans, unit }: ActualsWanted,
): Promise<readonly bigint[]> {
  const parts = spans.map(
    (span, at) => sql`
      select ${at}::int as at, coalesce(sum(numerator), 0) as value
      from (${rolledUp({ ctx, metric, structureId }, daysOf(ctx, metric, span))}) b where unit_id = ${nobody}`,
  )
  if (parts.length === 0) return []
  const { rows } = await sql<{ value: string }>`
    select value::text as value from (${sql.join(parts, sql` union all `)}) s order by at`.execute(tx)
  return rows.map(({ value }) => toUnits(value, unit))
}
