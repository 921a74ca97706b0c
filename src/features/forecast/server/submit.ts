import type { z } from 'zod'
import { inWords } from '#base/label.ts'
import { fiscalYearOf } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { forecastErrors, type overrideForecastRoute, type submitForecastRoute } from '../contract.ts'
import { readBoard, type Board } from './board.ts'
import { insertEntry, type NewEntry } from './entry-store.ts'
import { findLaid, homeOf, type LaidNode } from './lay-sums.ts'
import { dealsBehind } from './list-deals.ts'
import { periodFor } from './periods.ts'
import { readSetting } from './setting-store.ts'

/** A person says what will close besides what has closed. Written down with the deals as they are. */
export async function submitOwn(ctx: Ctx, input: z.infer<NonNullable<typeof submitForecastRoute.body>>) {
  const { period, commit, bestCase, note } = input
  return inStep(
    ctx,
    async (step) => {
      const asked = await openBoard(step, period)
      const own = ctx.actor.personId === null ? undefined : homeOf(asked.board.root, ctx.actor.personId)
      if (!own) throw forecastErrors.FORECAST_NOT_OWN()
      return {
        id: await write(step, asked, own, { kind: 'submission', values: { commit, bestCase }, note: note ?? null }),
      }
    },
    { kind: 'forecast.submit' },
  )
}

/** A leader says otherwise of somebody below, or takes that back. */
export async function override(ctx: Ctx, input: z.infer<NonNullable<typeof overrideForecastRoute.body>>) {
  const { period, node, values, comment } = input
  return inStep(
    ctx,
    async (step) => {
      const asked = await openBoard(step, period)
      const laid = findLaid(asked.board.root, node)
      if (!laid) throw forecastErrors.FORECAST_NODE_NOT_FOUND()
      if (laid.tier.kind === 'person' && laid.tier.personId === ctx.actor.personId)
        throw forecastErrors.FORECAST_OWN_OVERRIDE()
      if (!laid.shown.canOverride) throw forecastErrors.FORECAST_NODE_NOT_FOUND()
      if (values === null && laid.shown.override?.by !== ctx.actor.personId)
        throw forecastErrors.FORECAST_NOT_OVERRIDDEN()
      const kind = values === null ? 'withdrawal' : 'override'
      return { id: await write(step, asked, laid, { kind, values, note: comment }) }
    },
    { kind: 'forecast.override' },
  )
}

interface Asked {
  readonly board: Board
  readonly period: NewEntry['period']
}

const kindNames = { month: { zh: '月', en: 'month' }, quarter: { zh: '季度', en: 'quarter' } }

async function openBoard(step: Step, key: string): Promise<Asked> {
  const setting = await readSetting(step.tx, step.ctx)
  const period = periodFor(step.ctx, key, setting.periodKind)
  if (period.kind !== setting.periodKind) {
    throw forecastErrors.FORECAST_OTHER_PERIODS({ kind: inWords(kindNames[setting.periodKind], step.ctx.language) })
  }
  const { today, language, company } = step.ctx
  // What lies beyond the year that is planned next nobody can say of deals.
  const lastYear = fiscalYearOf(today, company.calendar) + 1
  if (period.year > lastYear) {
    throw forecastErrors.FORECAST_TOO_FAR({ period: inWords(period.label, language), year: String(lastYear) })
  }
  const board = await readBoard(step.tx, step.ctx, period, setting)
  if (board.isOver) throw forecastErrors.FORECAST_OVER()
  return { board, period }
}

async function write(
  step: Step,
  { board, period }: Asked,
  laid: LaidNode,
  entry: Pick<NewEntry, 'kind' | 'values' | 'note'>,
): Promise<string> {
  const { unitId, personId } = laid.tier
  const deals = await dealsBehind(step.tx, step.ctx, board, laid, period)
  return insertEntry(step, { ...entry, period, unitId, personId, system: laid.system, deals })
}
