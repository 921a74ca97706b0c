import { sql } from 'kysely'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import { fieldOf, isNumeric, rankColumnOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { bucketSql, endOfBucket, isDated, type Bucket } from '#engine/query/bucket.ts'
import { isFigure, isGathered } from '#engine/query/check.ts'
import type { Aggregate, Filter } from '#engine/query/filter.ts'
import { tableSql } from '#engine/query/source.ts'
import { sourceOf, toSql, valueSql, worthSql, type Source, type Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { recordErrors } from './errors.ts'
import { checkedFilter } from './read.ts'
import { nameOfSql, shownSql } from './row-sql.ts'
import { askerOf, objectFor } from './scope.ts'
import { scopeOf } from './sight.ts'

/** A figure over the records: `count` counts those in which the field is filled. */
export interface Measure {
  readonly aggregate: Aggregate
  readonly field: string
}

/** Records are gathered by the value of a field; dates by the span in which they lie, days unless told. */
export interface Grouping {
  readonly field: string
  readonly by?: Bucket | undefined
}

export interface TotalsQuestion {
  readonly filter?: Filter | undefined
  /** Fields to sum; the same as measures that sum, answered by field key. */
  readonly sum?: readonly string[] | undefined
  readonly measures?: readonly Measure[] | undefined
  /** One field, or up to two levels. */
  readonly groupBy?: string | readonly Grouping[] | undefined
}

export interface Figures {
  readonly count: number
  /** Sum by field key, as decimal strings. */
  readonly sums: Readonly<Record<string, string>>
  /** In the order of the measures asked: decimal strings and dates; null where there is nothing to measure. */
  readonly figures: readonly (string | null)[]
}

export interface TotalsGroup extends Figures {
  /** The value of the field, null where it is empty; of dates the first day of the span. */
  readonly value: string | null
  /** Of dates the day after the last of the span. */
  readonly to?: string
  /** What a reference or an owner is called. */
  readonly name: string | null
  readonly groups?: readonly TotalsGroup[]
}

export interface Totals extends Figures {
  readonly groups?: readonly TotalsGroup[]
}

/** More groups than this are no overview. */
const mostGroups = 2000

/**
 * Count and figures over all records that the same question would list, with subtotals of up to two levels. Amounts are
 * measured in the company's base currency.
 */
export async function totalsOf(ctx: Ctx, key: string, question: TotalsQuestion): Promise<Totals> {
  const object = objectFor(ctx, key, 'read')
  const filter = checkedFilter(ctx, object, question.filter)
  const sums = (question.sum ?? []).map((field) => summed(object, field))
  const measures = (question.measures ?? []).map((measure, at) => measured(object, measure, at))
  const groups = groupsOf(object, question.groupBy)
  const source = sourceOf(object, await askerOf(ctx, filter))
  const values = [...sums, ...measures].map(
    ({ field }, at) => sql`, ${worthSql(source.resolve(field.key), source)} as ${sql.id(`v${at}`)}`,
  )
  const keys = groups.map((group, at) => sql`, ${keySql(group, source)} as ${sql.id(`g${at}`)}`)
  const condition = toSql(filter, source)
  const rows = sql`
    select t.id ${sql.join([...keys, ...values], sql``)} from ${source.from()}
    where t.company_id = ${ctx.company.id} and t.deleted_at is null and ${await scopeOf(ctx, object)} and ${condition}`
  const statement = sql<Raw>`
    select q.* ${sql.join(
      groups.map((group, at) => nameColumn(group, at, ctx)),
      sql``,
    )}
    from (
      select count(*)::text as count, ${levelSql(groups)} as level
        ${sql.join(
          groups.map((_group, at) => sql`, ${sql.id(`g${at}`)}`),
          sql``,
        )}
        ${sql.join(
          [...sums, ...measures].map((one, at) => sql`, ${figureSql(one, at)} as ${sql.id(`f${at}`)}`),
          sql``,
        )}
      from (${rows}) r group by ${setsSql(groups)}
    ) q order by level ${sql.join(
      groups.map((group, at) => sql`, ${orderSql(group, at, ctx)}, ${sql.id(`k${at}`)}`),
      sql``,
    )}
    limit ${mostGroups + 1}`
  const { rows: found } = await inView(ctx, (tx) => statement.execute(tx))
  if (found.length > mostGroups) throw refusal('groupBy', tooMany)
  return combine(found, { sums, groups, calendar: ctx.company.calendar })
}

const tooMany = {
  zh: `分组超过 ${mostGroups} 个，请换一个字段或先筛选`,
  en: `There are more than ${mostGroups} groups; choose another field or filter first`,
}

interface Measured {
  readonly field: Field
  readonly aggregate: Aggregate
}

interface Group {
  readonly field: Field
  readonly by: Bucket | undefined
}

type Raw = Readonly<Record<string, string | null>> & { readonly count: string; readonly level: number }

function keySql({ field, by }: Group, source: Source): Sql {
  if (by === undefined) return shownSql(field, source)
  return bucketSql(field, valueSql(source.resolve(field.key), source), by, source.asker.viewpoint)
}

function nameColumn({ field }: Group, at: number, ctx: Ctx): Sql {
  const name = nameOfSql(field, ctx, sql.ref(`q.g${at}`)) ?? sql`null::text`
  return sql`, ${name} as ${sql.id(`n${at}`)}, q.${sql.id(`g${at}`)}::text as ${sql.id(`k${at}`)}`
}

/** Days and numbers by size, records in the order usual for their kind, the rest by name. */
function orderSql({ field, by }: Group, at: number, ctx: Ctx): Sql {
  const key = sql.ref(`q.g${at}`)
  if (by !== undefined) return key
  if (isNumeric(field)) return sql`${key}::double precision`
  const name = nameOfSql(field, ctx, key)
  return sql`${usualPlaceSql(field, ctx, key) ?? sql`null::double precision`}, ${name ?? sql`${key}::text`} collate "zh-x-icu"`
}

/** Stages, say, have a position by which their lists are put in order. */
function usualPlaceSql({ type, to }: Field, { company }: Ctx, id: Sql): Sql | undefined {
  const target = type === 'reference' && to !== undefined ? company.catalogue.find(to) : undefined
  const place = target?.fields.find(({ key }) => key === target.defaultSort[0]?.field)
  if (!target || !place || !isNumeric(place) || place.custom) return undefined
  return sql`(select ${sql.ref(`n.${rankColumnOf(place)}`)} from ${tableSql(target)} n
    where n.company_id = ${company.id} and n.id = ${id})`
}

/** How many of the groupings a row of the answer stands for. */
function levelSql(groups: readonly Group[]): Sql {
  const parts = groups.map((_group, at) => sql`(1 - grouping(${sql.id(`g${at}`)}))`)
  return parts.length === 0 ? sql`0` : sql.join(parts, sql` + `)
}

function setsSql(groups: readonly Group[]): Sql {
  const names = groups.map((_group, at) => sql.id(`g${at}`))
  const sets = Array.from({ length: names.length + 1 }, (_, length) =>
    length === 0 ? sql`()` : sql`(${sql.join(names.slice(0, length))})`,
  )
  return sql`grouping sets (${sql.join(sets)})`
}

function figureSql({ aggregate, field }: Measured, at: number): Sql {
  const value = sql.id(`v${at}`)
  if (aggregate === 'count') return sql`count(${value})::text`
  if (!isNumeric(field)) return sql`${sql.raw(aggregate)}(${value})::text`
  if (aggregate === 'sum') return sql`trim_scale(coalesce(sum(${value}), 0))::text`
  if (aggregate === 'avg') return sql`trim_scale(round(avg(${value}), 4))::text`
  return sql`trim_scale(${sql.raw(aggregate)}(${value}))::text`
}

function combine(
  rows: readonly Raw[],
  {
    sums,
    groups,
    calendar,
  }: {
    readonly sums: readonly Measured[]
    readonly groups: readonly Group[]
    readonly calendar: FiscalCalendar
  },
): Totals {
  const read = (row: Raw): Figures => ({
    count: Number(row.count),
    sums: Object.fromEntries(sums.map(({ field }, at) => [field.key, row[`f${at}`] ?? '0'])),
    figures: figuresIn(row, sums.length),
  })
  const groupAt = (row: Raw, at: number): TotalsGroup => {
    const value = row[`k${at}`] ?? null
    const by = groups[at]?.by
    return {
      value,
      ...(by && value !== null ? { to: endOfBucket(value, by, calendar) } : {}),
      name: row[`n${at}`] ?? null,
      ...read(row),
    }
  }
  const whole = rows.find((row) => row.level === 0)
  const all = whole ? read(whole) : { count: 0, sums: {}, figures: [] }
  if (groups.length === 0) return all
  const below = Map.groupBy(
    rows.filter((row) => row.level === 2),
    (row) => row['k0'] ?? null,
  )
  const first = rows.filter((row) => row.level === 1)
  return {
    ...all,
    groups: first.map((row) => ({
      ...groupAt(row, 0),
      ...(groups.length > 1 ? { groups: (below.get(row['k0'] ?? null) ?? []).map((one) => groupAt(one, 1)) } : {}),
    })),
  }
}

function figuresIn(row: Raw, from: number): readonly (string | null)[] {
  const figures: (string | null)[] = []
  for (let at = from; `f${at}` in row; at += 1) figures.push(row[`f${at}`] ?? null)
  return figures
}

function summed(object: ObjectType, name: string): Measured {
  const field = object.fields.find(({ key }) => key === name)
  if (field && isNumeric(field)) return { field, aggregate: 'sum' }
  throw refusal(`sum.${name}`, { zh: '不是数字字段', en: 'Not a numeric field' })
}

function measured(object: ObjectType, { aggregate, field: name }: Measure, at: number): Measured {
  const field = fieldOf(object, name)
  if (field && isFigure(field, aggregate)) return { field, aggregate }
  throw refusal(`measures.${at}`, { zh: '这个字段不能这样汇总', en: 'This field cannot be summed up like this' })
}

function groupsOf(object: ObjectType, asked: TotalsQuestion['groupBy']): readonly Group[] {
  const groupings = typeof asked === 'string' ? [{ field: asked }] : (asked ?? [])
  return groupings.map(({ field: name, by }: Grouping) => {
    const field = fieldOf(object, name)
    if (!field) throw refusal('groupBy', { zh: '没有这个字段', en: 'There is no such field' })
    if (!isGathered(field)) {
      throw refusal('groupBy', { zh: '不能按这个字段分组', en: 'Records cannot be grouped by this field' })
    }
    if (by && !isDated(field)) throw refusal('groupBy', { zh: '不是日期字段', en: 'Not a date' })
    return { field, by: isDated(field) ? (by ?? 'day') : undefined }
  })
}

function refusal(field: string, label: { readonly zh: string; readonly en: string }) {
  return recordErrors.FILTER_INVALID({}, [{ field, code: 'field', label }])
}
