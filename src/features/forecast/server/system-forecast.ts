import { setImmediate } from 'node:timers/promises'
import { addDays, daysBetween, type Day } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import { judged, overBy, tryPeriod, type BackTest, type Judged } from '#engine/forecast-deals/back-test.ts'
import { doubtOf } from '#engine/forecast-deals/doubt.ts'
import { learn, type Experience, type Stated } from '#engine/forecast-deals/experience.ts'
import { horizonOf, landedWith, restOf, type DealForecast } from '#engine/forecast-deals/forecast.ts'
import type { DealStory } from '#engine/forecast-deals/deal.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { defaultStructure, orgShape, readSeries } from '#platform/ledger/index.ts'
import type { Board } from './board.ts'
import type { LaidNode } from './lay-sums.ts'
import { peopleThen } from './people-then.ts'
import { pastPeriods } from './periods.ts'
import { dealStories } from './story-store.ts'

/** So many deals teach rates as well as more would; so many of a node's are forecast one by one. */
const mostTaught = 5000
const mostForecast = 20_000
/** The newest are shown; the older ones teach the first of these. */
const triedPeriods = 12
const shownPeriods = 8

export interface SystemSaid {
  readonly forecast: DealForecast
  readonly experience: Experience
  readonly tested: BackTest
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
}

/**
 * The forecast of a node from its deals, and how it would have done in past periods with as many days left. Rates are
 * learned from the company's deals; what was won, then and until then, is the ledger's.
 */
export async function systemForecast(tx: Tx, ctx: Ctx, asked: Asked): Promise<SystemSaid> {
  const { board, laid, period, stated, closed } = asked
  const moments = momentsLike(ctx, period)
  const isWhole = laid === board.root && board.seesAll
  const span = { from: moments[0]?.on ?? ctx.today, to: addDays(ctx.today, 1) }
  const shape = await orgShape(tx, ctx, await defaultStructure(tx, ctx), span)
  const peopleOn = (day: Day) => (isWhole ? undefined : new Set(peopleThen(shape, laid.tier, day)))
  const now = isWhole ? undefined : new Set(laid.people)
  const everybody = isWhole
    ? undefined
    : [...new Set([...laid.people, ...moments.flatMap(({ on }) => [...(peopleOn(on) ?? [])])])]
  const taught = await dealStories(tx, ctx, { most: mostTaught })
  const own = await dealStories(tx, ctx, { people: everybody, most: mostForecast })
  const lessons = taught.stories
  const figures = await readFigures(tx, ctx, asked, { moments, first: firstWin(lessons) })
  const question = { ...own, seed: laid.tier.id }
  const trials: Judged[] = []
  for (const [at, { period: tried, on }] of moments.entries()) {
    const known = figures.past[at]
    const experience = learnOn(lessons, tried, on, stated)
    if (!experience?.isGrounded || !known || known.actual === null) continue
    const trial = tryPeriod(
      {
        ...question,
        ...known,
        key: tried.key,
        actual: known.actual,
        people: peopleOn(on),
        period: tried,
        on,
        experience,
      },
      trials,
    )
    // Where there was nothing to say and nothing came, nothing was tried.
    if (trial.said > 0 || known.actual > 0) trials.push(trial)
    // Others are served between one period and the next.
    await setImmediate()
  }
  const experience =
    learnOn(lessons, period, ctx.today, stated) ?? learn(lessons, ctx.today, { after: 0, until: 1 }, stated)
  const rest = restOf({ ...question, people: now, period, on: ctx.today, experience, closed, pace: figures.pace })
  return {
    forecast: landedWith(rest, doubtOf(overBy(trials, ctx.today), rest.open + rest.unseen)),
    experience,
    tested: judged(trials.slice(-shownPeriods).map(({ tested }) => tested)),
  }
}

function firstWin(stories: readonly DealStory[]): Day | undefined {
  return stories.flatMap(({ won, closedOn }) => (won && closedOn !== null ? [closedOn] : [])).toSorted()[0]
}

function learnOn(stories: readonly DealStory[], period: Period, on: Day, stated: Stated): Experience | undefined {
  const horizon = horizonOf(period, on)
  return horizon && learn(stories, on, horizon, stated)
}

/** Of a period that is over the eves are tried. */
function momentsLike(ctx: Ctx, period: Period): readonly Then[] {
  const left = daysBetween(ctx.today, period.to)
  return pastPeriods(ctx, period.kind, triedPeriods).map((past) => {
    return { period: past, on: left > 0 ? addDays(past.to, -left) : addDays(past.from, -1) }
  })
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
  const yearBefore = (on: Day) => {
    const from = addDays(on, -364)
    return { from: first !== undefined && first > from && first <= on ? first : from, to: addDays(on, 1) }
  }
  const paceOver = (span: { readonly from: Day; readonly to: Day }, sum: number | null | undefined) => {
    const days = daysBetween(span.from, span.to)
    return { perDay: Math.max(0, sum ?? 0) / days, days }
  }
  const years = [...moments.map(({ on }) => yearBefore(on)), yearBefore(ctx.today)]
  const [actuals, paces] = [await read(moments.map(({ period }) => period)), await read(years)]
  const begun = moments.filter(({ period, on }) => on >= period.from)
  const closed = await read(begun.map(({ period, on }) => ({ from: period.from, to: addDays(on, 1) })))
  return {
    past: moments.map((moment, at) => ({
      actual: actuals[at] ?? null,
      closed: closed[begun.indexOf(moment)] ?? 0,
      pace: paceOver(years[at] ?? yearBefore(moment.on), paces[at]),
    })),
    pace: paceOver(yearBefore(ctx.today), paces.at(-1)),
  }
}
