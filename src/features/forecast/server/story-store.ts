import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Label } from '#base/label.ts'
import type { DealStory, Share } from '#engine/forecast-deals/deal.ts'
import type { Day } from '#engine/calendar/day.ts'
import { inBaseSql } from '#engine/metrics/credited-sql.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { storyOf, type DealNow, type FieldChange, type StageMove } from '../deal-story.ts'

/** Older ones tell of another company. */
const yearsBack = 4

interface Asked {
  /** In whose deals; everybody's unless told. */
  readonly people?: readonly string[] | undefined
  /** So many at most, about. */
  readonly most: number
  /** Only what is open now: all that a forecast from today on needs. */
  readonly areOpen?: boolean
  /** Only what was known at the end of this day, so that the sample is the same whatever came since. */
  readonly known?: Day
}

export interface Stories {
  readonly stories: readonly DealStory[]
  /** How many deals each of them stands for: above one where there are more than were asked for. */
  readonly weight: number
}

/**
 * Deals that are open or closed in the last years, with their past as the history of changes has it. Where there are too
 * many it is an even sample of open and closed ones alike, the same each time: it teaches rates as they are, and sums by
 * its weight.
 */
export async function dealStories(tx: Tx, ctx: Ctx, { people, most, areOpen = false, known }: Asked): Promise<Stories> {
  const closed = areOpen ? sql`false` : sql`o.closed_on >= ${ctx.today}::date - make_interval(years => ${yearsBack})`
  const among = sql`
    o.company_id = ${ctx.company.id} and o.deleted_at is null and (o.status = 'open' or ${closed})
    ${people ? sql`and ${partSql(people)}` : sql``} ${known === undefined ? sql`` : sql`and ${knownSql(ctx, known)}`}`
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::int as count from opportunity o where ${among}`.execute(tx)
  const weight = Math.max(1, (counted[0]?.count ?? 0) / most)
  const sampled =
    weight === 1 ? sql`` : sql`and (hashtext(o.id::text)::bigint + 2147483648) * ${weight}::float8 < 4294967296`
  return { stories: await readStories(tx, ctx, sql`${among} ${sampled}`), weight }
}

/** So many stories are held at a time. */
const batch = 10_000

/**
 * Every deal that was known at the end of `known` and open on `since` or later, some at a time: a company may have more
 * than can be held.
 */
export async function eachStory(
  tx: Tx,
  ctx: Ctx,
  { since, known }: { readonly since: Day; readonly known: Day },
  visit: (story: DealStory) => void,
): Promise<void> {
  for (let last: string = nobody; ;) {
    const stories = await readStories(
      tx,
      ctx,
      sql`o.company_id = ${ctx.company.id} and o.id > ${last}::uuid and o.deleted_at is null
        and (o.status = 'open' or o.closed_on > ${since}) and ${knownSql(ctx, known)}`,
      batch,
    )
    stories.forEach(visit)
    const end = stories.at(-1)
    if (end === undefined || stories.length < batch) return
    last = end.id
    // Others are served between one batch and the next.
    await setImmediate()
  }
}

/** Deals in which somebody has a part: the owner, or who shares it. */
function partSql(people: readonly string[]): Sql {
  return sql`(coalesce(o.owner_id, ${nobody}::uuid) = any(${people}::uuid[]) or exists (
    select from credit c where c.company_id = o.company_id and c.object = 'opportunity' and c.record_id = o.id
      and c.person_id = any(${people}::uuid[])))`
}

/** As the triggers that note changes of the past tell it. */
function knownSql({ company }: Ctx, day: Day): Sql {
  return sql`deal_known_on(o.engaged_on, o.created_at, o.closed_on, ${company.zone}) <= ${day}`
}

async function readStories(tx: Tx, ctx: Ctx, which: Sql, most?: number): Promise<readonly DealStory[]> {
  const { zone, id: company } = ctx.company
  const { rows: deals } = await sql<Omit<DealNow, 'shares'> & { owner: string }>`
    select o.id, coalesce(o.owner_id, ${nobody}::uuid) as owner, o.engaged_on::text as "engagedOn",
      (o.created_at at time zone ${zone})::date::text as "createdOn", o.closed_on::text as "closedOn", o.status,
      o.stage_id as stage, o.amount::float8 as amount, o.currency, o.expected_on::text as "expectedOn"
    from opportunity o where ${which} order by o.id limit ${most ?? null}`.execute(tx)
  const ids = deals.map(({ id }) => id)
  const { rows: shares } = await sql<Share & { id: string }>`
    select c.record_id as id, c.person_id as person, (c.percent / 100)::float8 as share
    from credit c where c.company_id = ${company} and c.object = 'opportunity' and c.record_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  const { rows: moves } = await sql<StageMove & { id: string }>`
    select t.opportunity_id as id, (t.at at time zone ${zone})::date::text as day, t.to_stage_id as stage
    from stage_transition t where t.company_id = ${company} and t.opportunity_id = any(${ids}::uuid[])
    order by t.at, t.id`.execute(tx)
  const { rows: changes } = await sql<{ id: string; day: string; before: Record<string, unknown> }>`
    select a.record_id as id, (a.at at time zone ${zone})::date::text as day, a.before
    from audit_entry a
    where a.company_id = ${company} and a.object = 'opportunity' and a.record_id = any(${ids}::uuid[])
      and a.action = 'updated' and a.before ?| array['amount', 'currency', 'expectedOn']
    order by a.id`.execute(tx)
  const [sharesOf, movesOf, changesOf] = [byDeal(shares), byDeal(moves), byDeal(changes)]
  const rates = await ratesOf(tx, ctx, [
    ...deals.map(({ currency }) => currency),
    ...changes.map(({ before }) => toText(before['currency'])),
  ])
  return deals.map(({ owner, ...deal }) =>
    storyOf(
      { ...deal, shares: sharesOf.get(deal.id) ?? [{ person: owner, share: 1 }] },
      movesOf.get(deal.id) ?? [],
      (changesOf.get(deal.id) ?? []).map(toChange),
      (currency) => rates.get(currency ?? ctx.company.currency) ?? 0,
    ),
  )
}

