import { setImmediate } from 'node:timers/promises'
import { judged, testPeriod, type BackTest } from '#engine/forecast-deals/back-test.ts'
import { forecastDeals, type ForecastQuestion } from '#engine/forecast-deals/forecast.ts'
import type { Period } from '#engine/calendar/period.ts'
import { writeAmount } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { forecastErrors, type SystemForecast } from '../contract.ts'
import { readBoard } from './board.ts'
import { findLaid } from './lay-sums.ts'
import { pastPeriods, periodFor, shownPeriod } from './periods.ts'
import { readSetting } from './setting-store.ts'
import { inCents } from './show-accuracy.ts'
import { dealStories, namesSeen, statedStages } from './story-store.ts'

const mostDeals = 100
const testedPeriods = 8

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
}

/** Where the system sees a node landing, what of, and how it would have done in the past. */
export async function showSystem(ctx: Ctx, { period: key, node }: Question): Promise<SystemForecast> {
  return inView(ctx, async (tx) => {
    const setting = await readSetting(tx, ctx)
    const period = periodFor(ctx, key, setting.periodKind)
    const { root } = await readBoard(tx, ctx, period, setting)
    const laid = node === undefined ? root : findLaid(root, node)
    if (!laid) throw forecastErrors.FORECAST_NODE_NOT_FOUND()
    const stages = await statedStages(tx, ctx)
    const stated = new Map(stages.flatMap(({ id, kind, probability }) => (kind === 'open' ? [[id, probability]] : [])))
    const asked = { stories: await dealStories(tx, ctx), owners: new Set(laid.people), stated, seed: laid.tier.id }
    const said = forecastDeals({ ...asked, period, on: ctx.today, closed: Number(writeAmount(laid.system.closed)) })
    const tested = pastPeriods(ctx, period.kind, testedPeriods)
    const test = await testedPast(asked, tested)
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
      unseen: inCents(said.unseen),
      expected: inCents(said.expected),
      low: inCents(said.low),
      high: inCents(said.high),
      target: laid.shown.target,
      closedDeals: said.experience.closedDeals,
      stages: stages.flatMap(({ id, label, kind, probability }) => {
        const rate = said.experience.stages.get(id)
        if (kind !== 'open' || !rate) return []
        return [{ stage: label, stated: probability / 100, calibrated: rate.mean, deals: rate.deals }]
      }),
      deals: largest.map(({ id, amount, win, inside, expected }) => {
        return { id, name: names.get(id) ?? null, amount: inCents(amount), win, inside, expected: inCents(expected) }
      }),
      backTest: {
        ...test,
        periods: test.periods.flatMap(({ key: tried, expected, low, high, actual, isInside }) => {
          const of = tested.find((one) => one.key === tried)
          if (!of) return []
          return [{
            period: shownPeriod(of), expected: inCents(expected), low: inCents(low), high: inCents(high),
            actual: inCents(actual), isInside,
          }] // prettier-ignore
        }),
      },
    }
  })
}

/** Others are served between one period and the next. */
async function testedPast(
  asked: Omit<ForecastQuestion, 'period' | 'on' | 'closed'>,
  periods: readonly Period[],
): Promise<BackTest> {
  const tested = []
  for (const period of periods) {
    tested.push(testPeriod(asked, period))
    await setImmediate()
  }
  return judged(tested)
}
