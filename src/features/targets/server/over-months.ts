import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { PeriodRule } from '#engine/metrics/plan-rule.ts'

/** How the periods of a plan go together, as the database keeps it. */
export interface OverMonths {
  readonly periods: PeriodRule
  /** Averages are rounded half up to whole counts of it. */
  readonly unit: string
}

/** What some leaf periods (from 1, in rising order) of an array of months make together: `overPeriods` in the database. */
export function overMonths(
  months: RawBuilder<unknown>,
  { periods, unit }: OverMonths,
  leaves: readonly number[],
): RawBuilder<string> {
  const cells = leaves.map((leaf) => sql`${months}[${sql.lit(leaf)}]`)
  const last = cells.at(-1)
  if (!last) return sql`0::numeric`
  const sum = sql.join(cells, sql` + `)
  switch (periods) {
    case 'sum':
      return sql`(${sum})`
    case 'last':
      return sql`${last}`
    case 'largest':
      return sql`greatest(${sql.join(cells)})`
    case 'average':
      return sql`(round((${sum}) / ${sql.lit(cells.length)} / ${unit}::numeric) * ${unit}::numeric)`
  }
}
