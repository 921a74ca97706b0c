import type { Logger } from 'pino'
import type { Language } from '#base/label.ts'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import type { WorkCalendar } from '#engine/calendar/workday.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { Metrics } from '#engine/metrics/metrics.ts'
import type { CompanyRole, Roles } from '#engine/policy/company-role.ts'
import type { SharingRule } from '#engine/policy/sharing.ts'
import type { Db } from './connect.ts'

export interface Company {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly currency: string
  readonly zone: string
  readonly calendar: FiscalCalendar
  readonly workCalendar: WorkCalendar
  readonly language: Language
  readonly demo: boolean
  /** Differs after every change of units, people or assignments. */
  readonly orgVersion: string
  /**
   * The business objects of the company, the standard ones and what it added, as they were when it was asked for, and as
   * far as the role of whoever acts knows them.
   */
  readonly catalogue: Catalogue
  /** All of them, whoever acts: for what follows from a change. Nothing of it is shown. */
  readonly wholeCatalogue: Catalogue
  /** Its metrics: those of the product and its own, as they were then. */
  readonly metrics: Metrics
  readonly roles: Roles
  readonly sharingRules: readonly SharingRule[]
  /** Differs after every change of its objects, metrics, roles and sharing rules. */
  readonly shapeVersion: string
}

/** Who acts. The system itself (jobs, commands) acts as nobody, with the standard role of administrators. */
export interface Actor {
  readonly personId: string | null
  readonly loginId: string | null
  readonly name: string
  readonly role: CompanyRole
}

/** What every act knows: in whose company, who, when, in which language. */
export interface Ctx {
  readonly db: Db
  readonly company: Company
  readonly actor: Actor
  readonly language: Language
  /** Who looks with the eyes of the actor, to see what they see: nothing can be written. */
  readonly viewedBy?: { readonly personId: string; readonly name: string }
  /** How the request came: from a signed-in person's page, or from a program with an API key. Absent: the system. */
  readonly via?: 'page' | 'key'
  /** From where the request came; absent: the system. */
  readonly origin?: { readonly address: string; readonly agent: string | null }
  /** Why, as whoever acts said with the request. */
  readonly reason?: string
  /** When the act began. */
  readonly now: Date
  /** Calendar date in the company's zone. */
  readonly today: string
  readonly requestId: string
  readonly log: Logger
}
