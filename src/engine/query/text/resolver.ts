import type { Language } from '#base/label.ts'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Regions } from '#engine/region/region.ts'

export interface Named {
  readonly id: string
  readonly name: string
  /** Tells apart what has the same name: the unit of a person, what a unit lies in. */
  readonly detail?: string | undefined
}

/** Finds what a text names, of what the asker may see: the best first, at most a few dozen, exact names before others. */
export interface Resolver {
  people(text: string): Promise<readonly Named[]>
  units(text: string): Promise<readonly Named[]>
  records(object: ObjectType, text: string): Promise<readonly Named[]>
  readonly regions: Regions
}

/** What a text is read against. */
export interface TextContext {
  readonly object: ObjectType
  readonly catalogue: Catalogue
  readonly language: Language
  readonly calendar: FiscalCalendar
  readonly resolver: Resolver
}
