import { sql } from 'kysely'
import { addDays, daysBetween } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { attainmentSettings, elapsedOf, readPlannedTree } from '#features/targets/server/index.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { creditingAnew, defaultStructure, watchOnly, watchRows } from '#platform/ledger/index.ts'
import { layDown } from '../outline.ts'
import { alertBehind } from './alert-behind.ts'
import { insertSnapshot, isClosed, isNightKept } from './snapshot-store.ts'
import { tellStuck } from './tell-stuck.ts'
import { begunPeriods, countedTo, daysKept, latestOfKinds, watchedMetrics } from './watched.ts'
import { keepLedger, windowOf } from './window-store.ts'

/** The companies whose last night is still to be done. */
export async function companiesWithoutNight(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`select companies_without_night as id from companies_without_night()`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Keeps the figures as they are at the end of yesterday, metric by metric in a step of its own: a night that breaks off
 * goes on where it was. Periods that are due are closed, and who leads a node that is behind is told.
 */
export async function takeNight(ctx: Ctx): Promise<void> {
  const day = addDays(ctx.today, -1)
  const metrics = await inView(ctx, (tx) => watchedMetrics(tx, ctx, day))
  const structureId = await inView(ctx, (tx) => defaultStructure(tx, ctx))
  for (const metric of metrics) {
    await watchRows(ctx, { metric: metric.key, structureId })
    await inStep(ctx, (step) => keepMetric(step, metric, day), { kind: 'attainment.night', isOfOneMoment: true })
  }
  await inStep(
    ctx,
    async (step) => {
      const { rows } = await sql`
        insert into attainment_night (company_id, day) values (${ctx.company.id}, ${day})
        on conflict do nothing returning day`.execute(step.tx)
      // Told once, with the night's own mark.
      if (rows.length > 0) {
        await alertBehind(step, metrics, day)
        await tellStuck(step)
      }
      await watchOnly(
        step,
        metrics.map(({ key }) => key),
      )
    },
    { kind: 'attainment.night' },
  )
}

/**
 * Does the work while no night is taken of its own accord: a company that is still being filled has no evenings yet, but
 * those that its filler takes. Work that breaks off leaves the nights waiting; the company is not finished then either.
 */
export async function whileNightsWait<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  // A day ahead: work may go on over midnight.
  const mark = addDays(ctx.today, 1)
  const { id } = ctx.company
  await inStep(
    ctx,
    ({ tx }) =>
      sql`insert into attainment_night (company_id, day) values (${id}, ${mark}) on conflict do nothing`.execute(tx),
    { kind: 'attainment.wait' },
  )
  const done = await work()
  await inStep(
    ctx,
    ({ tx }) => sql`delete from attainment_night where company_id = ${id} and day = ${mark}`.execute(tx),
    { kind: 'attainment.wait' },
  )
  return done
}

async function keepMetric(step: Step, metric: Metric, day: string): Promise<void> {
  const { ctx, tx } = step
  const structureId = await defaultStructure(tx, ctx)
  const key = { ctx, metric, structureId }
  if (await isNightKept(tx, ctx, { metric: metric.key, structureId }, day)) return
  const before = await windowOf(tx, key)
  const { running, over } = begunPeriods(ctx, day)
  const open: Period[] = []
  const due: Period[] = []
  const closeAfter = (await attainmentSettings(tx, ctx)).settings.closeAfterDays
  // Half of what moves would be kept for good: such a period is closed the night after.
  const isMoving = (await creditingAnew(tx, ctx)) !== null
  for (const period of over) {
    if (await isClosed(tx, ctx, { metric: metric.key, structureId, period: period.key })) continue
    // What ended before anything was kept is closed by hand, if at all.
    const isKnown = before !== undefined && period.to > before.since
    if (isKnown && !isMoving && closeAfter !== null && daysBetween(period.to, ctx.today) >= closeAfter) due.push(period)
    else open.push(period)
  }
  const turn = await keepLedger(step, key, { ...daysKept(ctx, metric, day), onDay: day })
  for (const period of [...running, ...latestOfKinds(open)]) {
    await takeSnapshot(step, metric, period, { structureId, onDay: day, turn, isClosing: false })
  }
  for (const period of due) await takeSnapshot(step, metric, period, { structureId, onDay: day, turn, isClosing: true })
}

/** One snapshot: every node, whoever may see it. */
export async function takeSnapshot(
  step: Step,
  metric: Metric,
  period: Period,
  how: { readonly structureId: string; readonly onDay: string; readonly turn: number; readonly isClosing: boolean },
): Promise<void> {
  const { ctx, tx } = step
  // At the end of that day, whenever the night is taken.
  const then = { ...ctx, today: how.onDay }
  const elapsed = elapsedOf(then, period)
  const { tree, targets } = await readPlannedTree(tx, metric.kind === 'stock' ? then : ctx, metric, period, how.onDay)
  await insertSnapshot(step, {
    ...how,
    ...layDown(tree.tree, tree.shape, targets?.rows ?? []),
    metric: metric.key,
    period: period.key,
    from: period.from,
    to: period.to,
    countedTo: countedTo(then, metric, period),
    metricVersion: metric.version,
    planId: targets?.planId ?? null,
    planVersion: targets?.planVersion ?? null,
    workdays: elapsed.workdays,
    workdaysElapsed: elapsed.elapsed,
  })
}
