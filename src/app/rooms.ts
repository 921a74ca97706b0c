import type { FastifyInstance } from 'fastify'
import type { Permission } from '#engine/policy/role.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { registerAuthRoutes } from '#platform/auth/routes.ts'

/** One room as the app knows it. */
export interface Room {
  readonly name: string
  readonly permissions: readonly Permission[]
  register(app: FastifyInstance, parts: AuthParts): void
}

/** Every room, lowest floor first. */
export const rooms: readonly Room[] = [{ name: 'auth', permissions: [], register: registerAuthRoutes }]
