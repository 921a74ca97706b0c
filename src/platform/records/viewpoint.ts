import { worthBy } from '#engine/metrics/to-sql.ts'
import { conditionsIn, type Filter } from '#engine/query/filter.ts'
import type { Viewpoint, Worth } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { orgView } from './reach.ts'

/** Amounts in the company's base currency, by the rate of the day on which the figures count them. */
export function worthOf({ company, today }: Ctx): Worth {
  return worthBy(company.metrics.sourcesOf, { base: company.currency, zone: company.zone, today })
}

/** Who looks, when, and the people of every unit that the filters name, their own too. */
export async function viewpointOf(ctx: Ctx, ...filters: readonly Filter[]): Promise<Viewpoint> {
  const units = [...new Set(filters.flatMap(unitsIn))]
  const people = new Map(
    await Promise.all(units.map(async (unit) => [unit, await orgView().peopleUnder(ctx, unit)] as const)),
  )
  const { zone, calendar, workCalendar } = ctx.company
  return {
    personId: ctx.actor.personId,
    today: ctx.today,
    zone,
    calendar,
    workCalendar,
    peopleOf: (unit) => people.get(unit) ?? [],
    myPeople: filters.some(asksForMyUnit) ? await orgView().peopleBelow(ctx) : [],
  }
}

function unitsIn(filter: Filter): readonly string[] {
  return conditionsIn(filter).flatMap(({ value }) =>
    typeof value === 'object' && value !== null && 'unit' in value ? [value.unit] : [],
  )
}

function asksForMyUnit(filter: Filter): boolean {
  return conditionsIn(filter).some(({ value }) => typeof value === 'object' && value !== null && 'myUnit' in value)
}
