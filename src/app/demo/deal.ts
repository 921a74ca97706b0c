import type { Day } from '#engine/calendar/day.ts'
import type { Customer } from './tell-customers.ts'
import type { Ware } from './products.ts'

/** An opportunity while its story is being told. */
export interface Deal {
  readonly customer: Customer
  readonly ware: Ware
  readonly team: string
  readonly owner: string
  readonly status: 'open' | 'won' | 'lost'
  readonly engagedOn: Day
  readonly expectedOn: Day
  readonly closedOn: Day | null
  /** 0: first contact, 3: negotiation; where an open deal stands, or how far a lost one came. */
  readonly depth: number
  /** Days from its beginning to the last day of the story. */
  readonly knownDays: number
  amount: number
}
