import { WorkplaceFault } from './adapter.ts'

export interface Page<Item, Mark> {
  readonly items: readonly Item[]
  readonly hasMore: boolean
  /** Where the next page begins. */
  readonly next: Mark | undefined
}

/** Reads pages to the last. One that says there is more but not where, or leads back, is a fault: nothing is left out. */
export async function allPages<Item, Mark>(
  readPage: (mark: Mark | undefined) => Promise<Page<Item, Mark>>,
): Promise<readonly Item[]> {
  const all: Item[] = []
  const seen = new Set<Mark | undefined>()
  for (let mark: Mark | undefined; ;) {
    seen.add(mark)
    const { items, hasMore, next } = await readPage(mark)
    all.push(...items)
    if (!hasMore) return all
    if (seen.has(next)) throw new WorkplaceFault('unexpected', 'paging', String(next))
    mark = next
  }
}

/** Everything below some departments, level by level, where only direct children are told; each once. */
export async function everythingBelow<Department extends { readonly id: string }>(
  tops: readonly Department[],
  readChildren: (id: string) => Promise<readonly Department[]>,
): Promise<readonly Department[]> {
  const found = new Map(tops.map((one) => [one.id, one]))
  for (const { id } of found.values()) {
    for (const child of await readChildren(id)) if (!found.has(child.id)) found.set(child.id, child)
  }
  return [...found.values()]
}
