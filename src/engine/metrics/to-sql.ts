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
import type { Measure, Metric, MetricSource } from './metric.ts'
import type { Sources } from './metrics.ts'

/** Stands for "nobody" and "no unit", where null cannot be part of a key. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** The records whose facts are read. */
export interface FactScope {
  /** Key of the company. */
  readonly company: Sql
  readonly zone: string
  /** Narrows the records, as a condition on `t`; `true` for all. */
  readonly records: Sql
}

export interface LedgerScope extends FactScope {
  /** Base currency of the company. */
  readonly currency: string
}

/**
 * The ledger rows of one source of a metric, as a select of `record_id, part, attribution, person_id, structure_id,
 * unit_id, day, currency, amount, numerator, weight`; the weight is the denominator of ratios. Credits split each value so that the parts sum to it exactly; spans give
 * each part the unit where its person stood on the day.
 */
export function ledgerRowsSql(metric: Metric, source: MetricSource, catalogue: Catalogue, scope: LedgerScope): Sql {
  const object = catalogue.get(source.of)
  const facts = factsSql(source, object, catalogue, scope)
  const rows = metric.kind === 'stock' ? stockRows : flowRows
  return rows(facts, object, scope, source.attribution)
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
    const fact = factOf(source, object, scope, { from, outer: `o${at}` })
    return sql`(${sql.lit(metric.key)}, ${sql.lit(metric.version)}, ${sql.lit(source.attribution)}, ${fact.opens}, ${fact.currency},
      ${fact.amount}, ${sql.lit(metric.unit === 'money')}, ${sql.lit(metric.kind === 'ratio')}, ${fact.counts})`
  })
  const outers = readings.map(({ source }, at) => outerSql(source, object, `o${at}`))
  return sql`
    select t.id as record_id, t.owner_id, m.metric, m.metric_version, m.attribution, m.day, m.currency, m.value,
      m.is_amount, m.is_ratio
    from ${from.from()} ${sql.join(outers, sql` `)} cross join lateral (values ${sql.join(brought)})
      as m(metric, metric_version, attribution, day, currency, value, is_amount, is_ratio, counts)
    where t.company_id = ${scope.company} and t.deleted_at is null and ${scope.records} and m.counts`
}

