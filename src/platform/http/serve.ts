import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { defineErrors, type FieldFault } from '#base/errors.ts'
import { successOf, type Route } from '#engine/contract/route.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { answerOnce } from './answer-once.ts'
import { isHeld, tagOfText } from './etag.ts'
import { unstorable } from './unstorable.ts'

export const httpErrors = defineErrors({
  INPUT_INVALID: {
    status: 400,
    label: { zh: '提交的内容有误，请检查标出的字段', en: 'Some of what you sent is not valid; see the fields named' },
  },
  SIGN_IN_NEEDED: { status: 401, label: { zh: '请先登录', en: 'Please sign in first' } },
  PERMISSION_MISSING: {
    status: 403,
    label: {
      zh: '您没有“{permission}”权限，请联系管理员',
      en: 'You lack the permission “{permission}”; an administrator can give it',
    },
  },
  ROUTE_NOT_FOUND: { status: 404, label: { zh: '没有这个地址', en: 'There is nothing at this address' } },
})

type Parsed<Schema> = NonNullable<Schema> extends z.ZodType ? z.output<NonNullable<Schema>> : undefined

/** What a route may answer: the shape of its reply, also where the code keeps it read-only. */
type Frozen<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Frozen<T[Key]> }
      : T

interface Input<R extends Route> {
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The contexts that the server can make: put on the app once by the server, used by every room's routes. */
export interface Gate {
  /** The signed-in person's context; throws SIGN_IN_NEEDED. */
  contextOf(request: FastifyRequest): Promise<Ctx>
  /** Whom a request counts for: a key or a person that was let in lately; undefined of everybody else. */
  callerOf(request: FastifyRequest): string | undefined
  /** Throws PERMISSION_MISSING unless the actor's role holds the permission. */
  allow(ctx: Ctx, permission: string): void
  /** Asks what acts ask again and again, before their first transaction; after whatever can be refused without it. */
  prepare(ctx: Ctx): Promise<void>
}

declare module 'fastify' {
  interface FastifyInstance {
    gate: Gate
    /** Every served route, for OpenAPI and for the tests that walk all of them. */
    served: Route[]
  }
  interface FastifyContextConfig {
    /** What is served there; absent for pages and files. */
    contract?: Route
  }
}

/**
 * Serves a route that needs a signed-in person: parses params, query and body by the contract, checks the permission,
 * and answers what `act` returns, with the status that the contract names.
 */
export function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  route: Route<P, Q, B, R>,
  act: (ctx: Ctx, input: Input<Route<P, Q, B, R>>) => Promise<Frozen<z.input<R>> | void>,
): void {
  add(app, route, async (request, reply) => {
    const ctx = await app.gate.contextOf(request)
    if (typeof route.access === 'object') app.gate.allow(ctx, route.access.permission)
    const input = readInput(route, request, reply)
    await app.gate.prepare(ctx)
    return answerOnce(ctx, route, input, (once) => act(once, input))
  })
}

/** Serves a route that anybody may call; there is no company yet. */
export function servePublic<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  route: Route<P, Q, B, R>,
  act: (input: Input<Route<P, Q, B, R>>) => Promise<Frozen<z.input<R>> | void>,
): void {
  if (route.access !== 'public') throw new Error(`${route.method} ${route.path} is not public`)
  add(app, route, (request, reply) => act(readInput(route, request, reply)))
}

function add(
  app: FastifyInstance,
  route: Route,
  answer: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  app.served.push(route)
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.mostBytes ?? usualBytes,
    config: { contract: route },
    ...(route.hidesAddress ? { logLevel: 'error' as const } : {}),
    handler: async (request, reply) => {
      // What people see of their customers stays out of the caches of shared machines.
      void reply.code(successOf(route)).header('cache-control', 'no-store')
      const result = await answer(request, reply)
      if (reply.sent || result === reply) return reply
      return route.method === 'GET' && result !== undefined ? sendIfNew(request, reply, result) : reply.send(result)
    },
  })
}

const usualBytes = 2_000_000

/** What the caller holds already is not sent again. */
function sendIfNew(request: FastifyRequest, reply: FastifyReply, result: unknown): FastifyReply {
  const text = JSON.stringify(result)
  const given = reply.getHeader('etag')
  const tag = typeof given === 'string' ? given : tagOfText(text)
  reply.header('etag', tag)
  if (isHeld(request, tag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(text)
}

function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  request: FastifyRequest,
  reply: FastifyReply,
): Input<Route<P, Q, B, R>> {
  return {
    params: parse(route.params, request.params, 'params'),
    query: parse(route.query, request.query, 'query'),
    body: parse(route.body, request.body, 'body'),
    request,
    reply,
  } as Input<Route<P, Q, B, R>>
}

/** Parses by the schema or throws INPUT_INVALID naming the fields at fault. */
export function parse<S extends z.ZodType>(schema: S | undefined, value: unknown, place: string): unknown {
  if (!schema) return undefined
  const unfit = unstorable(value)
  if (unfit) throw httpErrors.INPUT_INVALID({}, [{ ...unfit, field: named(unfit.field, place) }])
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw httpErrors.INPUT_INVALID(
    {},
    parsed.error.issues
      .flatMap(plainIssues)
      .slice(0, mostFaults)
      .map((issue) => faultOf(issue, place)),
  )
}

/** Of what may have one shape or another: what speaks against the shape that it is nearest to. */
function plainIssues(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const [nearest] = [...issue.errors].sort((one, other) => one.length - other.length)
  if (!nearest || nearest.length === 0) return [issue]
  return nearest.flatMap((inner) => plainIssues({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** Whoever sends a sheet of nonsense is not answered with a book about it. */
const mostFaults = 50

function faultOf(issue: z.core.$ZodIssue, place: string): FieldFault {
  const unknown = issue.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : []
  return { field: named([...issue.path, ...unknown].join('.'), place), code: issue.code, label: wordsOf(issue) }
}

function named(path: string, place: string): string {
  return path === '' ? place : path.slice(0, 200)
}

function wordsOf(issue: z.core.$ZodIssue): FieldFault['label'] {
  switch (issue.code) {
    case 'invalid_type':
      return { zh: '缺少或类型不对', en: 'Missing or of the wrong type' }
    case 'too_small':
      return { zh: `太短或太小（最小 ${issue.minimum}）`, en: `Too short or too small (least ${issue.minimum})` }
    case 'too_big':
      return { zh: `太长或太大（最大 ${issue.maximum}）`, en: `Too long or too large (most ${issue.maximum})` }
    case 'invalid_value':
      return { zh: `只能是 ${issue.values.join('、')}`, en: `Must be one of ${issue.values.join(', ')}` }
    case 'unrecognized_keys':
      return { zh: '不认识的字段', en: 'Unknown field' }
    default:
      return { zh: '格式不对', en: 'Not in the right format' }
  }
}
