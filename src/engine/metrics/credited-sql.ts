import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { MetricSource } from './metric.ts'

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

/** How the facts of a source are credited. */
interface Crediting extends Pick<MetricSource, 'attribution' | 'shared'> {
  /** Are its denominators amounts? */
  readonly isWeighed: boolean
}

/** A value of a fact in the base currency, by the last rate known on its day. */
function inBase({ currency }: LedgerScope, amount = sql`f.amount`): Sql {
  return inBaseSql(
    { company: sql`f.company_id`, base: currency },
    { amount, currency: sql`f.currency`, day: sql`f.valued_on` },
  )
}

interface Amount {
  readonly amount: Sql
  readonly currency: Sql
  /** The day whose rate counts. */
  readonly day: Sql
}

/** An amount in the base currency by the last rate known on a day, to four decimals. */
export function inBaseSql(
  of: { readonly company: Sql; readonly base: string },
  { amount, currency, day }: Amount,
): Sql {
  return sql`round(${amount} * case when ${currency} is null or ${currency} = ${of.base} then 1 else (
    select x.rate from exchange_rate x
    where x.company_id = ${of.company} and x.currency = ${currency} and x.from_day <= ${day}
    order by x.from_day desc limit 1) end, 4)`
}

/** Each fact on its day, in the unit where each credited person stood that day. */
export function flowRows(
  facts: Sql,
  object: ObjectType,
  scope: LedgerScope,
  { attribution, shared, isWeighed }: Crediting,
): Sql {
  const partOf = shared === 'whole' ? (value: Sql) => sql`round(${value}, 4)` : shareOf
  return sql`
    select f.record_id, c.part, case when c.is_split then 'split' else ${attribution}::text end as attribution,
      coalesce(c.person_id, ${nobody}::uuid) as person_id, st.id as structure_id,
      coalesce(s.unit_id, ${nobody}::uuid) as unit_id, f.opens as day, f.currency,
      ${partOf(sql`f.amount`)} as amount, ${partOf(inBase(scope))} as numerator,
      ${partOf(isWeighed ? inBase(scope, sql`f.weight`) : sql`f.weight`)} as weight, f.subject
    from (${facts}) f
    ${creditsSql(object, shared)}
    ${structuresSql(scope)}
    left join credit_span s on s.company_id = f.company_id and s.structure_id = st.id and s.person_id = c.person_id
      and s.from_day <= f.opens and f.opens < s.to_day`
}

/** What is open stands with each person for as long as she owns it, and moves with her from unit to unit. */
export function stockRows(facts: Sql, object: ObjectType, scope: LedgerScope, { attribution, shared }: Crediting): Sql {
  return sql`
    select b.record_id,
      (row_number() over (partition by b.record_id, b.structure_id order by b.part, d.day, d.sign, b.amount))::int as part,
      b.attribution, b.person_id, b.structure_id, b.unit_id, d.day, b.currency,
      d.sign * b.amount as amount, d.sign * b.numerator as numerator, 0::numeric as weight, null::uuid as subject
    from (
      select f.record_id, c.part, case when c.is_split then 'split' else ${attribution}::text end as attribution,
        coalesce(c.person_id, ${nobody}::uuid) as person_id, st.id as structure_id,
        coalesce(s.unit_id, ${nobody}::uuid) as unit_id, f.currency,
        ${shareOf(sql`f.amount`)} as amount, ${shareOf(inBase(scope))} as numerator,
        greatest(f.opens, s.from_day) as came, least(f.closes, s.to_day, 'infinity'::date) as went
      from (${facts}) f
      ${creditsSql(object, shared)}
      ${structuresSql(scope)}
      left join credit_span s on s.company_id = f.company_id and s.structure_id = st.id and s.person_id = c.person_id
        and s.from_day < coalesce(f.closes, 'infinity'::date) and f.opens < s.to_day
      where f.closes is null or f.opens < f.closes
    ) b
    cross join lateral (values (b.came, 1), (b.went, -1)) as d(day, sign)
    where d.day < 'infinity'::date`
}

/** The people credited: by percent where the record is split, else its owner whole. */
function creditsSql(object: ObjectType, shared: MetricSource['shared']): Sql {
  if (shared === 'owner' || !object.fields.some((field) => field.type === 'credits')) {
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
