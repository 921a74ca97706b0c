import { closenessParts, compareScores, judge, type MatchedText, type Verdict } from '#engine/search/judge.ts'
import { nearPhrasesOf } from '#engine/search/near.ts'
import { termsOf, type Phrase, type Step as PhraseStep, type Term } from '#engine/search/plan.ts'
import { spellingsToTry } from '#engine/search/spellings-to-try.ts'
import { searchedTextsOf } from '#engine/search/searched.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { reachIn } from '#engine/policy/rights.ts'
import { orgView } from '#platform/records/reach.ts'
import { idsSharedWith } from '#platform/records/share-store.ts'
import { objectsByRule } from '#platform/records/sight.ts'
import type { FoundRecord, SearchedKind } from './kind.ts'
import { countSteps, hintsOf, presentTokens, type Range } from './token-store.ts'

export interface Hit {
  readonly object: string
  readonly record: FoundRecord
  readonly matched: readonly MatchedText[]
}

export interface HitsOfObject {
  readonly object: string
  readonly hits: readonly Hit[]
  readonly hasMore: boolean
}

interface Search {
  readonly tx: Tx
  readonly ctx: Ctx
  readonly kinds: readonly SearchedKind[]
  readonly ranges: readonly Range[]
  readonly terms: readonly Term[]
  /** Most hits of each object. */
  readonly limit: number
}

/**
 * What the actor sees of the records that match, the best of each object first; objects in the order of their best hit.
 * What was typed is tried in several spellings; if nothing matches, what does with one mistake.
 */
export async function findRecords(
  ctx: Ctx,
  kinds: readonly SearchedKind[],
  { query, limit }: { readonly query: string; readonly limit: number },
): Promise<readonly HitsOfObject[]> {
  const allowed = kinds.filter((kind) => kind.isAllowed(ctx))
  const ways = spellingsToTry(query).map(termsOf).filter(canFind)
  if (allowed.length === 0 || ways.length === 0) return []
  return inView(ctx, async (tx) => {
    const ranges = await rangesOf(tx, ctx, allowed)
    const searches = ways.map((terms): Search => ({ tx, ctx, kinds: allowed, ranges, terms, limit }))
    for (const search of searches) {
      const exact = await look(search, await exactPhrases(search), false)
      if (exact.length > 0) return exact
    }
    const [likely] = searches
    return likely ? look(likely, await nearPhrases(likely), true) : []
  })
}

const canFind = (terms: readonly Term[]): boolean => terms.some(({ phrases }) => phrases.length > 0)

/**
 * Where the actor may find something. Of what a rule shares everything is looked through, and what it does not share is
 * left out when it is read; what is shared one by one is looked through besides.
 */
async function rangesOf(tx: Tx, ctx: Ctx, kinds: readonly SearchedKind[]): Promise<readonly Range[]> {
  const company = ctx.company.id
  const byRule = await objectsByRule(ctx)
  const open = kinds.filter(({ isOpen, shape }) => isOpen || byRule.has(shape.key))
  const ranges: Range[] = []
  const owned = kinds.filter((kind) => !open.includes(kind)).map(({ shape }) => shape.key)
  const everybodys = open.map(({ shape }) => shape.key)
  const parts: string[] = []
  for (const [reach, objects] of Map.groupBy(owned, (object) => reachIn(ctx.actor.role, object))) {
    const people = await orgView().reach(ctx, reach)
    if (people === 'everything') everybodys.push(...objects)
    else {
      ranges.push({ company, objects, owners: people })
      parts.push(...objects)
    }
  }
  for (const [object, records] of await idsSharedWith(tx, ctx, parts, mostShared)) {
    ranges.push({ company, objects: [object], owners: 'everybody', records })
  }
  return [...ranges, { company, objects: everybodys, owners: 'everybody' }]
}

/** Of more records that are shared one by one only the newest are looked through. */
const mostShared = 5000

/** Rarer steps are told from each other; looking up the others for more records than this would take too long. */
const countedUpTo = 5000

/** The phrases of the term that the fewest records have, each beginning with its rarest step. */
async function exactPhrases(search: Search): Promise<readonly Phrase[]> {
  const choices = search.terms.map(({ phrases }) => phrases).filter((phrases) => phrases.length > 0)
  const [only] = choices
  if (choices.length === 1 && only?.every((phrase) => phrase.length === 1)) return only
  const counted = await withCounts(search, choices.flat())
  const totalOf = (phrases: readonly Phrase[]) =>
    phrases.reduce((total, phrase) => total + (counted.get(phrase)?.count ?? 0), 0)
  const [rarest = []] = [...choices].sort((one, other) => totalOf(one) - totalOf(other))
  return rarest.flatMap((phrase) => counted.get(phrase)?.sorted ?? [])
}

/** Of the longest term that can be mistyped. Of what nearly every record has only the best-placed ones are tried. */
async function nearPhrases(search: Search): Promise<readonly Phrase[]> {
  const [phrases = []] = search.terms
    .map(nearPhrasesOf)
    .filter((found) => found.length > 0)
    .sort((one, other) => other.length - one.length)
  const [single, chains] = [phrases.filter(isSingle), phrases.filter((phrase) => !isSingle(phrase))]
  const counted = await withCounts(search, chains)
  const rare = chains.flatMap((phrase) => {
    const { count, sorted } = counted.get(phrase) ?? { count: 0, sorted: [] }
    return count < countedUpTo ? sorted : []
  })
  const present = await presentTokens(
    search.tx,
    wholeRange(search),
    single.flatMap(([step]) => step?.tokens ?? []),
  )
  return present.length > 0 ? [...rare, [{ tokens: present, shift: 0 }]] : rare
}

