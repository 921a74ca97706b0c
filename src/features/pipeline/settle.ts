import type { Label } from '#base/label.ts'

export type StageKind = 'open' | 'won' | 'lost'

interface Deal {
  readonly status?: unknown
  readonly amount?: unknown
  readonly closedOn?: unknown
  readonly lostReason?: unknown
}

type Missing = { readonly field: 'amount'; readonly code: 'amountMissing'; readonly label: Label }

interface Settled {
  readonly status: StageKind
  readonly closedOn: string | null
  readonly lostReason: string | null
  readonly missing?: Missing
}

/**
 * What a deal becomes where it stands: the stage decides the status; a deal that closes without a day closes today;
 * one that opens again is no longer closed. A won deal must say its amount, or it would count for nothing.
 */
export function settle(deal: Deal, kind: StageKind, today: string): Settled {
  const closedOn = kind === 'open' ? null : typeof deal.closedOn === 'string' ? deal.closedOn : today
  const lostReason = kind === 'lost' && typeof deal.lostReason === 'string' ? deal.lostReason : null
  const settled = { status: kind, closedOn, lostReason }
  if (kind !== 'won' || (deal.amount ?? null) !== null) return settled
  const label = { zh: '赢单需要填写金额', en: 'A won deal needs its amount' }
  return { ...settled, missing: { field: 'amount', code: 'amountMissing', label } }
}
