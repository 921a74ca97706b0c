import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { keepSearchAsItIs } from './version-store.ts'
import type { IndexedRecord, SearchedKind } from './kind.ts'
import { indexed } from './keep.ts'
import { changeTokens, type TokensOfRecord } from './token-store.ts'

/** How far the indexing of a company is: which object, behind which record. */
export interface IndexPlace {
  readonly object: string
  readonly after: string | null
}

/**
 * Indexes a company's records anew, page by page, while people work: a record is locked while its tokens are written,
 * and a save writes its own. Until it is done the search finds part of them.
 */
export async function rebuildSearch(ctx: Ctx, kinds: readonly SearchedKind[]): Promise<void> {
  for (let place = beginningOf(kinds); place !== null;) {
    const here = place
    place = await inStep(ctx, (step) => indexPage(step, kinds, here))
  }
}

export function beginningOf(kinds: readonly SearchedKind[]): IndexPlace | null {
  return kinds[0] ? { object: kinds[0].shape.key, after: null } : null
}

/** Indexes the next records in the step and answers where to go on; null when all is done. */
export async function indexPage(
  step: Step,
  kinds: readonly SearchedKind[],
  { object, after }: IndexPlace,
): Promise<IndexPlace | null> {
  const at = kinds.findIndex(({ shape }) => shape.key === object)
  const kind = kinds[at]
  if (!kind) return null
  if (after === null) await dropTokens(step, object)
  const page = await kind.page(step.tx, step.ctx, after, true)
  await changeTokens(step, object, { gone: [], come: tokensOfPage(kind, page) })
  const last = page.at(-1)
  if (last) return { object, after: last.id }
  const next = beginningOf(kinds.slice(at + 1))
  if (next === null) await keepSearchAsItIs(step)
  return next
}

async function dropTokens({ ctx, tx }: Step, object: string): Promise<void> {
  await sql`delete from search_token where company_id = ${ctx.company.id} and object = ${object}`.execute(tx)
}

export function tokensOfPage({ shape }: SearchedKind, records: readonly IndexedRecord[]): readonly TokensOfRecord[] {
  return records
    .map(({ id, ownerId, values }) => ({ ...indexed(shape, id, values), ownerId }))
    .filter(({ tokens }) => tokens.length > 0)
}
