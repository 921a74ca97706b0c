import { addDays, daysBetween, earlier } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import { fraction, times, type Fraction } from '#engine/gap/fraction.ts'
import { driversOf, driversOfTarget, gapByDrivers, type ChainFacts, type End } from '#engine/gap/gap-by-drivers.ts'
import { readAmount, writeAmount, type Metric } from '#engine/metrics/metric.ts'
import { nodesOf } from '#engine/metrics/find-node.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
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
import { figureReach, metricsInSight, readSumsOver, type SeenNode } from '#platform/ledger/index.ts'
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
    const { node, target, due } = await placeOf(tx, ctx, chain.metric, period, asked.node)
    const isPlan = isPlanWanted && target !== null
    if (!isPlan && asked.against === 'plan') throw attainmentErrors.BASE_UNKNOWN({}, unfit('against'))
    const basePeriod = otherPeriod ?? periodAsked(ctx, keyOfYearBefore(period))
    // What is under way is compared with as many days of the other period.
    const baseSpan = untilToday(ctx, period, basePeriod)
    const links = asked.velocity === 'yes' ? chain : { ...chain, cycle: undefined }
    const [base, actual] = await factsOver(tx, ctx, links, node, [baseSpan, period])
    // Where a plan put somebody, they stand also if nobody brought anything.
    if (!actual && target === null) throw targetErrors.NODE_NOT_FOUND()
    const facts = { base: base ?? nothing(chain), now: actual ?? nothing(chain) }
    const ends = isPlan ? againstPlan(due, facts) : againstPeriod(facts)
    const whole = isPlan ? target : ends.base.figure
    const days = asked.velocity === 'yes' ? daysBetween(period.from, period.to) : undefined
    const names = chain.links.map(({ driver }) => driver)
    const parts = gapByDrivers(ends.base, ends.now, names, days).map((part) => {
      const { unit, metric } = standing(chain, part.driver)
      const value = (end: Fraction | null) => end && written(inUnits(chain, part.driver, end), unit)
      return {
        driver: part.driver,
        unit,
        base: value(part.base),
        actual: value(part.now),
        amount: writeAmount(part.amount),
        metric,
        divided: dividedOf(chain, part.driver, { base: ends.facts, now: facts.now }),
      }
    })
    return {
      against: isPlan ? ('plan' as const) : ('period' as const),
      basePeriod: basePeriod.key,
      basePeriodLabel: basePeriod.label,
      baseUntil: baseSpan.to < basePeriod.to ? addDays(baseSpan.to, -1) : null,
      base: writeAmount(whole),
      due: writeAmount(ends.base.figure),
      actual: writeAmount(ends.now.figure),
      gap: writeAmount(whole - ends.now.figure),
      parts: whole === ends.base.figure ? parts : [toCome(chain, whole - ends.base.figure), ...parts],
    }
  })
}

