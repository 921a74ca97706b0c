import { addDays, type Day } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { DealStory } from '#engine/forecast-deals/deal.ts'
import { learn, type Experience, type Stated } from '#engine/forecast-deals/experience.ts'
import { horizonOf } from '#engine/forecast-deals/forecast.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { keepingBy, type KeptOf } from './kept-answers.ts'
import { markOfPast } from './past-store.ts'
import { dealStories } from './story-store.ts'

/** So many deals teach rates as well as more would. */
const mostTaught = 5000

/** What the past of a company teaches until yesterday, learned once for as long as that past is the same. */
export interface Learned {
  /** The company and its past: whatever is kept of it hangs on both. */
  readonly of: KeptOf
  /** Yesterday: what became of deals later teaches nothing yet, and may be told otherwise when it is asked for again. */
  readonly until: Day
  /** The deals that teach, an even sample of all that were known by then; their standings may go on. */
  lessons(): Promise<readonly DealStory[]>
  /** The first day on which one of them was won, by then. */
  firstWin(): Promise<Day | undefined>
  /** For what was left of a period on a day; undefined where nothing was. */
  on(day: Day, period: Pick<Period, 'from' | 'to'>): Promise<Experience | undefined>
}

/** In deals, of some hundred bytes: about 40 MB of each. */
const keepLessons = keepingBy<readonly DealStory[]>({ most: 50_000, sizeOf: ({ length }) => length + 1 })
const keepExperience = keepingBy<{ readonly experience: Experience | undefined }>({
  most: 500_000,
  sizeOf: ({ experience }) => (experience ? experience.closedDeals + experience.unseen.deals.length + 1 : 1),
})

/** Chances are shrunk to what the company states of its stages. */
export async function learnedBy(tx: Tx, ctx: Ctx, stated: Stated): Promise<Learned> {
  const { id: company, zone, currency } = ctx.company
  const mark = await markOfPast(tx, ctx)
  const of = { company, state: JSON.stringify([ctx.today, zone, currency, [...stated], mark]) }
  const until = addDays(ctx.today, -1)
  const lessons = () =>
    keepLessons(of, 'lessons', async () => (await dealStories(tx, ctx, { most: mostTaught, known: until })).stories)
  return {
    of,
    until,
    lessons,
    firstWin: async () =>
      (await lessons()).reduce<Day | undefined>(
        (first, { won, closedOn }) =>
          won && closedOn !== null && closedOn <= until && (first === undefined || closedOn < first) ? closedOn : first,
        undefined,
      ),
    on: async (day, { from, to }) => {
      const horizon = horizonOf({ from, to }, day)
      const { experience } = await keepExperience(of, JSON.stringify([day, horizon]), async () => ({
        experience: horizon && learn(await lessons(), day < until ? day : until, horizon, stated),
      }))
      return experience
    },
  }
}
