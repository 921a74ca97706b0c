import { z } from 'zod'
import { successOf, type Access, type Route } from '#engine/contract/route.ts'

interface About {
  readonly version: string
  readonly serverUrl: string
}

type Json = Readonly<Record<string, unknown>>

/** The OpenAPI 3.1 description of the routes, printed from their contracts. */
export function printOpenApi(routes: readonly Route[], about: About): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Terrace', version: about.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: about.serverUrl }],
    tags: [...new Set(routes.map(tagOf))].sort().map((name) => ({ name })),
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'terrace' },
        apiKey: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problem },
    },
  }
}

function pathsOf(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of [...routes].sort((one, other) => one.path.localeCompare(other.path, 'en'))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return paths
}

function operationOf(route: Route): Json {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/^\/api\/v1/, '').replace(/[/:-]+(\w)/g, (_whole, letter: string) => letter.toUpperCase())}`,
    tags: [tagOf(route)],
    summary: route.summary.en,
    description: [route.summary.zh, wordsOf(route.access)].join('\n\n'),
    security: route.access === 'public' ? [] : [{ session: [] }, { apiKey: [] }],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...bodyOf(route),
    responses: responsesOf(route),
  }
}

const tagOf = (route: Route) => route.path.split('/')[3] ?? 'api'

function wordsOf(access: Access): string {
  if (access === 'public') return 'Anybody may call this.'
  if (access === 'signed-in') return 'Any signed-in person may call this.'
  return `Needs the permission \`${access.permission}\`.`
}

function responsesOf(route: Route): Json {
  const files = (route.files ?? []).map((type) => [type, {}] as const)
  const json = route.reply ? [['application/json', { schema: toSchema(route.reply, 'output') }] as const] : []
  const content = Object.fromEntries([...json, ...files])
  const fine = Object.keys(content).length === 0 ? { description: 'Done' } : { description: 'The answer', content }
  const refusal = {
    description: 'Refused: a stable code, a message in the language of the caller, the fields at fault',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  return { [successOf(route)]: fine, '4XX': refusal }
}

function bodyOf({ body, takesFile }: Route): Json {
  if (takesFile) return { requestBody: { required: true, content: { 'multipart/form-data': { schema: oneFile } } } }
  if (body === undefined) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema: toSchema(body, 'input') } } } }
}

const oneFile = {
  type: 'object',
  required: ['file'],
  properties: { file: { contentMediaType: 'application/octet-stream' } },
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return []
  const { properties, required } = Shape.parse(toSchema(schema, 'input'))
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }))
}

const Shape = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
})

/** Transformations and refinements cannot be written as JSON Schema: there the shape before them is shown. */
function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    cycles: 'ref',
    reused: 'inline',
  })
  return rest
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'errors', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
    requestId: { type: 'string' },
    details: {},
  },
}
