import swagger, { type StaticDocumentSpec } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { makeCatalogue, type Catalogue } from '#engine/model/catalogue.ts'
import { may } from '#platform/records/scope.ts'
import type { Json, RouteExamples } from './operation.ts'
import { printOpenApi } from './print-openapi.ts'

interface About {
  readonly version: string
  readonly examples: RouteExamples
}

/**
 * `GET /api/openapi.json` and the same to browse at `/api/docs`: to whoever is signed in with the objects and fields of
 * their company. Register after every room's routes.
 */
export async function serveOpenApi(app: FastifyInstance, about: About): Promise<void> {
  const document = printOpenApi(app.served, { ...about, serverUrl: '/' })
  await app.register(swagger, {
    mode: 'static',
    specification: { document: document as unknown as StaticDocumentSpec['document'] },
  })
  const documentFor = async (request: FastifyRequest) => {
    const catalogue = await catalogueOf(app, request)
    return catalogue ? printOpenApi(app.served, { ...about, serverUrl: '/', catalogue }) : document
  }
  app.get('/api/openapi.json', documentFor)
  const asked = new WeakMap<FastifyRequest, Json>()
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: false,
    // The page asks for its document at an address of its own, and is given it at once.
    uiHooks: {
      preHandler: async (request) => {
        if (/\/(json|yaml)$/.test(request.url)) asked.set(request, await documentFor(request))
      },
    },
    transformSpecification: (_whole, request) => ({ ...(asked.get(request) ?? document) }),
    transformSpecificationClone: false,
    uiConfig: { docExpansion: 'none', tryItOutEnabled: false, persistAuthorization: false, validatorUrl: null },
  })
}

/** The objects that the caller may read; undefined of whoever is not signed in. */
async function catalogueOf(app: FastifyInstance, request: FastifyRequest): Promise<Catalogue | undefined> {
  try {
    const ctx = await app.gate.contextOf(request)
    return makeCatalogue(ctx.company.catalogue.all().filter((object) => may(ctx, object, 'read')))
  } catch {
    return undefined
  }
}
