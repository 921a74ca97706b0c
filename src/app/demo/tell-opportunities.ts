import { addDays, daysBetween, type Day } from '#engine/calendar/day.ts'
import type { Credit } from '#engine/model/object-type.ts'
import type { Chance } from './chance.ts'
import type { Deal } from './deal.ts'
import { lostReasons } from './phrases.ts'
import { isSeated, type Seat } from './presence.ts'
import type { MoveStory, RecordStory } from './story.ts'

/** An opportunity as it is written, with what orders and activities need of it. */
export interface ToldDeal {
  readonly key: string
  readonly deal: Deal
  readonly credits: readonly Credit[] | null
  readonly record: RecordStory
}

const steps = ['初步接洽', '需求确认', '方案报价', '商务谈判']
const endings = ['采购项目', '采购项目', '新建项目', '扩建项目', '改造项目', '二期项目']

/** Opportunities in the order in which they began, with their way through the stages. The favourite shares none. */
export function tellOpportunities(
  chance: Chance,
  deals: readonly Deal[],
  seats: readonly Seat[],
  favourite: string | undefined,
): readonly ToldDeal[] {
  const ordered = deals
    .map((deal, at) => ({ deal, at }))
    .sort((a, b) => (a.deal.engagedOn < b.deal.engagedOn ? -1 : a.deal.engagedOn > b.deal.engagedOn ? 1 : a.at - b.at))
  return ordered.map(({ deal }, at) => tellOne(chance, deal, deal.owner === favourite ? [] : seats, at + 1))
}

function tellOne(chance: Chance, deal: Deal, seats: readonly Seat[], number: number): ToldDeal {
  const key = `o${number}`
  const moves = movesOf(chance, deal)
  const credits = deal.status === 'won' && chance.happens(0.06) ? sharedCredit(chance, deal, seats) : null
  const short = deal.ware.name.split(' ').at(-1) ?? deal.ware.name
  const values = {
    name: `${deal.customer.shortName}${short}${chance.pick(endings)}`,
    code: `SJ${deal.engagedOn.slice(2, 4)}-${String(number).padStart(5, '0')}`,
    account: deal.customer.key,
    product: deal.ware.code,
    stage: moves.at(-1)?.to,
    amount: String(deal.amount),
    engagedOn: deal.engagedOn,
    expectedOn: deal.expectedOn,
    closedOn: deal.closedOn,
    lostReason: deal.status === 'lost' ? chance.pickBy(lostReasons, ([, weight]) => weight)[0] : null,
    ownerId: deal.owner,
    credits,
  }
  return { key, deal, credits, record: { key, values, moves } }
}

/** From first contact to where the deal stands; now and then a step is left out. */
function movesOf(chance: Chance, deal: Deal): readonly MoveStory[] {
  const between = steps.slice(1, deal.depth + 1).filter((_, at) => at + 1 === deal.depth || !chance.happens(0.1))
  const names = ['初步接洽', ...between, ...(deal.status === 'open' ? [] : [deal.status === 'won' ? '赢单' : '输单'])]
  const days = daysOfMoves(chance, deal, names.length)
  return names.map((to, at) => ({
    from: names[at - 1] ?? null,
    to,
    at: instantOn(chance, days[at] ?? deal.engagedOn, at),
  }))
}

function daysOfMoves(chance: Chance, deal: Deal, count: number): readonly Day[] {
  const last = deal.closedOn ?? lastKnown(chance, deal)
  const span = daysBetween(deal.engagedOn, last)
  const inner = Array.from({ length: count - 1 }, () => Math.round(span * chance.next())).sort((a, b) => a - b)
  if (deal.closedOn !== null) inner[inner.length - 1] = span
  return [deal.engagedOn, ...inner.map((days) => addDays(deal.engagedOn, days))]
}

/** An open deal moved last at some time since its beginning, never ahead of the story. */
function lastKnown(chance: Chance, deal: Deal): Day {
  return addDays(deal.engagedOn, Math.round(deal.knownDays * (0.4 + 0.6 * chance.next())))
}

/** Office hours in China, later moves of a day later. */
function instantOn(chance: Chance, day: Day, place: number): string {
  const minute = String(chance.whole(0, 59)).padStart(2, '0')
  return `${day}T${String(9 + place).padStart(2, '0')}:${minute}:00+08:00`
}

/** Two or three people of the region share a deal. */
function sharedCredit(chance: Chance, deal: Deal, seats: readonly Seat[]): readonly Credit[] | null {
  const region = deal.team.split('/').slice(0, 2).join('/')
  const day = deal.closedOn ?? deal.engagedOn
  const others = seats.filter(
    (seat) =>
      seat.unit.startsWith(region) &&
      isSeated(seat, day) &&
      seat.person !== deal.owner &&
      (seat.joined === null || seat.joined <= deal.engagedOn),
  )
  const near = others.filter((seat) => seat.unit === deal.team)
  const [first, second] = chance.shuffled(chance.happens(0.6) && near.length > 1 ? near : others)
  if (!first || !second) return null
  const shares = chance.pick([
    ['70', '30'],
    ['60', '40'],
    ['50', '50'],
    ['50', '30', '20'],
  ] as const)
  return [deal.owner, first.person, second.person]
    .slice(0, shares.length)
    .map((person, at) => ({ person, percent: shares[at] ?? '0' }))
}
