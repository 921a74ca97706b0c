import { addDays, addMonths, daysBetween, earlier, later, type Day } from '#engine/calendar/day.ts'
import { splitUnits } from '#engine/money/split.ts'
import type { Chance } from './chance.ts'
import { monthsFrom, quarterOf, shareBehind, workdayFrom, workdaysIn } from './days.ts'
import type { Deal } from './deal.ts'
import { capacityIn, isSeated, type Seat } from './presence.ts'
import { wares, type Ware } from './products.ts'
import type { Setting } from './story.ts'
import type { Customer } from './tell-customers.ts'
import { firstDay, lastDay, star, troubled } from './tell-org.ts'
import { seasonOf, strengthOf } from './tell-plans.ts'

/** As many as were open at once before: what closes in a day × the days that a deal takes. */
const openShare = 0.06
const usualCycleDays = 46
const usualWinRate = 0.42

interface Market {
  readonly setting: Setting
  readonly chance: Chance
  readonly seats: readonly Seat[]
  readonly byOwner: ReadonlyMap<string, readonly Customer[]>
  readonly byTeam: ReadonlyMap<string, readonly Customer[]>
  readonly quarter: Day
  /** Deals closed in a quarter by each person: nobody closes them all. */
  readonly closed: Map<string, number>
  /** Wins this quarter are made sure of for the representative of the demo. */
  readonly favourite: string | undefined
}

/** All opportunities: closed ones over two years by season and team, open ones where people stand today. */
export function tellDeals(
  setting: Setting,
  chance: Chance,
  seats: readonly Seat[],
  customers: readonly Customer[],
  favourite: string | undefined,
): Deal[] {
  const market: Market = {
    setting,
    chance,
    seats,
    byOwner: Map.groupBy(customers, ({ owner }) => owner),
    byTeam: Map.groupBy(customers, ({ team }) => team),
    quarter: quarterOf(lastDay(setting)),
    closed: new Map(),
    favourite,
  }
  const count = Math.round(9000 * setting.scale)
  const open = Math.round(count * openShare)
  return [...closedDeals(market, count - open), ...openDeals(market, open)]
}

function closedDeals(market: Market, count: number): Deal[] {
  const { setting, seats } = market
  const last = lastDay(setting)
  const teams = [...market.byTeam.keys()]
  const slots = monthsFrom(firstDay(setting), last).flatMap((month, at) => {
    const behind = shareBehind(month, addMonths(month, 1), last)
    const days = workdaysIn(month, last)
    return teams.map((team) => {
      const people = seats.filter((seat) => seat.unit === team)
      const capacity = people.reduce((sum, seat) => sum + capacityIn(seat, month), 0)
      return { team, days, weight: capacity * strengthOf(team) * seasonOf(month) * behind * (1 + at * 0.008) }
    })
  })
  const weights = slots.map(({ weight }) => BigInt(Math.round(weight * 1_000_000)))
  const counts = splitUnits(BigInt(count), weights)
  return slots.flatMap(({ team, days }, at) =>
    Array.from({ length: Number(counts[at] ?? 0n) }, () => closedDeal(market, team, closingDay(market, days))),
  )
}

/** The last week of a month is the busiest. */
function closingDay({ chance }: Market, days: readonly Day[]): Day {
  return chance.pickBy(days, (_, at) => (at >= days.length - 5 ? 1.5 : 1))
}

function closedDeal(market: Market, team: string, closedOn: Day): Deal {
  const { chance } = market
  const seat = sellerOn(market, team, closedOn)
  const customer = customerFor(market, seat)
  const ware = wareFor(chance, customer)
  const cycle = Math.min(240, Math.max(6, Math.round(chance.skewed(usualCycleDays, 0.5))))
  const engagedOn = earlier(closedOn, later(addDays(closedOn, -cycle), seat.joined ?? '0001-01-01'))
  const isWon = wins(market, seat, closedOn)
  return {
    customer,
    ware,
    team,
    owner: seat.person,
    status: isWon ? 'won' : 'lost',
    engagedOn,
    expectedOn: later(engagedOn, addDays(closedOn, chance.whole(-20, 20))),
    closedOn,
    depth: isWon ? 3 : chance.pickBy([0, 1, 2, 3], (_, at) => [20, 28, 34, 18][at] ?? 1),
    knownDays: daysBetween(engagedOn, lastDay(market.setting)),
    amount: amountOf(chance, ware, customer),
  }
}

/** Who was there that day; who has closed much already this quarter is less likely to close the next one. */
function sellerOn({ chance, seats, closed }: Market, team: string, day: Day): Seat {
  const present = seats.filter((seat) => seat.unit === team && isSeated(seat, day))
  const month = `${day.slice(0, 7)}-01`
  const keyOf = (seat: Seat) => `${seat.person} ${quarterOf(day)}`
  const seat = chance.pickBy(present, (one) => {
    const capacity = capacityIn(one, month)
    return capacity === 0 ? 0.001 : (capacity * one.skill) / (1 + (closed.get(keyOf(one)) ?? 0) / (4 * capacity))
  })
  closed.set(keyOf(seat), (closed.get(keyOf(seat)) ?? 0) + 1)
  return seat
}

