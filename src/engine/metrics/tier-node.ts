/** A node of the tier tree; a unit's sums are those of its children. */
export interface TierNode {
  /** Unit: its key, or its path joined by `~` where the unit stood in two places. Person: unit node, dot, person. */
  readonly id: string
  /** The same with the whole path always: a node keeps it in every period. Empty for a node over several tops. */
  readonly place: string
  readonly kind: 'unit' | 'person'
  readonly unitId: string | null
  readonly personId: string | null
  readonly name: string
  readonly tier: string | null
  readonly headName: string | null
  /** Does the node still stand here at the end of the period? */
  readonly current: boolean
  /** Which of the plan's places this is, by their order; null where the plan put nothing. Targets stay where it put them. */
  readonly planned: number | null
  readonly numerator: bigint
  readonly denominator: bigint
  readonly children: readonly TierNode[]
  /** Where a person's rows lie in the ledger; a unit's lie where those of its people do, see `spotsOf`. */
  readonly spots: readonly Spot[]
}

/** Ledger rows of a stretch: of this unit, and of this person if one is named. */
export interface Spot {
  readonly stretch: number
  readonly unitId: string
  readonly personId: string | null
}

/** How what the children of a node brought makes what the node did; of distinct counts it is told by the database. */
export type Fold = 'sum' | 'lowest' | 'highest'

export interface Sums {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Sums of the numerators, or the lowest or highest of those that stand for values; denominators tell how many these are. */
export function folded(parts: readonly Sums[], fold: Fold = 'sum'): Sums {
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0n)
  if (fold === 'sum') return { numerator: parts.reduce((sum, part) => sum + part.numerator, 0n), denominator }
  const values = parts.filter((part) => part.denominator !== 0n).map((part) => part.numerator)
  const isBefore = (one: bigint, other: bigint) => (fold === 'lowest' ? one < other : one > other)
  return { numerator: values.reduce((best, one) => (isBefore(one, best) ? one : best), values[0] ?? 0n), denominator }
}

/** A node over others: its sums are theirs, or the lowest or highest of them. */
export function combine(id: string, name: string, children: readonly TierNode[], fold: Fold = 'sum'): TierNode {
  return {
    ...folded(children, fold),
    id,
    place: '',
    kind: 'unit',
    unitId: null,
    personId: null,
    name,
    tier: null,
    headName: null,
    current: true,
    planned: null,
    children,
    spots: [],
  }
}

/** Where the rows of a node lie in the ledger: its own and those of everybody below it. */
export function spotsOf(node: TierNode): readonly Spot[] {
  return node.children.length === 0 ? node.spots : [...node.spots, ...node.children.flatMap(spotsOf)]
}
