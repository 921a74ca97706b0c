import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface Webhook {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly events: readonly string[]
  readonly ownerId: string
  readonly ownerName: string
  readonly ownerIsActive: boolean
  readonly sealedSecret: string
  readonly sealedFormer: string | null
  readonly formerUntil: Date | null
  readonly isOn: boolean
  readonly failuresInRow: number
  readonly pausedUntil: Date | null
  readonly stoppedAt: Date | null
  readonly waiting: number
  readonly dead: number
  readonly lastDeliveredAt: Date | null
  readonly version: number
}

const ofState = (state: string) => sql`(
  select count(*)::int from webhook_delivery d
  where d.company_id = w.company_id and d.webhook_id = w.id and d.state = ${state})`

const columns = sql`
  w.id, w.name, w.url, w.events, w.owner_id as "ownerId", p.name as "ownerName", p.is_active as "ownerIsActive",
  w.sealed_secret as "sealedSecret", w.sealed_former as "sealedFormer", w.former_until as "formerUntil",
  w.is_on as "isOn", w.failures_in_row as "failuresInRow", w.paused_until as "pausedUntil",
  w.stopped_at as "stoppedAt", ${ofState('waiting')} as waiting, ${ofState('dead')} as dead, w.version,
  w.last_delivered_at as "lastDeliveredAt"`
const from = sql`webhook w join person p on p.company_id = w.company_id and p.id = w.owner_id`

/** What one delivery needs to know of its webhook. */
export type Receiver = Pick<
  Webhook,
  | 'id'
  | 'name'
  | 'url'
  | 'ownerId'
  | 'sealedSecret'
  | 'sealedFormer'
  | 'formerUntil'
  | 'isOn'
  | 'failuresInRow'
  | 'pausedUntil'
>

/** Asked for every delivery: it looks at no other. */
export async function receiverById(tx: Tx, ctx: Ctx, id: string): Promise<Receiver | undefined> {
  const { rows } = await sql<Receiver>`
    select id, name, url, owner_id as "ownerId", sealed_secret as "sealedSecret", sealed_former as "sealedFormer",
      former_until as "formerUntil", is_on as "isOn", failures_in_row as "failuresInRow", paused_until as "pausedUntil"
    from webhook where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
  return rows[0]
}

export async function allWebhooks(tx: Tx, ctx: Ctx): Promise<readonly Webhook[]> {
  const { rows } = await sql<Webhook>`
    select ${columns} from ${from} where w.company_id = ${ctx.company.id} order by w.created_at, w.id`.execute(tx)
  return rows
}

export async function webhookById(tx: Tx, ctx: Ctx, id: string): Promise<Webhook | undefined> {
  const { rows } = await sql<Webhook>`
    select ${columns} from ${from} where w.company_id = ${ctx.company.id} and w.id = ${id}`.execute(tx)
  return rows[0]
}

export async function insertWebhook(
  { tx, ctx }: Step,
  hook: Pick<Webhook, 'id' | 'name' | 'url' | 'events' | 'ownerId' | 'sealedSecret'>,
): Promise<void> {
  await sql`
    insert into webhook (company_id, id, name, url, events, owner_id, sealed_secret)
    values (${ctx.company.id}, ${hook.id}, ${hook.name}, ${hook.url}, ${hook.events}, ${hook.ownerId},
      ${hook.sealedSecret})`.execute(tx)
}

/** Writes what people set; false if it is not the version that they saw. Turned on again it begins without failures. */
export async function saveWebhook(
  { tx, ctx }: Step,
  hook: Pick<Webhook, 'id' | 'name' | 'url' | 'events' | 'isOn'>,
  version: number,
): Promise<boolean> {
  const { rows } = await sql`
    update webhook set name = ${hook.name}, url = ${hook.url}, events = ${hook.events}, is_on = ${hook.isOn},
      stopped_at = null, failures_in_row = 0, paused_until = null, version = version + 1
    where company_id = ${ctx.company.id} and id = ${hook.id} and version = ${version} returning id`.execute(tx)
  return rows.length > 0
}

export async function saveSecrets(
  { tx, ctx }: Step,
  id: string,
  { secret, former, until }: { secret: string; former: string | null; until: Date | null },
): Promise<void> {
  await sql`
    update webhook set sealed_secret = ${secret}, sealed_former = ${former}, former_until = ${until},
      version = version + 1
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function deleteWebhook({ tx, ctx }: Step, id: string): Promise<void> {
  await sql`delete from webhook where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** Those that wait for events: turned on, or stopped by their failures and to go on later. */
export async function listeningWebhooks({
  tx,
  ctx,
}: Step): Promise<readonly { readonly id: string; readonly events: readonly string[]; readonly isOn: boolean }[]> {
  const { rows } = await sql<{ id: string; events: string[]; isOn: boolean }>`
    select id, events, is_on as "isOn" from webhook
    where company_id = ${ctx.company.id} and (is_on or stopped_at is not null) order by id`.execute(tx)
  return rows
}

/** It answered as it should: whatever failed before counts no more. */
export async function noteSuccess({ tx, ctx }: Step, id: string): Promise<void> {
  await sql`
    update webhook set failures_in_row = 0, paused_until = null, last_delivered_at = ${ctx.now}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function noteFailure({ tx, ctx }: Step, id: string, pausedUntil: Date): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    update webhook set failures_in_row = failures_in_row + 1, paused_until = ${pausedUntil}
    where company_id = ${ctx.company.id} and id = ${id} returning failures_in_row as failures`.execute(tx)
  return rows[0]?.failures ?? 0
}

/** Somebody says that the receiver is mended: it is not left alone any longer. What failed still counts. */
export async function endPause({ tx, ctx }: Step, id: string): Promise<void> {
  await sql`update webhook set paused_until = null where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** Turns it off without anybody asking; false if it is off already. */
export async function stopWebhook({ tx, ctx }: Step, id: string): Promise<boolean> {
  const { rows } = await sql`
    update webhook set is_on = false, stopped_at = ${ctx.now}
    where company_id = ${ctx.company.id} and id = ${id} and is_on returning id`.execute(tx)
  return rows.length > 0
}
