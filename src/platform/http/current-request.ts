import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** What is known of the request for which something runs, where no context is handed on. */
export interface CurrentRequest {
  readonly id: string
  /** It changes nothing: what it asks for may be read from a copy of the database. */
  readonly reads: boolean
  /** How far the database was when this caller last wrote something, as the caller remembers it. */
  readonly seen: bigint | undefined
  /** How far it was after the last thing that this request wrote. */
  wrote?: bigint
}

const current = new AsyncLocalStorage<CurrentRequest>()
const known = new WeakMap<FastifyRequest, CurrentRequest>()

/** Lets whatever runs for a request know which one it is. `seenBy` reads what the caller remembers. */
export function followRequests(
  app: FastifyInstance,
  seenBy: (request: FastifyRequest) => bigint | undefined = () => undefined,
): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const reads = request.method === 'GET' || request.routeOptions.config.contract?.reads === true
    const one: CurrentRequest = { id: request.id, reads, seen: seenBy(request) }
    known.set(request, one)
    current.run(one, done)
  })
}

/** The request for which this runs; undefined for jobs and the like. */
export function currentRequest(): CurrentRequest | undefined {
  return current.getStore()
}

/** What came of following a request. */
export function followed(request: FastifyRequest): CurrentRequest | undefined {
  return known.get(request)
}
