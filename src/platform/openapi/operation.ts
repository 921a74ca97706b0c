import { z } from 'zod'
import { changes, successOf, type Access, type Route } from '#engine/contract/route.ts'
import { takesKey } from '#platform/http/answer-once.ts'
import { toSchema, type Json } from './schema.ts'

export type { Json } from './schema.ts'

/** A request that was made, and what it came to. */
export interface RouteExample {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly answer?: unknown
}

/** By method and path: `GET /api/v1/me`. */
export type RouteExamples = Readonly<Record<string, RouteExample>>

export const tagOf = (route: Pick<Route, 'path'>) => route.path.split('/')[3] ?? 'api'

const wordsInPath = /[/:-]+(\w)/g

export function operationOf(route: Route, example: RouteExample = {}): Json {
  const path = route.path.replace(/^\/api\/v1/, '')
  return {
    operationId: `${route.method.toLowerCase()}${path.replace(wordsInPath, (_whole, letter: string) => letter.toUpperCase())}`,
    tags: [tagOf(route)],
    summary: route.summary.en,
    description: [route.summary.zh, wordsOf(route.access)].join('\n\n'),
    security: route.access === 'public' ? [] : [{ apiKey: [] }, { session: [] }],
    parameters: [
      ...parametersOf(route.params, 'path', example.params),
      ...parametersOf(route.query, 'query', example.query),
      ...headersOf(route).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ],
    ...bodyOf(route, example),
    responses: responsesOf(route, example),
  }
}

function wordsOf(access: Access): string {
  if (access === 'public') return 'Anybody may call this.'
  if (access === 'signed-in') return 'Any signed-in person may call this.'
  return `Needs the permission \`${access.permission}\`.`
}

function headersOf(route: Route): readonly string[] {
  return [
    'AcceptLanguage',
    ...(takesKey(route) ? ['IdempotencyKey'] : []),
    ...(route.method === 'GET' && route.reply ? ['IfNoneMatch'] : []),
    ...(route.tagged && changes(route) ? ['IfMatch'] : []),
  ]
}

function responsesOf(route: Route, { answer }: RouteExample): Json {
  const files = (route.files ?? []).map((type) => [type, {}] as const)
  const example = answer === undefined ? {} : { example: answer }
  const json = route.reply
    ? [['application/json', { schema: toSchema(route.reply, 'output'), ...example }] as const]
    : []
  const content = Object.fromEntries([...json, ...files])
  const isEmpty = Object.keys(content).length === 0
  const fine = {
    description: isEmpty ? 'Done' : 'The answer',
    headers: { ...limitHeaders, ...(route.method === 'GET' || route.tagged ? { ETag: header('ETag') } : {}) },
    ...(isEmpty ? {} : { content }),
  }
  const refusals = refusalsOf(route).map((status) => [status, { $ref: `#/components/responses/${status}` }] as const)
  return {
    [successOf(route)]: fine,
    ...(route.method === 'GET' && route.reply ? { 304: { $ref: '#/components/responses/304' } } : {}),
    ...Object.fromEntries(refusals),
    '4XX': { $ref: '#/components/responses/4XX' },
  }
}

const header = (name: string) => ({ $ref: `#/components/headers/${name}` })
const limitHeaders = Object.fromEntries(
  ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'].map((name) => [name, header(name)]),
)

/** How a route may refuse, as far as its contract tells. */
function refusalsOf(route: Route): readonly number[] {
  const takesBody = route.body !== undefined || route.takesFile === true
  return [
    ...(route.params || route.query || takesBody ? [400] : []),
    ...(route.access === 'public' ? [] : [401, 403]),
    ...(route.params ? [404] : []),
    ...(changes(route) ? [409, 422] : []),
    ...(route.tagged && changes(route) ? [412] : []),
    ...(takesBody ? [413, 415] : []),
    429,
  ]
}

function bodyOf({ body, takesFile }: Route, example: RouteExample): Json {
  if (takesFile) return { requestBody: { required: true, content: { 'multipart/form-data': { schema: oneFile } } } }
  if (body === undefined) return {}
  const shown = example.body === undefined ? {} : { example: example.body }
  const content = { 'application/json': { schema: toSchema(body, 'input'), ...shown } }
  return { requestBody: { required: true, content } }
}

const oneFile = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', contentMediaType: 'application/octet-stream', format: 'binary' } },
}

function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  examples: Readonly<Record<string, string>> = {},
): readonly Json[] {
  if (schema === undefined) return []
  const { properties, required } = Shape.parse(toSchema(schema, 'input'))
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }))
}

const Shape = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
})
