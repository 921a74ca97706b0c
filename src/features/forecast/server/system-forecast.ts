import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { addDays, daysBetween, type Day } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import { judged, overBy, tryPeriod, type BackTest, type Judged } from '#engine/forecast-deals/back-test.ts'
import { doubtOf } from '#engine/forecast-deals/doubt.ts'
import { learn, type Experience, type Stated } from '#engine/forecast-deals/experience.ts'
import { landedWith, restOf, type DealForecast } from '#engine/forecast-deals/forecast.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { defaultStructure, orgShape, readSeries } from '#platform/ledger/index.ts'
import type { Board } from './board.ts'
import type { LaidNode } from './lay-sums.ts'
import { keepingBy } from './kept-answers.ts'
import { learnedBy, type Learned } from './learned.ts'
import { peopleThen } from './people-then.ts'
import { pastPeriods } from './periods.ts'
import { dealStories } from './story-store.ts'
import { yearBefore } from './year-before.ts'

/** So many of a node's are forecast one by one. */
const mostForecast = 20_000
/** The newest are shown; the older ones teach the first of these. */
const triedPeriods = 12
const shownPeriods = 8

export interface SystemSaid {
  readonly forecast: DealForecast
  readonly experience: Experience
  /** How many open deals each that was reckoned with stands for. */
  readonly weight: number
  readonly tested: BackTest
  readonly learned: Learned
}

interface Asked {
  readonly board: Board
  readonly laid: LaidNode
  readonly period: Period
  readonly stated: Stated
  /** In ten-thousandths read as a number: what closed in the period until now. */
  readonly closed: number
}

/** A past period as many days before its end as today is before the end of the period that is asked for. */
interface Then {
  readonly period: Period
  readonly on: Day
  /** Who stood at the node then; undefined: everybody. */
  readonly people: ReadonlySet<string> | undefined
}

/**
 * The forecast of a node from its deals, and how it would have done in past periods with as many days left. Rates are
 * learned from the company's deals; what was won, then and until then, is the ledger's. What was learned and tried is kept
 * as long as the past is the same; open deals and what closed are read each time.
 */
export async function systemForecast(tx: Tx, ctx: Ctx, asked: Asked): Promise<SystemSaid> {
  const { board, laid, period, stated, closed } = asked
  const learned = await learnedBy(tx, ctx, stated)
  const isWhole = laid === board.root && board.seesAll
  const moments = await momentsLike(tx, ctx, asked, isWhole)
  const figures = await readFigures(tx, ctx, asked, { moments, first: await learned.firstWin() })
  const trials = await triedBefore(tx, ctx, { asked, learned, moments, figures })
  const experience =
    (await learned.on(ctx.today, period)) ?? learn(await learned.lessons(), ctx.today, { after: 0, until: 1 }, stated)
  const people = isWhole ? undefined : laid.people
  const open = await dealStories(tx, ctx, { people, most: mostForecast, areOpen: true })
  const rest = restOf({
    ...open,
    seed: laid.tier.id,
    people: people && new Set(people),
    period,
    on: ctx.today,
    experience,
    closed,
    pace: figures.pace,
  })
  return {
    forecast: landedWith(rest, doubtOf(overBy(trials, ctx.today), rest.open + rest.unseen)),
    weight: open.weight,
    experience,
    tested: judged(trials.slice(-shownPeriods).map(({ tested }) => tested)),
    learned,
  }
}

interface Trying {
  readonly asked: Asked
  readonly learned: Learned
  readonly moments: readonly Then[]
  readonly figures: Awaited<ReturnType<typeof readFigures>>
}

/** A dozen periods each. */
const keepTrials = keepingBy<readonly Judged[]>({ most: 5000 })

