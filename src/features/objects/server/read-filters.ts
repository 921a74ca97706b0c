import { namesHeld } from '#features/org/server/index.ts'
import { inWords, type Label } from '#base/label.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { checkFilter } from '#engine/query/check.ts'
import { everything, type Filter } from '#engine/query/filter.ts'
import { filterInWords } from '#engine/query/in-words.ts'
import { namedIn } from '#engine/query/named-in.ts'
import { completionsAt, type Completions } from '#engine/query/text/complete.ts'
import { printFilter } from '#engine/query/text/print-filter.ts'
import { readFilter } from '#engine/query/text/read-filter.ts'
import type { TextContext } from '#engine/query/text/resolver.ts'
import { regions } from '#engine/region/regions.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { queryRecords } from '#platform/records/read.ts'
import { objectFor } from '#platform/records/scope.ts'
import { resolverFor, titlesOf } from './name-resolver.ts'

/** Names beyond these are left out: nobody reads a list of so many. */
const mostNames = 200

function contextOf(ctx: Ctx, object: ObjectType): TextContext {
  const { catalogue, calendar } = ctx.company
  return { object, catalogue, language: ctx.language, calendar, resolver: resolverFor(ctx) }
}

/** The filter that a text means, or FILTER_INVALID with what cannot be read. */
export async function filterOfText(ctx: Ctx, key: string, text: string): Promise<Filter> {
  const reading = await readFilter(text, contextOf(ctx, objectFor(ctx, key, 'read')))
  if ('filter' in reading) return reading.filter
  throw recordErrors.FILTER_INVALID(
    {},
    reading.faults.map(({ code, from, to, label, params }) => ({
      field: `text.${from}-${to}`,
      code,
      label,
      params: params ?? {},
    })),
  )
}

interface FilterRead {
  readonly filter: Filter | null
  readonly faults: readonly {
    readonly from: number
    readonly to: number
    readonly code: string
    readonly message: string
  }[]
  readonly text: string
  readonly words: string
  readonly names: Readonly<Record<string, string>>
}

/** Text to filter, or filter to text; the filter in words and the names in it besides. */
export async function readAnyFilter(
  ctx: Ctx,
  key: string,
  asked: { readonly text?: string | undefined; readonly filter?: Filter | undefined },
): Promise<FilterRead> {
  const object = objectFor(ctx, key, 'read')
  if (asked.text === undefined) {
    const filter = asked.filter ?? everything
    const faults = checkFilter(filter, object, ctx.company.catalogue)
    if (faults.length > 0) throw recordErrors.FILTER_INVALID({}, faults)
    return told(ctx, object, filter)
  }
  const reading = await readFilter(asked.text, contextOf(ctx, object))
  if ('filter' in reading) return { ...(await told(ctx, object, reading.filter)), text: asked.text }
  const message = (label: Label, params = {}) => inWords(label, ctx.language, params)
  const faults = reading.faults.map(({ from, to, code, label, params }) => ({
    from,
    to,
    code,
    message: message(label, params),
  }))
  return { filter: null, faults, text: asked.text, words: '', names: {} }
}

/** A filter in words, in the reader's language; nothing where it no longer fits the object. */
export async function filterAsWords(ctx: Ctx, key: string, filter: Filter): Promise<string> {
  const object = ctx.company.catalogue.find(key)
  if (!object || checkFilter(filter, object, ctx.company.catalogue).length > 0) return ''
  return (await told(ctx, object, filter)).words
}

async function told(ctx: Ctx, object: ObjectType, filter: Filter): Promise<FilterRead> {
  const { catalogue } = ctx.company
  const { language } = ctx
  const names = await namesIn(ctx, filter, object)
  const nameOf = (_kind: string, id: string) => (names.only.has(id) ? names.all.get(id) : undefined)
  return {
    filter,
    faults: [],
    text: printFilter(filter, { object, catalogue, language, regions, nameOf }),
    words: filterInWords(filter, object, catalogue, language, (id) => names.all.get(id)),
    names: Object.fromEntries(names.all),
  }
}

interface Names {
  readonly all: ReadonlyMap<string, string>
  /** Ids of those by whose name nothing else is found. */
  readonly only: ReadonlySet<string>
}

async function namesIn(ctx: Ctx, filter: Filter, object: ObjectType): Promise<Names> {
  const { people, units, records, regions: codes } = namedIn(filter, object, ctx.company.catalogue)
  const some = (ids: ReadonlySet<string>) => [...ids].slice(0, mostNames)
  const held = await namesHeld(ctx, { people: some(people), units: some(units) })
  const all = new Map(held.map(({ id, name }) => [id, name]))
  const only = new Set(held.filter(({ isOnly }) => isOnly).map(({ id }) => id))
  for (const code of codes) if (regions.find(code)) all.set(code, regions.fullNameOf(code, ctx.language))
  for (const [key, ids] of records) await nameRecords(ctx, ctx.company.catalogue.get(key), some(ids), { all, only })
  return { all, only }
}

async function nameRecords(
  ctx: Ctx,
  object: ObjectType,
  ids: readonly string[],
  { all, only }: { readonly all: Map<string, string>; readonly only: Set<string> },
): Promise<void> {
  const [title = object.title] = titlesOf(object, ctx.language)
  const ask = async (filter: Filter) =>
    (await queryRecords(ctx, object.key, { filter, fields: [title], limit: 200 })).rows
  const found = await ask({ field: 'id', op: 'in', value: ids })
  const nameOf = (row: Readonly<Record<string, unknown>>) => String(row[title] ?? '')
  for (const row of found) all.set(row.id, nameOf(row))
  const alike = await ask({ field: title, op: 'in', value: [...new Set(found.map(nameOf))] })
  const byName = Map.groupBy(alike, (row) => nameOf(row).toLowerCase())
  for (const row of found)
    if (byName.get(nameOf(row).toLowerCase())?.length === 1 && alike.length < 200) only.add(row.id)
}

export function completeFilter(ctx: Ctx, key: string, text: string, cursor: number): Promise<Completions> {
  return completionsAt(text, cursor, contextOf(ctx, objectFor(ctx, key, 'read')))
}
