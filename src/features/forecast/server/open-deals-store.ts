import { sql } from 'kysely'
import type { Label } from '#base/label.ts'
import { readAmount } from '#engine/metrics/metric.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { worthOf } from '#platform/records/viewpoint.ts'
import type { CategoryKey } from '../contract.ts'
import { addSums, noSums, type Sums } from '../roll-up.ts'

interface Span {
  readonly from: string
  readonly to: string
}

/** A person's share of an open deal. */
export interface OpenShare {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly accountName: string | null
  readonly personName: string
  readonly stage: Label
  readonly category: CategoryKey
  readonly isByHand: boolean
  readonly amount: string
  readonly expectedOn: string | null
  readonly version: number
  /** Whether the reader may see the deal itself, and change it. */
  readonly isSeen: boolean
  readonly mayChange: boolean
}

/** An amount of the deal `o` in the base currency. */
export function worthOfDeal(ctx: Ctx): Sql {
  const object = ctx.company.wholeCatalogue.get('opportunity')
  return worthOf(ctx)(object, 'o', sql`o.amount`) ?? sql`o.amount`
}

/** Deals `o` with the shares `p` that people have in them: as they are credited, or else the owner's. */
const dealsWithShares = sql`
    opportunity o cross join lateral (
      select c.person_id, c.percent / 100 as share from credit c
      where c.company_id = o.company_id and c.object = 'opportunity' and c.record_id = o.id
      union all
      select coalesce(o.owner_id, ${nobody}::uuid), 1 where not exists (
        select from credit c where c.company_id = o.company_id and c.object = 'opportunity' and c.record_id = o.id)
    ) p`

/**
 * Open deals `o` of a period with the shares `p` of people. A deal counts in the period of its expected date; one whose
 * day has passed, in the current period. A period that is over has no open deals.
 */
function sharesOf(ctx: Ctx, { from, to }: Span): Sql {
  const isCurrent = from <= ctx.today && ctx.today < to
  const isOver = to <= ctx.today
  const days = isOver
    ? sql`false`
    : isCurrent
      ? sql`o.expected_on < ${to}::date`
      : sql`o.expected_on >= ${from}::date and o.expected_on < ${to}::date`
  return sql`
    ${dealsWithShares}
    where o.company_id = ${ctx.company.id} and o.status = 'open' and o.deleted_at is null and ${days}`
}

const amountSql = (ctx: Ctx) => sql`round(coalesce(${worthOfDeal(ctx)}, 0) * p.share, 4)`

/** By person: what their open deals of a period come to, category by category. */
export async function openSums(tx: Tx, ctx: Ctx, span: Span): Promise<ReadonlyMap<string, Sums>> {
  const { rows } = await sql<{ person: string; category: string | null; amount: string }>`
    select p.person_id as person, o.forecast_category as category, sum(${amountSql(ctx)})::text as amount
    from ${sharesOf(ctx, span)} group by 1, 2`.execute(tx)
  const sums = new Map<string, Sums>()
  for (const { person, category, amount } of rows) {
    sums.set(person, addSums(sums.get(person) ?? noSums, ofCategory(category, readAmount(amount))))
  }
  return sums
}

function ofCategory(category: string | null, amount: bigint): Sums {
  if (category === 'committed') return { ...noSums, committed: amount }
  if (category === 'best_case') return { ...noSums, bestCase: amount }
  if (category === 'omitted') return { ...noSums, omitted: amount }
  return { ...noSums, pipeline: amount }
}

interface Asked {
  /** Whose shares. */
  readonly people: readonly string[]
  readonly category?: CategoryKey | undefined
}

interface Page {
  readonly skip?: number
  readonly limit: number
}

const askedSql = (ctx: Ctx, span: Span, { people, category }: Asked): Sql => {
  const which = category === undefined ? sql`true` : sql`coalesce(o.forecast_category, 'pipeline') = ${category}`
  return sql`${sharesOf(ctx, span)} and p.person_id = any(${people}::uuid[]) and ${which}`
}

