import type { FastifyInstance } from 'fastify'
import type { Permission } from '#engine/policy/role.ts'
import { oversee } from '#engine/contract/oversight.ts'
import { eventPermissions } from '#engine/contract/parked-events.ts'
import { registerAuthRoutes } from '#platform/auth/routes.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { registerBackupJobs } from '#platform/backup/index.ts'
import { registerBulk } from '#platform/bulk/start-bulk.ts'
import { registerEventRoutes } from '#platform/events/routes.ts'
import { fileEvents } from '#engine/files/contract.ts'
import { registerFiles, registerFileRoutes } from '#platform/files/index.ts'
import { registerOrgView } from '#platform/records/reach.ts'
import { registerSearchJobs, registerSearchRoutes } from '#platform/search/index.ts'
import { registerImportRuns, registerTransferJobs, registerTransferRoutes } from '#platform/transfer/index.ts'
import { accessChanged, accessPermissions, recordShared } from '#features/access/contract.ts'
import { registerAccess, registerAccessRoutes } from '#features/access/server/index.ts'
import { commentEvents, commentPermissions } from '#features/collaboration/contract.ts'
import { registerCollaboration, registerCommentRoutes } from '#features/collaboration/server/index.ts'
import { registerCommerce } from '#features/commerce/server/index.ts'
import { registerCustomers } from '#features/customers/server/index.ts'
import { duplicatePermissions, recordsMerged } from '#features/duplicates/contract.ts'
import { registerDuplicateRoutes, registerDuplicates } from '#features/duplicates/server/index.ts'
import { objectsPermissions } from '#features/objects/contract.ts'
import { registerObjectsRoutes } from '#features/objects/server/index.ts'
import { orgEvents, orgPermissions } from '#features/org/contract.ts'
import {
  peopleBelow,
  peopleUnder,
  placeOf,
  registerOrg,
  registerOrgImport,
  registerPeopleSearch,
  scopeOf,
  standingOf,
  unitsInReach,
} from '#features/org/server/index.ts'
import { metricChanged, metricPermissions } from '#features/metrics/contract.ts'
import { registerMetricRoutes } from '#features/metrics/server/index.ts'
import { registerPipeline } from '#features/pipeline/server/index.ts'
import { shapeChanged, shapingPermissions } from '#features/shaping/contract.ts'
import { registerShaping, registerShapingRoutes } from '#features/shaping/server/index.ts'
import { rateChanged, ratePermissions } from '#features/rates/contract.ts'
import { registerRateRoutes, registerRevaluing } from '#features/rates/server/index.ts'
import { planChanged, targetPermissions } from '#features/targets/contract.ts'
import { registerTargetRoutes } from '#features/targets/server/index.ts'
import { systemPermissions } from '#features/system/contract.ts'
import { registerSystem, registerSystemRoutes } from '#features/system/server/index.ts'
import { viewPermissions } from '#features/views/contract.ts'
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
  {
    name: 'transfer',
    permissions: [oversee],
    events: [],
    arrange: () => {
      registerTransferJobs()
      registerImportRuns()
    },
    register: registerTransferRoutes,
  },
  { name: 'events', permissions: eventPermissions, events: [], register: registerEventRoutes },
  { name: 'files', permissions: [], events: fileEvents, arrange: registerFiles, register: registerFileRoutes },
  { name: 'backup', ...nothing, arrange: registerBackupJobs },
  { name: 'search', ...nothing, arrange: registerSearchJobs, register: registerSearchRoutes },
  {
    name: 'org',
    permissions: orgPermissions,
    events: orgEvents,
    arrange: () => {
      registerOrgView({
        reach: scopeOf,
        units: unitsInReach,
        place: placeOf,
        peopleUnder,
        peopleBelow,
        standing: standingOf,
      })
      registerOrgImport()
      registerPeopleSearch()
    },
    register: registerOrg,
  },
  {
    name: 'rates',
    permissions: ratePermissions,
    events: [rateChanged],
    arrange: registerRevaluing,
    register: registerRateRoutes,
  },
  { name: 'objects', permissions: objectsPermissions, events: [], register: registerObjectsRoutes },
  {
    name: 'access',
    permissions: accessPermissions,
    events: [recordShared, accessChanged],
    arrange: registerAccess,
    register: registerAccessRoutes,
  },
  { name: 'views', permissions: viewPermissions, events: [], arrange: registerBulk, register: registerViews },
  {
    name: 'shaping',
    permissions: shapingPermissions,
    events: [shapeChanged],
    arrange: registerShaping,
    register: registerShapingRoutes,
  },
  {
    name: 'duplicates',
    permissions: duplicatePermissions,
    events: [recordsMerged],
    arrange: registerDuplicates,
    register: registerDuplicateRoutes,
  },
  {
    name: 'collaboration',
    permissions: commentPermissions,
    events: commentEvents,
    arrange: registerCollaboration,
    register: registerCommentRoutes,
  },
  { name: 'customers', ...nothing, arrange: registerCustomers },
  { name: 'pipeline', ...nothing, arrange: registerPipeline },
  { name: 'commerce', ...nothing, arrange: registerCommerce },
  { name: 'targets', permissions: targetPermissions, events: [planChanged], register: registerTargetRoutes },
  { name: 'metrics', permissions: metricPermissions, events: [metricChanged], register: registerMetricRoutes },
  {
    name: 'system',
    permissions: systemPermissions,
    events: [],
    arrange: registerSystem,
    register: registerSystemRoutes,
  },
]
