import { setImmediate } from 'node:timers/promises'
import { addDays, daysBetween, type Day } from '#engine/calendar/day.ts'
import { periodAround, type Period, type PeriodKind } from '#engine/calendar/period.ts'
import { isTried, tryPeriod, type Judged } from '#engine/forecast-deals/back-test.ts'
import { standsOn, type OpenDeal } from '#engine/forecast-deals/deal.ts'
import type { Experience } from '#engine/forecast-deals/experience.ts'
import type { Pace } from '#engine/forecast-deals/forecast.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { OrgShape } from '#engine/metrics/tier-tree.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { defaultStructure, orgShape } from '#platform/ledger/index.ts'
import { keepingBy } from './kept-answers.ts'
import type { Learned } from './learned.ts'
import { pastPeriods } from './periods.ts'
import { everything, figuresByRow, rowKey, type RowKey } from './row-key.ts'
import { dealStories } from './story-store.ts'
import { yearBefore } from './year-before.ts'

/** Of a company's deals so many are looked at in past periods, an even sample of more. */
const mostTried = 20_000
const triedPeriods = 12

/** How the forecast of deals would have done in past periods with as many days left as now. */
export interface PastTried {
  /** Of rows together, the oldest period first; periods of which too little was known by then are left out. */
  of(rows: readonly RowKey[]): readonly Judged[]
}

interface Asked {
  readonly learned: Learned
  readonly metric: Metric
  readonly period: Period
}

/** Each holds the deals of a company that were open on a dozen days. */
const keepPasts = keepingBy<PastTried>({ most: 40 })

/**
 * One pass over the company's deals and its ledger serves every row. It is kept as long as the past is the same: that of
 * the deals by their mark, that of the tiers by their version, and what was won by the figures of the whole time.
 */
export async function pastTried(tx: Tx, ctx: Ctx, asked: Asked): Promise<PastTried> {
  const { learned, metric, period } = asked
  const moments = momentsLike(ctx, period)
  const whole = { from: addDays(moments[0]?.on ?? ctx.today, -364), to: addDays(ctx.today, 1) }
  const figures = await figuresByRow(tx, ctx, metric, whole)
  const question = JSON.stringify([moments, ctx.company.orgVersion, [...figures]])
  return keepPasts(learned.of, question, () => readPast(tx, ctx, asked, moments))
}

interface Moment {
  readonly period: Period
  readonly on: Day
}

/** Past periods as many days before their end as today is before the end of the one asked for; of one that is over the eves. */
function momentsLike(ctx: Ctx, asked: Period): readonly Moment[] {
  const left = daysBetween(ctx.today, asked.to)
  return pastPeriods(ctx, kindTried(ctx, asked), triedPeriods).map((past) => {
    return { period: past, on: left > 0 ? addDays(past.to, -left) : addDays(past.from, -1) }
  })
}

/**
 * What is left of a year, or of a month, that ends with the running quarter is what is left of that quarter: all are
 * tried on past quarters, so that one period lands where the other does.
 */
function kindTried({ today, company }: Ctx, { to, kind }: Period): PeriodKind {
  return periodAround(today, 'quarter', company.calendar).to === to ? 'quarter' : kind
}

interface ShareOfDeal {
  readonly deal: OpenDeal
  readonly share: number
}

/** What was known on a day of the past, and what came. */
interface Known extends Moment {
  readonly experience: Experience
  readonly open: ReadonlyMap<string, readonly ShareOfDeal[]>
  readonly people: ReadonlyMap<RowKey, ReadonlySet<string>>
  readonly closed: ReadonlyMap<RowKey, number>
  readonly actual: ReadonlyMap<RowKey, number>
  readonly year: ReadonlyMap<RowKey, number>
  readonly daysOfYear: number
}

