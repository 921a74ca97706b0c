import { addDays, later } from '#engine/calendar/day.ts'
import { metricAsked, periodAsked, yearsInForce } from '#features/targets/server/index.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { creditingAnew, defaultStructure, fillOf, watchRows } from '#platform/ledger/index.ts'
import { attainmentErrors } from '../errors.ts'
import { isClosed } from './snapshot-store.ts'
import { takeSnapshot } from './take-night.ts'
import { daysKept } from './watched.ts'
import { keepLedger, windowOf } from './window-store.ts'

/** Closes a period by hand, for one metric or for all that have a plan in force of its year: its figures of now are kept for good. */
export async function closePeriod(
  ctx: Ctx,
  asked: { readonly period: string; readonly metric?: string | undefined },
): Promise<{ readonly metrics: readonly string[] }> {
  const period = periodAsked(ctx, asked.period)
  if (period.to > ctx.today)
    throw attainmentErrors.PERIOD_NOT_OVER({ period: period.key }, [fault('period', 'not-over')])
  const { structureId, metrics } = await inView(ctx, async (tx) => {
    await refuseMoving(tx, ctx)
    return {
      structureId: await defaultStructure(tx, ctx),
      metrics: asked.metric === undefined ? await plannedIn(tx, ctx, period.year) : [metricAsked(ctx, asked.metric)],
    }
  })
  if (metrics.length === 0) throw attainmentErrors.NOTHING_KEPT({ period: period.key })
  for (const { key: metric } of metrics) await watchRows(ctx, { metric, structureId })
  return inStep(
    ctx,
    async (step) => {
      await refuseMoving(step.tx, ctx)
      const closed: string[] = []
      for (const metric of metrics) {
        if (await isClosed(step.tx, ctx, { metric: metric.key, structureId, period: period.key })) continue
        if ((await fillOf(step.tx, metric.key)) !== 'ready') {
          throw attainmentErrors.METRIC_FILLING({ metric: metric.label[ctx.language] })
        }
        const key = { ctx, metric, structureId }
        // Never a day before one that is kept.
        const onDay = later(addDays(ctx.today, -1), (await windowOf(step.tx, key))?.onDay ?? '')
        const turn = await keepLedger(step, key, { ...daysKept(ctx, metric, ctx.today), onDay })
        await takeSnapshot(step, metric, period, { structureId, onDay, turn, isClosing: true })
        closed.push(metric.key)
      }
      if (closed.length === 0) throw attainmentErrors.PERIOD_CLOSED({ period: period.key })
      step.audit({
        object: 'attainment_period',
        recordId: ctx.company.id,
        action: 'closed',
        before: null,
        after: { period: period.key, metrics: closed },
      })
      return { metrics: closed }
    },
    { kind: 'attainment.close', isOfOneMoment: true },
  )
}

/** Asked before anything is kept, and again where it is held: half of what moves would be kept for good. */
async function refuseMoving(tx: Tx, ctx: Ctx): Promise<void> {
  const moving = await creditingAnew(tx, ctx)
  if (moving?.failedAt) throw attainmentErrors.RESULTS_STUCK()
  if (moving) throw attainmentErrors.RESULTS_MOVING()
}

const fault = (field: string, code: string) => ({
  field,
  code,
  label: { zh: '期间还没有结束', en: 'the period is not over yet' },
})

async function plannedIn(tx: Tx, ctx: Ctx, year: number): Promise<readonly Metric[]> {
  const planned = await yearsInForce(tx, ctx)
  return ctx.company.metrics.all().filter(({ key }) => planned.get(key)?.has(year))
}