const regionWins: Readonly<Record<string, number>> = {
  华东大区: 1.05,
  华南大区: 1.08,
  华北大区: 0.95,
  西南大区: 0.9,
  华中大区: 1,
}

function wins({ chance, quarter, closed, favourite }: Market, seat: Seat, day: Day): boolean {
  const region = seat.unit.split('/')[1] ?? ''
  const isNow = day >= quarter
  const mood = isNow && region === troubled ? 0.6 : isNow && seat.unit === star ? 1.3 : 1
  const rate = usualWinRate * Math.sqrt(seat.skill) * (regionWins[region] ?? 1) * mood
  const happens = chance.happens(Math.min(0.75, Math.max(0.1, rate)))
  return happens || (isNow && seat.person === favourite && (closed.get(`${favourite} ${quarter}`) ?? 0) <= 2)
}

function customerFor({ chance, byOwner, byTeam }: Market, seat: Seat): Customer {
  const own = byOwner.get(seat.person)?.filter(({ team }) => team === seat.unit) ?? []
  return chance.pickBy(own.length > 3 ? own : (byTeam.get(seat.unit) ?? own), ({ employees }) => Math.sqrt(employees))
}

/** Which series an industry asks for; what is not named is asked for by everybody. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  智慧牧场: ['畜牧养殖', '饲料农资', '农垦国企'],
  智慧温室: ['设施园艺', '种子种苗', '规模种植', '农垦国企', '食品加工'],
  粮食产后: ['粮油加工', '农民合作社', '规模种植', '农垦国企', '饲料农资', '种子种苗'],
  分选加工: ['食品加工', '设施园艺', '粮油加工'],
  植保无人机: ['规模种植', '农民合作社', '农垦国企', '种子种苗', '饲料农资'],
  智慧渔业: ['水产养殖'],
  田间物联: ['规模种植', '农民合作社', '农垦国企', '设施园艺', '种子种苗'],
  水肥灌溉: ['规模种植', '农民合作社', '农垦国企', '设施园艺', '种子种苗'],
}

function wareFor(chance: Chance, { industry }: Customer): Ware {
  return chance.pickBy(wares, ({ series, demand }) =>
    (wanted[series]?.includes(industry) ?? true) ? demand : demand * 0.03,
  )
}

function amountOf(chance: Chance, { listPrice, usualCount }: Ware, { employees }: Customer): number {
  const size = Math.min(2, Math.max(0.7, (employees / 80) ** 0.2))
  const count = Math.max(1, Math.round(chance.skewed(usualCount * size, 0.4)))
  return Math.round((listPrice * count * (1 - chance.next() * 0.16)) / 100) * 100
}

function openDeals(market: Market, count: number): Deal[] {
  const { setting, seats } = market
  const last = lastDay(setting)
  const month = `${last.slice(0, 7)}-01`
  const present = seats.filter((seat) => isSeated(seat, setting.today))
  const weights = present.map((seat) => {
    const lean = seat.unit.includes(troubled) ? 0.62 : 1
    return BigInt(Math.round(Math.max(0.3, capacityIn(seat, month)) * strengthOf(seat.unit) * lean * 1_000_000))
  })
  const counts = splitUnits(BigInt(count), weights)
  return present.flatMap((seat, at) =>
    Array.from({ length: Number(counts[at] ?? 0n) }, () => openDeal(market, seat, last)),
  )
}

function openDeal(market: Market, seat: Seat, last: Day): Deal {
  const { chance, setting } = market
  const customer = customerFor(market, seat)
  const ware = wareFor(chance, customer)
  const ago = Math.min(200, Math.round(chance.skewed(30, 0.8)))
  const engagedOn = earlier(last, later(addDays(last, -ago), seat.joined ?? '0001-01-01'))
  const isOverdue = chance.happens(0.12)
  const ahead = isOverdue ? -chance.whole(1, 30) : Math.round(chance.skewed(28, 0.7))
  const age = daysBetween(engagedOn, setting.today)
  return {
    customer,
    ware,
    team: seat.unit,
    owner: seat.person,
    status: 'open',
    engagedOn,
    expectedOn: later(engagedOn, workdayFrom(addDays(setting.today, ahead))),
    closedOn: null,
    depth: Math.min(3, Math.floor((age / usualCycleDays) * 4 * (0.5 + chance.next()))),
    knownDays: daysBetween(engagedOn, lastDay(market.setting)),
    amount: amountOf(chance, ware, customer),
  }
}
