import { sql } from 'kysely'
import type { DealStory } from '#engine/forecast-deals/deal.ts'
import type { Label } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { storyOf, type DealNow, type FieldChange, type StageMove } from '../deal-story.ts'
import { worthOfDeal } from './open-deals-store.ts'

/** So many deals teach as much as more would. */
const mostClosed = 5000
const mostOpen = 20_000
/** Older ones tell of another company. */
const yearsBack = 4

/** Every deal of the company that teaches or is open, with its past as the history of changes has it. */
export async function dealStories(tx: Tx, ctx: Ctx): Promise<readonly DealStory[]> {
  const zone = ctx.company.zone
  const fields = sql`
    select o.id, o.owner_id as owner, o.engaged_on::text as "engagedOn",
      (o.created_at at time zone ${zone})::date::text as "createdOn", o.closed_on::text as "closedOn", o.status,
      o.stage_id as stage, ${worthOfDeal(ctx)}::float8 as amount, o.expected_on::text as "expectedOn"
    from opportunity o where o.company_id = ${ctx.company.id} and o.deleted_at is null`
  const { rows: open } =
    await sql<DealNow>`${fields} and o.status = 'open' order by o.id desc limit ${mostOpen}`.execute(tx)
  const { rows: closed } = await sql<DealNow>`
    ${fields} and o.status <> 'open' and o.closed_on >= ${ctx.today}::date - make_interval(years => ${yearsBack})
    order by o.closed_on desc, o.id limit ${mostClosed}`.execute(tx)
  const deals = [...open, ...closed]
  const ids = deals.map(({ id }) => id)
  const { rows: moves } = await sql<StageMove & { id: string }>`
    select t.opportunity_id as id, (t.at at time zone ${zone})::date::text as day, t.to_stage_id as stage
    from stage_transition t where t.company_id = ${ctx.company.id} and t.opportunity_id = any(${ids}::uuid[])
    order by t.at, t.id`.execute(tx)
  const { rows: changes } = await sql<{ id: string; day: string; before: Record<string, unknown> }>`
    select a.record_id as id, (a.at at time zone ${zone})::date::text as day, a.before
    from audit_entry a
    where a.company_id = ${ctx.company.id} and a.object = 'opportunity' and a.record_id = any(${ids}::uuid[])
      and a.action = 'updated' and (a.before ? 'amount' or a.before ? 'expectedOn')
    order by a.id`.execute(tx)
  const movesOf = Map.groupBy(moves, ({ id }) => id)
  const changesOf = Map.groupBy(changes, ({ id }) => id)
  return deals.map((deal) => storyOf(deal, movesOf.get(deal.id) ?? [], (changesOf.get(deal.id) ?? []).map(toChange)))
}

function toChange({
  day,
  before,
}: {
  readonly day: string
  readonly before: Readonly<Record<string, unknown>>
}): FieldChange {
  const { amount, expectedOn } = before
  return {
    day,
    ...(amount === undefined ? {} : { amount: typeof amount === 'string' ? Number(amount) : null }),
    ...(expectedOn === undefined ? {} : { expectedOn: typeof expectedOn === 'string' ? expectedOn : null }),
  }
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
  seen: ReturnType<typeof sql>,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, t.name from opportunity t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and ${seen}`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
