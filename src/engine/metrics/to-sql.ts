import { sql } from 'kysely'
import { earlier, isDay, today, type Day } from '#engine/calendar/day.ts'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf } from '#engine/model/column.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { everything } from '#engine/query/filter.ts'
import { storedSql } from '#engine/query/source.ts'
import { sourceOf, toSql, type Asker, type Source, type Sql } from '#engine/query/to-sql.ts'
import { asWritten, seesAll, type Worth } from '#engine/query/viewpoint.ts'
import { flowRows, inBaseSql, stockRows, type FactScope, type LedgerScope } from './credited-sql.ts'
import type { KeptPercent, Measure, Metric, MetricSource, Overdue } from './metric.ts'
import type { Sources } from './metrics.ts'

export { nobody, type FactScope, type LedgerScope } from './credited-sql.ts'

/**
 * The ledger rows of one source of a metric, as a select of `record_id, part, attribution, person_id, structure_id,
 * unit_id, day, currency, amount, numerator, weight, subject`; the weight is the denominator of ratios. Credits split each
 * value so that the parts sum to it exactly; spans give each part the unit where its person stood on the day.
 */
export function ledgerRowsSql(metric: Metric, source: MetricSource, catalogue: Catalogue, scope: LedgerScope): Sql {
  const object = catalogue.get(source.of)
  const facts = source.overdue
    ? overdueFactsSql(metric, source, source.overdue, { catalogue, scope })
    : source.times
      ? percentFactsSql(factsSql(metric, source, object, { catalogue, scope }), source.times)
      : factsSql(metric, source, object, { catalogue, scope })
  const rows = metric.kind === 'stock' ? stockRows : flowRows
  return rows(facts, object, scope, { ...source, isWeighed: isWeighed(source, object) })
}

/**
 * What the records of one object bring to several flow and ratio metrics, as a select of the columns of the database's
 * `ledger_fact`: the same facts that `ledgerRowsSql` credits, not yet shared out, in one pass over the records.
 */
export function flowFactsSql(readings: Sources, catalogue: Catalogue, scope: FactScope): Sql {
  const [first] = readings
  if (!first) throw new Error('facts need a metric')
  const object = catalogue.get(first.source.of)
  const from = sourceOf(object, nobodyLooking(catalogue, scope))
  const brought = readings.map(({ metric, source }, at) => {
    const fact = factOf(metric, source, object, { scope, from, outer: `o${at}` })
    return sql`(${sql.lit(metric.key)}, ${sql.lit(metric.version)}, ${sql.lit(source.attribution)}, ${fact.opens}, ${fact.currency},
      ${fact.amount}, ${sql.lit(metric.unit === 'money')}, ${fact.weight}, ${sql.lit(isWeighed(source, object))}, ${fact.subject},
      ${sql.lit(source.shared ?? 'parts')}, ${fact.counts})`
  })
  const outers = readings.map(({ source }, at) => outerSql(source, object, `o${at}`))
  return sql`
    select t.id as record_id, t.owner_id, m.metric, m.metric_version, m.attribution, m.day, m.currency, m.value,
      m.is_amount, m.weight, m.is_weight_amount, m.subject, m.shared
    from ${from.from()} ${sql.join(outers, sql` `)} cross join lateral (values ${sql.join(brought)})
      as m(metric, metric_version, attribution, day, currency, value, is_amount, weight, is_weight_amount, subject, shared, counts)
    where t.company_id = ${scope.company} and t.deleted_at is null and ${scope.records} and m.counts`
}

/** The days by whose rate an object's amounts are valued, as expressions on `t`: one for each reading of money. */
export function daysValuedSql(readings: Sources, catalogue: Catalogue, scope: LedgerScope): readonly Sql[] {
  return readings
    .filter(({ source }) => isMoney(source.measure, catalogue.get(source.of)))
    .map(({ source }) => valuedOnSql(source, catalogue.get(source.of), scope))
}

/** The day by whose rate a record is valued. */
function valuedOnSql(source: MetricSource, object: ObjectType, scope: FactScope): Sql {
  return source.overdue ? column(object, source.overdue.due) : daysSql(source, object, scope).opens
}