const isSingle = (phrase: Phrase): boolean => phrase.length === 1

function wholeRange({ ctx, kinds }: Search): Range {
  return { company: ctx.company.id, objects: kinds.map(({ shape }) => shape.key), owners: 'everybody' }
}

interface Counted {
  /** Of the rarest step. */
  readonly count: number
  /** The phrase beginning with that step; none if nothing has it. */
  readonly sorted: readonly Phrase[]
}

async function withCounts(search: Search, phrases: readonly Phrase[]): Promise<ReadonlyMap<Phrase, Counted>> {
  if (phrases.length === 0) return new Map()
  // The chains of one term share most of their steps: each is counted once.
  const steps = new Map(phrases.flat().map(({ tokens }) => [tokens.join(' '), tokens]))
  const counts = await countSteps(search.tx, wholeRange(search), [...steps.values()], countedUpTo)
  const countByTokens = new Map([...steps.keys()].map((key, at) => [key, counts[at] ?? 0]))
  const countOf = ({ tokens }: PhraseStep): number => countByTokens.get(tokens.join(' ')) ?? 0
  return new Map(
    phrases.map((phrase) => {
      const sorted = [...phrase].sort((one, other) => countOf(one) - countOf(other))
      const count = sorted[0] ? countOf(sorted[0]) : 0
      return [phrase, { count, sorted: count > 0 ? [sorted] : [] }]
    }),
  )
}

interface ScoredHit extends Verdict {
  readonly id: string
}

/** Tokens only hint: where too few of the best-placed records match, more of them are looked at. */
async function look(search: Search, phrases: readonly Phrase[], near: boolean): Promise<readonly HitsOfObject[]> {
  const found = new Map<string, readonly ScoredHit[]>()
  let kinds = phrases.length > 0 ? search.kinds : []
  for (const depth of [search.limit * 8 + 12, 400, ...(near ? [] : [4000])]) {
    if (kinds.length === 0) break
    const hints = await hintsByObject(search, kinds, phrases, depth)
    const short: SearchedKind[] = []
    for (const kind of kinds) {
      const ids = hints.get(kind.shape.key) ?? []
      const hits = await hitsAmong(search, kind, ids, near)
      found.set(kind.shape.key, hits)
      if (hits.length <= search.limit && ids.length >= depth) short.push(kind)
    }
    kinds = short
  }
  return inOrderOfBest(search, found)
}

/** The best-placed records of each object, the best first. */
async function hintsByObject(
  { tx, ranges }: Search,
  kinds: readonly SearchedKind[],
  phrases: readonly Phrase[],
  depth: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = new Set(kinds.map(({ shape }) => shape.key))
  const wanted = ranges.map((range) => ({ ...range, objects: range.objects.filter((key) => keys.has(key)) }))
  const hints = Map.groupBy(await hintsOf(tx, wanted, phrases, depth), ({ object }) => object)
  return new Map([...hints].map(([object, of]) => [object, of.map(({ recordId }) => recordId)]))
}

async function hitsAmong(
  { tx, ctx, terms }: Search,
  kind: SearchedKind,
  ids: readonly string[],
  near: boolean,
): Promise<readonly ScoredHit[]> {
  if (ids.length === 0) return []
  const records = await kind.look(tx, ctx, ids)
  const hits = records.flatMap((record): readonly ScoredHit[] => {
    const { id, values, ownerId, updatedAt } = record
    const isOwn = ownerId !== null && ownerId === ctx.actor.personId
    const texts = searchedTextsOf(kind.shape, values)
    const verdict = judge(terms, { texts, isOwn, updatedAt: updatedAt.getTime() }, near)
    return verdict ? [{ id, ...verdict }] : []
  })
  return hits.sort((one, other) => compareScores(one.score, other.score))
}

/** The best of each object as they are shown. Of equally good objects each keeps its place, however short its titles. */
async function inOrderOfBest(
  { tx, ctx, kinds, limit }: Search,
  found: ReadonlyMap<string, readonly ScoredHit[]>,
): Promise<readonly HitsOfObject[]> {
  const groups = kinds
    .flatMap((kind) => {
      const hits = found.get(kind.shape.key) ?? []
      return hits[0] ? [{ kind, hits, best: hits[0].score.slice(0, closenessParts) }] : []
    })
    .sort((one, other) => compareScores(one.best, other.best))
  const shown: HitsOfObject[] = []
  for (const { kind, hits } of groups) {
    const object = kind.shape.key
    const best = hits.slice(0, limit)
    const read = await kind.read(tx, ctx, best.map(({ id }) => id)) // prettier-ignore
    const records = new Map(read.map((record) => [record.id, record]))
    shown.push({
      object,
      hits: best.flatMap(({ id, matched }) => {
        const record = records.get(id)
        return record ? [{ object, record, matched }] : []
      }),
      hasMore: hits.length > limit,
    })
  }
  return shown
}
