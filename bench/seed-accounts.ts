import { sql } from 'kysely'
import { keySql, kinds } from './keys.ts'
import type { Ground } from './seeded.ts'

const places = ['北京', '上海', '广州', '深圳', '杭州', '成都', '武汉', '西安', '南京', '苏州', '青岛', '长沙', '郑州']
const words = [
  ['华', '中', '东', '金', '天', '海', '宏', '瑞', '恒', '新', '博', '远', '盛', '泰', '安', '明', '信', '德', '嘉'],
  ['达', '腾', '通', '隆', '源', '科', '创', '森', '润', '辉', '和', '丰', '宇', '诚', '联', '力', '川', '凯', '美'],
]
const trades = ['机械', '电子', '医药', '食品', '能源', '化工', '纺织', '物流', '软件', '教育', '建材', '农业']

/** A list as an SQL array, indexed from 1. */
const array = (list: readonly string[] | undefined) =>
  sql`(array[${sql.join((list ?? []).map((one) => sql.lit(one)))}])`

/** Accounts whose owners, trades, names, turnovers and last changes are spread as if by chance, always the same way. */
export async function seedAccounts({ owner, ctx, size }: Ground): Promise<void> {
  const pick = (list: readonly string[] | undefined, chance: string) =>
    sql`${array(list)}[1 + ${sql.raw(chance)} % ${sql.lit(list?.length ?? 1)}]`
  await sql`
    insert into account (company_id, id, owner_id, name, code, industry, province, city, phone, employees, annual_revenue, created_at, updated_at)
    select ${ctx.company.id}, ${keySql(kinds.account, sql`n`)}, ${keySql(kinds.person, sql`a % ${sql.lit(size.people)}`)},
      ${pick(places, 'b')} || ${pick(words[0], 'c')} || ${pick(words[1], 'd')} || ${pick(trades, 'e')} || '有限公司' || n % 100,
      'K' || lpad(n::text, 7, '0'), ${pick(trades, 'e')}, ${pick(places, 'b')}, ${pick(places, 'b')}, '138' || lpad((a % 100000000)::text, 8, '0'),
      1 + c % 5000, (d % 90000000)::numeric / 100,
      '2024-01-01'::timestamptz + n * interval '20 seconds', '2025-01-01'::timestamptz + (b % 31000000) * interval '1 second'
    from (
      select n, hashint8(n) & 2147483647 as a, hashint8(n + 10000000) & 2147483647 as b, hashint8(n + 20000000) & 2147483647 as c,
        hashint8(n + 30000000) & 2147483647 as d, hashint8(n + 40000000) & 2147483647 as e
      from generate_series(0::bigint, ${sql.lit(size.accounts - 1)}::bigint) n) r`.execute(owner)
  await sql`vacuum analyze account`.execute(owner)
}
