import type { z } from 'zod'
import type { Route } from '#engine/contract/route.ts'
import { send, type QueryValues } from './send.ts'

/** What a route takes, without the parts it does not have. */
export type CallInput<R> =
  R extends Route<infer Params, infer Query, infer Body, z.ZodType>
    ? (Params extends z.ZodUndefined ? { readonly params?: undefined } : { readonly params: z.input<Params> }) &
        (Query extends z.ZodUndefined ? { readonly query?: undefined } : { readonly query?: z.input<Query> }) &
        (Body extends z.ZodUndefined ? { readonly body?: undefined } : { readonly body: z.input<Body> }) & {
          readonly signal?: AbortSignal
        }
    : never

export type CallReply<R> = R extends Route<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? z.output<Reply> : never

function pathOf(path: string, params: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(String(params[name] ?? '')))
}

/** Calls one route of a contract, typed by it. Throws `ApiProblem`. */
export async function call<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
>(
  route: Route<Params, Query, Body, Reply>,
  input: CallInput<Route<Params, Query, Body, Reply>>,
): Promise<z.output<Reply>> {
  // The route's own schemas typed the parts; here they are only written into a request.
  const given = input as { params?: Record<string, unknown>; query?: QueryValues; body?: unknown; signal?: AbortSignal }
  return send(route.method, pathOf(route.path, given.params), {
    ...(given.query ? { query: given.query } : {}),
    ...(given.body === undefined ? {} : { body: given.body }),
    ...(given.signal ? { signal: given.signal } : {}),
  })
}
