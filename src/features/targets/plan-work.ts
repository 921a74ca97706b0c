import type { Outcome } from '#base/outcome.ts'
import { done } from '#base/outcome.ts'
import { toUnits } from '#engine/money/units.ts'
import type { Basis, CellChangeShape } from './contract.ts'
import { changesBetween, rebuffered, relocked } from './plan-changes.ts'
import { readRowId } from './levels.ts'
import { nodeOf } from './plan-tree.ts'
import type { PlanTree } from './plan-tree.ts'
import { rebalance } from './rebalance.ts'
import type { CellEdit } from './over-months.ts'
import type { RebalanceRefusal } from './rebalance.ts'
import { spread } from './spread.ts'
import { byCurrent } from './weights.ts'

export type Absorb = 'siblings' | 'parents'

/** One thing that somebody did to the plan, so that it can be done again on a newer one. */
export type PlanAct =
  | {
      readonly kind: 'edit'
      readonly edits: readonly CellEdit[]
      readonly absorb: Absorb
      /** What the first of the cells was entered relative to. */
      readonly basis?: Basis
    }
  /** What rows hand out more than they got, in hundredths of a percent; on every level. */
  | { readonly kind: 'buffers'; readonly rates: ReadonlyMap<string, number> }
  | { readonly kind: 'lock'; readonly node: string; readonly months: readonly number[]; readonly locked: boolean }
  | { readonly kind: 'cells'; readonly changes: readonly CellChangeShape[] }

/** A plan being edited: what is saved, what it looks like now, and the way back. */
export interface PlanWork {
  readonly saved: PlanTree
  readonly tree: PlanTree
  readonly acts: readonly PlanAct[]
  readonly past: readonly PlanTree[]
  readonly undone: readonly { readonly act: PlanAct; readonly tree: PlanTree }[]
}

export interface WorkRules {
  readonly unit: string
  /** Tops that stay fixed for whoever edits. */
  readonly fixedTops: readonly string[]
}

type Worked = Outcome<{ work: PlanWork }, RebalanceRefusal>

export function openWork(saved: PlanTree): PlanWork {
  return { saved, tree: saved, acts: [], past: [], undone: [] }
}

/** Does one act; the way back is kept, what had been undone is forgotten. */
export function doAct(work: PlanWork, act: PlanAct, rules: WorkRules): Worked {
  const next = acted(work.tree, act, rules)
  if (!next.ok) return next
  const { saved, tree, acts, past } = work
  return done({ work: { saved, tree: next.tree, acts: [...acts, act], past: [...past, tree], undone: [] } })
}

export function undo(work: PlanWork): PlanWork {
  const tree = work.past.at(-1)
  const act = work.acts.at(-1)
  if (!tree || !act) return work
  const undone = [...work.undone, { act, tree: work.tree }]
  return { saved: work.saved, tree, acts: work.acts.slice(0, -1), past: work.past.slice(0, -1), undone }
}

export function redo(work: PlanWork): PlanWork {
  const last = work.undone.at(-1)
  if (!last) return work
  const { saved, tree, acts, past, undone } = work
  return { saved, tree: last.tree, acts: [...acts, last.act], past: [...past, tree], undone: undone.slice(0, -1) }
}

/** The same acts on a newer plan. Whole cascades are not repeated: they were made for the plan as it was. */
export function replay(saved: PlanTree, acts: readonly PlanAct[], rules: WorkRules): { work: PlanWork; left: number } {
  let work = openWork(saved)
  let left = 0
  for (const act of acts) {
    const next = act.kind === 'cells' || !isKnown(saved, act) ? null : doAct(work, act, rules)
    if (next?.ok) work = next.work
    else left += 1
  }
  return { work, left }
}

function isKnown(tree: PlanTree, act: Exclude<PlanAct, { kind: 'cells' }>): boolean {
  if (act.kind === 'buffers') return [...act.rates.keys()].every((id) => tree.nodes.has(id))
  return act.kind === 'lock' ? tree.nodes.has(act.node) : act.edits.every((edit) => tree.nodes.has(edit.node))
}

/** What has to be saved: changed rows with their months, null where nothing changed. */
export function rowsToSave(work: PlanWork, write: (count: bigint) => string) {
  const touched = new Set([
    ...changesBetween(work.saved, work.tree).map((change) => change.node),
    ...relocked(work.saved, work.tree),
    ...rebuffered(work.saved, work.tree),
  ])
  return [...touched].map((id) => {
    const [before, after] = [nodeOf(work.saved, id), nodeOf(work.tree, id)]
    return {
      node: id,
      months: after.months.map((value, month) => (value === before.months[month] ? null : write(value))),
      locked: after.locked.map((lock, month) => (lock === before.locked[month] ? null : lock)),
      ...(after.buffer === before.buffer || readRowId(id).level !== 'target' ? {} : { buffer: Number(after.buffer) }),
    }
  })
}