/** The shares themselves, the largest first. */
export async function openShares(tx: Tx, ctx: Ctx, span: Span, asked: Asked & Page): Promise<readonly OpenShare[]> {
  return readShares(tx, ctx, askedSql(ctx, span, asked), asked)
}

/** How many shares there are. */
export async function countOpen(tx: Tx, ctx: Ctx, span: Span, asked: Asked): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${askedSql(ctx, span, asked)}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Open deals of people that no period counts: they have no expected date. */
export async function undatedShares(
  tx: Tx,
  ctx: Ctx,
  people: readonly string[],
  page: Page,
): Promise<readonly OpenShare[]> {
  return readShares(tx, ctx, undatedSql(ctx, people), page)
}

export async function countUndated(tx: Tx, ctx: Ctx, people: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${undatedSql(ctx, people)}`.execute(tx)
  return rows[0]?.count ?? 0
}

function undatedSql(ctx: Ctx, people: readonly string[]): Sql {
  return sql`${dealsWithShares} where o.company_id = ${ctx.company.id} and o.status = 'open' and o.deleted_at is null
    and o.expected_on is null and p.person_id = any(${people}::uuid[])`
}

/** Where an open deal stands, as its people tell it. */
export interface Standing {
  readonly stage: Label
  /** Its own chance to be won, 0–1; null where it says none, or the role hides it. */
  readonly stated: number | null
  readonly expectedOn: string | null
  readonly accountName: string | null
}

/** Of those deals that the condition on `t` shows. */
export async function standingNow(
  tx: Tx,
  ctx: Ctx,
  ids: readonly string[],
  seen: Sql,
): Promise<ReadonlyMap<string, Standing>> {
  const said = ctx.company.catalogue.find('opportunity')?.fields.find(({ key }) => key === 'probability')
  const { rows } = await sql<Standing & { id: string }>`
    select t.id, jsonb_build_object('zh', s.name, 'en', s.name_en) as stage,
      ${said && !said.masked ? sql`(t.probability / 100)::float8` : sql`null`} as stated,
      t.expected_on::text as "expectedOn", a.name as "accountName"
    from opportunity t join stage s on s.company_id = t.company_id and s.id = t.stage_id
    left join account a on a.company_id = t.company_id and a.id = t.account_id
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and ${seen}`.execute(tx)
  return new Map(rows.map(({ id, ...standing }) => [id, standing]))
}

async function readShares(tx: Tx, ctx: Ctx, shares: Sql, { skip = 0, limit }: Page): Promise<readonly OpenShare[]> {
  const object = ctx.company.wholeCatalogue.get('opportunity')
  const [seen, changed] = [await scopeOf(ctx, object), await scopeOf(ctx, object, 'change')]
  const { rows } = await sql<OpenShare>`
    select d.id, d.person_id as "personId", d.name, a.name as "accountName", coalesce(h.name, '') as "personName",
      jsonb_build_object('zh', s.name, 'en', s.name_en) as stage, d.category, d.by_hand as "isByHand",
      trim_scale(d.amount)::text as amount, d.expected_on::text as "expectedOn", d.version,
      exists (select from opportunity t where t.company_id = ${ctx.company.id} and t.id = d.id and ${seen}) as "isSeen",
      exists (select from opportunity t where t.company_id = ${ctx.company.id} and t.id = d.id and ${changed}) as "mayChange"
    from (
      select o.id, p.person_id, o.name, o.account_id, o.stage_id, coalesce(o.forecast_category, 'pipeline') as category,
        o.forecast_by_hand as by_hand, ${amountSql(ctx)} as amount, o.expected_on, o.version
      from ${shares} order by 8 desc, 1, 2 limit ${limit} offset ${skip}) d
    join stage s on s.company_id = ${ctx.company.id} and s.id = d.stage_id
    left join account a on a.company_id = ${ctx.company.id} and a.id = d.account_id
    left join person h on h.company_id = ${ctx.company.id} and h.id = d.person_id
    order by d.amount desc, d.id, d.person_id`.execute(tx)
  return rows
}
