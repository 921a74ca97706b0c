import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step, type Tx } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJob, enqueueJobOnce, registerJob } from '#platform/jobs/jobs.ts'
import { asOfNow } from './as-of-now.ts'
import { clearMetric } from './clear-metric.ts'
import {
  advanceFilling,
  keysInStates,
  lockOwnMetric,
  ownMetrics,
  saveFailed,
  saveReady,
  saveTotal,
  startClearing,
  startFilling,
  type OwnMetricRow,
  type Tried,
} from './own-metric-store.ts'
import { standardMetrics } from './registry.ts'
import { fillingIn } from './filling-store.ts'
import { lackingIn } from './written-by.ts'
import { metricsBehind } from '#engine/metrics/metrics.ts'
import { rewriteRowsOf } from './refresh.ts'
import { waitForStandstill } from './standstill.ts'

const fillTask = 'ledger.fill'
const clearTask = 'ledger.clear'

/** Puts filling own metrics into the queue's hands. Called once when the app is put together. */
export function registerFilling(): void {
  registerJob(fillTask, (ctx, { metric }) => fillMetric(ctx, String(metric)))
  registerJob(clearTask, (ctx, { metric }) => clearMetric(ctx, String(metric)))
}

/**
 * Asks that the rows of an own metric be written for the records that are there, once this step is committed. The step
 * holds the company still: every save after it writes the rows of its records by the new definition.
 */
export async function askToFill(step: Step, metric: string): Promise<void> {
  await startFilling(step, metric)
  await enqueueJob(step, fillTask, { metric }, `${fillTask}:${metric}`)
}

/** Asks that the rows of an own metric be removed, which from this step on nobody has; the step holds the company still. */
export async function askToClear(step: Step, metric: string): Promise<void> {
  await startClearing(step, metric)
  await enqueueJob(step, clearTask, { metric }, `${clearTask}:${metric}`)
}

/** Puts what a stopped process left unfilled or uncleared back into the queue. Called when the server starts. */
export async function resumeFilling(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const metric of await keysInStates(step.tx, ctx, ['filling'])) {
      await enqueueJobOnce(step, fillTask, { metric }, `${fillTask}:${metric}`)
    }
    for (const metric of await keysInStates(step.tx, ctx, ['clearing'])) {
      await enqueueJobOnce(step, clearTask, { metric }, `${clearTask}:${metric}`)
    }
  })
}

/**
 * How far the ledger holds the rows of a metric: all (`ready`), a growing part, or a part that nobody adds to until it is
 * asked for again (`failed`).
 */
export type Fill = 'ready' | 'filling' | 'failed'

export async function fillOf(tx: Tx, metric: string): Promise<Fill> {
  const standard = standardMetrics()
  const stateOfStandard = await standardFill(tx)
  const found = standard.find(metric)
  const rows = found ? [] : await ownMetrics(tx)
  const stateOf = (key: string): Fill[] => {
    const known = standard.find(key)
    if (known) return [known, ...metricsBehind(known, standard)].map((one) => stateOfStandard(one.key))
    const row = rows.find((one) => one.key === key)
    if (!row) return []
    const behind = row.definition.aggregate === 'ratio' ? [row.definition.over, row.definition.under] : []
    const own = row.state === 'filling' || row.state === 'failed' ? row.state : 'ready'
    return [own, ...behind.flatMap(stateOf)]
  }
  const states = stateOf(metric)
  return states.find((state) => state !== 'ready') ?? 'ready'
}

/** Of metrics of the product: a new version of it may have come with some that are still to be written. */
async function standardFill(tx: Tx): Promise<(key: string) => Fill> {
  const filling = await fillingIn(tx)
  const { fresh, isUnknown } = await lackingIn(tx)
  const lacking = new Set(filling?.metrics ?? (isUnknown ? [] : fresh))
  return (key) => (lacking.has(key) ? (filling?.isFailed ? 'failed' : 'filling') : 'ready')
}

export interface FillWatch {
  /** Records per transaction: small enough that saves of the same records hardly wait. */
  readonly portion?: number
  /** Called after each portion. */
  afterPortion?(): Promise<void>
}

/**
 * Writes the rows of an own metric in portions, or on from where it was interrupted: how far it is stands in the
 * transaction of the records. Records saved meanwhile are right already, and stay so. What no later try mends leaves the
 * metric as failed.
 */
export async function fillMetric(ctx: Ctx, key: string, watch: FillWatch = {}): Promise<void> {
  for (;;) {
    const metric = (await inView(ctx, ownMetrics)).find((one) => one.key === key)
    // Where it was changed meanwhile the next version is filled as well.
    if (metric?.state !== 'filling') return
    await fillVersion(ctx, metric, watch)
  }
}

async function fillVersion(ctx: Ctx, metric: OwnMetricRow, watch: FillWatch): Promise<void> {
  try {
    // What is read from others has no rows of its own.
    if (metric.definition.aggregate === 'ratio') return await inStep(ctx, (step) => saveReady(step, metric.key))
    await countOnce(ctx, metric)
    while (await inStep(ctx, (step) => fillPortion(step, metric, watch), { kind: fillTask })) {
      await watch.afterPortion?.()
      stopIfHalted()
    }
  } catch (error) {
    if (isLostConnection(error)) throw error
    ctx.log.error({ err: error, metric: metric.key }, 'filling a metric failed')
    await inStep(ctx, (step) => saveFailed(step, metric))
  }
}

function objectOf({ company }: Ctx, { definition }: OwnMetricRow): ObjectType | undefined {
  return definition.aggregate === 'ratio' ? undefined : company.wholeCatalogue.find(definition.of)
}

async function countOnce(ctx: Ctx, metric: OwnMetricRow): Promise<void> {
  const object = objectOf(ctx, metric)
  if (metric.total !== null || !object) return
  const total = await inView(ctx, async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(object.table)} t
      where t.company_id = ${ctx.company.id} and ${livingOf(object)}`.execute(tx)
    return rows[0]?.count ?? 0
  })
  await inStep(ctx, (step) => saveTotal(step, metric, total))
}

/** Answers whether there may be more of this version. */
async function fillPortion(given: Step, { key, version }: Tried, { portion = 500 }: FillWatch): Promise<boolean> {
  const step = await asOfNow(given, await waitForStandstill(given))
  const metric = await lockOwnMetric(step, key)
  if (metric?.state !== 'filling' || metric.version !== version) return false
  const object = objectOf(step.ctx, metric)
  if (!object) throw new Error(`${key} has no object`)
  const ids = await livingAfter(step, object, metric.after, portion)
  await rewriteRowsOf(step, key, object.key, ids)
  const last = ids.length === portion ? ids.at(-1) : undefined
  if (last === undefined) await saveReady(step, key)
  else await advanceFilling(step, key, { count: ids.length, last })
  return last !== undefined
}

/** The next records in the order of their keys. Whoever changes one meanwhile waits, or is waited for. */
export async function livingAfter(
  { ctx, tx }: Step,
  object: ObjectType,
  after: string,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(object.table)} t
    where t.company_id = ${ctx.company.id} and t.id > ${after} and ${livingOf(object)}
    order by t.id limit ${most} for update of t`.execute(tx)
  return rows.map(({ id }) => id)
}

function livingOf(object: ObjectType) {
  return sql`t.deleted_at is null ${object.custom ? sql`and t.object = ${object.key}` : sql``}`
}
