import swagger, { type StaticDocumentSpec } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { printOpenApi } from './print-openapi.ts'

/** `GET /api/openapi.json` and the same to browse at `/api/docs`. Register after every room's routes. */
export async function serveOpenApi(app: FastifyInstance, about: { readonly version: string }): Promise<void> {
  const document = printOpenApi(app.served, { ...about, serverUrl: '/' })
  await app.register(swagger, {
    mode: 'static',
    specification: { document: document as unknown as StaticDocumentSpec['document'] },
  })
  app.get('/api/openapi.json', async () => document)
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: false,
    uiConfig: { docExpansion: 'list', tryItOutEnabled: false, persistAuthorization: false },
  })
}
