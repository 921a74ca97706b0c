import { sql } from 'kysely'
import type { DeliveryView } from '#engine/contract/webhooks.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export type DeliveryState = DeliveryView['state']

export interface NewDelivery {
  readonly eventId: string
  readonly event: string
  readonly object: string
  readonly recordId: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly happenedAt: Date
}

/** Writes what a webhook is to be told, numbered in the order given; an event that it was told before is left out. */
export async function insertDeliveries(
  { tx, ctx }: Step,
  webhookId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  const company = ctx.company.id
  const rows = deliveries.map((one, at) => ({ id: newId(), at, ...one }))
  await sql`
    with begun as (
      update webhook set last_number = last_number + ${rows.length}
      where company_id = ${company} and id = ${webhookId} returning last_number - ${rows.length} as number
    )
    insert into webhook_delivery (company_id, id, webhook_id, number, event_id, event, object, record_id, payload,
      happened_at, next_at)
    select ${company}, d.id, ${webhookId}, b.number + d.at + 1, d."eventId", d.event, d.object, d."recordId", d.payload,
      d."happenedAt", ${ctx.now}
    from begun b cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(
      id uuid, at int, "eventId" uuid, event text, object text, "recordId" uuid, payload jsonb, "happenedAt" timestamptz)
    on conflict (company_id, webhook_id, event_id) do nothing`.execute(tx)
}

export interface Delivery extends NewDelivery {
  readonly id: string
  readonly number: number
  readonly tries: number
}

/** The next that is due. */
export async function nextDelivery(tx: Tx, ctx: Ctx, webhookId: string): Promise<Delivery | undefined> {
  const { rows } = await sql<Omit<Delivery, 'number'> & { number: string }>`
    select id, number, event_id as "eventId", event, object, record_id as "recordId", payload,
      happened_at as "happenedAt", tries
    from webhook_delivery
    where company_id = ${ctx.company.id} and webhook_id = ${webhookId} and state = 'waiting' and next_at <= ${ctx.now}
    order by next_at, number limit 1`.execute(tx)
  return rows[0] && { ...rows[0], number: Number(rows[0].number) }
}

export async function nextDeliveryAt(tx: Tx, ctx: Ctx, webhookId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select greatest(d.next_at, w.paused_until) as at
    from webhook w cross join lateral (
      select next_at from webhook_delivery
      where company_id = w.company_id and webhook_id = w.id and state = 'waiting' order by next_at limit 1) d
    where w.company_id = ${ctx.company.id} and w.id = ${webhookId} and w.is_on`.execute(tx)
  return rows[0]?.at ?? null
}

interface Attempt {
  readonly tookMs: number
  readonly status: number | null
  readonly problem: string | null
  readonly answer: string | null
}

export async function insertAttempt({ tx, ctx }: Step, deliveryId: string, attempt: Attempt): Promise<void> {
  await sql`
    insert into webhook_attempt (company_id, id, delivery_id, at, took_ms, status, problem, answer)
    values (${ctx.company.id}, ${newId()}, ${deliveryId}, ${ctx.now}, ${attempt.tookMs}, ${attempt.status},
      ${attempt.problem}, ${attempt.answer})`.execute(tx)
}

/** What became of a try: it waits for the next until `nextAt`, or is over. */
export async function noteTried(
  { tx, ctx }: Step,
  id: string,
  { state, nextAt = null }: { state: DeliveryState; nextAt?: Date | null },
): Promise<void> {
  await sql`
    update webhook_delivery set state = ${state}, tries = tries + 1, next_at = ${nextAt},
      ended_at = ${state === 'waiting' ? null : ctx.now}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

const replayed = (now: Date) => sql`state = 'waiting', tries = 0, next_at = ${now}, ended_at = null`

export async function replayThese({ tx, ctx }: Step, webhookId: string, ids: readonly string[]): Promise<number> {
  const { rows } = await sql`
    update webhook_delivery set ${replayed(ctx.now)}
    where company_id = ${ctx.company.id} and webhook_id = ${webhookId} and id = any(${ids}::uuid[]) returning id`.execute(
    tx,
  )
  return rows.length
}

export async function replaySince(
  { tx, ctx }: Step,
  webhookId: string,
  { since, onlyDead }: { since: Date; onlyDead: boolean },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update webhook_delivery set ${replayed(ctx.now)}
    where company_id = ${ctx.company.id} and webhook_id = ${webhookId} and happened_at >= ${since}
      and state <> 'waiting' ${onlyDead ? sql`and state = 'dead'` : sql``}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Newest first, each with its tries. */
export async function deliveriesBefore(
  tx: Tx,
  ctx: Ctx,
  webhookId: string,
  { state, before, limit }: { state: DeliveryState | undefined; before: number | undefined; limit: number },
): Promise<readonly DeliveryView[]> {
  const { rows } = await sql<DeliveryView>`
    select d.id, d.number::float8 as number, d.event, d.object, d.record_id as "recordId",
      d.happened_at as "happenedAt", d.state, d.tries, d.next_at as "nextAt", coalesce((
        select jsonb_agg(jsonb_build_object('at', a.at, 'tookMs', a.took_ms, 'status', a.status, 'problem', a.problem,
          'answer', a.answer) order by a.id desc)
        from webhook_attempt a where a.company_id = d.company_id and a.delivery_id = d.id), '[]'::jsonb) as attempts
    from webhook_delivery d
    where d.company_id = ${ctx.company.id} and d.webhook_id = ${webhookId}
      ${state === undefined ? sql`` : sql`and d.state = ${state}`} ${before === undefined ? sql`` : sql`and d.number < ${before}`}
    order by d.number desc limit ${limit}`.execute(tx)
  return rows
}

export async function dropEnded({ tx, ctx }: Step, before: Date): Promise<void> {
  await sql`
    delete from webhook_delivery
    where company_id = ${ctx.company.id} and (ended_at < ${before} or happened_at < ${before})`.execute(tx)
}