/** What the plan asks for in the days that are left: no driver is behind with it. */
function toCome({ metric }: Chain, amount: bigint) {
  return {
    ...{ driver: 'toCome' as const, unit: metric.unit, base: null, actual: null },
    ...{ amount: writeAmount(amount), metric: metric.key, divided: null },
  }
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

/** What a node had of each link over each span; undefined where it did not stand. */
async function factsOver(
  tx: Tx,
  ctx: Ctx,
  { links, cycle }: Chain,
  node: SeenNode,
  spans: readonly Span[],
): Promise<readonly (ChainFacts | undefined)[]> {
  const read = new Map<string, Awaited<ReturnType<typeof readSumsOver>>>()
  for (const metric of [...links.map(({ of }) => of), ...(cycle ? [cycle] : [])]) {
    if (!read.has(metric.key)) read.set(metric.key, await readSumsOver(tx, ctx, metric, node, spans))
  }
  return spans.map((_, at) => {
    const sums = ({ key }: Metric) => read.get(key)?.[at] ?? null
    if (links.every(({ of }) => sums(of) === null)) return undefined
    const days = cycle && sums(cycle)
    return {
      links: links.map(({ of, side }) => sums(of)?.[side ?? 'numerator'] ?? 0n),
      ...(days ? { cycle: { days: days.numerator, deals: days.denominator } } : {}),
    }
  })
}

/** Where a node stands in what the actor sees, with its target and what of it is due by now. */
async function placeOf(tx: Tx, ctx: Ctx, metric: Metric, period: Period, id: string | undefined) {
  const elapsed = elapsedOf(ctx, period)
  const { tree, targets } = await readPlannedTree(tx, ctx, metric, period)
  const { settings } = await attainmentSettings(tx, ctx)
  const found = id === undefined ? [tree.tree] : nodesOf(tree.tree, id)
  const [top] = found
  if (!top) throw targetErrors.NODE_NOT_FOUND()
  const { target, expected } = attainedTree(top, { metric, rows: targets?.rows ?? [], elapsed, settings })
  const node: SeenNode = { id: id ?? null, parts: found.flatMap(partsOf) }
  // Of a period to come nothing is due yet.
  const isOver = period.to <= ctx.today
  return {
    node,
    target: target === null ? null : readAmount(target),
    due: readAmount((isOver ? target : expected) ?? '0'),
  }
}

/** A node over several tops stands for them. */
function partsOf({ id, place, children }: TierNode): readonly string[] {
  return place === '' ? children.map((child) => child.id) : [id]
}

function untilToday({ today }: Ctx, period: Span, base: Span): Span {
  const gone = daysBetween(period.from, addDays(today, 1))
  const isRunning = gone > 0 && today < period.to
  return isRunning ? { from: base.from, to: earlier(base.to, addDays(base.from, gone)) } : base
}

interface Facts {
  readonly base: ChainFacts
  readonly now: ChainFacts
}

interface Ends {
  readonly base: End
  readonly now: End
  /** From what the rates of the base were read; null where those of now stand in. */
  readonly facts: ChainFacts | null
}

const lastLink = ({ links }: ChainFacts): bigint => links.at(-1) ?? 0n

/** `due`: what the plan asks for by now. */
function againstPlan(due: bigint, facts: Facts): Ends {
  const known = driversOf(facts.now)
  const usual = driversOfTarget(due, driversOf(facts.base, known))
  // Where the year before brought nothing, the rates of now stand in: what is missing is the first link.
  const base = usual ?? driversOfTarget(due, known)
  if (!base) throw attainmentErrors.BASE_UNKNOWN({}, unfit('against'))
  return {
    base: { figure: due, drivers: base },
    now: { figure: lastLink(facts.now), drivers: driversOf(facts.now, base) },
    facts: usual && facts.base,
  }
}

function againstPeriod(facts: Facts): Ends {
  const base = driversOf(facts.base, driversOf(facts.now))
  return {
    base: { figure: lastLink(facts.base), drivers: base },
    now: { figure: lastLink(facts.now), drivers: driversOf(facts.now, base) },
    facts: facts.base,
  }
}

/** What a driver divides: its link, and the one before it; null where it divides nothing. */
function dividedOf({ links }: Chain, driver: Driver, { base, now }: { base: ChainFacts | null; now: ChainFacts }) {
  const at = links.findIndex((link) => link.driver === driver)
  const [over, under] = [links[at], links[at - 1]]
  if (!over || !under) return null
  const end = (facts: ChainFacts | null, place: number) => {
    const link = facts?.links[place]
    // A rate over nothing is that of the other end.
    return link === undefined || (facts?.links[at - 1] ?? 0n) <= 0n ? null : writeAmount(link)
  }
  const side = ({ amount, metric, of }: Chain['links'][number], place: number) => ({
    metric: amount ?? metric,
    driver: links[place]?.driver ?? driver,
    unit: of.kind === 'ratio' ? ('count' as const) : of.unit,
    base: end(base, place),
    actual: end(now, place),
  })
  return { over: side(over, at), under: side(under, at - 1) }
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
