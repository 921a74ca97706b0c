import type { FastifyInstance } from 'fastify'
import type { Permission } from '#engine/policy/role.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { registerAuthRoutes } from '#platform/auth/routes.ts'
import { registerCollaboration } from '#features/collaboration/server/index.ts'
import { registerCommerce } from '#features/commerce/server/index.ts'
import { registerCustomers } from '#features/customers/server/index.ts'
import { registerObjectsRoutes } from '#features/objects/server/index.ts'
import { registerPipeline } from '#features/pipeline/server/index.ts'

/** One room as the app knows it. */
export interface Room {
  readonly name: string
  readonly permissions: readonly Permission[]
  register(app: FastifyInstance, parts: AuthParts): void
}

/** Every room, lowest floor first. */
export const rooms: readonly Room[] = [
  { name: 'auth', permissions: [], register: registerAuthRoutes },
  { name: 'objects', permissions: [], register: registerObjectsRoutes },
  { name: 'collaboration', permissions: [], register: registerCollaboration },
  { name: 'customers', permissions: [], register: registerCustomers },
  { name: 'pipeline', permissions: [], register: registerPipeline },
  { name: 'commerce', permissions: [], register: registerCommerce },
]
