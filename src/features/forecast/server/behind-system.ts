import type { z } from 'zod'
import { wentThrough } from '#engine/forecast-deals/experience.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { forecastErrors, type SystemBehind, type systemBehindRoute } from '../contract.ts'
import { mostRows, nextOf } from './closed-deals.ts'
import { inCents } from './in-cents.ts'
import { askSystem } from './show-system.ts'
import { namesSeen } from './story-store.ts'

type Question = z.infer<NonNullable<typeof systemBehindRoute.query>>
type Row = Omit<SystemBehind['rows'][number], 'name'>
type Answer = Awaited<ReturnType<typeof askSystem>>

/** A figure with what it was reckoned from, and its deals before anybody's sight. */
interface Behind extends Pick<SystemBehind, 'total' | 'adjustment' | 'coming'> {
  readonly deals: readonly Row[]
  /** The deals are the company's, not the node's: those out of reach are only counted. */
  readonly areOfAll: boolean
}

/** The deals and the reckoning behind a figure of the system's forecast. */
export async function behindSystem(ctx: Ctx, { of, stage, skip, ...question }: Question): Promise<SystemBehind> {
  return inView(ctx, async (tx) => {
    const answer = await askSystem(tx, ctx, question)
    const { deals, areOfAll, ...figures } = await behindOf(ctx, answer, of, stage)
    const hidden = (reached: number) => (areOfAll && !answer.board.seesAll ? null : deals.length - reached)
    const ids = deals.map(({ id }) => id)
    const seen = await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity'))
    const names = await namesSeen(tx, ctx, ids, seen)
    const listed = areOfAll ? deals.filter(({ id }) => names.has(id)) : deals
    const rows = listed.slice(skip, skip + mostRows).map((deal) => ({ ...deal, name: names.get(deal.id) ?? null }))
    return {
      ...figures,
      rows,
      count: listed.length,
      hidden: hidden(listed.length),
      weight: of === 'open' ? answer.weight : 1,
      next: nextOf(skip, rows.length, listed.length),
    }
  })
}

async function behindOf(ctx: Ctx, answer: Answer, of: Question['of'], stage: Question['stage']): Promise<Behind> {
  if (of === 'open') return openDeals(answer)
  if (of === 'unseen') return unseenDeals(answer)
  // How the stages of the whole company fare is told to who sees all of it.
  if (!answer.board.seesAll || stage === undefined) throw forecastErrors.FORECAST_NODE_NOT_FOUND()
  const stories = wentThrough(await answer.learned.lessons(), ctx.today, stage)
  const deals = stories.map(({ id, closedOn, won, wonAmount, standings }): Row => {
    // One that was lost is told by what it was last thought to be worth.
    const amount = won ? wonAmount : (standings.at(-1)?.amount ?? 0)
    return { ...noFigures, id, amount: inCents(amount), closedOn, won }
  })
  return { total: null, adjustment: null, coming: null, areOfAll: true, deals: latestFirst(deals) }
}

const noFigures = { closedOn: null, won: null, win: null, inside: null, unknown: null, counts: null }

function openDeals({ forecast }: Answer): Behind {
  const deals = forecast.deals
    .toSorted((one, other) => other.expected - one.expected)
    .map(({ id, amount, win, inside, expected }): Row => {
      return { ...noFigures, id, amount: inCents(amount), win, inside, counts: inCents(expected) }
    })
  return { total: inCents(forecast.open), adjustment: forecast.adjustment, coming: null, deals, areOfAll: false }
}

function unseenDeals({ forecast, experience }: Answer): Behind {
  const { perDay, ...coming } = forecast.coming
  const deals = experience.unseen.deals.map(({ id, wonOn, amount, chance }): Row => {
    return { ...noFigures, id, amount: inCents(amount), closedOn: wonOn, won: true, unknown: chance }
  })
  return {
    total: inCents(forecast.unseen),
    adjustment: null,
    coming: { perDay: inCents(perDay), ...coming },
    deals: latestFirst(deals),
    areOfAll: true,
  }
}

const latestFirst = (deals: readonly Row[]) =>
  deals.toSorted((one, other) => (other.closedOn ?? '').localeCompare(one.closedOn ?? ''))
