import { readAmount } from '#engine/metrics/metric.ts'
import { moveReasons, type MoveReason } from './contract.ts'

/** A person's share of a deal at a moment. */
export interface HeldShare {
  readonly id: string
  readonly personId: string
  readonly category: string
  readonly amount: string
}

/** What became of a deal that is not among the later ones. */
export type Fate = 'lost' | 'moved_out' | 'gone'

export interface Move {
  readonly reason: MoveReason
  /** In ten-thousandths. */
  readonly amount: bigint
  readonly deals: readonly { readonly id: string; readonly amount: bigint }[]
}

/** Closed + committed: where the deals land if what is committed comes. */
export function landingOf(shares: readonly HeldShare[]): bigint {
  return shares.reduce((sum, share) => sum + countedOf(share), 0n)
}

/** What moved the landing between two moments, reason by reason; the parts add up to the difference exactly. */
export function movementOf(
  before: readonly HeldShare[],
  after: readonly HeldShare[],
  fateOf: (deal: string) => Fate,
): readonly Move[] {
  const [was, is] = [byKey(before), byKey(after)]
  const changes = [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [one, other] = [was.get(key), is.get(key)]
    const amount = (other ? countedOf(other) : 0n) - (one ? countedOf(one) : 0n)
    const id = one?.id ?? other?.id ?? ''
    return amount === 0n ? [] : [{ id, amount, reason: reasonOf(one, other, amount, () => fateOf(id)) }]
  })
  return moveReasons.flatMap((reason) => {
    const deals = changes.filter((change) => change.reason === reason).map(({ id, amount }) => ({ id, amount }))
    return deals.length === 0 ? [] : [{ reason, amount: deals.reduce((sum, { amount }) => sum + amount, 0n), deals }]
  })
}

const isCounted = ({ category }: HeldShare) => category === 'closed' || category === 'committed'
const countedOf = (share: HeldShare) => (isCounted(share) ? readAmount(share.amount) : 0n)

/** One share of a deal may have become several rows, as where it was won on two days: they are one. */
function byKey(shares: readonly HeldShare[]): ReadonlyMap<string, HeldShare> {
  return new Map(shares.map((share) => [`${share.id} ${share.personId}`, share]))
}

function reasonOf(
  one: HeldShare | undefined,
  other: HeldShare | undefined,
  amount: bigint,
  fate: () => Fate,
): MoveReason {
  if (!other) return fate()
  if (one && isCounted(one) && isCounted(other)) return amount > 0n ? 'raised' : 'lowered'
  if (!isCounted(other)) return 'downgraded'
  if (other.category === 'closed') return 'won'
  return one ? 'upgraded' : 'added'
}
