import rateLimit from '@fastify/rate-limit'
import { isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Callers whose requests are counted at a time; the longest silent are forgotten first. */
const mostCounted = 20_000

/**
 * Limits the requests of a minute, in this process: each person and each API key by itself, everybody else by the
 * network they come from, which may send twice as many. Answers say in `RateLimit-*` what is left.
 */
export async function limitRates(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: (_request, caller) => (caller.startsWith('from:') ? perMinute * 2 : perMinute),
    timeWindow: '1 minute',
    enableDraftSpec: true,
    cache: mostCounted,
    keyGenerator: (request: FastifyRequest) => app.gate.callerOf(request) ?? `from:${networkOf(request.ip)}`,
  })
}

/** An IPv6 line has 2^64 addresses: they count as one. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  if (!isIPv6(plain)) return plain
  const [head = '', tail = ''] = plain.split('::')
  const parts = (text: string) => text.split(':').filter((part) => part !== '')
  const missing = plain.includes('::') ? 8 - parts(head).length - parts(tail).length : 0
  return [...parts(head), ...Array.from({ length: missing }, () => '0'), ...parts(tail)].slice(0, 4).join(':')
}
