import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'

export const planStates = ['draft', 'in_review', 'approved', 'published', 'locked'] as const
/** Where a plan stands on its path. */
export type PlanState = (typeof planStates)[number]

export const pathActs = ['submit', 'withdraw', 'approve', 'sendBack', 'publish', 'reopen', 'lock'] as const
/** What moves a plan along its path. */
export type PathAct = (typeof pathActs)[number]

/** How the path was made longer for one plan. */
export interface PathOptions {
  readonly asksReview: boolean
}

type NotNow = 'not-now' | 'review-first' | 'no-review'

const ways: Readonly<Record<PathAct, Partial<Readonly<Record<PlanState, PlanState>>>>> = {
  submit: { draft: 'in_review' },
  withdraw: { in_review: 'draft' },
  approve: { in_review: 'approved' },
  sendBack: { in_review: 'draft', approved: 'draft' },
  publish: { draft: 'published', approved: 'published' },
  reopen: { published: 'draft' },
  lock: { published: 'locked' },
}

/** Where an act leads. Without review the short way holds: a draft is published at once. */
export function stateAfter(
  state: PlanState,
  act: PathAct,
  { asksReview }: PathOptions,
): Outcome<{ state: PlanState }, NotNow> {
  if (act === 'submit' && !asksReview) return refused('no-review')
  if (act === 'publish' && state === 'draft' && asksReview) return refused('review-first')
  const next = ways[act][state]
  return next === undefined ? refused('not-now') : done({ state: next })
}

/** Why the figures of a plan stand still; null where they may change. */
export type Settled = 'in-review' | 'approved' | 'reviewed' | 'locked'

/** A published plan that was reviewed is reopened before it changes: nothing passes by its review. */
export function settledBy(state: PlanState, { asksReview }: PathOptions): Settled | null {
  if (state === 'in_review') return 'in-review'
  if (state === 'published') return asksReview ? 'reviewed' : null
  return state === 'draft' ? null : state
}

/** Whether targets of the plan bind people, so that they are appealed against instead of proposed. */
export function isInForce(state: PlanState): boolean {
  return state === 'published' || state === 'locked'
}

interface Counted {
  readonly status: PlanState
  readonly version: number
  /** The version at which the plan was reopened last; null: never. */
  readonly reopenedAt: number | null
}

/**
 * The version whose cells count as targets: the newest of a plan in force; of one that was reopened, what was in force
 * until then; null while nothing of it was ever published.
 */
export function versionInForce({ status, version, reopenedAt }: Counted): number | null {
  return isInForce(status) ? version : reopenedAt
}
