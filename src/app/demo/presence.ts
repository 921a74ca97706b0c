import { addDays, addMonths, daysBetween, earlier, later, type Day } from '#engine/calendar/day.ts'
import type { OrgStory, PersonStory, Stay } from './story.ts'

/** A person who sells in a team, for the time that the story knows. */
export interface Seat extends Stay {
  readonly person: string
  readonly isHead: boolean
  /** First day in the company; null: always there. */
  readonly joined: Day | null
  /** How well the person sells, around 1. */
  readonly skill: number
}

/** Every seat in every team, one for each stay. */
export function seatsOf(org: OrgStory, skillOf: (person: PersonStory) => number): readonly Seat[] {
  const heads = new Map(org.units.map((unit) => [unit.headKey, unit.path.length]))
  return org.people.flatMap((person) => {
    const skill = skillOf(person)
    const joined = person.stays[0]?.from ?? null
    return person.stays
      .filter((stay) => depthOf(stay.unit) === 3)
      .map((stay) => ({ ...stay, person: person.key, isHead: heads.has(person.key), joined, skill }))
  })
}

/** 0: the company; 3: a team. */
export function depthOf(unit: string): number {
  return unit.split('/').length - 1
}

export function isSeated({ from, to }: Pick<Stay, 'from' | 'to'>, day: Day): boolean {
  return (from === null || from <= day) && (to === null || day < to)
}

const tierWeights: Readonly<Record<string, number>> = { 标杆: 1.25, 骨干: 1.1, 合格: 0.9, 新人: 0.7 }
const ramp = [0.3, 0.5, 0.7, 0.85]

const reckoned = new WeakMap<Seat, Map<Day, number>>()

/** What a seat can be expected to bring in a month: time there, experience, and half a share for heads. */
export function capacityIn(seat: Seat, month: Day): number {
  const known = reckoned.get(seat) ?? new Map<Day, number>()
  reckoned.set(seat, known)
  const before = known.get(month)
  if (before !== undefined) return before
  const capacity = reckonCapacity(seat, month)
  known.set(month, capacity)
  return capacity
}

function reckonCapacity(seat: Seat, month: Day): number {
  const end = addMonths(month, 1)
  const from = later(seat.from ?? month, month)
  const to = earlier(seat.to ?? end, end)
  if (from >= to) return 0
  const present = daysBetween(from, to) / daysBetween(month, end)
  const months = seat.joined === null ? 99 : Math.floor(daysBetween(seat.joined, addDays(end, -1)) / 30.5)
  const experience = ramp[Math.max(0, months)] ?? 1
  const standing = seat.isHead ? 0.5 : (tierWeights[seat.repTier ?? ''] ?? 1)
  return present * experience * standing
}
