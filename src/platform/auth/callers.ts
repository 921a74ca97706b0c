import type { FastifyRequest } from 'fastify'
import { apiKeyOf, sessionTokenOf } from './cookie.ts'
import { hashToken } from './secret.ts'
import type { AuthSettings } from './settings.ts'

/** Who was let in lately, by what they showed: known before the database is asked. */
export interface KnownCallers {
  of(request: FastifyRequest): string | undefined
  remember(request: FastifyRequest, caller: string): void
}

const mostKnown = 20_000

/** What was not let in yet is nobody's: whoever guesses keys counts for the address they come from. */
export function knownCallers(settings: AuthSettings): KnownCallers {
  const known = new Map<string, string>()
  const shown = (request: FastifyRequest) => {
    const token = apiKeyOf(request) ?? sessionTokenOf(request, settings)
    return token === undefined ? undefined : hashToken(token)
  }
  return {
    of(request) {
      const hash = shown(request)
      return hash === undefined ? undefined : known.get(hash)
    },
    remember(request, caller) {
      const hash = shown(request)
      if (hash === undefined || known.get(hash) === caller) return
      const [oldest] = known.keys()
      if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest)
      known.set(hash, caller)
    },
  }
}
