import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import { inView } from '#platform/db/step.ts'
import { factsAfter, factsOf, type ContentFact } from './attachment-store.ts'
import { contentName, idOfContent, middleName, previewName } from './content-store.ts'
import { contentKeeping } from './keeping.ts'

export interface FileDifference {
  /** Name of a content in the store. */
  readonly content: string
  readonly what: 'missing' | 'unknown' | 'of another size'
  /** Name of the file, where it is known. */
  readonly name: string | null
}

const portion = 1000
/** How many contents the store is asked about at the same time. */
const atOnce = 16
const dayMs = 86_400_000

/**
 * Compares what is known of the company's files with what lies in the store, in portions. Content of the last day may be
 * on its way to be known and is told of by nobody.
 */
export async function verifyFiles(ctx: Ctx): Promise<readonly FileDifference[]> {
  return [...(await whatIsMissing(ctx)), ...(await whatIsUnknown(ctx))]
}

async function whatIsMissing(ctx: Ctx): Promise<readonly FileDifference[]> {
  const found: FileDifference[] = []
  let some: ContentFact[] = []
  const compare = async () => {
    found.push(...(await Promise.all(some.map((fact) => differencesOf(ctx, fact)))).flat())
    some = []
  }
  for await (const fact of allFacts(ctx)) {
    some.push(fact)
    if (some.length === atOnce) await compare()
  }
  await compare()
  return found
}

async function differencesOf(ctx: Ctx, fact: ContentFact): Promise<FileDifference[]> {
  const { id, name, size } = fact
  const sizeIn = (content: string) => contentKeeping().store.sizeOf({ companyId: ctx.company.id, name: content })
  const whole = await sizeIn(contentName(id))
  const found: FileDifference[] = []
  if (whole === undefined) found.push({ content: contentName(id), what: 'missing', name })
  else if (whole !== size) found.push({ content: contentName(id), what: 'of another size', name })
  for (const content of smallerOf(fact)) {
    if ((await sizeIn(content)) === undefined) found.push({ content, what: 'missing', name })
  }
  if (found.length === 0) return found
  // It may have been removed for good in the meantime.
  const known = await inView(ctx, (tx) => factsOf(tx, ctx, [id]))
  return known.length > 0 ? found : []
}

async function whatIsUnknown(ctx: Ctx): Promise<readonly FileDifference[]> {
  const found: FileDifference[] = []
  const settledSince = new Date(ctx.now.getTime() - dayMs)
  let some: string[] = []
  const compare = async () => {
    const ids = [...new Set(some.flatMap((content) => idOfContent(content) ?? []))]
    const known = await inView(ctx, (tx) => factsOf(tx, ctx, ids))
    const expected = new Set(known.flatMap((fact) => contentsOf(fact)))
    const unknown = some.filter((content) => !expected.has(content))
    found.push(...unknown.map((content) => ({ content, what: 'unknown' as const, name: null })))
    some = []
  }
  for await (const { name, changedAt } of contentKeeping().store.list(ctx.company.id)) {
    if (changedAt < settledSince) some.push(name)
    if (some.length === portion) await compare()
  }
  await compare()
  return found
}

const smallerOf = ({ id, hasPreview, hasMiddle }: ContentFact): readonly string[] => [
  ...(hasPreview ? [previewName(id)] : []),
  ...(hasMiddle ? [middleName(id)] : []),
]
const contentsOf = (fact: ContentFact): readonly string[] => [contentName(fact.id), ...smallerOf(fact)]

async function* allFacts(ctx: Ctx): AsyncGenerator<ContentFact> {
  for (let after = nobody; ;) {
    const page = await inView(ctx, (tx) => factsAfter(tx, ctx, after, portion))
    yield* page
    const last = page.at(-1)
    if (!last || page.length < portion) return
    after = last.id
  }
}
