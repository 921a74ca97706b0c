import { sql } from 'kysely'
import { addDays, addMonths, type Day } from '#engine/calendar/day.ts'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import { periodAround, periodBeside } from '#engine/calendar/period.ts'
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
  const { zone, calendar } = viewpoint
  const day = valueTypeOf(field) === 'date_time' ? sql`(${value} at time zone ${zone}::text)` : sql`${value}::timestamp`
  if (bucket === 'quarter' || bucket === 'year') {
    if (calendar.kind !== 'months') {
      const starts = sql`${startsOf(bucket, calendar)}::date[]`
      return sql`(${starts})[width_bucket((${day})::date, ${starts})]`
    }
    // The fiscal year is moved onto the calendar year and back.
    const shift = sql`make_interval(months => ${calendar.start - 1}::int)`
    return sql`(date_trunc(${sql.lit(bucket)}, ${day} - ${shift}) + ${shift})::date`
  }
  return sql`date_trunc(${sql.lit(bucket)}, ${day})::date`
}

/** First days of the quarters or years in which people have dates. */
function startsOf(kind: 'quarter' | 'year', calendar: FiscalCalendar): readonly Day[] {
  const starts: Day[] = []
  let period = periodAround('1900-01-01', kind, calendar)
  for (; period.from < '2200-01-01'; period = periodBeside(period, 1, calendar)) starts.push(period.from)
  return starts
}

/** The day after the last of a span that begins on `from`. */
export function endOfBucket(from: Day, bucket: Bucket, calendar: FiscalCalendar): Day {
  if (bucket === 'day') return addDays(from, 1)
  if (bucket === 'week') return addDays(from, 7)
  return bucket === 'month' ? addMonths(from, 1) : periodAround(from, bucket, calendar).to
}
