import type { z } from 'zod'
import { wentThrough } from '#engine/forecast-deals/experience.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { forecastErrors, type SystemBehind, type systemBehindRoute } from '../contract.ts'
import { wonBefore } from './behind-pace.ts'
import { mostRows, nextOf } from './closed-deals.ts'
import { closedMetric, isAllInSight } from './in-sight.ts'
import { learnedBy } from './learned.ts'
import { standingNow } from './open-deals-store.ts'
import { inCents } from './in-cents.ts'
import { askSystem, statedBy } from './show-system.ts'
import { namesSeen, statedStages } from './story-store.ts'
import { yearBefore } from './year-before.ts'

type Question = z.infer<NonNullable<typeof systemBehindRoute.query>>
type Row = Omit<SystemBehind['rows'][number], 'name' | keyof typeof notStanding>
type Answer = Awaited<ReturnType<typeof askSystem>>

/** A figure with what it was reckoned from, and its deals before anybody's sight. */
interface Behind extends Pick<SystemBehind, 'total' | 'adjustment' | 'coming' | 'weight'> {
  readonly deals: readonly Row[]
  /** The deals are the company's, not the node's: those out of reach are only counted. */
  readonly areOfAll: boolean
  /** The reader sees the whole company: how many are out of sight is told. */
  readonly seesAll: boolean
}

/** The deals and the reckoning behind a figure of the system's forecast. */
export async function showBehindSystem(ctx: Ctx, question: Question): Promise<SystemBehind> {
  return inView(ctx, async (tx) => {
    // How a stage fares is the company's: it needs what was learned, and no node's forecast.
    if (question.of === 'stage') return shownPage(tx, ctx, await closedInStage(tx, ctx, question.stage ?? ''), question)
    if (question.of === 'pace') return { ...ofPace, ...(await wonBefore(tx, ctx, question)) }
    const answer = await askSystem(tx, ctx, question)
    const behind = question.of === 'open' ? openDeals(answer) : await unseenDeals(ctx, answer)
    return shownPage(tx, ctx, behind, question)
  })
}

async function shownPage(
  tx: Tx,
  ctx: Ctx,
  { deals, areOfAll, seesAll, ...figures }: Behind,
  { of, skip }: Question,
): Promise<SystemBehind> {
  const seen = await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity'))
  const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id)
  const inSight = areOfAll ? await namesSeen(tx, ctx, idsOf(deals), seen) : undefined
  const listed = inSight ? deals.filter(({ id }) => inSight.has(id)) : deals
  const page = listed.slice(skip, skip + mostRows)
  const names = inSight ?? (await namesSeen(tx, ctx, idsOf(page), seen))
  const standing = of === 'open' ? await standingNow(tx, ctx, idsOf(page), seen) : undefined
  return {
    ...figures,
    rows: page.map((deal) => ({
      ...deal,
      name: names.get(deal.id) ?? null,
      ...(standing?.get(deal.id) ?? notStanding),
    })),
    count: listed.length,
    hidden: areOfAll && !seesAll ? null : deals.length - listed.length,
    next: nextOf(skip, page.length, listed.length),
  }
}

/** How the stages of the whole company fare is told to who sees all of it. */
async function closedInStage(tx: Tx, ctx: Ctx, stage: string): Promise<Behind> {
  if (!(await isAllInSight(ctx, closedMetric(ctx)))) throw forecastErrors.FORECAST_NODE_NOT_FOUND()
  const learned = await learnedBy(tx, ctx, statedBy(await statedStages(tx, ctx)))
  const deals = wentThrough(await learned.lessons(), learned.until, stage).map((story): Row => {
    const { id, closedOn, won, wonAmount, standings } = story
    // One that was lost is told by what it was last thought to be worth.
    const amount = won ? wonAmount : (standings.at(-1)?.amount ?? 0)
    return { ...noFigures, id, amount: inCents(amount), closedOn, won }
  })
  return {
    ...{ total: null, adjustment: null, coming: null, weight: 1 },
    ...{ areOfAll: true, seesAll: true },
    deals: latestFirst(deals),
  }
}

const ofPace = { adjustment: null, coming: null, weight: 1, hidden: 0 }

const notStanding = { stage: null, stated: null, expectedOn: null, accountName: null }

const noFigures = { closedOn: null, won: null, win: null, inside: null, unknown: null, counts: null }

function openDeals({ forecast, weight, board: { seesAll } }: Answer): Behind {
  const deals = forecast.deals
    .toSorted((one, other) => other.expected - one.expected)
    .map(({ id, amount, win, inside, expected }): Row => {
      return { ...noFigures, id, amount: inCents(amount), win, inside, counts: inCents(expected) }
    })
  const { open, adjustment } = forecast
  return { total: inCents(open), adjustment, coming: null, weight, deals, areOfAll: false, seesAll }
}

async function unseenDeals(ctx: Ctx, { forecast, experience, learned, board: { seesAll } }: Answer): Promise<Behind> {
  const { perDay, ...coming } = forecast.coming
  const since = yearBefore(ctx.today, await learned.firstWin())
  const deals = experience.unseen.deals.map(({ id, wonOn, amount, chance }): Row => {
    return { ...noFigures, id, amount: inCents(amount), closedOn: wonOn, won: true, unknown: chance }
  })
  return {
    total: inCents(forecast.unseen),
    adjustment: null,
    coming: { perDay: inCents(perDay), since, ...coming },
    weight: 1,
    deals: latestFirst(deals),
    areOfAll: true,
    seesAll,
  }
}

const latestFirst = (deals: readonly Row[]) =>
  deals.toSorted((one, other) => (other.closedOn ?? '').localeCompare(one.closedOn ?? ''))
