import type { FastifyRequest } from 'fastify'
import { authErrors } from './errors.ts'

export interface AuthSettings {
  /** The address that people type; with `https:` cookies are secure. */
  readonly publicUrl: string | null
  /** Where plain http may carry a password: only on this machine, or in a private network if the administrator says so. */
  readonly plainHttp: 'loopback' | 'private-network'
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])
const proxyHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-real-ip', 'via']

/** From this very machine, typed as such, through no proxy: a rebound DNS name or a tunnel does not count. */
export function isOnThisMachine(request: FastifyRequest, settings: AuthSettings): boolean {
  if (settings.publicUrl) return false
  if (proxyHeaders.some((name) => request.headers[name] !== undefined)) return false
  return isLoopback(request.socket.remoteAddress) && loopbackNames.has(hostNameOf(request))
}

/** Whether the session cookie is secure; throws HTTPS_NEEDED where a password would travel in the open. */
export function isSecure(request: FastifyRequest, settings: AuthSettings): boolean {
  if (isHttps(request, settings)) return true
  const address = request.socket.remoteAddress
  if (isLoopback(address)) return false
  if (settings.plainHttp === 'private-network' && isPrivate(address)) return false
  throw authErrors.HTTPS_NEEDED()
}

/** Whether the person's browser speaks HTTPS, with us or with the proxy in front. */
export function isHttps(request: FastifyRequest, settings: AuthSettings): boolean {
  return (settings.publicUrl?.startsWith('https:') ?? false) || request.protocol === 'https'
}

/** A name or address in a URL that means this very machine. */
export function isLoopbackName(hostname: string): boolean {
  return loopbackNames.has(hostname)
}

export function isLoopback(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:/, '')
  return plain === '::1' || (plain?.startsWith('127.') ?? false)
}

/** Whether whoever connected may name the caller: a proxy on this machine or its network, and of several the nearest. */
export function isProxyInFront(address: string | undefined, hop: number): boolean {
  return hop === 0 && (isLoopback(address) || isPrivate(address))
}

function isPrivate(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:/, '') ?? ''
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:)/i.test(plain)
}

function hostNameOf(request: FastifyRequest): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
}
