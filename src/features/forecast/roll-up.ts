import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import type { CategorySums } from './contract.ts'

/** Amounts in ten-thousandths. */
export interface Sums {
  readonly closed: bigint
  readonly committed: bigint
  readonly bestCase: bigint
  readonly pipeline: bigint
  readonly omitted: bigint
}

export const noSums: Sums = { closed: 0n, committed: 0n, bestCase: 0n, pipeline: 0n, omitted: 0n }

export function addSums(one: Sums, other: Sums): Sums {
  return {
    closed: one.closed + other.closed,
    committed: one.committed + other.committed,
    bestCase: one.bestCase + other.bestCase,
    pipeline: one.pipeline + other.pipeline,
    omitted: one.omitted + other.omitted,
  }
}

/** What was said of a node, besides what was closed when it was said. */
export interface SaidSums {
  readonly closed: bigint
  readonly commit: bigint
  readonly bestCase: bigint
}

/**
 * What the tiers below said together: the override of a node stands for everything it covers, else the submission of the
 * person, else what is below. Null where nobody said anything; whoever is silent adds nothing.
 */
export function saidBelow(parts: readonly (SaidSums | null)[]): SaidSums | null {
  const some = parts.filter((part) => part !== null)
  if (some.length === 0) return null
  return some.reduce((sum, part) => ({
    closed: sum.closed + part.closed,
    commit: sum.commit + part.commit,
    bestCase: sum.bestCase + part.bestCase,
  }))
}

export interface ShownFigures {
  readonly closed: string
  readonly committed: string
  readonly bestCase: string
  /** Open deals of the weakest category; cumulative: everything but what is omitted. */
  readonly pipeline: string
}

/**
 * The same figures each by itself, or cumulative: commit = closed + commit, best case = closed + commit + best case,
 * open = all. A way to look, nothing is stored by it.
 */
export function shownAs(view: 'single' | 'cumulative', sums: CategorySums): ShownFigures {
  const { closed, committed, bestCase, pipeline } = sums
  if (view === 'single') return { closed, committed, bestCase, pipeline }
  const commit = readAmount(closed) + readAmount(committed)
  const best = commit + readAmount(bestCase)
  return {
    closed,
    committed: writeAmount(commit),
    bestCase: writeAmount(best),
    pipeline: writeAmount(best + readAmount(pipeline)),
  }
}

/** The same of what somebody said. */
export function saidAs(
  view: 'single' | 'cumulative',
  said: { readonly closed: string; readonly commit: string; readonly bestCase: string },
): { readonly commit: string; readonly bestCase: string } {
  const { committed, bestCase } = shownAs(view, {
    closed: said.closed,
    committed: said.commit,
    bestCase: said.bestCase,
    pipeline: '0',
    omitted: '0',
  })
  return { commit: committed, bestCase }
}

export interface Standing {
  /** Target − closed; null without a target. */
  readonly gap: string | null
  /** Open pipeline ÷ gap; null where nothing is left to close. */
  readonly coverage: number | null
  /** Share of the target that is missing; null without a target or where it is reached. */
  readonly shortage: number | null
  /** Target − (closed + committed): what the committed deals leave open. */
  readonly mismatch: string | null
}

/** How the deals stand to the target. Open pipeline is all that is open and not omitted. */
export function standingTo(target: string | null, sums: CategorySums): Standing {
  if (target === null) return { gap: null, coverage: null, shortage: null, mismatch: null }
  const gap = readAmount(target) - readAmount(sums.closed)
  const open = readAmount(sums.committed) + readAmount(sums.bestCase) + readAmount(sums.pipeline)
  const aim = readAmount(target)
  return {
    gap: writeAmount(gap),
    coverage: gap <= 0n ? null : Number(open) / Number(gap),
    shortage: gap <= 0n || aim <= 0n ? null : Number(gap) / Number(aim),
    mismatch: writeAmount(gap - readAmount(sums.committed)),
  }
}
