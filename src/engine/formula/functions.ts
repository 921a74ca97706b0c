import { sql } from 'kysely'
import type { Label } from '#base/label.ts'
import type { Sql } from '#engine/query/viewpoint.ts'

/** What values in formulas are. */
export type ValueType = 'text' | 'number' | 'date' | 'yes_no'

/** `same`: any one type, the same for all that say so, and for the result. */
type Expected = ValueType | 'same' | 'any'

export interface FormulaFunction {
  readonly takes: readonly Expected[]
  /** How many of the last ones may be left out, or repeated where it may go on. */
  readonly optional?: number
  readonly repeats?: boolean
  readonly gives: ValueType | 'same'
  readonly help: Label
  readonly toSql: (args: readonly Sql[], today: string) => Sql
}

const at = (args: readonly Sql[], place: number): Sql => args[place] ?? sql`null`
/** A whole number no further than `most` from zero; none of none, which `least` and `greatest` would pass over. */
const within = (most: number, value: Sql): Sql =>
  sql`(select least(greatest(n, ${-most}), ${most})::int from (select trunc(${value}) as n) as whole where n is not null)`
const whole = (value: Sql): Sql => within(2_147_483_647, value)
/** Days of the years 1 to 9999; what lies outside is empty: nobody writes it, and the database ends soon after. */
const day = (value: Sql): Sql =>
  sql`(select d from (select (${value})::date as d) as days where d between '0001-01-01' and '9999-12-31')`
const named = (name: string) => (args: readonly Sql[]) => sql`${sql.raw(name)}(${sql.join(args)})`

