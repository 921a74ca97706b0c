/** Two records that are suspected to be one, and by which rule. */
export interface Pair {
  readonly one: string
  readonly other: string
  readonly rule: string
}

/** Records that pairs connect, however far, each with the rules that connect it. */
export type Group = ReadonlyMap<string, ReadonlySet<string>>

/** Groups that grow with every pair. It keeps something for each record, nothing for each pair. */
export interface Grouping {
  /** Whoever is suspected with one of a group belongs to it. */
  join(pair: Pair): void
  /** The groups so far, in the order of their first pairs. */
  groups(): readonly Group[]
}

export function newGrouping(): Grouping {
  const heads = new Map<string, string>()
  const rules = new Map<string, Set<string>>()
  const headOf = (id: string): string => {
    let head = id
    for (let next = heads.get(head); next !== undefined; next = heads.get(head)) head = next
    // Shorter ways for those who ask next.
    for (let at = id; at !== head;) {
      const next = heads.get(at) ?? head
      heads.set(at, head)
      at = next
    }
    return head
  }
  const note = (id: string, rule: string) => {
    const known = rules.get(id)
    if (known) known.add(rule)
    else rules.set(id, new Set([rule]))
  }
  return {
    join({ one, other, rule }) {
      const [head, joined] = [headOf(one), headOf(other)]
      if (head !== joined) heads.set(joined, head)
      note(one, rule)
      note(other, rule)
    },
    groups() {
      const groups = new Map<string, Map<string, ReadonlySet<string>>>()
      for (const [id, found] of rules) {
        const head = headOf(id)
        const group = groups.get(head)
        if (group) group.set(id, found)
        else groups.set(head, new Map([[id, found]]))
      }
      return [...groups.values()]
    },
  }
}
