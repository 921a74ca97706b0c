import { addMonths, yearAndMonth, type Day } from '#engine/calendar/day.ts'
import { splitByWeight } from '#engine/money/split.ts'
import { capacityIn, type Seat } from './presence.ts'
import type { PlanCell, PlanStory, Setting } from './story.ts'

/** What the months of a year bring, in percent: the spring festival is slow, the fourth quarter fast. */
export const season = [6.5, 4.5, 9, 7.5, 8, 9.5, 7.5, 8, 9.5, 8.5, 10, 11.5]

export function seasonOf(month: Day): number {
  return season[yearAndMonth(month).month - 1] ?? 0
}

/** How much of the market a region is, beside the number of its people. */
const strength: Readonly<Record<string, number>> = {
  华东大区: 1.12,
  华南大区: 1.08,
  华北大区: 0.95,
  西南大区: 0.9,
  华中大区: 0.92,
}

export function strengthOf(unit: string): number {
  return strength[unit.split('/')[1] ?? ''] ?? 1
}

/** Yuan that the company wants to sign in the year in which the story ends. */
const ambition = 720_000_000
const growth = 1.13
const orderShare = 0.97

/** Plans of this year and the last: signed amount and sales amount. */
export function tellPlans(setting: Setting, seats: readonly Seat[]): readonly PlanStory[] {
  const { year } = yearAndMonth(setting.today)
  return [year - 1, year].flatMap((one): PlanStory[] => {
    const cells = cellsOf(seats, one, (ambition * setting.scale) / (one === year ? 1 : growth))
    const reason = `${one} 年度销售目标，按区域潜力与人员编制分解`
    return [
      { metric: 'signed_amount', year: one, reason, cells },
      { metric: 'sales_amount', year: one, reason, cells: cells.map(toSales) },
    ]
  })
}

function toSales(cell: PlanCell): PlanCell {
  return { ...cell, months: cell.months.map((amount) => Math.round((amount * orderShare) / 100) * 100) }
}

/** Each month is shared out over everybody who is there, in hundreds of yuan; the parts add up to the month. */
function cellsOf(seats: readonly Seat[], year: number, total: number): readonly PlanCell[] {
  const byMonth = season.map((share, at) => {
    const month = addMonths(`${year}-01-01`, at)
    const whole = Math.round((total * share) / 1_000_000) * 10_000
    const weights = seats.map((seat) => String(Math.round(capacityIn(seat, month) * strengthOf(seat.unit) * 10_000)))
    return splitByWeight(String(whole), weights, '100').map(Number)
  })
  return seats
    .map(({ unit, person }, at) => ({ unit, person, months: byMonth.map((month) => month[at] ?? 0) }))
    .filter(({ months }) => months.some((amount) => amount > 0))
}
