import { sql } from 'kysely'
import type { Language, LabelParams } from '#base/label.ts'
import type { RobotBrand } from '#engine/contract/robots.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface Robot {
  readonly id: string
  readonly name: string
  readonly brand: RobotBrand
  readonly sealedAddress: string
  readonly sealedSecret: string | null
  readonly kinds: readonly string[]
  readonly language: Language
  readonly ownerId: string
  readonly ownerName: string
  readonly ownerIsActive: boolean
  readonly isOn: boolean
  readonly waiting: number
  readonly mutedUntil: Date | null
  readonly lastSuccessAt: Date | null
  readonly lastFailureAt: Date | null
  readonly lastFailure: string | null
  readonly lastFailureCode: string | null
  readonly version: number
}

const columns = sql`
  r.id, r.name, r.brand, r.sealed_address as "sealedAddress", r.sealed_secret as "sealedSecret", r.kinds, r.language,
  r.owner_id as "ownerId", p.name as "ownerName", p.is_active as "ownerIsActive", r.is_on as "isOn", (
    select count(*)::int from robot_message m where m.company_id = r.company_id and m.robot_id = r.id) as waiting,
  r.muted_until as "mutedUntil", r.last_success_at as "lastSuccessAt", r.last_failure_at as "lastFailureAt",
  r.last_failure as "lastFailure", r.last_failure_code as "lastFailureCode", r.version`
const from = sql`robot r join person p on p.company_id = r.company_id and p.id = r.owner_id`

export async function allRobots(tx: Tx, ctx: Ctx): Promise<readonly Robot[]> {
  const { rows } = await sql<Robot>`
    select ${columns} from ${from} where r.company_id = ${ctx.company.id} order by r.created_at, r.id`.execute(tx)
  return rows
}

export async function robotById(tx: Tx, ctx: Ctx, id: string): Promise<Robot | undefined> {
  const { rows } = await sql<Robot>`
    select ${columns} from ${from} where r.company_id = ${ctx.company.id} and r.id = ${id}`.execute(tx)
  return rows[0]
}

type Kept = Pick<Robot, 'id' | 'name' | 'sealedAddress' | 'sealedSecret' | 'kinds' | 'language' | 'isOn'>

export async function insertRobot({ tx, ctx }: Step, robot: Kept & Pick<Robot, 'brand' | 'ownerId'>): Promise<void> {
  await sql`
    insert into robot (company_id, id, name, brand, sealed_address, sealed_secret, kinds, language, owner_id)
    values (${ctx.company.id}, ${robot.id}, ${robot.name}, ${robot.brand}, ${robot.sealedAddress},
      ${robot.sealedSecret}, ${robot.kinds}, ${robot.language}, ${robot.ownerId})`.execute(tx)
}

/** False if it is not the version that was seen. What failed before is forgotten. */
export async function saveRobot({ tx, ctx }: Step, robot: Kept, version: number): Promise<boolean> {
  const { rows } = await sql`
    update robot set name = ${robot.name}, sealed_address = ${robot.sealedAddress},
      sealed_secret = ${robot.sealedSecret}, kinds = ${robot.kinds}, language = ${robot.language},
      is_on = ${robot.isOn}, version = version + 1
    where company_id = ${ctx.company.id} and id = ${robot.id} and version = ${version} returning id`.execute(tx)
  return rows.length > 0
}

