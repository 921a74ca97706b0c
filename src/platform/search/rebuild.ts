import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import type { IndexedRecord, SearchedKind } from './kind.ts'
import { indexed } from './keep.ts'
import { changeTokens, countTokens, dropTokens, missingTokens, type TokensOfRecord } from './token-store.ts'

/** Grows when other tokens are made of the same record: companies indexed before are indexed anew. */
export const tokensVersion = 1

/**
 * Indexes a company's records anew, portion by portion, while people work: a record is locked while its tokens are
 * written, and a save writes its own. Until it is done the search finds part of them.
 */
export async function rebuildSearch(ctx: Ctx, kinds: readonly SearchedKind[]): Promise<void> {
  for (const kind of kinds) {
    await inStep(ctx, (step) => dropTokens(step, kind.shape.key))
    for (let after: string | null = null, isDone = false; !isDone;) {
      const from = after
      const page: readonly IndexedRecord[] = await inStep(ctx, async (step) => {
        const records = await kind.page(step.tx, ctx, from, true)
        await changeTokens(step, kind.shape.key, { gone: [], come: tokensOfPage(kind, records) })
        return records
      })
      after = page.at(-1)?.id ?? null
      isDone = after === null
    }
  }
  await inStep(ctx, (step) =>
    sql`insert into search_version (company_id, version) values (${ctx.company.id}, ${tokensVersion})
      on conflict (company_id) do update set version = excluded.version`.execute(step.tx),
  )
}

function tokensOfPage({ shape }: SearchedKind, records: readonly IndexedRecord[]): readonly TokensOfRecord[] {
  return records
    .map(({ id, ownerId, values }) => ({ ...indexed(shape, id, values), ownerId }))
    .filter(({ tokens }) => tokens.length > 0)
}

export interface SearchDifference {
  readonly object: string
  /** Null where tokens are left over that no record has. */
  readonly recordId: string | null
  readonly count: number
}

/** Compares the index with the records, in one snapshot; answers at most 1,000 differences. */
export async function verifySearch(ctx: Ctx, kinds: readonly SearchedKind[]): Promise<readonly SearchDifference[]> {
  const company = ctx.company.id
  return inView(ctx, async (tx) => {
    const found: SearchDifference[] = []
    for (const kind of kinds) {
      const object = kind.shape.key
      let [wanted, missing] = [0, 0]
      for (let after: string | null = null, isDone = false; !isDone;) {
        const page: readonly IndexedRecord[] = await kind.page(tx, ctx, after, false)
        const records = tokensOfPage(kind, page)
        wanted += records.reduce((sum, { tokens }) => sum + tokens.length, 0)
        for (const one of await missingTokens(tx, company, object, records)) {
          missing += one.count
          found.push({ object, ...one })
        }
        after = page.at(-1)?.id ?? null
        isDone = after === null
      }
      const surplus = (await countTokens(tx, company, object)) - (wanted - missing)
      if (surplus !== 0) found.push({ object, recordId: null, count: surplus })
    }
    return found.slice(0, 1000)
  })
}