/** The same days for one record, from its values; `createdOn` stands in where a stock metric knows no first day. */
export function daysValued(
  readings: Sources,
  { catalogue, zone }: { readonly catalogue: Catalogue; readonly zone: string },
  values: RecordValues,
  createdOn: Day,
): readonly Day[] {
  const dayOf = (key: string): Day | undefined => {
    const value = key === 'createdAt' ? createdOn : values[key]
    if (typeof value !== 'string') return undefined
    return isDay(value) ? value : today(zone, new Date(value))
  }
  return readings
    .filter(({ source }) => isMoney(source.measure, catalogue.get(source.of)))
    .flatMap(({ source: { at, open, overdue } }) => {
      if (overdue) return dayOf(overdue.due) ?? []
      if (at) return dayOf(at) ?? []
      return open ? (dayOf(open.from) ?? earlier(createdOn, dayOf(open.to) ?? createdOn)) : []
    })
}

/** Conditions of metrics never depend on who looks. */
export function nobodyLooking(catalogue: Catalogue, { zone }: Pick<FactScope, 'zone'>): Asker {
  const viewpoint = {
    personId: null,
    today: '1970-01-01',
    zone,
    calendar: monthsFrom(1),
    workCalendar: workCalendarOf(zone),
    peopleOf: () => [],
    myPeople: [],
  }
  return { catalogue, viewpoint, sight: seesAll, worth: asWritten }
}

interface Reading {
  readonly catalogue: Catalogue
  readonly scope: FactScope
}

/** One row per record that counts: its days, owner, value and currency. */
function factsSql(metric: Metric, source: MetricSource, object: ObjectType, { catalogue, scope }: Reading): Sql {
  const from = sourceOf(object, nobodyLooking(catalogue, scope))
  const { opens, closes, currency, amount, weight, subject, counts } = factOf(metric, source, object, {
    scope,
    from,
    outer: 'o',
  })
  return sql`
    select t.company_id, t.id as record_id, t.owner_id, ${opens} as opens, ${closes} as closes, ${opens} as valued_on,
      ${currency} as currency, ${amount} as amount, ${weight} as weight, ${subject} as subject
    from ${from.from()} ${outerSql(source, object, 'o')}
    where t.company_id = ${scope.company} and t.deleted_at is null and ${scope.records} and ${counts}`
}

/**
 * The same facts times a percentage, one row per record and span in which it stayed the same. Of what was never held true
 * while the record was open nothing is known, and nothing counts.
 */
function percentFactsSql(facts: Sql, { keptIn }: KeptPercent): Sql {
  return sql`
    select d.company_id, d.record_id, d.owner_id, s.since as opens, s.until as closes, d.valued_on, d.currency,
      d.amount * s.percent / 100 as amount, d.weight, d.subject
    from (${facts}) d
    cross join lateral (
      select case when k.since = min(k.since) over () then d.opens else greatest(k.since, d.opens) end as since,
        least(lead(k.since) over (order by k.since), d.closes) as until, k.percent
      from ${sql.table(keptIn)} k where k.company_id = d.company_id and k.record_id = d.record_id) s
    where s.until is null or s.since < s.until`
}

/**
 * What is overdue, one row per record and span in which it stays the same: from the day after the due day, or after a
 * settlement, to the next settlement. Valued by the rate of the day on which it falls due.
 */