function acted(tree: PlanTree, act: PlanAct, rules: WorkRules): Outcome<{ tree: PlanTree }, RebalanceRefusal> {
  if (act.kind === 'buffers') return handingOut(tree, act.rates, rules)
  if (act.kind === 'lock') return done({ tree: withLocks(tree, act.node, act.months, act.locked) })
  if (act.kind === 'cells') return done({ tree: withCells(tree, act.changes, rules.unit) })
  return edited(tree, act.edits, act.absorb, rules)
}

/** The tree with other buffers; what tops have stays, what they hand out flows down anew. */
function handingOut(tree: PlanTree, rates: ReadonlyMap<string, number>, { unit }: WorkRules) {
  const nodes = new Map(tree.nodes)
  for (const node of tree.nodes.values()) {
    const rate = rates.get(readRowId(node.id).id)
    if (rate === undefined || BigInt(rate) === (node.buffer ?? 0n)) continue
    // Another buffer begins anew: what amendments took was out of the one before.
    nodes.set(node.id, { ...node, buffer: BigInt(rate), taken: undefined })
  }
  let next: PlanTree = { ...tree, nodes }
  if (tree.rule.nodes !== 'sum') return done({ tree: next })
  for (const root of tree.roots) {
    const spreadOut = spread(next, root, { weigh: byCurrent, step: stepOfPlan(tree, unit) })
    if (!spreadOut.ok) return spreadOut
    next = spreadOut.tree
  }
  return done({ tree: next })
}

/** What the acts say that cells were entered relative to, by row; later entries of the same cells count. */
export function basesOf(acts: readonly PlanAct[]): ReadonlyMap<string, readonly Basis[]> {
  const bases = new Map<string, readonly Basis[]>()
  for (const act of acts) {
    const node = act.kind === 'edit' && act.basis ? act.edits[0]?.node : undefined
    if (act.kind === 'edit' && act.basis && node !== undefined)
      bases.set(node, withBasis(bases.get(node) ?? [], act.basis))
  }
  return bases
}

/** A new basis takes the place of those whose cells it touches. */
export function withBasis(bases: readonly Basis[], basis: Basis): readonly Basis[] {
  return [...bases.filter(({ first, last }) => last < basis.first || basis.last < first), basis]
}

/**
 * Several edits at once (a pasted block): cells that were already written hold still for the later ones;
 * where no sibling is free to take up the difference, the parent follows.
 */
function edited(tree: PlanTree, edits: readonly CellEdit[], absorb: Absorb, rules: WorkRules) {
  let held = tree
  for (const edit of edits) {
    const next = step(held, edit, absorb, rules, edits.length > 1)
    if (!next.ok) return next
    held = edits.length > 1 ? withLocks(next.tree, edit.node, edit.months, true) : next.tree
  }
  return done({ tree: likeLocksOf(tree, held) })
}

function step(tree: PlanTree, edit: CellEdit, absorb: Absorb, { fixedTops, unit }: WorkRules, inBlock: boolean) {
  const fixedTop = topOver(tree, edit.node, fixedTops)
  const rule = { step: stepOfPlan(tree, unit), ...(fixedTop === undefined ? {} : { fixedTop }) }
  const next = rebalance(tree, edit, { ...rule, absorb })
  return next.ok || !inBlock || absorb === 'parents' ? next : rebalance(tree, edit, { ...rule, absorb: 'parents' })
}

/** A plan in whole amounts stays in whole amounts; one that has cents is balanced to the cent, and rates always. */
export function stepOfPlan(tree: PlanTree, unit: string): bigint {
  if (tree.rule.nodes === 'same') return 1n
  const whole = toUnits('1', unit)
  if (whole <= 1n) return 1n
  for (const node of tree.nodes.values()) if (node.months.some((value) => value % whole !== 0n)) return 1n
  return whole
}

/** The fixed top above a row. A fixed row itself is out of everybody's reach: it counts as its own top. */
export function topOver(tree: PlanTree, id: string, fixedTops: readonly string[]): string | undefined {
  for (let at: string | null = id; at !== null; at = nodeOf(tree, at).parent)
    if (fixedTops.includes(readRowId(at).id)) return at
  return undefined
}

function withLocks(tree: PlanTree, id: string, months: readonly number[], locked: boolean): PlanTree {
  const node = nodeOf(tree, id)
  const locks = node.locked.map((lock, month) => (months.includes(month) ? locked : lock))
  return { ...tree, nodes: new Map(tree.nodes).set(id, { ...node, locked: locks }) }
}

function likeLocksOf(original: PlanTree, tree: PlanTree): PlanTree {
  const nodes = new Map(tree.nodes)
  for (const node of tree.nodes.values()) {
    const { locked } = nodeOf(original, node.id)
    if (node.locked !== locked) nodes.set(node.id, { ...node, locked })
  }
  return { ...tree, nodes }
}

function withCells(tree: PlanTree, changes: readonly CellChangeShape[], unit: string): PlanTree {
  const nodes = new Map(tree.nodes)
  for (const { node: id, month, after } of changes) {
    const node = nodes.get(id)
    if (!node) continue
    nodes.set(id, { ...node, months: node.months.with(month - 1, toUnits(after, unit)) })
  }
  return { ...tree, nodes }
}