async function readPast(tx: Tx, ctx: Ctx, asked: Asked, moments: readonly Moment[]): Promise<PastTried> {
  const { learned, metric } = asked
  const { stories, weight } = await dealStories(tx, ctx, { most: mostTried })
  const first = await learned.firstWin()
  const shape = await orgShape(tx, ctx, await defaultStructure(tx, ctx), {
    from: moments[0]?.on ?? ctx.today,
    to: addDays(ctx.today, 1),
  })
  const known: Known[] = []
  for (const { period, on } of moments) {
    const experience = await learned.on(on, period)
    if (!experience?.isGrounded) continue
    const open = stories.flatMap((story) => {
      const deal = standsOn(story, on)
      return deal ? story.shares.map(({ person, share }) => ({ person, share, deal })) : []
    })
    const year = yearBefore(on, first)
    const until = { from: period.from, to: addDays(on, 1) }
    known.push({
      period,
      on,
      experience,
      open: Map.groupBy(open, ({ person }) => person),
      people: peopleByRow(shape, on),
      closed: on < period.from ? new Map() : await figuresByRow(tx, ctx, metric, until),
      actual: await figuresByRow(tx, ctx, metric, period),
      year: await figuresByRow(tx, ctx, metric, year),
      daysOfYear: daysBetween(year.from, year.to),
    })
    // Others are served between one period and the next.
    await setImmediate()
  }
  const tried = new Map<string, readonly Judged[]>()
  return {
    of: (rows) => {
      const key = rows.join(' ')
      const found = tried.get(key) ?? tryAll(rows, known, weight)
      tried.set(key, found)
      return found
    },
  }
}

function tryAll(rows: readonly RowKey[], known: readonly Known[], weight: number): readonly Judged[] {
  const trials: Judged[] = []
  for (const moment of known) {
    const { period, on, experience, actual, closed, year, daysOfYear } = moment
    const came = sumOf(actual, rows)
    if (came === null) continue
    const pace = paceOf(sumOf(year, rows), daysOfYear)
    const told = { open: openOf(moment, rows), weight, closed: sumOf(closed, rows) ?? 0, pace, period, on, experience }
    const trial = tryPeriod({ ...told, key: period.key, actual: came }, trials)
    if (isTried(trial)) trials.push(trial)
  }
  return trials
}

/** Null where none of the rows was there. */
function sumOf(figures: ReadonlyMap<RowKey, number>, rows: readonly RowKey[]): number | null {
  const there = rows.flatMap((row) => figures.get(row) ?? [])
  return there.length === 0 ? null : there.reduce((sum, figure) => sum + figure, 0)
}

/** Every deal once, with the part that the people of the rows have in it. */
function openOf({ open, people }: Known, rows: readonly RowKey[]): readonly OpenDeal[] {
  const isWhole = rows.includes(everything)
  const asked = isWhole ? open.keys() : new Set(rows.flatMap((row) => [...(people.get(row) ?? [])]))
  const parts = [...asked].flatMap((person) => open.get(person) ?? [])
  return [...Map.groupBy(parts, ({ deal }) => deal.id).values()].flatMap((shares) => {
    const part = shares.reduce((sum, { share }) => sum + share, 0)
    return shares.slice(0, 1).map(({ deal }) => ({ ...deal, amount: deal.amount * part }))
  })
}

/** Who stood at each unit or below it, and as a person in it, on a day of the shape. */
function peopleByRow({ stretches, stays }: OrgShape, day: Day): ReadonlyMap<RowKey, ReadonlySet<string>> {
  const stretch = stretches.find(({ from, to }) => from <= day && day < to)
  const found = new Map<RowKey, Set<string>>()
  const add = (row: RowKey, person: string) => found.set(row, (found.get(row) ?? new Set()).add(person))
  for (const { personId, unitId, from, to } of stays) {
    const path = stretch?.paths.get(unitId)
    if (!path || from > day || to <= day) continue
    for (const unit of path) add(unit, personId)
    add(rowKey(unitId, personId), personId)
  }
  return found
}

export function paceOf(sum: number | null, days: number): Pace {
  return { perDay: Math.max(0, sum ?? 0) / days, days }
}
