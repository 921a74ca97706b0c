import { addDays, daysBetween } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import { judged, overBy, type BackTest, type Judged } from '#engine/forecast-deals/back-test.ts'
import { openOn } from '#engine/forecast-deals/deal.ts'
import { doubtOf } from '#engine/forecast-deals/doubt.ts'
import { learn, type Experience, type Stated } from '#engine/forecast-deals/experience.ts'
import { landedWith, restOf, type DealForecast } from '#engine/forecast-deals/forecast.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Board } from './board.ts'
import type { LaidNode } from './lay-sums.ts'
import { learnedBy, type Learned } from './learned.ts'
import { paceOf, pastTried } from './past-tried.ts'
import { everything, figuresByRow, rowOf, type RowKey } from './row-key.ts'
import { dealStories } from './story-store.ts'
import { yearBefore } from './year-before.ts'

/** So many open deals are forecast one by one. */
const mostForecast = 100_000
/** The newest are shown; the older ones teach the first of these. */
const shownPeriods = 8

export interface SystemSaid {
  readonly forecast: DealForecast
  readonly experience: Experience
  /** How many open deals each that was reckoned with stands for. */
  readonly weight: number
  /** Past periods with as many days left, the newest of them. */
  readonly tested: BackTest
  readonly learned: Learned
}

interface Asked {
  readonly board: Board
  readonly period: Period
  readonly stated: Stated
}

/** What all nodes of a board have in common. */
export interface System {
  readonly experience: Experience
  readonly learned: Learned
  /** Where nodes together land. `closed`: won in the period until now. */
  of(asked: { readonly laid: readonly LaidNode[]; readonly closed: number }): Said
}

interface Said {
  readonly forecast: DealForecast
  readonly weight: number
  readonly trials: readonly Judged[]
}

/**
 * The forecast of any node from its deals, and how it would have done in past periods with as many days left. Rates are
 * learned from the company's deals; what was won, then and until then, is the ledger's. What was learned and tried is kept
 * as long as the past is the same; open deals and what closed are read each time, those of all `people` at once.
 */
export async function systemOf(tx: Tx, ctx: Ctx, { board, period, stated }: Asked, people: LaidNode): Promise<System> {
  const learned = await learnedBy(tx, ctx, stated)
  const { metric } = board
  const past = await pastTried(tx, ctx, { learned, metric, period })
  const year = yearBefore(ctx.today, await learned.firstWin())
  const figures = await figuresByRow(tx, ctx, metric, year)
  const days = daysBetween(year.from, addDays(ctx.today, 1))
  const experience =
    (await learned.on(ctx.today, period)) ??
    learn(await learned.lessons(), learned.until, { after: 0, until: 1 }, stated)
  const isWhole = (laid: LaidNode) => laid === board.root && board.seesAll
  const asked = isWhole(people) ? undefined : people.people
  const { stories, weight } = await dealStories(tx, ctx, { people: asked, most: mostForecast, areOpen: true })
  const byPerson = Map.groupBy(
    stories.flatMap((story) => story.shares.map(({ person }) => ({ person, story }))),
    ({ person }) => person,
  )
  return {
    experience,
    learned,
    of: ({ laid, closed }) => {
      // A unit that moved stands in two places and is one row.
      const rows = [...new Set(laid.flatMap((one) => (isWhole(one) ? [everything] : rowsOf(one))))]
      const whose = laid.some(isWhole) ? undefined : new Set(laid.flatMap((one) => one.people))
      const theirs = whose && [...whose].flatMap((person) => byPerson.get(person) ?? []).map(({ story }) => story)
      const open = openOn(theirs ? [...new Set(theirs)] : stories, ctx.today, whose)
      const won = rows.reduce((sum, row) => sum + (figures.get(row) ?? 0), 0)
      // Where a row has gone from, nothing more comes: it comes where it stands.
      const pace = paceOf(laid.some(({ tier }) => tier.current) ? won : 0, days)
      const trials = past.of(rows)
      const rest = restOf({ open, weight, period, on: ctx.today, experience, closed, pace })
      const doubt = doubtOf(overBy(trials, ctx.today), rest.open + rest.unseen)
      return { forecast: landedWith(rest, doubt), weight, trials }
    },
  }
}

/** A node over several tops stands for them. */
function rowsOf({ tier, children }: LaidNode): readonly RowKey[] {
  const own = rowOf(tier)
  return own === undefined ? children.flatMap(rowsOf) : [own]
}

/** What is shown of how such forecasts did. */
export function testedOf(trials: readonly Judged[]): BackTest {
  return judged(trials.slice(-shownPeriods).map(({ tested }) => tested))
}
