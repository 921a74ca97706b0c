import { sql } from 'kysely'
import { keySql, kinds } from './keys.ts'
import type { Ground } from './seeded.ts'

const places = ['北京', '上海', '广州', '深圳', '杭州', '成都', '武汉', '西安', '南京', '苏州', '青岛', '长沙', '郑州']
// Two characters that make a name, as they stand in registers of companies: 130 × 130 of them.
const characters = [
  ...'华中东金天海宏瑞恒新博远盛泰安明信德嘉达腾通隆源科创森润辉和丰宇诚联力川凯美为立正大同兴利顺福永长江河山云龙凤飞鹏翔骏',
  ...'万亿百千方圆元亨康健益民众合一三九鼎鑫晶晨旭阳光星月日升卓越优佳宝玉珠琪琳兰芳茂林枫桦松柏青绿蓝白红紫御尚品格润泽',
  ...'浩瀚洋波涛清泉',
]
// What they do; science and technology, trade and industry as often as they really are.
const lines = [
  ...['科技', '科技', '科技', '科技', '科技', '科技发展', '信息科技', '生物科技', '网络科技', '智能科技', '新能源科技'],
  ...[
    '贸易',
    '贸易',
    '商贸',
    '商贸',
    '实业',
    '实业',
    '机械',
    '机械设备',
    '精密机械',
    '电子',
    '电子技术',
    '医药',
    '食品',
  ],
  ...[
    '化工',
    '纺织',
    '物流',
    '软件',
    '教育',
    '建材',
    '农业',
    '建筑工程',
    '装饰工程',
    '汽车零部件',
    '文化传媒',
    '餐饮管理',
  ],
]
const forms = [
  '有限公司',
  '有限公司',
  '有限公司',
  '有限公司',
  '有限公司',
  '股份有限公司',
  '有限责任公司',
  '集团有限公司',
  '集团',
  '（中国）有限公司',
]
const prefixes = [
  '138',
  '139',
  '136',
  '137',
  '150',
  '158',
  '159',
  '186',
  '187',
  '188',
  '133',
  '189',
  '177',
  '181',
  '130',
  '131',
]
const trades = ['机械', '电子', '医药', '食品', '能源', '化工', '纺织', '物流', '软件', '教育', '建材', '农业']

/** A list as an SQL array, indexed from 1. */
const array = (list: readonly string[]) => sql`(array[${sql.join(list.map((one) => sql.lit(one)))}])`

/** Accounts whose owners, trades, names, turnovers and last changes are spread as if by chance, always the same way. */
export async function seedAccounts({ owner, ctx, size }: Ground): Promise<void> {
  const pick = (list: readonly string[], chance: string) =>
    sql`${array(list)}[1 + (${sql.raw(chance)}) % ${sql.lit(list.length)}]`
  await sql`
    insert into account (company_id, id, owner_id, name, code, industry, province, city, phone, employees, annual_revenue, created_at, updated_at)
    select ${ctx.company.id}, ${keySql(kinds.account, sql`n`)}, ${keySql(kinds.person, sql`a % ${sql.lit(size.people)}`)},
      ${pick(places, 'b')} || case when c % 5 = 0 then '市' else '' end || ${pick(characters, 'c')} || ${pick(characters, 'd')}
        || ${pick(lines, 'e / 7')} || ${pick(forms, 'b / 11')},
      'K' || lpad(n::text, 7, '0'), ${pick(trades, 'e')}, ${pick(places, 'b')}, ${pick(places, 'b')},
      ${pick(prefixes, 'd / 13')} || lpad((a % 100000000)::text, 8, '0'),
      1 + c % 5000, (d % 90000000)::numeric / 100,
      '2024-01-01'::timestamptz + n * interval '20 seconds', '2025-01-01'::timestamptz + (b % 31000000) * interval '1 second'
    from (
      select n, hashint8(n) & 2147483647 as a, hashint8(n + 10000000) & 2147483647 as b, hashint8(n + 20000000) & 2147483647 as c,
        hashint8(n + 30000000) & 2147483647 as d, hashint8(n + 40000000) & 2147483647 as e
      from generate_series(0::bigint, ${sql.lit(size.accounts - 1)}::bigint) n) r`.execute(owner)
  await sql`vacuum analyze account`.execute(owner)
}
