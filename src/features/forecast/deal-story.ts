import type { Day } from '#engine/calendar/day.ts'
import type { DealStory, Share } from '#engine/forecast-deals/deal.ts'

/** A deal as it is now. */
export interface DealNow {
  readonly id: string
  readonly shares: readonly Share[]
  readonly engagedOn: Day | null
  readonly createdOn: Day
  readonly closedOn: Day | null
  readonly status: string
  readonly stage: string
  /** In its own currency. */
  readonly amount: number | null
  readonly currency: string | null
  readonly expectedOn: Day | null
}

/** It went into a stage. */
export interface StageMove {
  readonly day: Day
  readonly stage: string
}

/** A change that the history tells; absent: that field did not change. */
export interface FieldChange {
  readonly day: Day
  readonly amount?: number | null
  readonly currency?: string | null
  readonly expectedOn?: Day | null
}

/**
 * The past of a deal from what is known: the moves between stages, and what stood in amount and expected date before each
 * change (`changes` hold the values before, the oldest first). A deal that was brought in later counts from the day it
 * began, its stage unknown until the first move that was written down. Amounts are told in the base currency by today's
 * rates of the currencies they were in, so that a deal grows where it was changed and not where a rate was.
 */
export function storyOf(
  deal: DealNow,
  moves: readonly StageMove[],
  changes: readonly FieldChange[],
  rateOf: (currency: string | null) => number,
): DealStory {
  const begun = [deal.engagedOn ?? deal.createdOn, ...moves.map(({ day }) => day)].toSorted()[0] ?? deal.createdOn
  const from = deal.closedOn !== null && deal.closedOn < begun ? deal.closedOn : begun
  const days = [...new Set([from, ...moves.map(({ day }) => day), ...changes.map(({ day }) => day)])].toSorted()
  const worthOn = (day: Day) => {
    const amount = valueOn(day, changes, 'amount', deal.amount)
    return amount === null ? null : amount * rateOf(valueOn(day, changes, 'currency', deal.currency))
  }
  const wonAmount = (deal.amount ?? 0) * rateOf(deal.currency)
  return {
    id: deal.id,
    shares: deal.shares,
    from,
    standings: days.map((day) => ({
      from: day,
      stage: moves.findLast((move) => move.day <= day)?.stage ?? null,
      amount: worthOn(day),
      expectedOn: valueOn(day, changes, 'expectedOn', deal.expectedOn),
    })),
    closedOn: deal.status === 'open' ? null : deal.closedOn,
    won: deal.status === 'won',
    wonAmount: deal.status === 'won' ? wonAmount : 0,
  }
}

/** What stood there at the end of a day: the value before the first change after it, or else the one of now. */
function valueOn<Key extends 'amount' | 'currency' | 'expectedOn'>(
  day: Day,
  changes: readonly FieldChange[],
  key: Key,
  now: DealNow[Key],
): DealNow[Key] {
  const next = changes.find((change) => change.day > day && change[key] !== undefined)
  const before = next?.[key] as DealNow[Key] | undefined
  return before === undefined ? now : before
}
