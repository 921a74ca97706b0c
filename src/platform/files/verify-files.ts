import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import { inView } from '#platform/db/step.ts'
import { factsAfter, type ContentFact } from './attachment-store.ts'
import { contentName, previewName } from './content-store.ts'
import { contentKeeping } from './keeping.ts'

export interface FileDifference {
  /** Name of a content in the store. */
  readonly content: string
  readonly what: 'missing' | 'unknown' | 'of another size'
  /** Name of the file, where it is known. */
  readonly name: string | null
}

const portion = 1000

/** Compares what is known of the company's files with what lies in the store. */
export async function verifyFiles(ctx: Ctx): Promise<readonly FileDifference[]> {
  const kept = new Map<string, number>()
  for await (const { name, size } of contentKeeping().store.list(ctx.company.id)) kept.set(name, size)
  const found: FileDifference[] = []
  const take = (content: string, { name, size }: { readonly name: string; readonly size?: number }) => {
    const there = kept.get(content)
    if (there === undefined) found.push({ content, what: 'missing', name })
    else if (size !== undefined && there !== size) found.push({ content, what: 'of another size', name })
    kept.delete(content)
  }
  for await (const { id, name, size, hasPreview } of allFacts(ctx)) {
    take(contentName(id), { name, size })
    if (hasPreview) take(previewName(id), { name })
  }
  return [...found, ...[...kept.keys()].map((content) => ({ content, what: 'unknown' as const, name: null }))]
}

async function* allFacts(ctx: Ctx): AsyncGenerator<ContentFact> {
  for (let after = nobody; ;) {
    const page = await inView(ctx, (tx) => factsAfter(tx, ctx, after, portion))
    yield* page
    const last = page.at(-1)
    if (!last || page.length < portion) return
    after = last.id
  }
}
