import type { FastifyRequest } from 'fastify'
import { isOnThisMachine, type AuthSettings } from './settings.ts'

/** The address under which the caller's browser reached us, without a slash at its end. */
export function addressOf(request: FastifyRequest, settings: AuthSettings): string {
  return settings.publicUrl ?? `${request.protocol}://${request.host}`
}

/**
 * The address for links in letters that a stranger can ask for. What a request says of its host is not believed there, or it
 * would lead the reader to the stranger's server: without PUBLIC_URL there is one on this very machine only.
 */
export function trustedAddress(request: FastifyRequest, settings: AuthSettings): string | undefined {
  if (settings.publicUrl) return settings.publicUrl
  return isOnThisMachine(request, settings) ? addressOf(request, settings) : undefined
}
