import type { Catalogue } from '#engine/model/catalogue.ts'
import type { Route } from '#engine/contract/route.ts'
import { components } from './components.ts'
import { operationOf, tagOf, type Json, type RouteExamples } from './operation.ts'
import { pathsOfObjects, schemasOfObjects } from './objects.ts'
import { withSharedSchemas } from './schema.ts'
import { tagWords } from './tags.ts'

interface About {
  readonly version: string
  readonly serverUrl: string
  /** Requests and answers as they were, by method and path. */
  readonly examples: RouteExamples
  /** The objects of one company: their fields are described besides, under addresses of their own. */
  readonly catalogue?: Catalogue | undefined
}

const description = `
What the pages of Terrace use, for programs.

**Access.** \`Authorization: Bearer terrace_…\`; people make keys on the page *API keys*, as narrow as they like. A key never
may more than its person.

**Problems** are \`application/problem+json\` (RFC 9457): a \`code\` that never changes, a \`title\` in the language of the
caller (\`Accept-Language: zh\` or \`en\`), and \`errors\` that name the fields at fault. All of them: [/api/problems](/api/problems).

**Once, not twice.** With \`Idempotency-Key\` a change is made once and its answer kept for 24 hours, in the transaction of
the change itself.

**What you saw.** Records have an \`ETag\`; \`If-Match\` binds a change to it, \`If-None-Match\` spares what you hold.

**Pages.** Lists answer a \`cursor\`; hand it back to go on. It is null at the end.

**Limits.** \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` tell what is left of the minute.

Decimals are strings, so that no digit is lost; dates are \`YYYY-MM-DD\`, instants ISO 8601 in UTC.`.trim()

/** The OpenAPI 3.1 description of the routes, printed from their contracts. */
export function printOpenApi(routes: readonly Route[], { version, serverUrl, examples, catalogue }: About): Json {
  const tags = [...new Set(routes.map(tagOf))].sort()
  const sorted = [...routes].sort((one, other) => one.path.localeCompare(other.path, 'en'))
  const paths = Map.groupBy(sorted, (route) => route.path.replace(/:(\w+)/g, '{$1}'))
  const described = [...paths].map(([path, some]) => [path, operationsOf(some, examples)] as const)
  const { schemas, ...rest } = components
  return withSharedSchemas({
    openapi: '3.1.0',
    info: { title: 'Terrace', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: serverUrl }],
    tags: tags.map((name) => ({ name, ...tagWords(name) })),
    paths: { ...Object.fromEntries(described), ...(catalogue ? pathsOfObjects(catalogue) : {}) },
    components: { ...rest, schemas: { ...schemas, ...(catalogue ? schemasOfObjects(catalogue) : {}) } },
  })
}

function operationsOf(routes: readonly Route[], examples: RouteExamples): Json {
  return Object.fromEntries(
    routes.map((route) => [route.method.toLowerCase(), operationOf(route, examples[`${route.method} ${route.path}`])]),
  )
}
