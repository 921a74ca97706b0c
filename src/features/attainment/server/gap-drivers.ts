import { addDays, daysBetween, earlier } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Fraction } from '#engine/gap/fraction.ts'
import {
  driversOf,
  driversOfTarget,
  gapByDrivers,
  type DriversOfSales,
  type SalesDriver,
  type SalesFacts,
} from '#engine/gap/gap-by-drivers.ts'
import { readAmount, writeAmount, type Metric } from '#engine/metrics/metric.ts'
import { nodesOf } from '#engine/metrics/find-node.ts'
import {
  attainedTree,
  attainmentSettings,
  elapsedOf,
  metricAsked,
  periodAsked,
  readPlannedTree,
} from '#features/targets/server/index.ts'
import { targetErrors } from '#features/targets/contract.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { metricsInSight, readTree } from '#platform/ledger/index.ts'
import { attainmentErrors, unfit } from '../errors.ts'
import { keyOfYearBefore } from '../year-before.ts'

interface Asked {
  readonly period?: string | undefined
  readonly node?: string | undefined
  readonly against?: string | undefined
  readonly velocity: 'yes' | 'no'
}

/** The metrics that say how an amount came about. */
interface Story {
  readonly amount: Metric
  /** Won ÷ closed. */
  readonly rate: Metric
  /** Days ÷ deals. */
  readonly cycle: Metric
}

/** The records that stand behind a driver. */
const metricOf: Readonly<Record<SalesDriver, keyof Story>> = {
  deals: 'rate',
  work: 'rate',
  rate: 'rate',
  cycle: 'cycle',
  size: 'amount',
}

/** Why a node misses its plan, or what another period brought: by deals, win rate and deal size, to the cent. */
export async function gapDrivers(ctx: Ctx, metricKey: string, asked: Asked) {
  const story = storyOf(ctx, metricAsked(ctx, metricKey))
  const period = periodAsked(ctx, asked.period)
  return inView(ctx, async (tx) => {
    const facts = (span: Span) => factsOf(tx, ctx, story, asked.node, span)
    const target =
      asked.against === undefined || asked.against === 'plan'
        ? await targetOf(tx, ctx, story.amount, period, asked.node)
        : null
    if (target === null && asked.against === 'plan') throw attainmentErrors.BASE_UNKNOWN({}, unfit('against'))
    const isPlan = target !== null
    const basePeriod =
      isPlan || asked.against === undefined
        ? periodAsked(ctx, keyOfYearBefore(period))
        : periodAsked(ctx, asked.against)
    const actualFacts = await facts(period)
    if (!actualFacts) throw targetErrors.NODE_NOT_FOUND()
    // What is under way is compared with as many days of the other period.
    const baseFacts = (await facts(isPlan ? basePeriod : untilToday(ctx, period, basePeriod))) ?? noFacts
    const ends = isPlan ? againstPlan(target, baseFacts, actualFacts) : againstPeriod(baseFacts, actualFacts)
    const days = asked.velocity === 'yes' ? daysBetween(period.from, period.to) : undefined
    const base = isPlan ? target : baseFacts.amount
    return {
      against: isPlan ? ('plan' as const) : ('period' as const),
      basePeriod: basePeriod.key,
      base: writeAmount(base),
      actual: writeAmount(actualFacts.amount),
      gap: writeAmount(base - actualFacts.amount),
      parts: gapByDrivers(ends.base, ends.now, days).map((part) => ({
        driver: part.driver,
        base: shown(part.driver, part.base),
        actual: shown(part.driver, part.now),
        amount: writeAmount(part.amount),
        metric: story[metricOf[part.driver]].key,
      })),
    }
  })
}

type Span = Pick<Period, 'from' | 'to'>

const noFacts: SalesFacts = { amount: 0n, won: 0n, closed: 0n, cycleDays: 0n, cycleDeals: 0n }

function storyOf(ctx: Ctx, amount: Metric): Story {
  const [rate, cycle] = ['win_rate', 'won_cycle'].map((key) => metricsInSight(ctx).find(key))
  if (amount.key !== 'signed_amount' || !rate || !cycle) throw attainmentErrors.DRIVERS_UNKNOWN({}, unfit('metric'))
  return { amount, rate, cycle }
}

async function factsOf(
  tx: Tx,
  ctx: Ctx,
  { amount, rate, cycle }: Story,
  node: string | undefined,
  span: Span,
): Promise<SalesFacts | undefined> {
  const sums = async (metric: Metric) => {
    const { tree } = await readTree(tx, ctx, metric, span)
    const nodes = node === undefined ? [tree] : nodesOf(tree, node)
    return {
      stands: nodes.length > 0,
      above: nodes.reduce((sum, { numerator }) => sum + numerator, 0n),
      below: nodes.reduce((sum, { denominator }) => sum + denominator, 0n),
    }
  }
  const [signed, closed, days] = [await sums(amount), await sums(rate), await sums(cycle)]
  if (!signed.stands && !closed.stands) return undefined
  return {
    amount: signed.above,
    won: closed.above,
    closed: closed.below,
    cycleDays: days.above,
    cycleDeals: days.below,
  }
}

async function targetOf(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  period: Period,
  node: string | undefined,
): Promise<bigint | null> {
  const elapsed = elapsedOf(ctx, period)
  const { tree, targets } = await readPlannedTree(tx, ctx, metric, period)
  const { settings } = await attainmentSettings(tx, ctx)
  const [top] = node === undefined ? [tree.tree] : nodesOf(tree.tree, node)
  if (!top) throw targetErrors.NODE_NOT_FOUND()
  const { target } = attainedTree(top, { metric, rows: targets?.rows ?? [], elapsed, settings })
  return target === null ? null : readAmount(target)
}

function untilToday({ today }: Ctx, period: Span, base: Span): Span {
  const gone = daysBetween(period.from, addDays(today, 1))
  const isRunning = gone > 0 && today < period.to
  return isRunning ? { from: base.from, to: earlier(base.to, addDays(base.from, gone)) } : base
}

interface Ends {
  readonly base: DriversOfSales
  readonly now: DriversOfSales
}

function againstPlan(target: bigint, usualFacts: SalesFacts, actual: SalesFacts): Ends {
  const known = driversOf(actual)
  const usual = driversOf(usualFacts, known)
  // Where the year before sold nothing, rate and size of now stand in: what is missing is deals.
  const base = driversOfTarget(target, usual) ?? driversOfTarget(target, known)
  if (!base) throw attainmentErrors.BASE_UNKNOWN({}, unfit('against'))
  return { base, now: driversOf(actual, base) }
}

function againstPeriod(baseFacts: SalesFacts, actual: SalesFacts): Ends {
  const base = driversOf(baseFacts, driversOf(actual))
  return { base, now: driversOf(actual, base) }
}

/** To look at: a rate to six decimals, an amount to the cent, a count and days to four. */
function shown(driver: SalesDriver, { above, below }: Fraction): string {
  const decimals = driver === 'rate' ? 6 : driver === 'size' ? 2 : 4
  // Sizes are in ten-thousandths already.
  const scaled = driver === 'size' ? (above * 2n) / (below * 100n) : (above * 10n ** BigInt(decimals) * 2n) / below
  const rounded = (scaled + (scaled < 0n ? -1n : 1n)) / 2n
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(decimals + 1, '0')
  const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '')
  return rounded < 0n ? `-${text}` : text
}
