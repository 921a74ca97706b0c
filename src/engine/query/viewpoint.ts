import type { RawBuilder } from 'kysely'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import type { WorkCalendar } from '#engine/calendar/workday.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { ObjectType } from '#engine/model/object-type.ts'

export type Sql = RawBuilder<unknown>

/** What a filter means depends on who asks, and when. */
export interface Viewpoint {
  readonly personId: string | null
  readonly today: string
  readonly zone: string
  readonly calendar: FiscalCalendar
  readonly workCalendar: WorkCalendar
  /** The people of the units that the filter names (`{unit}` values), today and below. */
  readonly peopleOf: (unitId: string) => readonly string[]
  /** The people of the units where the asker stands or that they head, today and below (`{myUnit}` values). */
  readonly myPeople: readonly string[]
}

/** Which rows of an object the asker may look into, as a condition on its alias; undefined: all of them. */
export type Sight = (object: ObjectType, alias: string) => Sql | undefined

/**
 * What an amount of a record is worth in the company's base currency, so that amounts of several currencies may be added
 * up; undefined where the records of the object have no currency of their own.
 */
export type Worth = (object: ObjectType, alias: string, amount: Sql) => Sql | undefined

/** Whoever asks: the objects of their company, what words mean to them, what they may look into. */
export interface Asker {
  readonly catalogue: Catalogue
  readonly viewpoint: Viewpoint
  readonly sight: Sight
  readonly worth: Worth
}

export const seesAll: Sight = () => undefined

/** For what never adds up the amounts of other records. */
export const asWritten: Worth = () => undefined