export async function deleteRobot({ tx, ctx }: Step, id: string): Promise<void> {
  await sql`delete from robot where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function robotsCarrying({ tx, ctx }: Step, kind: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from robot where company_id = ${ctx.company.id} and is_on and ${kind} = any(kinds) order by id`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

export interface RobotMessage {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly params: LabelParams
  readonly actorName: string | null
  readonly object: string | null
  readonly recordId: string | null
  readonly count: number
  readonly at: Date
  readonly tries: number
}

type NewMessage = Omit<RobotMessage, 'id' | 'actorName' | 'at' | 'tries'> & {
  readonly actorId: string | null
  readonly dueAt: Date
}

/** One message for each kind and key; what comes in portions counts together while it waits. */
export async function putMessage({ tx, ctx }: Step, robotId: string, message: NewMessage): Promise<void> {
  await sql`
    insert into robot_message (company_id, id, robot_id, kind, key, params, actor_id, object, record_id, count, at, due_at)
    values (${ctx.company.id}, ${newId()}, ${robotId}, ${message.kind}, ${message.key},
      ${JSON.stringify(message.params)}::jsonb, ${message.actorId}, ${message.object}, ${message.recordId},
      ${message.count}, ${ctx.now}, ${message.dueAt})
    on conflict (company_id, robot_id, kind, key)
      do update set count = robot_message.count + excluded.count`.execute(tx)
}

export async function dueMessages(tx: Tx, ctx: Ctx, robotId: string, limit: number): Promise<readonly RobotMessage[]> {
  const { rows } = await sql<RobotMessage>`
    select m.id, m.kind, m.key, m.params, a.name as "actorName", m.object, m.record_id as "recordId", m.count, m.at,
      m.tries
    from robot_message m left join person a on a.company_id = m.company_id and a.id = m.actor_id
    where m.company_id = ${ctx.company.id} and m.robot_id = ${robotId} and m.due_at <= ${ctx.now}
    order by m.due_at, m.id limit ${limit}`.execute(tx)
  return rows
}

/** They were said as they were read: what has counted together with one since is yet to be said. */
export async function deleteMessages(
  { tx, ctx }: Step,
  messages: readonly Pick<RobotMessage, 'id' | 'count'>[],
): Promise<void> {
  const said = JSON.stringify(messages.map(({ id, count }) => ({ id, count })))
  await sql`
    update robot_message m set count = m.count - said.count
    from jsonb_to_recordset(${said}::jsonb) as said(id uuid, count int)
    where m.company_id = ${ctx.company.id} and m.id = said.id`.execute(tx)
  const ids = messages.map(({ id }) => id)
  await sql`
    delete from robot_message
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[]) and count <= 0`.execute(tx)
}

/** They are tried again at a time; those that were tried often enough are given up. */
export async function putOffMessages(
  { tx, ctx }: Step,
  ids: readonly string[],
  { at, mostTries }: { readonly at: Date; readonly mostTries: number },
): Promise<void> {
  await sql`
    update robot_message set tries = tries + 1, due_at = ${at}
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[])`.execute(tx)
  await sql`
    delete from robot_message
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[]) and tries >= ${mostTries}`.execute(tx)
}

export async function firstDueAt(tx: Tx, ctx: Ctx, robotId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(m.due_at) as at from robot_message m
    where m.company_id = ${ctx.company.id} and m.robot_id = ${robotId}`.execute(tx)
  return rows[0]?.at ?? null
}

/** When it spoke within so many seconds, the earliest first. */
export async function callsWithin(tx: Tx, ctx: Ctx, robotId: string, seconds: number): Promise<readonly Date[]> {
  const { rows } = await sql<{ at: Date }>`
    select at from robot_call
    where company_id = ${ctx.company.id} and robot_id = ${robotId}
      and at > ${new Date(ctx.now.getTime() - seconds * 1000)} order by at`.execute(tx)
  return rows.map(({ at }) => at)
}

/** Notes a call before it is made: a process that dies meanwhile has called all the same. */
export async function noteCall({ tx, ctx }: Step, robotId: string): Promise<void> {
  await sql`
    delete from robot_call where company_id = ${ctx.company.id} and robot_id = ${robotId}
      and at < ${new Date(ctx.now.getTime() - 120_000)}`.execute(tx)
  await sql`
    insert into robot_call (company_id, id, robot_id, at)
    values (${ctx.company.id}, ${newId()}, ${robotId}, ${ctx.now})`.execute(tx)
}

export async function noteSpoken({ tx, ctx }: Step, robotId: string): Promise<void> {
  await sql`
    update robot set last_success_at = ${ctx.now}, muted_until = null
    where company_id = ${ctx.company.id} and id = ${robotId}`.execute(tx)
}

export async function noteRefused(
  { tx, ctx }: Step,
  robotId: string,
  { problem, code, mutedUntil }: { problem: string; code: string | null; mutedUntil: Date | null },
): Promise<void> {
  await sql`
    update robot set last_failure_at = ${ctx.now}, last_failure = ${problem}, last_failure_code = ${code},
      muted_until = ${mutedUntil}
    where company_id = ${ctx.company.id} and id = ${robotId}`.execute(tx)
}