const byDeal = <Row extends { readonly id: string }>(rows: readonly Row[]) => Map.groupBy(rows, ({ id }) => id)

const toText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function toChange({
  day,
  before,
}: {
  readonly day: string
  readonly before: Readonly<Record<string, unknown>>
}): FieldChange {
  const { amount, currency, expectedOn } = before
  return {
    day,
    ...(amount === undefined ? {} : { amount: typeof amount === 'string' ? Number(amount) : null }),
    ...(currency === undefined ? {} : { currency: toText(currency) }),
    ...(expectedOn === undefined ? {} : { expectedOn: toText(expectedOn) }),
  }
}

/** What one unit of these currencies is worth today in the base currency; nothing where no rate is known. */
async function ratesOf(tx: Tx, ctx: Ctx, currencies: readonly (string | null)[]): Promise<ReadonlyMap<string, number>> {
  const { id, currency: base } = ctx.company
  const asked = [...new Set(currencies.flatMap((currency) => currency ?? []))].filter((currency) => currency !== base)
  const rate = inBaseSql(
    { company: sql`${id}::uuid`, base },
    { amount: sql`1::numeric`, currency: sql`c.currency`, day: sql`${ctx.today}::date` },
  )
  const { rows } = await sql<{ currency: string; rate: number | null }>`
    select c.currency, (${rate})::float8 as rate from unnest(${asked}::text[]) as c(currency)`.execute(tx)
  return new Map([[base, 1], ...rows.map((row) => [row.currency, row.rate ?? 0] as const)])
}

export interface StageStated {
  readonly id: string
  readonly label: Label
  readonly kind: string
  /** Percent. */
  readonly probability: number
}

/** The stages in their order, with what the company states. */
export async function statedStages(tx: Tx, ctx: Ctx): Promise<readonly StageStated[]> {
  const { rows } = await sql<StageStated>`
    select id, jsonb_build_object('zh', name, 'en', name_en) as label, kind, probability::float8 as probability
    from stage where company_id = ${ctx.company.id} and deleted_at is null order by position, id`.execute(tx)
  return rows
}

/** Names of those deals that the condition on `t` shows. */
export async function namesSeen(
  tx: Tx,
  ctx: Ctx,
  ids: readonly string[],
  seen: Sql,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, t.name from opportunity t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and ${seen}`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
