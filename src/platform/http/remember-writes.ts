import { fastifyCookie } from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isHttps, type AuthSettings } from '#platform/auth/settings.ts'
import { readPosition, writePosition } from '#platform/db/position.ts'
import { followed, followRequests } from './current-request.ts'

/** Programs that have no cookies send this header back as they got it. */
const header = 'terrace-position'
const cookie = 'terrace-position'
/** Seconds; no replica that is read from is so far behind. */
const remembered = 300

/**
 * Lets callers remember how far the database was when they last wrote, so that whichever process answers them next reads
 * nothing older from a replica.
 */
export function rememberWrites(app: FastifyInstance, settings: AuthSettings): void {
  followRequests(app, seenBy)
  app.addHook('onSend', async (request, reply) => {
    const wrote = followed(request)?.wrote
    if (wrote === undefined) return
    const position = writePosition(wrote)
    const given = {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isHttps(request, settings),
      maxAge: remembered,
    } as const
    void reply.header(header, position)
    void reply.header('set-cookie', fastifyCookie.serialize(cookie, position, given))
  })
}

function seenBy({ headers }: FastifyRequest): bigint | undefined {
  const shown = headers[header]
  if (typeof shown === 'string') return readPosition(shown)
  return headers.cookie === undefined ? undefined : readPosition(fastifyCookie.parse(headers.cookie)[cookie])
}
