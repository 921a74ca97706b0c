import { addDays, later, type Day } from '#engine/calendar/day.ts'
import type { Credit } from '#engine/model/object-type.ts'
import type { Chance } from './chance.ts'
import { workdayFrom, workdaysIn, monthsFrom } from './days.ts'
import { isSeated, type Seat } from './presence.ts'
import { parts } from './products.ts'
import type { RecordStory, Setting } from './story.ts'
import { firstDay, lastDay } from './tell-org.ts'
import { seasonOf } from './tell-plans.ts'
import type { ToldDeal } from './tell-opportunities.ts'

export interface SalesStory {
  readonly orders: readonly RecordStory[]
  readonly payments: readonly RecordStory[]
  readonly refunds: readonly RecordStory[]
}

interface Order {
  readonly account: string
  readonly opportunity: string | null
  readonly owner: string
  readonly credits: readonly Credit[] | null
  readonly amount: number
  readonly on: Day
  readonly status: 'draft' | 'confirmed' | 'cancelled'
  readonly note: string | null
  readonly costShare: number | null
}

/** What became of won deals: orders, what was paid and what was given back; and parts that are ordered again. */
export function tellSales(
  setting: Setting,
  chance: Chance,
  told: readonly ToldDeal[],
  seats: readonly Seat[],
): SalesStory {
  const last = lastDay(setting)
  const won = told.filter(({ deal }) => deal.status === 'won')
  const orders = [...won.flatMap((one) => ordersOf(chance, one)), ...partsOrders(setting, chance, won, seats)]
    .filter(({ on }) => on <= last)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map((order, at) => ({ ...order, key: `s${at + 1}` }))
  const confirmed = orders.filter(({ status }) => status === 'confirmed')
  const costs = chance.chapter('costs')
  return {
    orders: orders.map((order, at) => orderRecord(costs, order, order.key, at + 1)),
    payments: paymentsOf(chance, confirmed, last),
    refunds: refundsOf(chance, confirmed, last),
  }
}

/** Most deals are one order some days later; big ones are delivered in two. */
function ordersOf(chance: Chance, { key, deal, credits }: ToldDeal): readonly Order[] {
  const on = workdayFrom(addDays(deal.closedOn ?? deal.engagedOn, chance.whole(0, 5)))
  const status = chance.happens(0.015) ? 'cancelled' : 'confirmed'
  const order = {
    account: deal.customer.key,
    opportunity: key,
    owner: deal.owner,
    credits,
    on,
    status,
    note: null,
    costShare: deal.ware.costShare,
  } as const
  if (deal.amount < 600_000 || !chance.happens(0.3)) return [{ ...order, amount: deal.amount }]
  const first = Math.round(deal.amount * 0.006) * 100
  const second = workdayFrom(addDays(on, chance.whole(15, 40)))
  return [
    { ...order, amount: first, note: '一期交付' },
    { ...order, amount: deal.amount - first, on: second, note: '二期交付' },
  ]
}

/** Customers who bought order consumables and parts from the team that serves them. */
function partsOrders(
  setting: Setting,
  chance: Chance,
  won: readonly ToldDeal[],
  seats: readonly Seat[],
): readonly Order[] {
  const last = lastDay(setting)
  const orders: Order[] = []
  for (const month of monthsFrom(firstDay(setting), last)) {
    const days = workdaysIn(month, last)
    const buyers = won.filter(({ deal }) => deal.closedOn !== null && deal.closedOn < month)
    if (days.length === 0 || buyers.length === 0) continue
    const count = Math.round(5.5 * seasonOf(month) * setting.scale * (days.length / 21))
    for (let at = 0; at < count; at += 1) {
      const { deal } = chance.pick(buyers)
      const on = chance.pick(days)
      const [note, usual, costShare] = chance.pick(parts)
      const seller = seats.find((seat) => seat.person === deal.owner && isSeated(seat, on))
      const owner = seller?.person ?? deal.customer.owner
      const amount = Math.round(chance.skewed(usual, 0.5) / 100) * 100 + 100
      const status = on > addDays(last, -6) && chance.happens(0.3) ? 'draft' : 'confirmed'
      const order = {
        account: deal.customer.key,
        opportunity: null,
        owner,
        credits: null,
        amount,
        on,
        status,
        note,
      } as const
      orders.push({ ...order, costShare })
    }
  }
  return orders
}

