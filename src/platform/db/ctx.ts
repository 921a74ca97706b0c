import type { Logger } from 'pino'
import type { Language } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { Metrics } from '#engine/metrics/metrics.ts'
import type { Role } from '#engine/policy/role.ts'
import type { Db } from './connect.ts'

export interface Company {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly currency: string
  readonly zone: string
  /** First month of the fiscal year, 1–12. */
  readonly fiscalStart: number
  readonly language: Language
  readonly demo: boolean
  /** Differs after every change of units, people or assignments. */
  readonly orgVersion: string
  /** The business objects of the company: the standard ones and what it added, as they were when it was asked for. */
  readonly catalogue: Catalogue
  /** Its metrics: those of the product and its own, as they were then. */
  readonly metrics: Metrics
  /** Differs after every change of its objects and metrics. */
  readonly shapeVersion: string
}

/** Who acts. The system itself (jobs, commands) acts as nobody with the role `administrator`. */
export interface Actor {
  readonly personId: string | null
  readonly loginId: string | null
  readonly name: string
  readonly role: Role
}

/** The API key by which a program came. */
export interface KeyInUse {
  readonly id: string
  /** As `engine/policy/key-scope.ts` reads them. */
  readonly scopes: readonly string[]
  /** Whether the request may change something. */
  readonly changes: boolean
}

/** What every act knows: in whose company, who, when, in which language. */
export interface Ctx {
  readonly db: Db
  readonly company: Company
  readonly actor: Actor
  readonly language: Language
  /** How the request came: from a signed-in person's page, or from a program with an API key. Absent: the system. */
  readonly via?: 'page' | 'key'
  /** Keeps the act within the scopes of a key; absent: all that the person may. */
  readonly key?: KeyInUse | undefined
  /** When the act began. */
  readonly now: Date
  /** Calendar date in the company's zone. */
  readonly today: string
  readonly requestId: string
  readonly log: Logger
}