/** The same forecast of past periods, each from what was known then. */
async function triedBefore(tx: Tx, ctx: Ctx, trying: Trying): Promise<readonly Judged[]> {
  const { asked, learned, moments, figures } = trying
  const places = moments.map(({ period, on, people }) => [period.from, period.to, on, people && [...people].toSorted()])
  // Everything that the trials hang on, apart from the past of the company itself.
  const question = JSON.stringify([asked.laid.tier.id, asked.laid.people, places, figures.past])
  return keepTrials(learned.of, createHash('sha256').update(question).digest('hex'), () => tryAll(tx, ctx, trying))
}

async function tryAll(tx: Tx, ctx: Ctx, { asked, learned, moments, figures }: Trying): Promise<readonly Judged[]> {
  const { laid } = asked
  const everybody = moments.some(({ people }) => people === undefined)
    ? undefined
    : [...new Set([...laid.people, ...moments.flatMap(({ people }) => [...(people ?? [])])])]
  const own = await dealStories(tx, ctx, { people: everybody, most: mostForecast })
  const trials: Judged[] = []
  for (const [at, { period, on, people }] of moments.entries()) {
    const known = figures.past[at]
    const experience = await learned.on(on, period)
    if (!experience?.isGrounded || !known || known.actual === null) continue
    const trial = tryPeriod(
      { ...own, ...known, seed: laid.tier.id, key: period.key, actual: known.actual, people, period, on, experience },
      trials,
    )
    // Where there was nothing to say and nothing came, nothing was tried.
    if (trial.said > 0 || known.actual > 0) trials.push(trial)
    // Others are served between one period and the next.
    await setImmediate()
  }
  return trials
}

/** Of a period that is over the eves are tried. */
async function momentsLike(tx: Tx, ctx: Ctx, { laid, period }: Asked, isWhole: boolean): Promise<readonly Then[]> {
  const left = daysBetween(ctx.today, period.to)
  const days = pastPeriods(ctx, period.kind, triedPeriods).map((past) => {
    return { period: past, on: left > 0 ? addDays(past.to, -left) : addDays(past.from, -1) }
  })
  const span = { from: days[0]?.on ?? ctx.today, to: addDays(ctx.today, 1) }
  const shape = await orgShape(tx, ctx, await defaultStructure(tx, ctx), span)
  return days.map((moment) => ({
    ...moment,
    people: isWhole ? undefined : new Set(peopleThen(shape, laid.tier, moment.on)),
  }))
}

/** What was won at the node: until each day, in the year before it, and in the whole period. */
async function readFigures(
  tx: Tx,
  ctx: Ctx,
  { board, laid }: Asked,
  { moments, first }: { readonly moments: readonly Then[]; readonly first: Day | undefined },
) {
  const { tier } = laid
  const parts = tier.kind === 'unit' && tier.unitId === null ? tier.children.map(({ id }) => id) : [tier.id]
  const read = async (spans: readonly { readonly from: Day; readonly to: Day }[]) => {
    const figures = await readSeries(tx, ctx, board.metric, { id: tier.id, parts }, spans)
    return figures.map((figure) => (figure === null ? null : Number(figure)))
  }
  const paceOver = (span: { readonly from: Day; readonly to: Day }, sum: number | null | undefined) => {
    const days = daysBetween(span.from, span.to)
    return { perDay: Math.max(0, sum ?? 0) / days, days }
  }
  const years = [...moments.map(({ on }) => yearBefore(on, first)), yearBefore(ctx.today, first)]
  const [actuals, paces] = [await read(moments.map(({ period }) => period)), await read(years)]
  const begun = moments.filter(({ period, on }) => on >= period.from)
  const closed = await read(begun.map(({ period, on }) => ({ from: period.from, to: addDays(on, 1) })))
  return {
    past: moments.map((moment, at) => ({
      actual: actuals[at] ?? null,
      closed: closed[begun.indexOf(moment)] ?? 0,
      pace: paceOver(years[at] ?? yearBefore(moment.on, first), paces[at]),
    })),
    pace: paceOver(yearBefore(ctx.today, first), paces.at(-1)),
  }
}
