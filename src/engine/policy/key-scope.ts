import { z } from 'zod'

/**
 * What an API key may be used for, at most; it never may more than its person. `read` and `write` mean whatever the
 * person may read, or read and change; `account:read` and `account:write` the records of one object;
 * `permission:plan.read` what asks for that permission.
 */
export const keyScope = z
  .string()
  .max(150)
  .regex(/^(read|write|[a-z][a-z0-9_]*:(read|write)|permission:[a-z][a-z0-9_]*\.[a-z0-9_.]+)$/i)

/** What a key is about to be used for. */
export interface KeyUse {
  readonly changes: boolean
  /** Key of the object whose records it is about. */
  readonly object?: string | undefined
  readonly permission?: string | undefined
}

/** Whether one of the scopes covers the use. Whoever may write may read. */
export function scopesCover(scopes: readonly string[], use: KeyUse): boolean {
  return scopesFor(use).some((scope) => scopes.includes(scope))
}

/** The narrowest scope that covers the use, to name it to whoever lacks it. */
export function narrowestScope(use: KeyUse): string {
  return scopesFor(use)[0] ?? 'write'
}

function scopesFor({ changes, object, permission }: KeyUse): readonly string[] {
  const acts = changes ? ['write'] : ['read', 'write']
  if (permission !== undefined) return [`permission:${permission}`, ...acts]
  return object === undefined ? acts : [...acts.map((act) => `${object}:${act}`), ...acts]
}
