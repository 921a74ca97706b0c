import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { listRampCurves } from '#features/targets/server/index.ts'
import { headsOf } from './heads.ts'
import { marketGrowth } from './market-growth.ts'
import type { LeavesAround } from './leaves-around.ts'
import type { Moment, RowPast } from './row-evidence.ts'
import { rowFigures, type RowFigure } from './row-figures.ts'
import { withoutGaps } from './written.ts'

interface Asked {
  readonly metric: Metric
  readonly period: Period
  readonly leaves: LeavesAround
  readonly moment: Moment
  readonly rows: readonly { readonly id: string }[]
}

/** The past of every row, month by month as people and units stood then. */
export async function pastsOf(tx: Tx, ctx: Ctx, asked: Asked): Promise<ReadonlyMap<string, RowPast>> {
  const { metric, period, leaves, moment, rows } = asked
  const months: ReadonlyMap<string, RowFigure>[] = []
  for (const leaf of [...leaves.behind, leaves.running]) months.push(await rowFigures(tx, ctx, metric, leaf))
  const whole = await rowFigures(tx, ctx, metric, period)
  const markets = await marketGrowth(tx, ctx, asked)
  const ramp = await rampOf(ctx)
  const running = months.at(-1)
  return new Map(
    rows.map(({ id }) => {
      const heads = headsOf(
        months.map((month) => month.get(id)?.people ?? []),
        moment.wait + moment.open - 1,
        ramp,
      )
      const behind = withoutGaps(
        months.slice(0, -1).map((month) => month.get(id)?.value ?? null),
        metric.kind,
      )
      // A rate of nothing yet stands where it stood.
      const none = metric.kind === 'ratio' ? (behind.at(-1) ?? 0) : 0
      const past: RowPast = {
        months: behind,
        heads: heads.behind.slice(0, -1),
        headsAhead: [heads.behind.at(-1) ?? 0, ...heads.ahead].slice(moment.wait),
        actual: whole.get(id)?.value ?? none,
        current: running?.get(id)?.value ?? none,
        market: markets(id),
        headName: whole.get(id)?.headName ?? null,
      }
      return [id, past]
    }),
  )
}

/** The first of the company's ramp curves, by name; a usual one where it has none. */
async function rampOf(ctx: Ctx): Promise<readonly number[]> {
  const [curve] = (await listRampCurves(ctx)).curves
  return (curve?.percents ?? usualRamp).map((percent) => percent / 100)
}

/** Percent that newcomers count in their first months; then fully. */
const usualRamp = [30, 60]
