import { sql } from 'kysely'
import type { Names, OwnMetric, OwnMetricDefinition } from '#engine/metrics/own-metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { changeUnnoted } from './watch.ts'

type FillState = 'filling' | 'failed' | 'ready' | 'clearing'

export interface OwnMetricRow extends OwnMetric {
  readonly id: string
  readonly state: FillState
  /** Records to work through; null until they are counted. */
  readonly total: number | null
  readonly done: number
  /** Key of the last record that is done. */
  readonly after: string
}

const columns = sql`
  id, key, version, definition, names, fill_state as state, records_total as total, records_done as done,
  after_record as after`

/** The metrics that the company of the transaction made and did not delete, oldest first. */
export async function ownMetrics(tx: Tx): Promise<readonly OwnMetricRow[]> {
  const { rows } = await sql<OwnMetricRow>`
    select ${columns} from own_metric where company_id = current_company() and deleted_at is null order by id`.execute(
    tx,
  )
  return rows
}

/** Every key that was ever given, also those of deleted metrics. */
export async function ownMetricKeys(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`
    select key from own_metric where company_id = current_company()`.execute(tx)
  return rows.map(({ key }) => key)
}

/** Of metrics in one of these states, deleted ones too. */
export async function keysInStates(tx: Tx, ctx: Ctx, states: readonly FillState[]): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`
    select key from own_metric where company_id = ${ctx.company.id} and fill_state = any(${states}::text[])
    order by key`.execute(tx)
  return rows.map(({ key }) => key)
}

export interface NewOwnMetric {
  readonly id: string
  readonly key: string
  readonly definition: OwnMetricDefinition
  readonly names: Names
}

export async function insertOwnMetric({ tx, ctx }: Step, { id, key, definition, names }: NewOwnMetric): Promise<void> {
  await sql`
    insert into own_metric (company_id, id, key, definition, names, created_by)
    values (${ctx.company.id}, ${id}, ${key}, ${JSON.stringify(definition)}::jsonb, ${JSON.stringify(names)}::jsonb,
      ${ctx.actor.personId})`.execute(tx)
}

export async function writeOwnMetric(
  { tx, ctx }: Step,
  key: string,
  { definition, names }: Pick<NewOwnMetric, 'definition' | 'names'>,
): Promise<void> {
  await sql`
    update own_metric set definition = ${JSON.stringify(definition)}::jsonb, names = ${JSON.stringify(names)}::jsonb
    where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
}

/** Keeps what the metric counts until now, before another definition is written. */
export async function keepVersion({ tx, ctx }: Step, key: string): Promise<void> {
  await sql`
    insert into own_metric_version (company_id, metric, version, definition, names, from_at, until_at, ended_by)
    select company_id, key, version, definition, names, version_at, now(), ${ctx.actor.personId}
    from own_metric where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
}

export interface FormerVersion {
  readonly version: number
  readonly definition: OwnMetricDefinition
  readonly names: Names
  /** ISO instants. */
  readonly from: string
  readonly until: string
  readonly endedBy: string | null
}

/** The former versions of a metric, newest first. */
export async function formerVersions(tx: Tx, key: string): Promise<readonly FormerVersion[]> {
  const { rows } = await sql<Omit<FormerVersion, 'from' | 'until'> & { readonly from: Date; readonly until: Date }>`
    select v.version, v.definition, v.names, v.from_at as "from", v.until_at as until, p.name as "endedBy"
    from own_metric_version v left join person p on p.company_id = v.company_id and p.id = v.ended_by
    where v.company_id = current_company() and v.metric = ${key} order by v.version desc`.execute(tx)
  return rows.map((row) => ({ ...row, from: row.from.toISOString(), until: row.until.toISOString() }))
}

/**
 * Gives the metric its next version, and takes away every row and sum of the one before: a figure is never made of two
 * definitions. The step holds the company still.
 */
export async function growVersion(step: Step, key: string): Promise<void> {
  const { tx, ctx } = step
  const ofMetric = sql`company_id = ${ctx.company.id} and metric = ${key}`
  await sql`
    update own_metric set version = version + 1, version_at = now()
    where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
  await changeUnnoted(step, key)
  await sql`delete from ledger_row where ${ofMetric}`.execute(tx)
  await sql`delete from rollup_year where ${ofMetric}`.execute(tx)
}

/** From here on its rows are written anew from the first record on. */
export async function startFilling({ tx, ctx }: Step, key: string): Promise<void> {
  await sql`
    update own_metric set fill_state = 'filling', records_total = null, records_done = 0,
      after_record = '00000000-0000-0000-0000-000000000000'
    where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
}

/** From here on it is gone for everybody, and its rows are removed. */
export async function startClearing({ tx, ctx }: Step, key: string): Promise<void> {
  await sql`
    update own_metric set deleted_at = now(), fill_state = 'clearing'
    where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
}

/** Locks the metric for this transaction, also a deleted one. */
export async function lockOwnMetric({ tx, ctx }: Step, key: string): Promise<OwnMetricRow | undefined> {
  const { rows } = await sql<OwnMetricRow>`
    select ${columns} from own_metric where company_id = ${ctx.company.id} and key = ${key} for update`.execute(tx)
  return rows[0]
}

/** A version of a metric that a job fills. */
export type Tried = Pick<OwnMetric, 'key' | 'version'>

export async function saveReady({ tx, ctx }: Step, key: string): Promise<void> {
  await sql`
    update own_metric set fill_state = 'ready' where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
}

/** Only of the version that was tried: meanwhile the metric may have been changed or deleted. */
export async function saveFailed({ tx, ctx }: Step, { key, version }: Tried): Promise<void> {
  await sql`
    update own_metric set fill_state = 'failed'
    where company_id = ${ctx.company.id} and key = ${key} and version = ${version} and fill_state = 'filling'`.execute(
    tx,
  )
}

/** Only of the version whose records were counted. */
export async function saveTotal({ tx, ctx }: Step, { key, version }: Tried, total: number): Promise<void> {
  await sql`
    update own_metric set records_total = ${total}
    where company_id = ${ctx.company.id} and key = ${key} and version = ${version} and fill_state = 'filling'`.execute(
    tx,
  )
}

export async function advanceFilling(
  { tx, ctx }: Step,
  key: string,
  done: { readonly count: number; readonly last: string },
): Promise<void> {
  await sql`
    update own_metric set records_done = records_done + ${done.count}, after_record = ${done.last}
    where company_id = ${ctx.company.id} and key = ${key}`.execute(tx)
}

/** The ledger was computed anew as a whole: nothing is left to fill or to clear. */
export async function allFilled({ tx, ctx }: Step): Promise<void> {
  await sql`
    update own_metric set fill_state = 'ready' where company_id = ${ctx.company.id} and fill_state <> 'ready'`.execute(
    tx,
  )
}