/** The days by whose rate an object's amounts are valued, as expressions on `t`: one for each reading of money. */
export function daysValuedSql(readings: Sources, catalogue: Catalogue, scope: LedgerScope): readonly Sql[] {
  return readings
    .filter(({ source }) => isMoney(source.measure, catalogue.get(source.of)))
    .map(({ source }) => daysSql(source, catalogue.get(source.of), scope).opens)
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
    .flatMap(({ source: { at, open } }) => {
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

/** One row per record that counts: its days, owner, value and currency. */
function factsSql(source: MetricSource, object: ObjectType, catalogue: Catalogue, scope: FactScope): Sql {
  const from = sourceOf(object, nobodyLooking(catalogue, scope))
  const { opens, closes, currency, amount, counts } = factOf(source, object, scope, { from, outer: 'o' })
  return sql`
    select t.company_id, t.id as record_id, t.owner_id, ${opens} as opens, ${closes} as closes,
      ${currency} as currency, ${amount} as amount
    from ${from.from()} ${outerSql(source, object, 'o')}
    where t.company_id = ${scope.company} and t.deleted_at is null and ${scope.records} and ${counts}`
}

interface Fact {
  readonly opens: Sql
  readonly closes: Sql
  readonly currency: Sql
  readonly amount: Sql
  /** Does the record bring anything? */
  readonly counts: Sql
}

/** What one record, read as `t`, brings to a metric. */
function factOf(
  source: MetricSource,
  object: ObjectType,
  scope: FactScope,
  { from, outer }: { readonly from: Source; readonly outer: string },
): Fact {
  const condition = toSql(source.when ?? everything, from)
  const { opens, closes } = daysSql(source, object, scope)
  const value = measureSql(source.measure, object)
  const signed = source.negative ? sql`-(${value})` : value
  const counted = source.countsIf ? sql`case when ${toSql(source.countsIf, from)} then ${signed} else 0 end` : signed
  const first = source.firstPer ? sql` and ${firstSql(source, object, from.asker, outer)}` : sql``
  return {
    opens,
    closes,
    currency: isMoney(source.measure, object) ? sql`t.currency` : sql`null::text`,
    amount: sql`(${counted})::numeric`,
    counts: sql`(${condition} and ${opens} is not null and ${value} is not null${first})`,
  }
}

function daysSql(
  { at, open }: MetricSource,
  object: ObjectType,
  { zone }: Pick<FactScope, 'zone'>,
  alias = 't',
): { opens: Sql; closes: Sql } {
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
  if ('sum' in measure) return column(object, measure.sum)
  return sql`(${column(object, measure.daysTo)} - ${column(object, measure.daysFrom)})`
}

function isMoney(measure: Measure, object: ObjectType): boolean {
  return (
    typeof measure === 'object' &&
    'sum' in measure &&
    fieldOf(object, measure.sum)?.type === 'money' &&
    hasCurrency(object)
  )
}

const hasCurrency = (object: ObjectType): boolean => fieldOf(object, 'currency') !== undefined

/** The value of a fact in the base currency, by the last rate known on its day. */
function inBase({ currency }: LedgerScope): Sql {
  return inBaseSql(
    { company: sql`f.company_id`, base: currency },
    { amount: sql`f.amount`, currency: sql`f.currency`, day: sql`f.opens` },
  )
}

interface Amount {
  readonly amount: Sql
  readonly currency: Sql
  /** The day whose rate counts. */
  readonly day: Sql
}

/** An amount in the base currency by the last rate known on a day, to four decimals. */
function inBaseSql(of: { readonly company: Sql; readonly base: string }, { amount, currency, day }: Amount): Sql {
  return sql`round(${amount} * case when ${currency} is null or ${currency} = ${of.base} then 1 else (
    select x.rate from exchange_rate x
    where x.company_id = ${of.company} and x.currency = ${currency} and x.from_day <= ${day}
    order by x.from_day desc limit 1) end, 4)`
}

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

/** Each fact on its day, in the unit where each credited person stood that day. */
function flowRows(facts: Sql, object: ObjectType, scope: LedgerScope, attribution: string): Sql {
  return sql`
    select f.record_id, c.part, case when c.is_split then 'split' else ${attribution}::text end as attribution,
      coalesce(c.person_id, ${nobody}::uuid) as person_id, st.id as structure_id,
      coalesce(s.unit_id, ${nobody}::uuid) as unit_id, f.opens as day, f.currency,
      ${shareOf(sql`f.amount`)} as amount, ${shareOf(inBase(scope))} as numerator,
      ${shareOf(sql`1`)} as weight
    from (${facts}) f
    ${creditsSql(object)}
    ${structuresSql(scope)}
    left join credit_span s on s.company_id = f.company_id and s.structure_id = st.id and s.person_id = c.person_id
      and s.from_day <= f.opens and f.opens < s.to_day`
}

/** What is open stands with each person for as long as she owns it, and moves with her from unit to unit. */
function stockRows(facts: Sql, object: ObjectType, scope: LedgerScope, attribution: string): Sql {
  return sql`
    select b.record_id, (row_number() over (partition by b.record_id, b.structure_id order by b.part, d.day, d.sign))::int as part,
      b.attribution, b.person_id, b.structure_id, b.unit_id, d.day, b.currency,
      d.sign * b.amount as amount, d.sign * b.numerator as numerator, 0 as weight
    from (
      select f.record_id, c.part, case when c.is_split then 'split' else ${attribution}::text end as attribution,
        coalesce(c.person_id, ${nobody}::uuid) as person_id, st.id as structure_id,
        coalesce(s.unit_id, ${nobody}::uuid) as unit_id, f.currency,
        ${shareOf(sql`f.amount`)} as amount, ${shareOf(inBase(scope))} as numerator,
        greatest(f.opens, s.from_day) as came, least(f.closes, s.to_day, 'infinity'::date) as went
      from (${facts}) f
      ${creditsSql(object)}
      ${structuresSql(scope)}
      left join credit_span s on s.company_id = f.company_id and s.structure_id = st.id and s.person_id = c.person_id
        and s.from_day < coalesce(f.closes, 'infinity'::date) and f.opens < s.to_day
      where f.closes is null or f.opens < f.closes
    ) b
    cross join lateral (values (b.came, 1), (b.went, -1)) as d(day, sign)
    where d.day < 'infinity'::date`
}

/** The people credited: by percent where the record is split, else its owner whole. */
function creditsSql(object: ObjectType): Sql {
  if (!object.fields.some((field) => field.type === 'credits')) {
    return sql`cross join lateral (select f.owner_id as person_id, 1 as part, 0 as since, 100 as upto, false as is_split) c`
  }
  const mine = sql`k.company_id = f.company_id and k.object = ${object.key} and k.record_id = f.record_id`
  return sql`cross join lateral (
    select k.person_id, k.position + 1 as part, sum(k.percent) over (order by k.position) - k.percent as since,
      sum(k.percent) over (order by k.position) as upto, true as is_split
    from credit k where ${mine}
    union all
    select f.owner_id, 1, 0, 100, false where not exists (select 1 from credit k where ${mine})) c`
}

/** The structures in use: a structure without units would only repeat the unassigned node. */
function structuresSql({ company }: FactScope): Sql {
  return sql`join structure st on st.company_id = ${company}
    and (st.is_default or exists (select 1 from unit u where u.company_id = st.company_id and u.structure_id = st.id))`
}

/** The difference of two rounded running shares: whatever the percents, the parts sum to the value exactly. */
function shareOf(value: Sql): Sql {
  return sql`round(${value} * c.upto / 100, 4) - round(${value} * c.since / 100, 4)`
}

function column(object: ObjectType, key: string, alias = 't'): Sql {
  const field = fieldOf(object, key)
  if (!field) throw new Error(`${object.key} has no field ${key}`)
  return storedSql(field, alias)
}
