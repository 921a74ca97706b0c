import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isHttps, isSecure, type AuthSettings } from './settings.ts'

const sessionName = ''

/** A session lives this long after its last day of use. */
export const sessionDays = 14

interface Cookie {
  /** Names what it is for; empty for the session. */
  readonly name: string
  readonly value: string
  /** In seconds; without, it ends with the browser. */
  readonly maxAge?: number
}

/** With the `__Host-` prefix a browser accepts a cookie only from this very host, over HTTPS. */
function nameOf(name: string, secure: boolean): string {
  const own = name === sessionName ? 'terrace' : `terrace-${name}`
  return secure ? `__Host-${own}` : own
}

const kept = { path: '/', httpOnly: true, sameSite: 'lax' } as const

/** A cookie that no script reads and no other site sends along. Throws HTTPS_NEEDED where it would travel in the open. */
export function setCookie(request: FastifyRequest, reply: FastifyReply, settings: AuthSettings, cookie: Cookie): void {
  const secure = isSecure(request, settings)
  const { name, value, ...rules } = cookie
  reply.header('set-cookie', fastifyCookie.serialize(nameOf(name, secure), value, { ...kept, secure, ...rules }))
}

/** Over HTTPS the plain name counts for nothing: a neighbouring host could have set it. */
export function cookieOf(request: FastifyRequest, settings: AuthSettings, name: string): string | undefined {
  return fastifyCookie.parse(request.headers.cookie ?? '')[nameOf(name, isHttps(request, settings))]
}

/** Both names are cleared, since the address may have become HTTPS meanwhile. */
export function dropCookie(reply: FastifyReply, name: string): void {
  const gone = { ...kept, maxAge: 0 }
  reply.header('set-cookie', [
    fastifyCookie.serialize(nameOf(name, false), '', gone),
    fastifyCookie.serialize(nameOf(name, true), '', { ...gone, secure: true }),
  ])
}

export function giveCookie(request: FastifyRequest, reply: FastifyReply, settings: AuthSettings, token: string): void {
  setCookie(request, reply, settings, { name: sessionName, value: token, maxAge: sessionDays * 86_400 })
}

export function clearCookie(reply: FastifyReply): void {
  dropCookie(reply, sessionName)
}

export function sessionTokenOf(request: FastifyRequest, settings: AuthSettings): string | undefined {
  return cookieOf(request, settings, sessionName)
}

export function apiKeyOf(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}
