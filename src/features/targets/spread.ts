import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'
import { openDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { overAt, sumUnder } from './over-assignment.ts'
import { childrenOf, isLocked, monthOf, nodeOf, sumOver } from './plan-tree.ts'
import type { CellChange, PlanNode, PlanTree } from './plan-tree.ts'
import { roomOf, roomsOf } from './room.ts'
import type { Rooms } from './room.ts'
import { shareOut } from './share-out.ts'
import type { ShareRefusal } from './share-out.ts'

/** How the children of one node weigh against each other in a month. */
export type Weigh = (children: readonly PlanNode[], month: number) => readonly bigint[]

export type Refused<Reason extends string> = { readonly ok: false; readonly reason: Reason; readonly at?: string }

/** A change of a plan, or why not: `at` names the row where locked cells leave no room. */
export type Spread<Reason extends string = ShareRefusal> = Outcome<
  { tree: PlanTree; changes: readonly CellChange[] },
  Reason
>

export interface SpreadRule {
  readonly weigh: Weigh
  /** Round to multiples of so many units. */
  readonly step: bigint
  /** Rates that rows get on their own, with all below them, where rates are handed down. */
  readonly given?: ReadonlyMap<string, bigint> | undefined
}

/**
 * Cascades a node's months to all below it. Children sum to their parent exactly in every month;
 * locked cells stay and the rest re-balances. A rate is handed down as it is.
 */
export function spread(tree: PlanTree, from: string, rule: SpreadRule): Spread {
  const draft = openDraft(tree)
  if (tree.rule.nodes === 'same') {
    handDown(draft, from, rule.given ?? new Map())
    return done(draft.finish())
  }
  const refusal = cascade(draft, from, tree.periods, { ...rule, rooms: roomsOf(tree), reach: 'all' })
  return refusal ?? done(draft.finish())
}

export interface CascadeRule extends SpreadRule {
  readonly rooms: Rooms
  /** `changed`: rows whose parent did not change are left alone. */
  readonly reach: 'all' | 'changed'
}

/** Writes the cascade into a draft; null when it went through. */
export function cascade(
  draft: Draft,
  from: string,
  months: readonly number[],
  rule: CascadeRule,
): Refused<ShareRefusal> | null {
  const children = childrenOf(draft.tree, from)
  if (children.length === 0 || months.length === 0) return null
  const moved = new Map<string, number[]>(children.map((child) => [child.id, []]))
  let owed: readonly bigint[] = children.map(() => 0n)
  for (const month of months) {
    const weights = rule.weigh(children, month)
    const claims = children.map((child, at) => {
      const { floor, free } = roomOf(rule.rooms, child.id, month)
      return { floor, free, weight: weights[at] ?? 0n, owed: owed[at] ?? 0n }
    })
    const shares = shareOut(totalUnder(draft, from, children, month), claims, rule.step)
    if (!shares.ok) return refused(shares.reason, from)
    owed = shares.owed
    children.forEach((child, at) => {
      const part = shares.parts[at] ?? 0n
      if (rule.reach === 'changed' && part === draft.valueOf(child.id, month)) return
      draft.set(child.id, month, part)
      moved.get(child.id)?.push(month)
    })
  }
  for (const [child, itsMonths] of moved) {
    const refusal = cascade(draft, child, itsMonths, rule)
    if (refusal) return refusal
  }
  return null
}

/** Every row below has what the row above it has, unless it was given its own or is locked. */
function handDown(draft: Draft, from: string, given: ReadonlyMap<string, bigint>): void {
  for (const child of childrenOf(draft.tree, from)) {
    for (const month of draft.tree.periods) {
      if (!isLocked(child, month)) draft.set(child.id, month, given.get(child.id) ?? draft.valueOf(from, month))
    }
    handDown(draft, child.id, given)
  }
}

/** What a row hands out in a month: where it did not move, what it handed out so far. */
function totalUnder(draft: Draft, from: string, children: readonly PlanNode[], month: number): bigint {
  const node = nodeOf(draft.tree, from)
  const value = draft.valueOf(from, month)
  const sum = value === monthOf(node.months, month) ? sumOver(children, month) : -1n
  return sumUnder(value, sum, overAt(node, month))
}
