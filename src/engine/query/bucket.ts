import { sql } from 'kysely'
import { addDays, addMonths } from '#engine/calendar/day.ts'
import { valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import type { Sql, Viewpoint } from './viewpoint.ts'

/** Spans that days are gathered in; quarters and years are those of the company's fiscal year, weeks begin on Monday. */
export const buckets = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Bucket = (typeof buckets)[number]

/** Whether values of a field are days or instants, which are gathered in spans. */
export function isDated(field: Field): boolean {
  const type = valueTypeOf(field)
  return type === 'date' || type === 'date_time'
}

/** The first day of the span in which a date or an instant lies, in the company's zone. */
export function bucketSql(field: Field, value: Sql, bucket: Bucket, viewpoint: Viewpoint): Sql {
  const { zone, fiscalStart } = viewpoint
  const day = valueTypeOf(field) === 'date_time' ? sql`(${value} at time zone ${zone}::text)` : sql`${value}::timestamp`
  if (bucket === 'quarter' || bucket === 'year') {
    // The fiscal year is moved onto the calendar year and back.
    const shift = sql`make_interval(months => ${fiscalStart - 1}::int)`
    return sql`(date_trunc(${sql.lit(bucket)}, ${day} - ${shift}) + ${shift})::date`
  }
  return sql`date_trunc(${sql.lit(bucket)}, ${day})::date`
}

const monthsIn = { month: 1, quarter: 3, year: 12 } as const

/** The day after the last of a span that begins on `from`. */
export function endOfBucket(from: string, bucket: Bucket): string {
  if (bucket === 'day') return addDays(from, 1)
  return bucket === 'week' ? addDays(from, 7) : addMonths(from, monthsIn[bucket])
}
