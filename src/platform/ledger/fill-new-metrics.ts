import { sql } from 'kysely'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJobOnce, registerJob } from '#platform/jobs/jobs.ts'
import { asOfNow } from './as-of-now.ts'
import { livingAfter, type FillWatch } from './fill-metric.ts'
import {
  advanceFillingNew,
  endFillingNew,
  failFillingNew,
  lockFilling,
  startFillingNew,
  type Filling,
} from './filling-store.ts'
import { rewriteLocked } from './recredit.ts'
import { removeRows } from './refresh.ts'
import { standardMetrics } from './registry.ts'
import { waitForStandstill } from './standstill.ts'
import { keepWrittenBy, lackingIn, writtenBy } from './written-by.ts'

const task = 'ledger.rebuild'

/** Puts writing the rows of new metrics of the product into the queue's hands. Called once when the app is put together. */
export function registerFillingNew(): void {
  registerJob(task, (ctx) => fillNewMetrics(ctx))
}

/**
 * Asks that the rows be written of metrics that the product came with, or counts otherwise now. Called when the server
 * starts; the company works on meanwhile, and every save writes the rows of its records by the new metrics.
 */
export async function fillIfNew(ctx: Ctx): Promise<void> {
  const { fresh, gone } = await inView(ctx, lackingIn)
  if (fresh.length === 0 && gone.length === 0) return
  await inStep(ctx, async (step) => {
    const metrics = standardMetrics()
    const objects = fresh.flatMap((key) => metrics.find(key)?.sources.map(({ of }) => of) ?? [])
    await startFillingNew(step, { metrics: fresh, objects: [...new Set(objects)] })
    await enqueueJobOnce(step, task, {}, task)
  })
}

/** Works in portions, or on from where it was interrupted. What no later try mends leaves the metrics as failed. */
export async function fillNewMetrics(ctx: Ctx, watch: FillWatch = {}): Promise<void> {
  try {
    while (await inStep(ctx, (step) => nextPortion(step, watch), { kind: task })) {
      await watch.afterPortion?.()
      stopIfHalted()
    }
  } catch (error) {
    if (isLostConnection(error)) throw error
    ctx.log.error({ err: error }, 'filling the metrics of this version failed')
    await inStep(ctx, failFillingNew)
  }
}

/** Answers whether there may be more. */
async function nextPortion(given: Step, { portion = 500 }: FillWatch): Promise<boolean> {
  const step = await asOfNow(given, await waitForStandstill(given))
  const filling = await lockFilling(step)
  // Another version of the product asks anew when it starts.
  if (!filling || filling.isFailed || filling.writtenBy !== writtenBy()) return false
  const [object] = filling.objects
  if (object === undefined) return cleared(step, filling)
  const type = step.ctx.company.wholeCatalogue.get(object)
  const ids = await livingAfter(step, type, filling.after, portion)
  if (ids.length > 0) await rewriteLocked(step, object, ids)
  await advanceFillingNew(step, ids.length === portion ? ids.at(-1) : undefined)
  return true
}

const mostRemoved = 5000

/** Takes away what former versions counted, of records that count no longer; at the end the ledger is as the product is. */
async function cleared(step: Step, { metrics }: Filling): Promise<boolean> {
  const { ctx, tx } = step
  const { gone } = await lackingIn(tx)
  const former = metrics.flatMap((key) => {
    const version = standardMetrics().find(key)?.version
    return version === undefined ? [] : [sql`(metric = ${key} and metric_version <> ${version})`]
  })
  const isFormer = sql.join([sql`metric = any(${gone}::text[])`, ...former], sql` or `)
  const some = sql`
    select record_id, metric, structure_id, part from ledger_row
    where company_id = ${ctx.company.id} and (${isFormer}) limit ${mostRemoved}`
  const { rows } = await sql`select from (${some}) s limit 1`.execute(tx)
  if (rows.length > 0) {
    await removeRows(step, sql`(record_id, metric, structure_id, part) in (${some})`)
    return true
  }
  await endFillingNew(step)
  await keepWrittenBy(step)
  return false
}
