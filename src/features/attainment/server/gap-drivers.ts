import { addDays, daysBetween, earlier } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import { fraction, times, type Fraction } from '#engine/gap/fraction.ts'
import { driversOf, driversOfTarget, gapByDrivers, type ChainFacts, type End } from '#engine/gap/gap-by-drivers.ts'
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
import { figureReach, metricsInSight, readSums } from '#platform/ledger/index.ts'
import { storyOf, type Driver, type DriverUnit, type Link } from '../driver-stories.ts'
import { attainmentErrors, unfit } from '../errors.ts'
import { keyOfYearBefore } from '../year-before.ts'

interface Asked {
  readonly period?: string | undefined
  readonly node?: string | undefined
  readonly against?: string | undefined
  readonly velocity: 'yes' | 'no'
}

/** The chain of a metric, with the metrics that bring its links. */
interface Chain {
  readonly metric: Metric
  readonly links: readonly (Link & { readonly of: Metric })[]
  readonly cycle: Metric | undefined
}

/** Why a node misses its plan, or what another period brought: by the drivers of the metric; the parts sum to the gap. */
export async function gapDrivers(ctx: Ctx, metricKey: string, asked: Asked) {
  const chain = chainOf(ctx, metricAsked(ctx, metricKey))
  const period = periodAsked(ctx, asked.period)
  const isPlanWanted = asked.against === undefined || asked.against === 'plan'
  const otherPeriod = isPlanWanted ? undefined : periodAsked(ctx, asked.against)
  return inView(ctx, async (tx) => {
    const target = isPlanWanted ? await targetOf(tx, ctx, chain.metric, period, asked.node) : null
    if (target === null && asked.against === 'plan') throw attainmentErrors.BASE_UNKNOWN({}, unfit('against'))
    const basePeriod = otherPeriod ?? periodAsked(ctx, keyOfYearBefore(period))
    // Where a plan put somebody, they stand also if nobody brought anything.
    const actual = (await factsOf(tx, ctx, chain, asked.node, period)) ?? (target === null ? undefined : nothing(chain))
    if (!actual) throw targetErrors.NODE_NOT_FOUND()
    // What is under way is compared with as many days of the other period.
    const baseSpan = target === null ? untilToday(ctx, period, basePeriod) : basePeriod
    const base = (await factsOf(tx, ctx, chain, asked.node, baseSpan)) ?? nothing(chain)
    const ends = target === null ? againstPeriod(base, actual) : againstPlan(target, base, actual)
    const days = asked.velocity === 'yes' ? daysBetween(period.from, period.to) : undefined
    const names = chain.links.map(({ driver }) => driver)
    return {
      against: target === null ? ('period' as const) : ('plan' as const),
      basePeriod: basePeriod.key,
      basePeriodLabel: basePeriod.label,
      base: writeAmount(ends.base.figure),
      actual: writeAmount(ends.now.figure),
      gap: writeAmount(ends.base.figure - ends.now.figure),
      parts: gapByDrivers(ends.base, ends.now, names, days).map((part) => {
        const { unit, metric } = standing(chain, part.driver)
        const value = (end: Fraction | null) => end && written(inUnits(chain, part.driver, end), unit)
        return {
          driver: part.driver,
          unit,
          base: value(part.base),
          actual: value(part.now),
          amount: writeAmount(part.amount),
          metric,
        }
      }),
    }
  })
}

type Span = Pick<Period, 'from' | 'to'>

function chainOf(ctx: Ctx, metric: Metric): Chain {
  const story = storyOf(metric.key)
  const inSight = metricsInSight(ctx)
  const links = (story?.links ?? []).flatMap((link) => {
    const of = inSight.find(link.metric)
    // Who sees the orders of a team and payments of her own only would read rates that nobody has.
    const isAsWide = of && figureReach(ctx, of) === figureReach(ctx, metric)
    return isAsWide && inSight.find(link.records ?? link.metric) ? [{ ...link, of }] : []
  })
  if (!story || links.length < story.links.length) throw attainmentErrors.DRIVERS_UNKNOWN({}, unfit('metric'))
  return { metric, links, cycle: story.cycle === undefined ? undefined : inSight.find(story.cycle) }
}

const nothing = ({ links }: Chain): ChainFacts => ({ links: links.map(() => 0n) })

/** What a node had of each link; undefined where it did not stand. */
async function factsOf(
  tx: Tx,
  ctx: Ctx,
  { links, cycle }: Chain,
  node: string | undefined,
  span: Span,
): Promise<ChainFacts | undefined> {
  const sums = (metric: Metric) => readSums(tx, ctx, metric, node ?? null, span)
  const read = new Map<string, Awaited<ReturnType<typeof sums>>>()
  for (const { of } of links) if (!read.has(of.key)) read.set(of.key, await sums(of))
  if ([...read.values()].every((found) => found === null)) return undefined
  const days = cycle && (await sums(cycle))
  return {
    links: links.map(({ of, side }) => read.get(of.key)?.[side ?? 'numerator'] ?? 0n),
    ...(days ? { cycle: { days: days.numerator, deals: days.denominator } } : {}),
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
  readonly base: End
  readonly now: End
}

const figureOf = ({ links }: ChainFacts): bigint => links.at(-1) ?? 0n

function againstPlan(target: bigint, usualFacts: ChainFacts, actual: ChainFacts): Ends {
  const known = driversOf(actual)
  const usual = driversOf(usualFacts, known)
  // Where the year before brought nothing, the rates of now stand in: what is missing is the first link.
  const base = driversOfTarget(target, usual) ?? driversOfTarget(target, known)
  if (!base) throw attainmentErrors.BASE_UNKNOWN({}, unfit('against'))
  return {
    base: { figure: target, drivers: base },
    now: { figure: figureOf(actual), drivers: driversOf(actual, base) },
  }
}

function againstPeriod(baseFacts: ChainFacts, actual: ChainFacts): Ends {
  const base = driversOf(baseFacts, driversOf(actual))
  return {
    base: { figure: figureOf(baseFacts), drivers: base },
    now: { figure: figureOf(actual), drivers: driversOf(actual, base) },
  }
}

interface DriverStanding {
  readonly unit: DriverUnit
  /** The metric whose records stand behind it. */
  readonly metric: string
}

function standing({ metric, links, cycle }: Chain, driver: Driver): DriverStanding {
  const [first] = links
  if (driver === 'cycle' && cycle) return { unit: 'days', metric: cycle.key }
  const link = driver === 'work' ? first : links.find((each) => each.driver === driver)
  return link ? { unit: link.unit, metric: link.records ?? link.metric } : { unit: metric.unit, metric: metric.key }
}

/** The first link counts in ten-thousandths, and so does what is in work of it. */
function inUnits({ links: [first] }: Chain, driver: Driver, value: Fraction): Fraction {
  return driver === 'work' || driver === first?.driver ? times(value, fraction(1n, 10_000n)) : value
}

const decimalsOf: Readonly<Record<DriverUnit, number>> = { percent: 6, money: 2, count: 4, days: 4 }

/** To look at, rounded as its unit is read. */
function written({ above, below }: Fraction, unit: DriverUnit): string {
  const decimals = decimalsOf[unit]
  const scaled = (above * 10n ** BigInt(decimals) * 2n) / below
  const rounded = (scaled + (scaled < 0n ? -1n : 1n)) / 2n
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(decimals + 1, '0')
  const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '')
  return rounded < 0n ? `-${text}` : text
}
