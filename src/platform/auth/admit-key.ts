import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { changes, isForPeopleOnly, type Route } from '#engine/contract/route.ts'
import { narrowestScope, scopesCover, type KeyUse } from '#engine/policy/key-scope.ts'
import type { Db } from '#platform/db/connect.ts'
import { httpErrors } from '#platform/http/serve.ts'
import { authErrors } from './errors.ts'
import { keyInUse, type KeyInUse } from './key-store.ts'

/** The key that a program showed, if its scopes cover what the request is about. */
export async function admitKey(db: Db, apiKey: string, request: FastifyRequest): Promise<KeyInUse> {
  const key = await keyInUse(db, apiKey, 'key')
  if (!key) throw httpErrors.SIGN_IN_NEEDED()
  const route = request.routeOptions.config.contract
  if (route === undefined) return key
  if (isForPeopleOnly(route)) throw authErrors.KEY_NOT_HERE()
  if (!route.forAnyKey) refuseBeyond(key.scopes, demandOf(route, request))
  return key
}

function refuseBeyond(scopes: readonly string[], use: KeyUse): void {
  if (scopesCover(scopes, use)) return
  const scope = narrowestScope(use)
  throw authErrors.KEY_SCOPE_MISSING({ scope }, [], { scope })
}

function demandOf(route: Route, { params, query, body }: FastifyRequest): KeyUse {
  if (typeof route.access === 'object') return { changes: changes(route), permission: route.access.permission }
  const object = objectIn(route.params, params) ?? objectIn(route.query, query) ?? objectIn(route.body, body)
  return { changes: changes(route), object }
}

const Naming = z.looseObject({ object: z.string() })

/** Where the contract knows no object, naming one narrows nothing. */
function objectIn(schema: z.ZodType | undefined, given: unknown): string | undefined {
  if (!(schema instanceof z.ZodObject) || !('object' in schema.shape)) return undefined
  return Naming.safeParse(given).data?.object
}
