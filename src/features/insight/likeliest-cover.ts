interface Deal {
  readonly id: string
  readonly amount: number
  readonly chance: number
}

/** Some deals: what they bring, and how unlikely it is that all of them come, as Σ −ln(chance). */
interface Choice {
  readonly sum: number
  readonly cost: number
  readonly last: Deal | undefined
  readonly rest: Choice | undefined
}

/** So many choices are followed at a time: with a few deals all that may be best, with hundreds an even part of them. */
const mostFollowed = 400
const leastChance = 1e-6

/**
 * The deals that are most likely to close a gap together: of all sets whose amounts reach it, the one with the highest
 * product of chances (few and likely deals, therefore, since each more makes it less likely); of equally likely ones the
 * one that exceeds the gap the least. No deal of it can be left out. All deals where together they do not reach it.
 * The number of steps is bounded by deals × `mostFollowed`: exact for a dozen deals or two, close to it beyond.
 */
export function likeliestCover<One extends Deal>(gap: number, deals: readonly One[]): readonly One[] {
  const some = deals.filter(({ amount }) => amount > 0)
  if (gap <= 0) return []
  if (sumOf(some) <= gap) return some
  let best: Choice | undefined
  let open: readonly Choice[] = [{ sum: 0, cost: 0, last: undefined, rest: undefined }]
  for (const deal of some.toSorted(likelierFirst)) {
    const cost = -Math.log(Math.max(deal.chance, leastChance))
    const more = open.map((rest): Choice => ({ sum: rest.sum + deal.amount, cost: rest.cost + cost, last: deal, rest }))
    for (const one of more) if (one.sum >= gap && isBetter(one, best)) best = one
    open = followed([...open, ...more.filter(({ sum }) => sum < gap)], best)
  }
  const chosen = new Set(needed(gap, dealsOf(best)).map(({ id }) => id))
  return some.filter(({ id }) => chosen.has(id))
}

const sumOf = (deals: readonly Deal[]) => deals.reduce((sum, { amount }) => sum + amount, 0)

const likelierFirst = (one: Deal, other: Deal) =>
  other.chance - one.chance || other.amount - one.amount || one.id.localeCompare(other.id)

/** Chances are products of floats: what differs by less than this is equally likely. */
const isAsLikely = (one: number, other: number) => Math.abs(one - other) < 1e-9

function isBetter(one: Choice, other: Choice | undefined): boolean {
  if (!other) return true
  return isAsLikely(one.cost, other.cost) ? one.sum < other.sum : one.cost < other.cost
}

/** Left out are choices that bring less than another and are less likely, and those that nothing can make the best. */
function followed(choices: readonly Choice[], best: Choice | undefined): readonly Choice[] {
  const kept: Choice[] = []
  let least = Infinity
  const worst = best?.cost ?? Infinity
  for (const one of choices.toSorted((a, b) => b.sum - a.sum || a.cost - b.cost)) {
    const isTwice = kept.at(-1)?.sum === one.sum && kept.at(-1)?.cost === one.cost
    if (isTwice || one.cost > worst + 1e-9 || one.cost > least + 1e-9) continue
    kept.push(one)
    least = Math.min(least, one.cost)
  }
  if (kept.length <= mostFollowed) return kept
  // The largest stays: with all deals that follow it reaches the gap if anything does.
  return kept.filter((_, at) => Math.floor((at * mostFollowed) / kept.length) !== Math.floor(((at - 1) * mostFollowed) / kept.length)) // prettier-ignore
}

function dealsOf(choice: Choice | undefined): readonly Deal[] {
  const deals: Deal[] = []
  for (let at = choice; at?.last; at = at.rest) deals.push(at.last)
  return deals
}

/** Without those that are not needed, the least likely first; only where not all choices were followed are there any. */
function needed(gap: number, deals: readonly Deal[]): readonly Deal[] {
  return deals
    .toSorted(likelierFirst)
    .reduceRight<readonly Deal[]>(
      (kept, deal) => (sumOf(kept) - deal.amount >= gap ? kept.filter((one) => one !== deal) : kept),
      deals,
    )
}
