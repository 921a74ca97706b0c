import { sql } from 'kysely'
import { readAmount } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { MarketSize, Territory } from '../market-share.ts'

/** A size as it is kept. */
export interface KeptSize {
  readonly region: string | null
  readonly industry: string | null
  readonly from: string
  readonly to: string
  readonly amount: string
  readonly currency: string
  readonly source: string
  readonly toldOn: string
  readonly confidence: 'low' | 'medium' | 'high'
}

export interface SizeRow extends KeptSize {
  readonly id: string
}

const columns = sql`id, region, industry, from_day as "from", to_day as "to", trim_scale(amount)::text as amount, currency, source,
  told_on as "toldOn", confidence`

export async function sizeRows(tx: Tx, ctx: Ctx): Promise<readonly SizeRow[]> {
  const { rows } = await sql<SizeRow>`
    select ${columns} from market_size where company_id = ${ctx.company.id}
    order by from_day desc, region nulls first, industry nulls first limit 5000`.execute(tx)
  return rows
}

/** These sizes, the latest first. */
export async function sizesById(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly SizeRow[]> {
  const { rows } = await sql<SizeRow>`
    select ${columns} from market_size where company_id = ${ctx.company.id} and id = any(${ids}::uuid[])
    order by from_day desc, region nulls first, industry nulls first`.execute(tx)
  return rows
}

/** Sizes that say something of a span, valued by the rate of their first day. */
export async function sizesIn(
  tx: Tx,
  ctx: Ctx,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly MarketSize[]> {
  const { id, currency } = ctx.company
  const { rows } = await sql<Omit<MarketSize, 'worth'> & { readonly worth: string | null }>`
    select id, region, industry, from_day as "from", to_day as "to", told_on as "toldOn",
      round(amount * case when currency = ${currency} then 1 else (
        select x.rate from exchange_rate x
        where x.company_id = m.company_id and x.currency = m.currency and x.from_day <= m.from_day
        order by x.from_day desc limit 1) end, 4)::text as worth
    from market_size m
    where company_id = ${id} and from_day < ${to}::date and to_day > ${from}::date`.execute(tx)
  return rows.map((row) => ({ ...row, worth: row.worth === null ? null : readAmount(row.worth) }))
}

/** Who told the sizes that say something of a span, each once. */
export async function marketSources(
  tx: Tx,
  ctx: Ctx,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ source: string }>`
    select distinct source from market_size
    where company_id = ${ctx.company.id} and from_day < ${to}::date and to_day > ${from}::date
    order by source limit 3`.execute(tx)
  return rows.map(({ source }) => source)
}

export async function hasRate(tx: Tx, ctx: Ctx, currency: string, day: string): Promise<boolean> {
  const { rows } = await sql`
    select from exchange_rate where company_id = ${ctx.company.id} and currency = ${currency} and from_day <= ${day}::date
    limit 1`.execute(tx)
  return rows.length > 0
}

/** Answers its key, and the one that it replaces. */
export async function keepSize(
  { tx, ctx }: Step,
  size: KeptSize,
): Promise<{ readonly id: string; readonly before: SizeRow | null }> {
  const { rows: former } = await sql<SizeRow>`
    select ${columns} from market_size where company_id = ${ctx.company.id} and coalesce(region, '') = ${size.region ?? ''}
      and coalesce(industry, '') = ${size.industry ?? ''} and from_day = ${size.from}::date for update`.execute(tx)
  const { rows } = await sql<{ id: string }>`
    insert into market_size as m (
      company_id, id, region, industry, from_day, to_day, amount, currency, source, told_on, confidence, created_by)
    values (${ctx.company.id}, ${newId()}, ${size.region}, ${size.industry}, ${size.from}, ${size.to}, ${size.amount},
      ${size.currency}, ${size.source}, ${size.toldOn}, ${size.confidence}, ${ctx.actor.personId})
    on conflict (company_id, coalesce(region, ''), coalesce(industry, ''), from_day) do update set
      to_day = excluded.to_day, amount = excluded.amount, currency = excluded.currency, source = excluded.source,
      told_on = excluded.told_on, confidence = excluded.confidence
    returning id`.execute(tx)
  return { id: rows[0]?.id ?? '', before: former[0] ?? null }
}

export async function deleteSize({ tx, ctx }: Step, id: string): Promise<SizeRow | undefined> {
  const { rows } = await sql<SizeRow>`
    delete from market_size where company_id = ${ctx.company.id} and id = ${id} returning ${columns}`.execute(tx)
  return rows[0]
}

export interface UnitTerritory extends Territory {
  readonly unitId: string
  readonly name: string
  /** Nothing stands above it on the day, and nothing beside it. */
  readonly isTop: boolean
}

/** Of every unit of the structure that results roll up by, as it stands on a day. */
export async function territories(tx: Tx, ctx: Ctx, day: string): Promise<readonly UnitTerritory[]> {
  const { rows } = await sql<UnitTerritory>`
    select u.id as "unitId", u.name, coalesce(u.territory -> 'regions', '[]') as regions,
      coalesce(u.territory -> 'industries', '[]') as industries,
      up.unit_id is not null and up.parent_id is null
        and count(*) filter (where up.unit_id is not null and up.parent_id is null) over () = 1 as "isTop"
    from unit u join structure s on s.company_id = u.company_id and s.id = u.structure_id and s.is_default
      left join unit_parent up on up.company_id = u.company_id and up.unit_id = u.id
        and up.from_day <= ${day}::date and up.to_day > ${day}::date
    where u.company_id = ${ctx.company.id} order by u.position, u.name`.execute(tx)
  return rows
}

export async function writeTerritory({ tx, ctx }: Step, unitId: string, territory: Territory): Promise<void> {
  await sql`
    update unit set territory = territory || ${JSON.stringify(territory)}::jsonb
    where company_id = ${ctx.company.id} and id = ${unitId}`.execute(tx)
}