function overdueFactsSql(metric: Metric, source: MetricSource, overdue: Overdue, { catalogue, scope }: Reading): Sql {
  const object = catalogue.get(source.of)
  const from = sourceOf(object, nobodyLooking(catalogue, scope))
  const { opens, currency, amount, weight, subject, counts } = factOf(metric, source, object, {
    scope,
    from,
    outer: 'o',
  })
  const { of, by, at, sum } = overdue.settledBy
  const other = catalogue.get(of)
  const settled = (key: string) => column(other, key, 'p')
  return sql`
    select d.company_id, d.record_id, d.owner_id, s.since as opens, s.until as closes, d.valued_on, d.currency,
      s.level as amount, d.weight, d.subject
    from (
      select t.company_id, t.id as record_id, t.owner_id, ${opens} as opens, ${opens} - 1 as valued_on, ${currency} as currency,
        ${amount} as amount, ${weight} as weight, ${subject} as subject
      from ${from.from()}
      where t.company_id = ${scope.company} and t.deleted_at is null and ${scope.records} and ${counts}) d
    cross join lateral (
      select e.since, lead(e.since) over (order by e.since) as until,
        greatest(d.amount - sum(e.paid) over (order by e.since), 0) as level
      from (
        select c.since, sum(c.paid) as paid from (
          select d.opens as since, 0::numeric as paid
          union all
          select greatest(${settled(at)}, d.opens), ${settled(sum)}
          from ${sql.table(other.table)} p
          where p.company_id = d.company_id and ${settled(by)} = d.record_id and p.deleted_at is null
            and ${settled(sum)} is not null and p.currency = d.currency) c
        group by c.since) e) s
    where s.level > 0`
}

interface Fact {
  readonly opens: Sql
  readonly closes: Sql
  readonly currency: Sql
  readonly amount: Sql
  /** Its part of the denominator; null where the metric has none. */
  readonly weight: Sql
  /** What it names, as a key; null where nothing is counted once. */
  readonly subject: Sql
  /** Does the record bring anything? */
  readonly counts: Sql
}

/** What one record, read as `t`, brings to a metric. */
function factOf(
  { kind }: Metric,
  source: MetricSource,
  object: ObjectType,
  { scope, from, outer }: { readonly scope: FactScope; readonly from: Source; readonly outer: string },
): Fact {
  const condition = toSql(source.when ?? everything, from)
  const { opens, closes } = daysSql(source, object, scope)
  const value = measureSql(source.measure, object)
  const signed = source.negative ? sql`-(${value})` : value
  const isCounted = countedSql(source, object, from)
  const counted = isCounted ? sql`case when ${isCounted} then ${signed} else 0 end` : signed
  const first = source.firstPer ? sql` and ${firstSql(source, object, from.asker, outer)}` : sql``
  const subject = subjectSql(source, object)
  const named = kind === 'distinct' ? sql` and ${subject} is not null` : sql``
  return {
    opens,
    closes,
    currency: isMoney(source.measure, object) ? sql`t.currency` : sql`null::text`,
    amount: sql`(${counted})::numeric`,
    weight: weightSql(kind, source, object),
    subject,
    counts: sql`(${condition} and ${opens} is not null and ${value} is not null${named}${first})`,
  }
}

/** What the records that count in the numerator meet; undefined where all do. */
function countedSql({ countsIf, countsInTime }: MetricSource, object: ObjectType, from: Source): Sql | undefined {
  if (countsInTime) return sql`${column(object, countsInTime.done)} <= ${column(object, countsInTime.due)}`
  return countsIf ? toSql(countsIf, from) : undefined
}

function weightSql(kind: Metric['kind'], { weighedBy, negative }: MetricSource, object: ObjectType): Sql {
  if (weighedBy) return sql`(${negative ? sql`-` : sql``}${measureSql(weighedBy, object)})::numeric`
  return kind === 'ratio' || kind === 'lowest' || kind === 'highest' ? sql`1::numeric` : sql`null::numeric`
}

/** A reference is its own key; other values have one that is the same for the same value. */
function subjectSql({ subject }: MetricSource, object: ObjectType): Sql {
  if (subject === undefined) return sql`null::uuid`
  const field = fieldOf(object, subject)
  const value = column(object, subject)
  const isKey = field?.type === 'reference' || field?.type === 'owner'
  return isKey ? sql`${value}::uuid` : sql`md5(${value}::text)::uuid`
}

