import type { ObjectType } from '#engine/model/object-type.ts'
import { isAboutOwnFields, meets } from '#engine/query/evaluate.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Viewpoint } from '#engine/query/viewpoint.ts'
import type { Me } from '#engine/contract/sign-in.ts'
import type { ScreenObject } from './use-objects.ts'

export type Values = Readonly<Record<string, unknown>>

/** Conditions of fields mean the same whoever looks; only days depend on the company. */
export function viewpointOf({ person, company, today }: Me): Viewpoint {
  return {
    personId: person.id,
    today,
    zone: company.zone,
    calendar: company.calendar,
    workCalendar: company.workCalendar,
    peopleOf: () => [],
    myPeople: [],
  }
}

/** Whether a condition of a field holds for a record as it stands in the form; undefined: it has none. */
export function applies(
  filter: Filter | undefined,
  object: ScreenObject,
  values: Values,
  viewpoint: Viewpoint,
): boolean | undefined {
  // The API describes objects as the engine does, but for the types of fields, which are text there.
  const type = object as unknown as ObjectType
  if (!filter || !isAboutOwnFields(filter, type)) return undefined
  return meets(filter, values, type, viewpoint)
}
