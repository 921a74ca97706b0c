import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { PlanRow } from '#features/targets/contract.ts'
import { headsOf } from './heads.ts'
import type { LeavesAround } from './leaves-around.ts'
import { pipelinesNow } from './pipelines-now.ts'
import type { Moment, RowPast } from './row-evidence.ts'
import { rowFigures, type RowFigure } from './row-figures.ts'
import { withoutGaps } from './written.ts'

interface Asked {
  readonly metric: Metric
  readonly period: Period
  readonly leaves: LeavesAround
  readonly moment: Moment
  readonly rows: readonly PlanRow[]
}

/** The past of every row, month by month as people and units stood then. */
export async function pastsOf(tx: Tx, ctx: Ctx, asked: Asked): Promise<ReadonlyMap<string, RowPast>> {
  const { metric, period, leaves, moment, rows } = asked
  const months: ReadonlyMap<string, RowFigure>[] = []
  for (const leaf of [...leaves.behind, leaves.running]) months.push(await rowFigures(tx, ctx, metric, leaf))
  const whole = await rowFigures(tx, ctx, metric, period)
  const pipelines = await pipelinesNow(tx, ctx, metric, leaves)
  const running = months.at(-1)
  return new Map(
    rows.map(({ id }) => {
      const heads = headsOf(
        months.map((month) => month.get(id)?.people ?? []),
        moment.wait + moment.open - 1,
      )
      const past: RowPast = {
        months: withoutGaps(
          months.slice(0, -1).map((month) => month.get(id)?.value ?? null),
          metric.kind,
        ),
        heads: heads.behind.slice(0, -1),
        headsAhead: [heads.behind.at(-1) ?? 0, ...heads.ahead].slice(moment.wait),
        actual: whole.get(id)?.value ?? 0,
        current: running?.get(id)?.value ?? 0,
        pipeline: pipelines(id),
        headName: whole.get(id)?.headName ?? null,
      }
      return [id, past]
    }),
  )
}
