import { sql } from 'kysely'
import { addMonths, firstOfMonth, yearAndMonth } from '#engine/calendar/day.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Fold } from '#engine/metrics/tier-node.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Span } from './org-shape.ts'

/** Whose roll-up is read. */
export interface RolledMetric {
  readonly ctx: Ctx
  readonly metric: Metric
  readonly structureId: string
}

const everywhere = sql`true`

/**
 * What was brought in a span, as a select of `unit_id, person_id, numerator, denominator`, each pair once or more: whole
 * calendar months from the roll-up, the days around them from the ledger. Where no ledger rows lie there is none.
 * `places` narrows it by a condition on `unit_id` and `person_id`.
 */
export function rolledUp(rolled: RolledMetric, { from, to }: Span, places: Sql = everywhere): Sql {
  // What is neither a sum nor a part of one is in no roll-up.
  if (foldOf(rolled.metric) !== 'sum') return ofDays(rolled, { from, to }, places)
  const firstWhole = from === firstOfMonth(from) ? from : addMonths(firstOfMonth(from), 1)
  const afterWhole = firstOfMonth(to)
  if (firstWhole >= afterWhole) return ofDays(rolled, { from, to }, places)
  const parts = yearParts(firstWhole, afterWhole).map((part) => ofYears(rolled, part, places))
  if (from < firstWhole) parts.push(ofDays(rolled, { from, to: firstWhole }, places))
  if (afterWhole < to) parts.push(ofDays(rolled, { from: afterWhole, to }, places))
  return sql.join(parts, sql` union all `)
}

function ofDays(rolled: RolledMetric, { from, to }: Span, places: Sql): Sql {
  return sql`
    select unit_id, person_id, ${sql.ref(sideOf(rolled.metric))} as numerator, denominator from ledger_row
    where ${keyOf(rolled)} and day >= ${from}::date and day < ${to}::date and ${places}`
}

/** Years of which the same months count, 1–12. */
interface YearPart {
  readonly fromYear: number
  readonly toYear: number
  readonly firstMonth: number
  readonly lastMonth: number
}

/** Whole months `[from, to)` by the years they lie in: the first, those between, the last. */
function yearParts(from: string, to: string): YearPart[] {
  const first = yearAndMonth(from)
  const last = yearAndMonth(addMonths(to, -1))
  if (first.year === last.year) {
    return [{ fromYear: first.year, toYear: first.year, firstMonth: first.month, lastMonth: last.month }]
  }
  const startsWhole = first.month === 1
  const endsWhole = last.month === 12
  const parts: YearPart[] = []
  if (!startsWhole) parts.push({ fromYear: first.year, toYear: first.year, firstMonth: first.month, lastMonth: 12 })
  const whole = { fromYear: startsWhole ? first.year : first.year + 1, toYear: endsWhole ? last.year : last.year - 1 }
  if (whole.fromYear <= whole.toYear) parts.push({ ...whole, firstMonth: 1, lastMonth: 12 })
  if (!endsWhole) parts.push({ fromYear: last.year, toYear: last.year, firstMonth: 1, lastMonth: last.month })
  return parts
}

function ofYears(rolled: RolledMetric, { fromYear, toYear, firstMonth, lastMonth }: YearPart, places: Sql): Sql {
  const isWhole = firstMonth === 1 && lastMonth === 12
  const numerator = sideOf(rolled.metric)
  const months = Array.from({ length: lastMonth - firstMonth + 1 }, (_, at) => firstMonth + at)
  const sum = (whole: string, byMonth: string) =>
    isWhole
      ? sql.ref(whole)
      : sql`(${sql.join(
          months.map((month) => sql`${sql.ref(byMonth)}[${month}]`),
          sql` + `,
        )})`
  return sql`
    select unit_id, person_id, ${sum(numerator, `${numerator}s`)} as numerator,
      ${rolled.metric.kind === 'ratio' ? sum('denominator', 'denominators') : sql`0::numeric`} as denominator
    from rollup_year
    where ${keyOf(rolled)} and year between ${fromYear} and ${toYear}
      and ${sum('row_count', 'row_counts')} <> 0 and ${places}`
}

/** The side of its rows that a metric reads. */
const sideOf = ({ reads }: Metric) => reads?.side ?? 'numerator'

/** How what lies below a node makes its figure. */
export function foldOf({ kind }: Pick<Metric, 'kind'>): Fold {
  return kind === 'lowest' || kind === 'highest' ? kind : 'sum'
}

/** The rows that a metric is read from, of the ledger or its roll-up, under an alias where there are several. */
export function keyOf({ ctx, metric, structureId }: RolledMetric, alias?: string): Sql {
  const own = (name: string) => sql.ref(alias === undefined ? name : `${alias}.${name}`)
  return sql`${own('company_id')} = ${ctx.company.id} and ${own('metric')} = ${metric.reads?.metric ?? metric.key}
    and ${own('structure_id')} = ${structureId}`
}
