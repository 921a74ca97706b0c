import { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPrivateAddress } from './private-address.ts'

/** What a call to another system came to; its answer's first bytes, as text. */
export type Answered =
  | {
      readonly ok: true
      readonly status: number
      readonly body: string
      /** Whether it may have had more to say than was read. */
      readonly isCut: boolean
      /** Seconds, where the answer asks for patience. */
      readonly retryAfter: number | undefined
      readonly tookMs: number
    }
  | { readonly ok: false; readonly problem: CallProblem; readonly tookMs: number }

/** Why no answer came. */
export type CallProblem = 'private-address' | 'no-such-host' | 'timeout' | 'refused' | 'tls' | 'connection'

interface Limits {
  /** Whether this machine and its neighbours may be called. */
  readonly allowsPrivate: boolean
  readonly timeoutMs: number
}

let limits: Limits = { allowsPrivate: false, timeoutMs: 10_000 }
const mostBytesOfPost = 4096

/** How other systems may be called. The app says so once at its start. */
export function limitCalls(wanted: Partial<Limits>): void {
  limits = { ...limits, ...wanted }
}

/** Why an address may not be called, whatever stands behind it; undefined if it may. */
export function faultOfAddress(address: string): 'malformed' | 'not-https' | 'private' | undefined {
  if (!URL.canParse(address)) return 'malformed'
  const { protocol, hostname, username, password } = new URL(address)
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return 'malformed'
  if (limits.allowsPrivate) return undefined
  const host = hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isPrivateAddress(host))) {
    return 'private'
  }
  return protocol === 'https:' ? undefined : 'not-https'
}

interface Sent {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends one POST to another system and listens to the first bytes of its answer, as `callOutside` does. */
export const postOutside = (address: string, { body, headers = {} }: Sent): Promise<Answered> =>
  callOutside(address, { method: 'POST', body, headers, mostBytes: mostBytesOfPost })

/**
 * Calls another system once. Redirects are not followed; what a name means is looked up once and the connection goes
 * there and nowhere else, so that a name cannot turn into this machine between the check and the call. Of the answer no
 * more than `mostBytes` are read.
 */
export function callOutside(
  address: string,
  call: Partial<Sent> & { readonly method: 'GET' | 'POST'; readonly mostBytes: number },
): Promise<Answered> {
  const { method, body, headers = {}, mostBytes } = call
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  if (faultOfAddress(address) !== undefined) {
    return Promise.resolve({ ok: false, problem: 'private-address', tookMs: 0 })
  }
  const url = new URL(address)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve) => {
    const request = send(url, {
      method,
      agent: false,
      lookup: lookupOutside,
      signal: AbortSignal.timeout(limits.timeoutMs),
      headers: { 'user-agent': 'Terrace', ...headers, ...length },
    })
    request.on('error', (error) => resolve({ ok: false, problem: problemOfCall(error), tookMs: took() }))
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      const end = () =>
        resolve({
          ok: true,
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).subarray(0, mostBytes).toString('utf8'),
          isCut: size >= mostBytes,
          retryAfter: secondsIn(response.headers['retry-after'] ?? response.headers['x-ogw-ratelimit-reset']),
          tookMs: took(),
        })
      response.on('data', (part: Buffer) => {
        parts.push(part)
        size += part.length
        if (size < mostBytes) return
        end()
        response.destroy()
      })
      response.on('end', end)
      response.on('error', (error) => resolve({ ok: false, problem: problemOfCall(error), tookMs: took() }))
    })
    request.end(body)
  })
}

function secondsIn(header: string | readonly string[] | undefined): number | undefined {
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

const lookupOutside: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '')
    if (!limits.allowsPrivate && addresses.some(({ address }) => isPrivateAddress(address))) {
      return done(Object.assign(new Error('a private address'), { code: 'EPRIVATE' }), '')
    }
    if (options.all) return done(null, addresses)
    const [first] = addresses
    return done(null, first?.address ?? '', first?.family)
  })
}

function problemOfCall(error: Error): CallProblem {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EPRIVATE') return 'private-address'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no-such-host'
  if (code === 'ABORT_ERR' || error.name === 'AbortError' || error.name === 'TimeoutError' || code === 'ETIMEDOUT') {
    return 'timeout'
  }
  if (code === 'ECONNREFUSED') return 'refused'
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code)) return 'tls'
  return 'connection'
}
