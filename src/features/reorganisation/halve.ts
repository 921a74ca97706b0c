export interface Weighed {
  readonly id: string
  readonly weight: bigint
}

/**
 * Two halves of about the same weight, and of sizes that differ by one at most where all weigh the same: the heaviest
 * first, each to the lighter half, and to the smaller one where they are even. `first` is in the first half.
 */
export function halve(people: readonly Weighed[], first?: string): readonly [readonly string[], readonly string[]] {
  const heaviest = people.toSorted(
    (a, b) => Number(b.id === first) - Number(a.id === first) || compare(b.weight, a.weight) || (a.id < b.id ? -1 : 1),
  )
  const halves: [Half, Half] = [emptyHalf, emptyHalf]
  for (const { id, weight } of heaviest) {
    const [one, other] = halves
    const isLighter = one.weight > other.weight || (one.weight === other.weight && one.ids.length > other.ids.length)
    const at = isLighter ? 1 : 0
    halves[at] = { ids: [...halves[at].ids, id], weight: halves[at].weight + weight }
  }
  return [halves[0].ids, halves[1].ids]
}

interface Half {
  readonly ids: readonly string[]
  readonly weight: bigint
}

const emptyHalf: Half = { ids: [], weight: 0n }

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
