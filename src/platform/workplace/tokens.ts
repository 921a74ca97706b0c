import { createHash } from 'node:crypto'
import type { WorkplaceApp } from './adapter.ts'
import type { Clock } from './clock.ts'

/** Given by a brand to an app for so long. */
export interface Token {
  readonly value: string
  readonly seconds: number
}

interface Kept {
  readonly token: Promise<Token>
  /** Endless while it is being fetched. */
  until: number
}

/** A token is not used in its last minutes: clocks differ, and calls take their time. */
const spareSeconds = 300

/** Keeps the token of each app until shortly before its end; who asks meanwhile waits for the same one. */
export function keepTokens(clock: Clock) {
  const kept = new Map<string, Kept>()

  return {
    async tokenOf(app: WorkplaceApp, fetchToken: () => Promise<Token>): Promise<string> {
      const key = keyOf(app)
      const known = kept.get(key)
      if (known && known.until > clock.now()) return (await known.token).value
      const fresh: Kept = { token: fetchToken(), until: Number.POSITIVE_INFINITY }
      kept.set(key, fresh)
      try {
        const { value, seconds } = await fresh.token
        fresh.until = clock.now() + Math.max(seconds - spareSeconds, seconds / 2) * 1000
        return value
      } catch (fault) {
        if (kept.get(key) === fresh) kept.delete(key)
        throw fault
      }
    },
    /** Drops a token that the brand no longer takes, unless another has taken its place. */
    async forget(app: WorkplaceApp, value: string): Promise<void> {
      const key = keyOf(app)
      const known = kept.get(key)
      if (known && (await known.token).value === value && kept.get(key) === known) kept.delete(key)
    },
  }
}

/** Another secret is another app; the secret itself is kept nowhere. */
const keyOf = ({ corpId, appId, secret, server }: WorkplaceApp): string =>
  createHash('sha256')
    .update(JSON.stringify([server, corpId, appId, secret]))
    .digest('hex')
