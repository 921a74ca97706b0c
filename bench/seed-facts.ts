import { sql } from 'kysely'
import { rebuildLedger } from '#platform/ledger/index.ts'
import { keySql, kinds } from './keys.ts'
import type { Ground } from './seeded.ts'

/** Deals won and orders placed through 2025 by everybody alike, then ledger and roll-ups as the product computes them. */
export async function seedFacts(ground: Ground): Promise<void> {
  const { owner, ctx } = ground
  await seedDeals(ground)
  await seedOrders(ground)
  await sql`vacuum analyze opportunity, sales_order`.execute(owner)
  await rebuildLedger(ctx)
  await sql`vacuum analyze ledger_row, rollup_year`.execute(owner)
}

async function seedDeals({ owner, ctx, size }: Ground): Promise<void> {
  const company = ctx.company.id
  await sql`
    insert into opportunity (company_id, id, owner_id, name, code, stage_id, status, amount, currency, closed_on)
    select ${company}, ${keySql(kinds.deal, sql`n`)}, ${keySql(kinds.person, sql`a % ${sql.lit(size.people)}`)}, '商机' || n,
      'D' || lpad(n::text, 7, '0'), (select id from stage where company_id = ${company} and kind = 'won'), 'won',
      (b % 90000000)::numeric / 100, 'CNY', '2025-01-01'::date + (c % 365)
    from (
      select n, hashint8(n) & 2147483647 as a, hashint8(n + 10000000) & 2147483647 as b, hashint8(n + 20000000) & 2147483647 as c
      from generate_series(0::bigint, ${sql.lit(size.deals - 1)}::bigint) n) r`.execute(owner)
}

async function seedOrders({ owner, ctx, size }: Ground): Promise<void> {
  await sql`
    insert into sales_order (company_id, id, owner_id, code, account_id, amount, currency, ordered_on, status)
    select ${ctx.company.id}, ${keySql(kinds.order, sql`n`)}, ${keySql(kinds.person, sql`a % ${sql.lit(size.people)}`)},
      'O' || lpad(n::text, 7, '0'), ${keySql(kinds.account, sql`n % ${sql.lit(size.buyers)}`)}, (b % 9000000)::numeric / 100, 'CNY',
      '2025-01-01'::date + (b % 330)::int, 'confirmed'
    from (
      select n, hashint8(n) & 2147483647 as a, hashint8(n + 10000000) & 2147483647 as b
      from generate_series(0::bigint, ${sql.lit(size.orders - 1)}::bigint) n) r`.execute(owner)
}
