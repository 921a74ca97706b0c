import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import { cookieOf, setCookie } from './cookie.ts'
import { hashToken } from './secret.ts'
import type { AuthSettings } from './settings.ts'

const name = 'device'
const days = 400
const mostLogins = 5

const Device = z.object({ id: z.string(), logins: z.array(z.string()) })
type Device = z.infer<typeof Device>

/**
 * The mark of a browser that signed in with this identifier before; undefined for any other. Attempts from it are counted by
 * themselves, so that a stranger who guesses at a login cannot keep its owner out.
 */
export function knownDevice(request: FastifyRequest, settings: AuthSettings, identifier: string): string | undefined {
  const device = deviceOf(request, settings)
  return device?.logins.includes(hashToken(identifier)) ? device.id : undefined
}

/** Remembers that this browser signed in with the identifier. */
export function rememberDevice(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: AuthSettings,
  identifier: string,
): void {
  const known = deviceOf(request, settings)
  const own = hashToken(identifier)
  const logins = [own, ...(known?.logins ?? []).filter((one) => one !== own)].slice(0, mostLogins)
  const sealed = sealSecret('device', JSON.stringify({ id: known?.id ?? randomUUID(), logins } satisfies Device))
  setCookie(request, reply, settings, { name, value: sealed, maxAge: days * 86_400 })
}

function deviceOf(request: FastifyRequest, settings: AuthSettings): Device | undefined {
  const sealed = cookieOf(request, settings, name)
  const text = sealed === undefined ? undefined : openSecret('device', sealed)
  return text === undefined ? undefined : Device.parse(JSON.parse(text))
}