/** Every function that formulas may call, by name. Null goes in, null comes out, unless the help says otherwise. */
export const formulaFunctions: Readonly<Record<string, FormulaFunction>> = {
  IF: {
    takes: ['yes_no', 'same', 'same'], optional: 1, gives: 'same',
    help: { zh: 'IF(条件, 是则, 否则)', en: 'IF(condition, then, else)' },
    toSql: (args) => sql`case when ${at(args, 0)} then ${at(args, 1)} else ${at(args, 2)} end`,
  },
  IFEMPTY: {
    takes: ['same', 'same'], gives: 'same',
    help: { zh: 'IFEMPTY(值, 为空时的值)', en: 'IFEMPTY(value, value if empty)' },
    toSql: named('coalesce'),
  },
  ISEMPTY: {
    takes: ['any'], gives: 'yes_no',
    help: { zh: 'ISEMPTY(值)：是否为空', en: 'ISEMPTY(value): whether it is empty' },
    toSql: (args) => sql`(${at(args, 0)} is null)`,
  },
  AND: {
    takes: ['yes_no', 'yes_no'], repeats: true, gives: 'yes_no',
    help: { zh: 'AND(条件, 条件…)：全部成立', en: 'AND(condition, condition …): all of them hold' },
    toSql: (args) => sql`(${sql.join(args, sql` and `)})`,
  },
  OR: {
    takes: ['yes_no', 'yes_no'], repeats: true, gives: 'yes_no',
    help: { zh: 'OR(条件, 条件…)：任一成立', en: 'OR(condition, condition …): one of them holds' },
    toSql: (args) => sql`(${sql.join(args, sql` or `)})`,
  },
  NOT: {
    takes: ['yes_no'], gives: 'yes_no',
    help: { zh: 'NOT(条件)', en: 'NOT(condition)' },
    toSql: (args) => sql`(not ${at(args, 0)})`,
  },
  ROUND: {
    takes: ['number', 'number'], optional: 1, gives: 'number',
    help: { zh: 'ROUND(数, 小数位)：四舍五入', en: 'ROUND(number, decimals): half away from zero' },
    toSql: ([value = sql`null`, digits = sql`0`]) => sql`round(${value}, ${whole(digits)})`,
  },
  FLOOR: {
    takes: ['number'], gives: 'number',
    help: { zh: 'FLOOR(数)：向下取整', en: 'FLOOR(number): down to a whole number' },
    toSql: named('floor'),
  },
  CEILING: {
    takes: ['number'], gives: 'number',
    help: { zh: 'CEILING(数)：向上取整', en: 'CEILING(number): up to a whole number' },
    toSql: named('ceil'),
  },
  ABS: {
    takes: ['number'], gives: 'number',
    help: { zh: 'ABS(数)：绝对值', en: 'ABS(number): without its sign' },
    toSql: named('abs'),
  },
  MIN: {
    takes: ['same', 'same'], repeats: true, gives: 'same',
    help: { zh: 'MIN(值, 值…)：最小，忽略空值', en: 'MIN(value, value …): the least; empty ones are passed over' },
    toSql: named('least'),
  },
  MAX: {
    takes: ['same', 'same'], repeats: true, gives: 'same',
    help: { zh: 'MAX(值, 值…)：最大，忽略空值', en: 'MAX(value, value …): the most; empty ones are passed over' },
    toSql: named('greatest'),
  },
  LEN: {
    takes: ['text'], gives: 'number',
    help: { zh: 'LEN(文字)：字数', en: 'LEN(text): number of characters' },
    toSql: (args) => sql`length(${at(args, 0)})::numeric`,
  },
  UPPER: {
    takes: ['text'], gives: 'text',
    help: { zh: 'UPPER(文字)：大写', en: 'UPPER(text): in capitals' },
    toSql: named('upper'),
  },
  LOWER: {
    takes: ['text'], gives: 'text',
    help: { zh: 'LOWER(文字)：小写', en: 'LOWER(text): in small letters' },
    toSql: named('lower'),
  },
  TRIM: {
    takes: ['text'], gives: 'text',
    help: { zh: 'TRIM(文字)：去掉首尾空格', en: 'TRIM(text): without spaces around it' },
    toSql: named('btrim'),
  },
  LEFT: {
    takes: ['text', 'number'], gives: 'text',
    help: { zh: 'LEFT(文字, 字数)', en: 'LEFT(text, characters)' },
    toSql: (args) => sql`left(${at(args, 0)}, greatest(${whole(at(args, 1))}, 0))`,
  },
  RIGHT: {
    takes: ['text', 'number'], gives: 'text',
    help: { zh: 'RIGHT(文字, 字数)', en: 'RIGHT(text, characters)' },
    toSql: (args) => sql`right(${at(args, 0)}, greatest(${whole(at(args, 1))}, 0))`,
  },
  CONTAINS: {
    takes: ['text', 'text'], gives: 'yes_no',
    help: { zh: 'CONTAINS(文字, 部分)：是否包含', en: 'CONTAINS(text, part): whether the part stands in it' },
    toSql: (args) => sql`(position(lower(${at(args, 1)}) in lower(${at(args, 0)})) > 0)`,
  },
  TEXT: {
    takes: ['any'], gives: 'text',
    help: { zh: 'TEXT(值)：转为文字', en: 'TEXT(value): as text' },
    toSql: (args) => sql`(${at(args, 0)})::text`,
  },
  TODAY: {
    takes: [], gives: 'date',
    help: { zh: 'TODAY()：今天', en: 'TODAY()' },
    toSql: (_args, today) => sql`${today}::date`,
  },
  DATE: {
    takes: ['number', 'number', 'number'], gives: 'date',
    help: { zh: 'DATE(年, 月, 日)', en: 'DATE(year, month, day)' },
    toSql: (args) => day(sql`case when ${at(args, 0)} between 1 and 9999 then
      make_date(trunc(${at(args, 0)})::int, 1, 1)
      + make_interval(months => ${within(12_000, at(args, 1))} - 1, days => ${within(366_000, at(args, 2))} - 1) end`),
  },
  YEAR: {
    takes: ['date'], gives: 'number',
    help: { zh: 'YEAR(日期)', en: 'YEAR(date)' },
    toSql: (args) => sql`extract(year from ${at(args, 0)})`,
  },
  MONTH: {
    takes: ['date'], gives: 'number',
    help: { zh: 'MONTH(日期)', en: 'MONTH(date)' },
    toSql: (args) => sql`extract(month from ${at(args, 0)})`,
  },
  DAY: {
    takes: ['date'], gives: 'number',
    help: { zh: 'DAY(日期)', en: 'DAY(date)' },
    toSql: (args) => sql`extract(day from ${at(args, 0)})`,
  },
  DAYS: {
    takes: ['date', 'date'], gives: 'number',
    help: { zh: 'DAYS(结束日, 开始日)：相差天数', en: 'DAYS(end, start): days between them' },
    toSql: (args) => sql`(${at(args, 0)} - ${at(args, 1)})::numeric`,
  },
  ADDDAYS: {
    takes: ['date', 'number'], gives: 'date',
    help: { zh: 'ADDDAYS(日期, 天数)', en: 'ADDDAYS(date, days)' },
    toSql: (args) => day(sql`${at(args, 0)} + ${within(366_000, at(args, 1))}`),
  },
  ADDMONTHS: {
    takes: ['date', 'number'], gives: 'date',
    help: { zh: 'ADDMONTHS(日期, 月数)', en: 'ADDMONTHS(date, months)' },
    toSql: (args) => day(sql`${at(args, 0)} + make_interval(months => ${within(12_000, at(args, 1))})`),
  },
} // prettier-ignore
