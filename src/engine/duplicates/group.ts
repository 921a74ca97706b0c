/** Two records that are suspected to be one, and by which rules. */
export interface Pair {
  readonly one: string
  readonly other: string
  readonly rule: string
}

/** Records that pairs connect, however far, each with the rules that connect it. */
export type Group = ReadonlyMap<string, ReadonlySet<string>>

/** Joins pairs to groups: whoever is suspected with one of a group belongs to it. In the order of their first pairs. */
export function groupsOf(pairs: Iterable<Pair>): readonly Group[] {
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
  for (const { one, other, rule } of pairs) {
    const [head, joined] = [headOf(one), headOf(other)]
    if (head !== joined) heads.set(joined, head)
    for (const id of [one, other]) rules.set(id, (rules.get(id) ?? new Set()).add(rule))
  }
  const groups = new Map<string, Map<string, ReadonlySet<string>>>()
  for (const [id, found] of rules) {
    const head = headOf(id)
    groups.set(head, (groups.get(head) ?? new Map()).set(id, found))
  }
  return [...groups.values()]
}
