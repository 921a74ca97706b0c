import { today as dayIn } from '#engine/calendar/day.ts'
import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import { nobody } from '#engine/metrics/to-sql.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { CategorySums, ForecastNode, Said } from '../contract.ts'
import { addSums, noSums, saidBelow, type SaidSums, type Sums } from '../roll-up.ts'
import type { EntryRow } from './entry-store.ts'

export interface Laying {
  /** A row's own target, in ten-thousandths; null where none was set. */
  readonly targetOf: (node: TierNode) => bigint | null
  /** What the open deals of people come to. */
  readonly sums: ReadonlyMap<string, Sums>
  readonly entries: readonly EntryRow[]
  /** Who may submit. */
  readonly submitters: ReadonlySet<string>
  /** What was said before this day is outdated. */
  readonly since: string
  readonly zone: string
  readonly mayOverride: boolean
  readonly reader: string | null
  /** Whose deals the reader sees today: of others who once stood here only what closed here then is shown. */
  readonly isInReach: (person: string) => boolean
}

/** A node with exact sums beside what is shown of it. */
export interface LaidNode {
  readonly shown: ForecastNode
  readonly tier: TierNode
  readonly system: Sums
  readonly target: bigint | null
  /** Whose open deals are counted here. */
  readonly people: readonly string[]
  readonly children: readonly LaidNode[]
}

/**
 * Puts deals and what people said onto the tier tree. A person's open deals count once, where the person stands at the end
 * of the period, or in the first place where not any more; whoever is out of the reader's reach has gone with them.
 */
export function laySums(tree: TierNode, laying: Laying): LaidNode {
  const homes = new Map<string, string>()
  for (const node of peopleOf(tree)) {
    const person = node.personId ?? nobody
    if (laying.isInReach(person) && (node.current || !homes.has(person))) homes.set(person, node.id)
  }
  return layNode(tree, laying, homes)
}

function peopleOf(node: TierNode): readonly TierNode[] {
  return node.kind === 'person' ? [node] : node.children.flatMap(peopleOf)
}

function layNode(tier: TierNode, laying: Laying, homes: ReadonlyMap<string, string>): LaidNode {
  if (tier.kind === 'person') return layPerson(tier, laying, homes.get(tier.personId ?? nobody) === tier.id)
  const children = tier.children.map((child) => layNode(child, laying, homes))
  const system = children.reduce((sum, child) => addSums(sum, child.system), noSums)
  const parts = children.flatMap(({ target }) => (target === null ? [] : [target]))
  const target =
    tier.unitId !== null ? laying.targetOf(tier) : parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0n) : null
  const below = saidBelow(children.map(({ shown }) => countedOf(shown)))
  const count = (key: 'expected' | 'missing') => children.reduce((sum, { shown }) => sum + shown[key], 0)
  const override = overrideOf(laying, (entry) => entry.personId === null && entry.unitId === tier.unitId)
  return {
    tier,
    system,
    target,
    people: children.flatMap(({ people }) => people),
    children,
    shown: {
      ...factsOf(tier),
      target: target === null ? null : writeAmount(target),
      system: shownSums(system),
      submission: null,
      override: tier.unitId === null ? null : override,
      submitted: below && shownSaid(below),
      expected: count('expected'),
      missing: count('missing'),
      canOverride: laying.mayOverride && tier.current && tier.unitId !== null,
      children: children.map(({ shown }) => shown),
    },
  }
}

function layPerson(tier: TierNode, laying: Laying, isHome: boolean): LaidNode {
  const person = tier.personId ?? nobody
  const open = isHome ? (laying.sums.get(person) ?? noSums) : noSums
  const system = { ...open, closed: tier.numerator }
  const target = laying.targetOf(tier)
  const isOfPerson = (entry: EntryRow) => isHome && entry.personId === tier.personId && tier.personId !== null
  const submitted = laying.entries.find((entry) => entry.kind === 'submission' && isOfPerson(entry))
  const submission = submitted ? saidOf(submitted, laying) : null
  const hasBusiness =
    system.closed !== 0n ||
    open.committed + open.bestCase + open.pipeline + open.omitted > 0n ||
    (target !== null && target > 0n)
  const isExpected = isHome && hasBusiness && laying.submitters.has(person)
  return {
    tier,
    system,
    target,
    people: isHome ? [person] : [],
    children: [],
    shown: {
      ...factsOf(tier),
      target: target === null ? null : writeAmount(target),
      system: shownSums(system),
      submission,
      // A former leader's judgement stays where it was made.
      override: overrideOf(laying, (entry) => isOfPerson(entry) && entry.unitId === tier.unitId),
      submitted: submission && { closed: submission.closed, commit: submission.commit, bestCase: submission.bestCase },
      expected: isExpected ? 1 : 0,
      missing: isExpected && (submission === null || submission.isOutdated) ? 1 : 0,
      canOverride:
        laying.mayOverride && isHome && tier.current && tier.personId !== null && tier.personId !== laying.reader,
      children: [],
    },
  }
}

function factsOf({ id, kind, unitId, personId, name, tier, headName }: TierNode) {
  return { id, kind, unitId, personId, name, tier, headName }
}

/** What a node counts for in the sum above it. */
function countedOf({ override, submitted }: ForecastNode): SaidSums | null {
  const said = override ?? submitted
  return (
    said && {
      closed: readAmount(said.closed),
      commit: readAmount(said.commit),
      bestCase: readAmount(said.bestCase),
    }
  )
}

/** The newest override that its maker has not withdrawn. */
function overrideOf(laying: Laying, isOfNode: (entry: EntryRow) => boolean): Said | null {
  const standing = laying.entries
    .filter((entry) => entry.kind === 'override' && isOfNode(entry))
    .toSorted((one, other) => (one.id < other.id ? 1 : -1))
  return standing[0] ? saidOf(standing[0], laying) : null
}

function saidOf({ id, closed, commit, bestCase, at, by, byName, note }: EntryRow, { since, zone }: Laying): Said {
  return {
    id,
    closed,
    commit: commit ?? '0',
    bestCase: bestCase ?? '0',
    at: at.toISOString(),
    by,
    byName,
    note,
    isOutdated: dayIn(zone, at) < since,
  }
}

export function shownSums({ closed, committed, bestCase, pipeline, omitted }: Sums): CategorySums {
  return {
    closed: writeAmount(closed),
    committed: writeAmount(committed),
    bestCase: writeAmount(bestCase),
    pipeline: writeAmount(pipeline),
    omitted: writeAmount(omitted),
  }
}

const shownSaid = ({ closed, commit, bestCase }: SaidSums) => {
  return { closed: writeAmount(closed), commit: writeAmount(commit), bestCase: writeAmount(bestCase) }
}

/** The node of that id, or of that unit or person alone. */
export function findLaid(root: LaidNode, id: string): LaidNode | undefined {
  if (root.tier.id === id || root.tier.place === id) return root
  for (const child of root.children) {
    const found = findLaid(child, id)
    if (found) return found
  }
  return undefined
}

/** The node where a person's deals are counted. */
export function homeOf(root: LaidNode, personId: string): LaidNode | undefined {
  if (root.tier.kind === 'person') return root.people.includes(personId) ? root : undefined
  for (const child of root.children) {
    const found = homeOf(child, personId)
    if (found) return found
  }
  return undefined
}
