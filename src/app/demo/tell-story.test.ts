import { createHash } from 'node:crypto'
import { expect, describe, it } from 'vitest'
import { addMonths } from '#engine/calendar/day.ts'
import { quarterOf, shareBehind } from './days.ts'
import { personas } from './personas.ts'
import { isSeated } from './presence.ts'
import type { RecordStory, Story } from './story.ts'
import { lastDay, star, troubled } from './tell-org.ts'
import { byEvenings } from './tell-evenings.ts'
import { tellStory } from './tell-story.ts'

const setting = { seed: 'hetian', today: '2026-11-23', scale: 1 }
const story = tellStory(setting)
/** Milliseconds; a busy machine takes seconds to tell the whole story. */
const patience = 60_000

describe('the story of the demo company', { timeout: patience }, () => {
  it('is the same for the same seed and day, and another one otherwise', () => {
    const small = { ...setting, scale: 0.05 }
    expect(hashOf(tellStory(small))).toBe(hashOf(tellStory(small)))
    expect(hashOf(tellStory({ ...small, seed: 'other' }))).not.toBe(hashOf(tellStory(small)))
    expect(hashOf(tellStory({ ...small, today: '2026-11-24' }))).not.toBe(hashOf(tellStory(small)))
  })

  it('has the size that was promised', () => {
    expect(shelf(story, 'account')).toHaveLength(3000)
    expect(shelf(story, 'opportunity')).toHaveLength(9000)
    expect(shelf(story, 'contact').length).toBeGreaterThan(3700)
    expect(story.units.filter(({ path }) => path.length === 1)).toHaveLength(5)
    expect(story.people.length).toBeGreaterThan(210)
    expect(story.people.length).toBeLessThan(250)
    expect(new Set(shelf(story, 'account').map(({ values }) => values['province'])).size).toBeGreaterThan(24)
  })

  it('gives nobody the name, number or mail of another', () => {
    for (const mark of ['name', 'employeeNo', 'email'] as const) {
      expect(new Set(story.people.map((person) => person[mark])).size).toBe(story.people.length)
    }
    expect(new Set(shelf(story, 'account').map(({ values }) => values['name'])).size).toBe(3000)
    for (const { name, role } of Object.values(personas)) {
      expect(story.people.filter((person) => person.name === name)).toMatchObject([{ role }])
    }
  })

  it('puts everybody somewhere, one stay after the other, and heads where they are today', () => {
    const units = new Set(story.units.map(({ key }) => key))
    for (const { stays } of story.people) {
      expect(stays.every(({ unit }) => units.has(unit))).toBe(true)
      for (const [at, stay] of stays.slice(1).entries()) expect(stay.from).toBe(stays[at]?.to)
    }
    const today = new Map(
      story.people.map(({ key, stays }) => [key, stays.find((stay) => isSeated(stay, setting.today))]),
    )
    for (const { key, headKey } of story.units) expect(today.get(headKey)?.unit).toBe(key)
  })

  it('tells of movers, joiners, leavers and a team that went to another branch', () => {
    const ended = story.people.filter(({ stays }) => stays.at(-1)?.to !== null)
    expect(ended).toHaveLength(12)
    expect(story.people.filter(({ stays }) => stays.length > 1).length).toBeGreaterThan(8)
    expect(story.people.filter(({ stays }) => stays[0]?.from !== null).length).toBeGreaterThan(20)
    expect(story.unitMoves).toHaveLength(1)
  })

  it.each(['2026-11-23', '2027-01-01', '2028-02-29'])('knows nothing of the future on %s', (today) => {
    const told = tellStory({ seed: 'hetian', today, scale: 0.05 })
    const facts = told.records.flatMap(({ records }) =>
      records.flatMap(({ values, moves = [], times }) => [
        ...['engagedOn', 'closedOn', 'orderedOn', 'receivedOn', 'refundedOn', 'doneOn'].map((key) => values[key]),
        ...moves.map(({ at }) => at.slice(0, 10)),
        times?.createdAt.slice(0, 10),
        times?.updatedAt.slice(0, 10),
      ]),
    )
    const days = facts.filter((day) => typeof day === 'string').sort()
    expect(days.at(-1)?.localeCompare(today)).toBe(-1)
    expect(days[0]?.localeCompare(addMonths(today, -36))).toBe(1)
  })

  it('credits deals to people who were there, and shares that make a whole', () => {
    const stays = new Map(story.people.map((person) => [person.key, person.stays]))
    for (const { values } of shelf(story, 'opportunity')) {
      const day = String(values['closedOn'] ?? setting.today)
      expect(stays.get(String(values['ownerId']))?.some((stay) => isSeated(stay, day))).toBe(true)
      const credits = (values['credits'] ?? []) as readonly { readonly percent: string }[]
      if (credits.length > 0) expect(sum(credits.map(({ percent }) => Number(percent)))).toBe(100)
    }
  })

  it('lets deals walk through the stages in order of time', () => {
    for (const { values, moves = [] } of shelf(story, 'opportunity')) {
      const instants = moves.map(({ at }) => at)
      expect(instants).toEqual([...instants].sort())
      expect(moves[0]?.from).toBeNull()
      expect(moves.at(-1)?.to).toBe(values['stage'])
      if (values['closedOn']) expect(instants.at(-1)?.slice(0, 10)).toBe(values['closedOn'])
    }
  })

  it('gives everybody who sells something to do today', () => {
    const due = new Set(
      shelf(story, 'task')
        .filter(({ values }) => values['dueOn'] === setting.today)
        .map(({ values }) => values['ownerId']),
    )
    const representatives = story.people.filter(
      ({ role, stays }) => role === 'representative' && stays.at(-1)?.to === null,
    )
    expect(representatives.every(({ key }) => due.has(key))).toBe(true)
  })

  it('plans whole hundreds of yuan, in months that add up to what the company wants', () => {
    const [last, now] = story.plans.filter(({ metric }) => metric === 'signed_amount')
    expect(sum((now?.cells ?? []).flatMap(({ months }) => months))).toBe(720_000_000)
    expect(sum((last?.cells ?? []).flatMap(({ months }) => months)) % 10_000).toBe(0)
    expect(
      story.plans.flatMap(({ cells }) => cells).every(({ months }) => months.every((one) => one % 100 === 0)),
    ).toBe(true)
    expect(story.plans.map(({ year }) => year)).toEqual([2025, 2025, 2026, 2026])
  })

  it.each(['2026-11-23', '2026-08-31', '2027-02-20'])(
    'is believable on %s: one region in trouble, one team far ahead',
    (today) => {
      const told = tellStory({ ...setting, today })
      const company = paceOf(told, 'u/')
      expect(company).toBeGreaterThan(0.8)
      expect(company).toBeLessThan(1)
      expect(paceOf(told, `u/${troubled}`)).toBeLessThan(0.7)
      expect(paceOf(told, star)).toBeGreaterThan(1.4)
    },
  )

  it('comes to know its records evening by evening, and puts some right', () => {
    const portions = byEvenings(story.records, story.evenings)
    expect(portions).toHaveLength(story.evenings.length + 1)
    const written = new Map<string, number>()
    const last = new Map<string, RecordStory>()
    for (const record of portions.flat().flatMap(({ records }) => records)) {
      written.set(record.key, (written.get(record.key) ?? 0) + 1)
      last.set(record.key, record)
    }
    const all = story.records.flatMap(({ records }) => records)
    expect(written.size).toBe(all.length)
    const twice = all.filter(({ key }) => written.get(key) === 2)
    expect(twice.length).toBeGreaterThan(10)
    expect(twice.length).toBeLessThan(100)
    for (const record of twice) expect(last.get(record.key)?.values).toEqual(record.values)
  })

  it('sells most in the fourth quarter and least around the spring festival', () => {
    const monthly = Map.groupBy(
      shelf(story, 'order').filter(({ values }) => String(values['orderedOn']).startsWith('2025')),
      ({ values }) => String(values['orderedOn']).slice(5, 7),
    )
    const amounts = new Map(
      [...monthly].map(([month, orders]) => [month, sum(orders.map(({ values }) => Number(values['amount'])))]),
    )
    expect(Math.min(...amounts.values())).toBe(amounts.get('02'))
    expect(Math.max(...amounts.values())).toBe(amounts.get('12'))
  })
})

