import { writeAmount } from '#engine/metrics/metric.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Stated } from '#engine/forecast-deals/experience.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import type { SystemForecast } from '../contract.ts'
import { boardAsked, type Board } from './board.ts'
import type { LaidNode } from './lay-sums.ts'
import { periodFor, shownPeriod } from './periods.ts'
import { inCents } from './in-cents.ts'
import { namesSeen, statedStages, type StageStated } from './story-store.ts'
import { systemOf, testedOf, type SystemSaid } from './system-forecast.ts'

const mostDeals = 100

export interface SystemQuestion {
  readonly period?: string | undefined
  readonly node?: string | undefined
}

interface SystemAnswer extends SystemSaid {
  readonly board: Board
  readonly laid: LaidNode
  readonly period: Period
  readonly stages: readonly StageStated[]
}

/** The forecast of the node that is asked for, in what the actor sees. */
export async function askSystem(tx: Tx, ctx: Ctx, question: SystemQuestion): Promise<SystemAnswer> {
  const { period, board, laid } = await boardAsked(tx, ctx, question)
  const stages = await statedStages(tx, ctx)
  const system = await systemOf(tx, ctx, { board, period, stated: statedBy(stages) }, laid)
  const said = system.of({ laid: [laid], closed: Number(writeAmount(laid.system.closed)) })
  const { experience, learned } = system
  return { ...said, tested: testedOf(said.trials), experience, learned, board, laid, period, stages }
}

/** Percent by open stage, as the company states it. */
export function statedBy(stages: readonly StageStated[]): Stated {
  return new Map(stages.flatMap(({ id, kind, probability }) => (kind === 'open' ? [[id, probability]] : [])))
}

/** Where the system sees a node landing, what of, and how it would have done in the past. */
export async function showSystem(ctx: Ctx, question: SystemQuestion): Promise<SystemForecast> {
  return inView(ctx, async (tx) => {
    const {
      forecast: said,
      experience,
      tested,
      board,
      laid,
      period,
      stages,
      weight,
    } = await askSystem(tx, ctx, question)
    const seen = await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity'))
    const largest = said.deals.toSorted((one, other) => other.expected - one.expected).slice(0, mostDeals)
    const names = await namesSeen(
      tx,
      ctx,
      largest.map(({ id }) => id),
      seen,
    )
    return {
      closed: inCents(said.closed),
      open: inCents(said.open),
      openDeals: Math.round(weight * said.deals.length),
      unseen: inCents(said.unseen),
      expected: inCents(said.expected),
      low: inCents(said.low),
      high: inCents(said.high),
      target: laid.shown.target,
      // How the whole company fares is told to who sees all of it.
      closedDeals: board.seesAll ? experience.closedDeals : null,
      stages: stages.flatMap(({ id, label, kind, probability }) => {
        const rate = experience.stages.get(id)
        if (!board.seesAll || kind !== 'open' || !rate) return []
        return [{ id, stage: label, stated: probability / 100, calibrated: rate.mean, deals: rate.deals }]
      }),
      adjustment: said.adjustment,
      deals: largest.map(({ id, amount, win, inside, expected }) => {
        return { id, name: names.get(id) ?? null, amount: inCents(amount), win, inside, expected: inCents(expected) }
      }),
      backTest: {
        ...tested,
        periods: tested.periods.map(({ key: tried, expected, low, high, actual, isInside }) => {
          return {
            period: shownPeriod(periodFor(ctx, tried, period.kind)),
            expected: inCents(expected),
            low: inCents(low),
            high: inCents(high),
            actual: inCents(actual),
            isInside,
          }
        }),
      },
    }
  })
}
