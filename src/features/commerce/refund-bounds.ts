import { exact, plain } from '#engine/money/decimal.ts'

/** A refund of an order, as it is to be. */
export interface Claim {
  readonly order: string
  readonly amount: string
  /** What it stands for until now; null: it is new, or does not count. */
  readonly from: { readonly order: string; readonly amount: string } | null
}

/** What an order is worth, and what was given back of it until now, the claims' former amounts among it. */
export interface OrderTotals {
  readonly amount: string
  readonly refunded: string
}

/**
 * The claims that would give back more than their order is worth, each with the sum it would lead to. Claims go one
 * after the other, those that take least first, so that what one gives up another may have; a refused one keeps what it had.
 * Who takes no more than before is never refused.
 */
export function claimsBeyond<C extends Claim>(
  claims: readonly C[],
  orders: ReadonlyMap<string, OrderTotals>,
): ReadonlyMap<C, string> {
  const sums = new Map([...orders].map(([id, { refunded }]) => [id, exact(refunded)]))
  const moreOf = ({ order, amount, from }: Claim) => exact(amount).minus(from?.order === order ? from.amount : 0)
  const beyond = new Map<C, string>()
  const inTurn = claims.toSorted((one, other) => Math.min(0, moreOf(one).cmp(0)) - Math.min(0, moreOf(other).cmp(0)))
  for (const claim of inTurn) {
    const { order, from } = claim
    const totals = orders.get(order)
    if (!totals) continue
    const more = moreOf(claim)
    const sum = (sums.get(order) ?? exact(0)).plus(more)
    if (more.gt(0) && sum.gt(totals.amount)) {
      beyond.set(claim, plain(sum))
      continue
    }
    sums.set(order, sum)
    const left = from && from.order !== order ? sums.get(from.order) : undefined
    if (from && left) sums.set(from.order, left.minus(from.amount))
  }
  return beyond
}
