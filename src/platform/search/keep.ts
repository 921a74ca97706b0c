import type { RecordValues } from '#engine/model/object-type.ts'
import { tokensOfRecord, type SearchShape } from '#engine/search/searched.ts'
import type { Token } from '#engine/search/tokens.ts'
import type { Step } from '#platform/db/step.ts'
import { changeTokens, type TokensOfRecord } from './token-store.ts'

/** A record before and after a change; null is not there, or in the recycle bin. */
export interface Kept {
  readonly action?: string
  readonly id: string
  readonly before: RecordValues | null
  readonly after: RecordValues | null
}

/** Keeps the search right in the transaction of the change: only tokens that differ are written. */
export async function keepSearch(step: Step, shape: SearchShape, changes: readonly Kept[]): Promise<void> {
  const gone: TokensOfRecord[] = []
  const come: TokensOfRecord[] = []
  for (const { id, before, after } of changes) {
    const [was, is] = [indexed(shape, id, before), indexed(shape, id, after)]
    const known = was.ownerId === is.ownerId ? keysOf(was) : new Set<string>()
    const wanted = was.ownerId === is.ownerId ? keysOf(is) : new Set<string>()
    gone.push({ ...was, tokens: was.tokens.filter((token) => !wanted.has(keyOf(token))) })
    come.push({ ...is, tokens: is.tokens.filter((token) => !known.has(keyOf(token))) })
  }
  const areNew = changes.every(({ action }) => action === 'created')
  await changeTokens(step, shape.key, { gone: gone.filter(hasTokens), come: come.filter(hasTokens), areNew })
}

const hasTokens = ({ tokens }: TokensOfRecord): boolean => tokens.length > 0
const keyOf = ({ token, place }: Token): string => `${token} ${place}`
const keysOf = ({ tokens }: TokensOfRecord): ReadonlySet<string> => new Set(tokens.map(keyOf))

/** The tokens that a record with these values has. */
export function indexed(shape: SearchShape, id: string, values: RecordValues | null): TokensOfRecord {
  const ownerId = values?.['ownerId']
  return {
    id,
    ownerId: typeof ownerId === 'string' ? ownerId : null,
    tokens: values ? tokensOfRecord(shape, values) : [],
  }
}