/** Yuan; who orders less pays at once, within a month. */
const smallOrder = 120_000
/** With bigger ones the last tenth is due when the guarantee is over. */
const guaranteeDays = 240

function orderRecord(chance: Chance, order: Order, key: string, number: number): RecordStory {
  const { account, opportunity, owner, credits, amount, on, status, note, costShare } = order
  const cost = costShare === null ? null : Math.round((amount * costShare * (0.95 + 0.1 * chance.next())) / 100) * 100
  const code = `DD${on.slice(2, 4)}${on.slice(5, 7)}-${String(number).padStart(5, '0')}`
  return {
    key,
    values: {
      code,
      account,
      opportunity,
      amount: String(amount),
      cost: cost === null ? null : String(cost),
      orderedOn: on,
      dueOn: addDays(on, amount < smallOrder ? 30 : guaranteeDays),
      status,
      ownerId: owner,
      credits,
      note,
    },
  }
}

type Keyed = Order & { readonly key: string }

/** Usual terms: 30% in advance, 60% on delivery, 10% after the guarantee; small orders at once. */
function paymentsOf(chance: Chance, orders: readonly Keyed[], last: Day): readonly RecordStory[] {
  return orders
    .flatMap((order) => instalments(chance, order))
    .filter(({ on }) => on <= last)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map(({ order, amount, on, method }, at) => {
      const number = String(at + 1).padStart(5, '0')
      const code = `HK${on.slice(2, 4)}${on.slice(5, 7)}-${number}`
      const values = {
        code,
        order: order.key,
        account: order.account,
        amount: String(amount),
        receivedOn: on,
        method,
        ownerId: order.owner,
      }
      return { key: `r${number}`, values }
    })
}

function instalments(chance: Chance, order: Keyed) {
  const method = chance.pickBy(
    ['银行转账', '银行承兑汇票', '农机补贴直付', '对公网银'],
    (_, at) => [55, 20, 10, 15][at] ?? 1,
  )
  const on = (days: number) => workdayFrom(addDays(order.on, days))
  if (order.amount < smallOrder) return [{ order, amount: order.amount, on: on(chance.whole(0, 20)), method }]
  const advance = Math.round(order.amount * 0.003) * 100
  const rest = Math.round(order.amount * 0.001) * 100
  // Some customers pay late, and some have not paid at all yet.
  const lateness = chance.happens(0.12) ? chance.whole(40, 120) : chance.whole(0, 20)
  const delivery = { order, amount: order.amount - advance - rest, on: on(30 + lateness), method }
  const final = { order, amount: rest, on: on(180 + chance.whole(0, 90)), method }
  return [
    { order, amount: advance, on: on(chance.whole(1, 10)), method },
    delivery,
    ...(chance.happens(0.08) ? [] : [final]),
  ]
}

const refundReasons = ['设备质量问题退货', '数量调整', '验收未通过，部分退款', '价格补差']

function refundsOf(chance: Chance, orders: readonly Keyed[], last: Day): readonly RecordStory[] {
  return orders
    .filter(() => chance.happens(0.012))
    .map((order) => ({ order, on: workdayFrom(later(order.on, addDays(order.on, chance.whole(15, 90)))) }))
    .filter(({ on }) => on <= last)
    .map(({ order, on }, at) => {
      const number = String(at + 1).padStart(4, '0')
      const amount = Math.max(100, Math.round(order.amount * (0.05 + 0.35 * chance.next()) * 0.01) * 100)
      const values = {
        code: `TK-${number}`,
        order: order.key,
        amount: String(amount),
        refundedOn: on,
        reason: chance.pick(refundReasons),
        ownerId: order.owner,
      }
      return { key: `t${number}`, values }
    })
}
