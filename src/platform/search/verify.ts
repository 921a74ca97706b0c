import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import type { IndexedRecord, SearchedKind } from './kind.ts'
import { tokensOfPage } from './rebuild.ts'
import { countTokens, missingTokens } from './token-store.ts'

export interface SearchDifference {
  readonly object: string
  /** Null where tokens are left over that no record has. */
  readonly recordId: string | null
  /** How many tokens. */
  readonly count: number
}

/** Compares the index with the records, in one snapshot; answers at most 1,000 differences. */
export async function verifySearch(ctx: Ctx, kinds: readonly SearchedKind[]): Promise<readonly SearchDifference[]> {
  return inView(ctx, async (tx) => {
    const found: SearchDifference[] = []
    for (const kind of kinds) found.push(...(await compareKind(tx, ctx, kind)))
    return found.slice(0, 1000)
  })
}

async function compareKind(tx: Tx, ctx: Ctx, kind: SearchedKind): Promise<readonly SearchDifference[]> {
  const object = kind.shape.key
  const found: SearchDifference[] = []
  let right = 0
  for await (const page of pagesOf(tx, ctx, kind)) {
    const records = tokensOfPage(kind, page)
    const missing = await missingTokens(tx, ctx.company.id, object, records)
    right += sum(records.map(({ tokens }) => tokens.length)) - sum(missing.map(({ count }) => count))
    found.push(...missing.map((one) => ({ object, ...one })))
  }
  const surplus = (await countTokens(tx, ctx.company.id, object)) - right
  return surplus === 0 ? found : [...found, { object, recordId: null, count: surplus }]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

async function* pagesOf(tx: Tx, ctx: Ctx, kind: SearchedKind): AsyncGenerator<readonly IndexedRecord[]> {
  for (let page = await kind.page(tx, ctx, null, false); page.length > 0;) {
    yield page
    page = await kind.page(tx, ctx, page.at(-1)?.id ?? null, false)
  }
}