function daysSql(
  { at, open, overdue }: MetricSource,
  object: ObjectType,
  { zone }: Pick<FactScope, 'zone'>,
  alias = 't',
): { opens: Sql; closes: Sql } {
  if (overdue) return { opens: sql`(${column(object, overdue.due, alias)} + 1)`, closes: sql`null::date` }
  if (at) return { opens: dayColumn(object, at, { zone, alias }), closes: sql`null::date` }
  if (!open) throw new Error('a metric source needs a date')
  const created = sql`(${sql.ref(`${alias}.created_at`)} at time zone ${zone})::date`
  const closes = column(object, open.to, alias)
  return { opens: sql`coalesce(${column(object, open.from, alias)}, least(${created}, ${closes}))`, closes }
}

/** Moments count on the day they had in the company's zone. */
function dayColumn(
  object: ObjectType,
  key: string,
  { zone, alias }: { readonly zone: string; readonly alias: string },
): Sql {
  const value = column(object, key, alias)
  return fieldOf(object, key)?.type === 'date_time' ? sql`(${value} at time zone ${zone})::date` : value
}

function measureSql(measure: Measure, object: ObjectType): Sql {
  if (measure === 'count') return sql`1`
  if ('sum' in measure) {
    const value = column(object, measure.sum)
    return measure.less === undefined ? value : sql`(${value} - ${column(object, measure.less)})`
  }
  return sql`(${column(object, measure.daysTo)} - ${column(object, measure.daysFrom)})`
}

const isWeighed = ({ weighedBy }: MetricSource, object: ObjectType): boolean =>
  weighedBy !== undefined && isMoney(weighedBy, object)

function isMoney(measure: Measure, object: ObjectType): boolean {
  return (
    typeof measure === 'object' &&
    'sum' in measure &&
    fieldOf(object, measure.sum)?.type === 'money' &&
    hasCurrency(object)
  )
}

const hasCurrency = (object: ObjectType): boolean => fieldOf(object, 'currency') !== undefined

/**
 * Amounts of records in the base currency: by the rate of the day on which metrics count them, else of the day since
 * which they stand open, else of today.
 */
export function worthBy(
  readingsOf: (object: string) => Sources,
  { base, zone, today }: { readonly base: string; readonly zone: string; readonly today: Day },
): Worth {
  return (object, alias, amount) => {
    if (!hasCurrency(object)) return undefined
    const sources = readingsOf(object.key)
      .map(({ source }) => source)
      .filter(({ measure }) => isMoney(measure, object))
    const days = [sources.find(({ at }) => at), sources.find(({ open }) => open)].flatMap((source) =>
      source ? [daysSql(source, object, { zone }, alias).opens] : [],
    )
    const own = (name: string) => sql.ref(`${alias}.${name}`)
    const day = sql`coalesce(${sql.join([...days, sql`${today}::date`])})`
    return inBaseSql({ company: own('company_id'), base }, { amount, currency: own('currency'), day })
  }
}

/**
 * No earlier record of the same account counts; among those of one day the older key is first. `outer` holds the outer
 * record's values, because both are read as `t`.
 */
function firstSql(source: MetricSource, object: ObjectType, asker: Asker, outer: string): Sql {
  if (!source.firstPer || !source.at) throw new Error('firstPer needs a date')
  const inner = sourceOf(object, asker)
  const condition = toSql(source.when ?? everything, inner)
  const o = (name: string) => sql.ref(`${outer}.${name}`)
  return sql`${o('first_of')} is not null and not exists (
    select 1 from ${inner.from()}
    where t.company_id = ${o('company_id')} and ${column(object, source.firstPer)} = ${o('first_of')} and t.deleted_at is null
      and (${column(object, source.at)}, t.id) < (${o('first_at')}, ${o('id')}) and ${condition})`
}

function outerSql({ firstPer, at }: MetricSource, object: ObjectType, outer: string): Sql {
  if (!firstPer || !at) return sql``
  return sql`cross join lateral (
    select t.company_id, t.id, ${column(object, firstPer)} as first_of, ${column(object, at)} as first_at) ${sql.id(outer)}`
}

function column(object: ObjectType, key: string, alias = 't'): Sql {
  const field = fieldOf(object, key)
  if (!field) throw new Error(`${object.key} has no field ${key}`)
  return storedSql(field, alias)
}
