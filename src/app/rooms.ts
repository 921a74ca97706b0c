import type { FastifyInstance } from 'fastify'
import type { Permission } from '#engine/policy/role.ts'
import { registerAuthRoutes } from '#platform/auth/routes.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { registerBulk } from '#platform/bulk/start-bulk.ts'
import { registerOrgView } from '#platform/records/reach.ts'
import { registerTransferJobs, registerTransferRoutes } from '#platform/transfer/index.ts'
import { registerCollaboration } from '#features/collaboration/server/index.ts'
import { registerCommerce } from '#features/commerce/server/index.ts'
import { registerCustomers } from '#features/customers/server/index.ts'
import { registerObjectsRoutes } from '#features/objects/server/index.ts'
import { orgEvents, orgPermissions } from '#features/org/contract.ts'
import { peopleUnder, registerOrg, registerOrgImport, scopeOf } from '#features/org/server/index.ts'
import { registerPipeline } from '#features/pipeline/server/index.ts'
import { planChanged, targetPermissions } from '#features/targets/contract.ts'
import { registerTargetRoutes } from '#features/targets/server/index.ts'
import { registerViews } from '#features/views/server/index.ts'

/** One room as the app knows it. */
export interface Room {
  readonly name: string
  readonly permissions: readonly Permission[]
  /** Names of the events it tells, besides those of its records. */
  readonly events: readonly string[]
  /** Puts its definitions into the engines; once in a process, with or without a web server. */
  arrange?(): void
  /** Serves its routes. */
  register?(app: FastifyInstance, parts: AuthParts): void
}

const nothing = { permissions: [], events: [] }

/** Every room, lowest floor first. */
export const rooms: readonly Room[] = [
  { name: 'auth', ...nothing, register: registerAuthRoutes },
  { name: 'transfer', ...nothing, arrange: registerTransferJobs, register: registerTransferRoutes },
  {
    name: 'org',
    permissions: orgPermissions,
    events: orgEvents,
    arrange: () => {
      registerOrgView({ reach: scopeOf, peopleUnder })
      registerOrgImport()
    },
    register: registerOrg,
  },
  { name: 'objects', ...nothing, register: registerObjectsRoutes },
  { name: 'views', ...nothing, arrange: registerBulk, register: registerViews },
  { name: 'collaboration', ...nothing, arrange: registerCollaboration },
  { name: 'customers', ...nothing, arrange: registerCustomers },
  { name: 'pipeline', ...nothing, arrange: registerPipeline },
  { name: 'commerce', ...nothing, arrange: registerCommerce },
  { name: 'targets', permissions: targetPermissions, events: [planChanged], register: registerTargetRoutes },
]
