import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { NodeFigures, Outline } from '../outline.ts'

/** Of which figures a snapshot is. */
export interface SnapshotKey {
  readonly metric: string
  readonly structureId: string
  /** Key of the period. */
  readonly period: string
}

export interface NewSnapshot extends SnapshotKey {
  readonly from: string
  readonly to: string
  /** Ledger rows before this day made the figures. */
  readonly countedTo: string
  readonly onDay: string
  readonly isClosing: boolean
  readonly metricVersion: number
  readonly planId: string | null
  readonly planVersion: number | null
  readonly workdays: number
  readonly workdaysElapsed: number
  readonly turn: number
  readonly outline: Outline
  readonly figures: NodeFigures
}

export interface Snapshot extends Omit<NewSnapshot, 'structureId' | 'metric' | 'period'> {
  readonly takenAt: Date
  readonly takenByName: string | null
}

/** Writes a snapshot down; one that is there already stays as it is. */
export async function insertSnapshot(step: Step, snapshot: NewSnapshot): Promise<void> {
  const { ctx, tx } = step
  const { metric, structureId, period, from, to, countedTo, onDay, isClosing } = snapshot
  await sql`
    insert into attainment_snapshot (company_id, id, structure_id, metric, period, from_day, to_day, counted_to, on_day, is_closing,
      taken_by, metric_version, plan_id, plan_version, workdays, workdays_elapsed, turn, outline_id, figures)
    values (${ctx.company.id}, ${newId()}, ${structureId}, ${metric}, ${period}, ${from}, ${to}, ${countedTo}, ${onDay}, ${isClosing},
      ${ctx.actor.personId}, ${snapshot.metricVersion}, ${snapshot.planId}, ${snapshot.planVersion}, ${snapshot.workdays},
      ${snapshot.workdaysElapsed}, ${snapshot.turn}, ${await outlineId(step, snapshot.outline)},
      ${gzipSync(JSON.stringify(snapshot.figures))})
    on conflict do nothing`.execute(tx)
}

async function outlineId({ tx, ctx }: Step, outline: Outline): Promise<string> {
  const text = JSON.stringify(outline)
  const digest = createHash('sha256').update(text).digest()
  const find = () =>
    sql<{ id: string }>`
      select id from attainment_outline where company_id = ${ctx.company.id} and digest = ${digest}`.execute(tx)
  const [known] = (await find()).rows
  if (known) return known.id
  const id = newId()
  await sql`
    insert into attainment_outline (company_id, id, digest, outline)
    values (${ctx.company.id}, ${id}, ${digest}, ${gzipSync(text)})`.execute(tx)
  return id
}

interface Row extends Omit<Snapshot, 'outline' | 'figures'> {
  readonly outlineId: string
  readonly outline: Buffer
  readonly figures: Buffer
}

/** Which snapshot: the newest of a day or before it, or the closing one. */
export type Which = { readonly on: string } | 'closing'

/** What was kept; undefined: nothing. */
export async function findSnapshot(
  tx: Tx,
  ctx: Ctx,
  { metric, structureId, period }: SnapshotKey,
  which: Which,
): Promise<Snapshot | undefined> {
  const { rows } = await sql<Row>`
    select s.from_day as "from", s.to_day as "to", s.counted_to as "countedTo", s.on_day as "onDay", s.is_closing as "isClosing",
      s.taken_at as "takenAt", p.name as "takenByName", s.metric_version as "metricVersion", s.plan_id as "planId",
      s.plan_version as "planVersion", s.workdays, s.workdays_elapsed as "workdaysElapsed", s.turn,
      s.outline_id as "outlineId", o.outline, s.figures
    from attainment_snapshot s
    join attainment_outline o on o.company_id = s.company_id and o.id = s.outline_id
    left join person p on p.company_id = s.company_id and p.id = s.taken_by
    where s.company_id = ${ctx.company.id} and s.structure_id = ${structureId} and s.metric = ${metric}
      and s.period = ${period} and ${which === 'closing' ? sql`s.is_closing` : sql`s.on_day <= ${which.on}`}
    order by s.on_day desc, s.turn desc limit 1`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { outlineId: id, outline, figures, ...kept } = row
  return { ...kept, outline: outlineOf(id, outline), figures: read<NodeFigures>(figures) }
}

/** Outlines never change: those read last are at hand. */
const remembered = new Map<string, Outline>()
const mostRemembered = 20

function outlineOf(id: string, packed: Buffer): Outline {
  const known = remembered.get(id)
  if (known) return known
  const oldest = remembered.size >= mostRemembered ? remembered.keys().next().value : undefined
  if (oldest !== undefined) remembered.delete(oldest)
  const outline = read<Outline>(packed)
  remembered.set(id, outline)
  return outline
}

/** As this room packed it. */
function read<T>(packed: Buffer): T {
  return JSON.parse(gunzipSync(packed).toString()) as T
}

export interface KeptDay {
  readonly day: string
  readonly isClosing: boolean
  readonly takenAt: Date
  readonly takenByName: string | null
}

/** The days whose figures of a metric and period were kept, newest first. */
export async function keptDays(tx: Tx, ctx: Ctx, key: SnapshotKey): Promise<readonly KeptDay[]> {
  const { rows } = await sql<KeptDay>`
    select s.on_day as day, s.is_closing as "isClosing", s.taken_at as "takenAt", p.name as "takenByName"
    from attainment_snapshot s left join person p on p.company_id = s.company_id and p.id = s.taken_by
    where s.company_id = ${ctx.company.id} and s.structure_id = ${key.structureId} and s.metric = ${key.metric}
      and s.period = ${key.period}
    order by s.on_day desc, s.turn desc`.execute(tx)
  return rows
}

/** Whether a period of a metric is closed. */
export async function isClosed(tx: Tx, ctx: Ctx, { metric, structureId, period }: SnapshotKey): Promise<boolean> {
  const { rows } = await sql`
    select from attainment_snapshot where company_id = ${ctx.company.id} and structure_id = ${structureId}
      and metric = ${metric} and period = ${period} and is_closing`.execute(tx)
  return rows.length > 0
}

/** Whether the night after a day, or a later one, is kept of a metric. */
export async function isNightKept(
  tx: Tx,
  ctx: Ctx,
  { metric, structureId }: Omit<SnapshotKey, 'period'>,
  day: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from attainment_snapshot where company_id = ${ctx.company.id} and structure_id = ${structureId}
      and metric = ${metric} and on_day >= ${day} and not is_closing limit 1`.execute(tx)
  return rows.length > 0
}
