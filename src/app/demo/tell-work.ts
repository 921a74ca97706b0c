import { addDays, addMonths, type Day } from '#engine/calendar/day.ts'
import type { Chance } from './chance.ts'
import { monthsFrom, workdayFrom, workdaysIn } from './days.ts'
import { chores, contacts, leaderChores } from './phrases.ts'
import { isSeated, type Seat } from './presence.ts'
import type { OrgStory, RecordStory, Setting } from './story.ts'
import type { Customer } from './tell-customers.ts'
import type { ToldDeal } from './tell-opportunities.ts'
import { lastDay } from './tell-org.ts'

interface Desk {
  readonly setting: Setting
  readonly chance: Chance
  readonly customersOf: ReadonlyMap<string, readonly Customer[]>
  readonly dealsOf: ReadonlyMap<string, readonly ToldDeal[]>
  /** Has a full day. */
  readonly favourite: string | undefined
}

interface Company {
  readonly org: OrgStory
  readonly seats: readonly Seat[]
  readonly customers: readonly Customer[]
  readonly told: readonly ToldDeal[]
  readonly favourite: string | undefined
}

interface WorkStory {
  readonly activities: readonly RecordStory[]
  readonly tasks: readonly RecordStory[]
}

/** What people did in the last months and what lies before them today. */
export function tellWork(
  setting: Setting,
  chance: Chance,
  { org, seats, customers, told, favourite }: Company,
): WorkStory {
  const open = told.filter(({ deal }) => deal.status === 'open')
  const desk: Desk = {
    setting,
    chance,
    favourite,
    customersOf: Map.groupBy(customers, ({ owner }) => owner),
    dealsOf: Map.groupBy(open, ({ deal }) => deal.owner),
  }
  const current = seats.filter((seat) => isSeated(seat, setting.today))
  const leaders = org.people.filter(({ stays, role }) => role !== 'representative' && stays.at(-1)?.to === null)
  const tasks = [
    ...current.flatMap((seat) => tasksOf(desk, seat.person)),
    ...leaders.flatMap(({ key }) => leaderTasks(desk, key)),
  ]
  return { activities: activitiesOf(desk, current), tasks: tasks.map((values, at) => ({ key: `k${at + 1}`, values })) }
}

/** Three or four a week for everybody, in the last four months. */
function activitiesOf(desk: Desk, seats: readonly Seat[]): readonly RecordStory[] {
  const { chance, setting } = desk
  const last = lastDay(setting)
  const from = addMonths(last, -4)
  const days = monthsFrom(from, last)
    .flatMap((month) => workdaysIn(month, last))
    .filter((day) => day >= from)
  const eagerness = new Map(seats.map((seat) => [seat, chance.skewed(0.5, 0.3) * Math.min(1, 0.25 + setting.scale)]))
  return days
    .flatMap((day) =>
      seats
        .filter((seat) => isSeated(seat, day) && chance.happens(eagerness.get(seat) ?? 0))
        .map((seat) => activity(desk, seat, day)),
    )
    .map((values, at) => ({ key: `v${at + 1}`, values }))
}

function activity({ chance, customersOf, dealsOf }: Desk, { person }: Seat, day: Day) {
  const way = chance.pickBy(contacts, ({ weight }) => weight)
  const begun = (dealsOf.get(person) ?? []).filter(({ deal }) => deal.engagedOn <= day)
  const told = begun.length > 0 && chance.happens(0.7) ? chance.pick(begun) : undefined
  const own = customersOf.get(person) ?? []
  const customer = told?.deal.customer ?? (own.length > 0 ? chance.pick(own) : undefined)
  return {
    kind: way.kind,
    subject: customer ? `${customer.shortName}:${chance.pick(way.subjects)}` : chance.pick(way.subjects),
    account: customer?.key ?? null,
    contact: customer ? chance.pick(customer.contacts) : null,
    opportunity: told?.key ?? null,
    doneOn: day,
    note: chance.pick(way.notes) || null,
    ownerId: person,
  }
}

/** One to three for today, some overdue, some for the days ahead, some done last week. */
function tasksOf(desk: Desk, person: string): readonly RecordStory['values'][] {
  const { chance, setting, favourite } = desk
  const due = [
    ...Array.from({ length: chance.whole(1, 3) + (person === favourite ? 3 : 0) }, () => setting.today),
    ...Array.from({ length: chance.whole(0, 2) }, () => addDays(setting.today, -chance.whole(1, 6))),
    ...Array.from({ length: chance.whole(1, 4) }, () => workdayFrom(addDays(setting.today, chance.whole(1, 14)))),
  ]
  const done = Array.from({ length: chance.whole(1, 3) }, () => {
    const doneOn = addDays(lastDay(setting), -chance.whole(0, 9))
    return { ...chore(desk, person), dueOn: doneOn, status: 'done', doneOn }
  })
  return [...due.map((dueOn) => ({ ...chore(desk, person), dueOn, status: 'open' })), ...done]
}

function chore({ chance, dealsOf, customersOf }: Desk, person: string) {
  const [words, priority] = chance.pick(chores)
  const deals = dealsOf.get(person) ?? []
  const told = deals.length > 0 && chance.happens(0.7) ? chance.pick(deals) : undefined
  const own = customersOf.get(person) ?? []
  const customer = told?.deal.customer ?? (own.length > 0 ? chance.pick(own) : undefined)
  const subject = customer ? `${words}:${customer.shortName}` : words
  return { subject, account: customer?.key ?? null, opportunity: told?.key ?? null, priority, ownerId: person }
}

function leaderTasks({ chance, setting }: Desk, person: string): readonly RecordStory['values'][] {
  return chance
    .shuffled(leaderChores)
    .slice(0, 3)
    .map(([subject, priority], at) => {
      const dueOn = at === 0 ? setting.today : workdayFrom(addDays(setting.today, chance.whole(1, 9)))
      return { subject, account: null, opportunity: null, priority, ownerId: person, dueOn, status: 'open' }
    })
}