/** Signed in the current quarter by a part of the company, against what its plan expects by then. */
function paceOf(told: Story, part: string): number {
  const { today } = told.setting
  const quarter = quarterOf(lastDay(told.setting))
  const first = Number(quarter.slice(5, 7)) - 1
  const plan = told.plans.find(({ metric, year }) => metric === 'signed_amount' && year === Number(quarter.slice(0, 4)))
  const planned = (plan?.cells ?? [])
    .filter(({ unit }) => unit.startsWith(part))
    .flatMap(({ months }) => months.slice(first, first + 3))
  const stays = new Map(told.people.map((person) => [person.key, person.stays]))
  const won = shelf(told, 'opportunity').filter(
    ({ values }) => values['stage'] === '赢单' && String(values['closedOn']) >= quarter,
  )
  const own = won.filter(({ values }) =>
    stays
      .get(String(values['ownerId']))
      ?.some((stay) => isSeated(stay, String(values['closedOn'])) && stay.unit.startsWith(part)),
  )
  const behind = shareBehind(quarter, addMonths(quarter, 3), today)
  return sum(own.map(({ values }) => Number(values['amount']))) / (sum(planned) * behind)
}

function shelf({ records }: Story, object: string): readonly RecordStory[] {
  return records.filter((one) => one.object === object).flatMap((one) => one.records)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function hashOf(told: Story): string {
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}
