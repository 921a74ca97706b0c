/** Do people know of these two that they are not the same? */
export type AreApart = (one: string, other: string) => boolean

/**
 * Of the records of a group those to look at first, so that whoever says that they are not the same decides the most: no
 * record among them that is apart from all the others, as long as there is one to decide about.
 */
export function undecidedFirst(ids: readonly string[], areApart: AreApart, most: number): readonly string[] {
  const open = new Map(ids.map((id) => [id, 0]))
  const chosen: string[] = []
  const isUndecided = (id: string) => ids.some((other) => other !== id && !areApart(id, other))
  for (let next = ids.find(isUndecided); next !== undefined && chosen.length < most; next = mostOpen(open)) {
    chosen.push(next)
    open.delete(next)
    for (const [id, pairs] of open) if (!areApart(id, next)) open.set(id, pairs + 1)
  }
  return chosen
}

/** The one with the most pairs to decide about; none where nothing is left to decide. */
function mostOpen(open: ReadonlyMap<string, number>): string | undefined {
  let found: string | undefined
  let pairs = 0
  for (const [id, count] of open) if (count > pairs) [found, pairs] = [id, count]
  return found
}
