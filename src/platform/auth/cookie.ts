import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isHttps, isSecure, type AuthSettings } from './settings.ts'

/** With the `__Host-` prefix a browser accepts the cookie only from this very host, over HTTPS. */
const secureName = '__Host-terrace'
const plainName = 'terrace'

/** A session lives this long after its last day of use. */
export const sessionDays = 14

export function giveCookie(request: FastifyRequest, reply: FastifyReply, settings: AuthSettings, token: string): void {
  const secure = isSecure(request, settings)
  reply.header(
    'set-cookie',
    fastifyCookie.serialize(secure ? secureName : plainName, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge: sessionDays * 86_400,
    }),
  )
}

/** Both names are cleared, since the address may have become HTTPS meanwhile. */
export function clearCookie(reply: FastifyReply): void {
  const gone = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 0 } as const
  reply.header('set-cookie', [
    fastifyCookie.serialize(plainName, '', gone),
    fastifyCookie.serialize(secureName, '', { ...gone, secure: true }),
  ])
}

/** Over HTTPS the plain name counts for nothing: a neighbouring host could have set it. */
export function sessionTokenOf(request: FastifyRequest, settings: AuthSettings): string | undefined {
  const cookies = fastifyCookie.parse(request.headers.cookie ?? '')
  return cookies[isHttps(request, settings) ? secureName : plainName]
}

const viewingName = (secure: boolean): string => `${secure ? secureName : plainName}-view-as`

/** Lets the browser say whose eyes it looks through; null: its own again. Whether it may is asked with every request. */
export function giveViewing(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: AuthSettings,
  personId: string | null,
): void {
  const secure = isSecure(request, settings)
  const kept = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    ...(personId === null ? { maxAge: 0 } : {}),
  } as const
  reply.header('set-cookie', fastifyCookie.serialize(viewingName(secure), personId ?? '', kept))
}

/** Of the person whose eyes the browser looks through. */
export function viewedPersonOf(request: FastifyRequest, settings: AuthSettings): string | undefined {
  const cookies = fastifyCookie.parse(request.headers.cookie ?? '')
  return cookies[viewingName(isHttps(request, settings))] || undefined
}

export function apiKeyOf(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}
