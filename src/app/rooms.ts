import type { FastifyInstance } from 'fastify'
import type { Permission } from '#engine/policy/role.ts'
import { jobPermissions } from '#engine/contract/jobs.ts'
import { noticePermissions } from '#engine/contract/notices.ts'
import { oversee } from '#engine/contract/oversight.ts'
import { eventParked, eventPermissions } from '#engine/contract/parked-events.ts'
import { outgoingPermissions } from '#engine/contract/webhooks.ts'
import { registerAuthRoutes } from '#platform/auth/routes.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { registerBackupJobs } from '#platform/backup/index.ts'
import { registerAuditChain } from '#platform/audit/index.ts'
import { registerBulk } from '#platform/bulk/start-bulk.ts'
import { registerEventRoutes } from '#platform/events/routes.ts'
import { registerJobRoutes } from '#platform/jobs/shown.ts'
import { registerLiveRoutes } from '#platform/live/index.ts'
import { registerNoticeRoutes, registerNotify, securityHappened } from '#platform/notify/index.ts'
import { registerRobotRoutes, registerRobots } from '#platform/robots/index.ts'
import { registerWebhookRoutes, registerWebhooks } from '#platform/webhooks/index.ts'
import { fileEvents } from '#engine/files/contract.ts'
import { registerFiles, registerFileRoutes } from '#platform/files/index.ts'
import { registerMailJobs } from '#platform/mail/index.ts'
import { registerOrgView } from '#platform/records/reach.ts'
import { registerSearchJobs, registerSearchRoutes } from '#platform/search/index.ts'
import { registerImportRuns, registerTransferJobs, registerTransferRoutes } from '#platform/transfer/index.ts'
import { attainmentPermissions } from '#features/attainment/contract.ts'
import { registerAttainment, registerAttainmentRoutes } from '#features/attainment/server/index.ts'
import { auditPermissions } from '#features/audit/contract.ts'
import { registerAuditRoutes } from '#features/audit/server/index.ts'
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
  registerUnitChangesDue,
  registerPeopleSearch,
  scopeOf,
  standingOf,
  unitsInReach,
} from '#features/org/server/index.ts'
import { forecastPermissions } from '#features/forecast/contract.ts'
import { registerForecast, registerForecastRoutes } from '#features/forecast/server/index.ts'
import { registerCalendar } from '#features/calendar/server/index.ts'
import { registerInsightRoutes } from '#features/insight/server/index.ts'
import { keyPermissions } from '#features/keys/contract.ts'
import { registerKeyRoutes } from '#features/keys/server/index.ts'
import { marketChanged, marketPermissions } from '#features/market/contract.ts'
import { registerMarket, registerMarketRoutes } from '#features/market/server/index.ts'
import { registerMcp } from '#features/mcp/server/index.ts'
import { metricChanged, metricPermissions } from '#features/metrics/contract.ts'
import { registerMetricRoutes } from '#features/metrics/server/index.ts'
import { registerOutlookRoutes } from '#features/outlook/server/index.ts'
import { registerPipeline } from '#features/pipeline/server/index.ts'
import { reorganisationPermissions, reorganised } from '#features/reorganisation/contract.ts'
import { registerReorganisationRoutes } from '#features/reorganisation/server/index.ts'
import { shapeChanged, shapingPermissions } from '#features/shaping/contract.ts'
import { registerShaping, registerShapingRoutes } from '#features/shaping/server/index.ts'
import { consentEvents, privacyPermissions } from '#features/privacy/contract.ts'
import { registerPrivacy, registerPrivacyRoutes } from '#features/privacy/server/index.ts'
import { rateChanged, ratePermissions } from '#features/rates/contract.ts'
import { registerRateRoutes, registerRevaluing } from '#features/rates/server/index.ts'
import { appealMoved, proposalChanged } from '#features/agreements/contract.ts'
import { registerAgreementRoutes, registerAgreements } from '#features/agreements/server/index.ts'
import { objectiveChanged, objectivePermissions } from '#features/objectives/contract.ts'
import { registerAimedYears, registerObjectiveRoutes } from '#features/objectives/server/index.ts'
import { signInPermissions } from '#features/sign-in/contract.ts'
import { registerSignIn, registerSignInRoutes } from '#features/sign-in/server/index.ts'
import { planChanged, planMoved, targetPermissions } from '#features/targets/contract.ts'
import {
  registerPathNotices,
  registerPlanNotices,
  registerPlannedYears,
  registerTargetImport,
  registerTargetRoutes,
} from '#features/targets/server/index.ts'
import { systemPermissions } from '#features/system/contract.ts'
import { registerSystem, registerSystemRoutes } from '#features/system/server/index.ts'
import { workplacePermissions } from '#features/workplace/contract.ts'
import { registerWorkplace, registerWorkplaceRoutes } from '#features/workplace/server/index.ts'
import { viewPermissions } from '#features/views/contract.ts'
import { arrangeViews, registerViews } from '#features/views/server/index.ts'

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
  { name: 'mail', ...nothing, arrange: registerMailJobs },
  { name: 'events', permissions: eventPermissions, events: [eventParked], register: registerEventRoutes },
  { name: 'jobs', permissions: jobPermissions, events: [], register: registerJobRoutes },
  { name: 'live', ...nothing, register: registerLiveRoutes },
  {
    name: 'notify',
    permissions: noticePermissions,
    events: [securityHappened],
    arrange: registerNotify,
    register: registerNoticeRoutes,
  },
  {
    name: 'outgoing',
    permissions: outgoingPermissions,
    events: [],
    arrange: () => {
      registerRobots()
      registerWebhooks()
    },
    register: (app) => {
      registerRobotRoutes(app)
      registerWebhookRoutes(app)
    },
  },
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
      registerUnitChangesDue()
      registerPeopleSearch()
    },
    register: registerOrg,
  },
  {
    name: 'sign-in',
    permissions: signInPermissions,
    events: [],
    arrange: registerSignIn,
    register: registerSignInRoutes,
  },
  {
    name: 'workplace',
    permissions: workplacePermissions,
    events: [],
    arrange: registerWorkplace,
    register: registerWorkplaceRoutes,
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
  {
    name: 'views',
    permissions: viewPermissions,
    events: [],
    arrange: () => {
      registerBulk()
      arrangeViews()
    },
    register: registerViews,
  },
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
  {
    name: 'market',
    permissions: marketPermissions,
    events: [marketChanged],
    arrange: registerMarket,
    register: registerMarketRoutes,
  },
  {
    name: 'targets',
    permissions: targetPermissions,
    events: [planChanged, planMoved],
    arrange: () => {
      registerPlanNotices()
      registerPathNotices()
      registerTargetImport()
      registerPlannedYears()
    },
    register: registerTargetRoutes,
  },
  {
    name: 'forecast',
    permissions: forecastPermissions,
    events: [],
    arrange: registerForecast,
    register: registerForecastRoutes,
  },
  {
    name: 'attainment',
    permissions: attainmentPermissions,
    events: [],
    arrange: registerAttainment,
    register: registerAttainmentRoutes,
  },
  {
    name: 'reorganisation',
    permissions: reorganisationPermissions,
    events: [reorganised],
    register: registerReorganisationRoutes,
  },
  {
    name: 'agreements',
    permissions: [],
    events: [proposalChanged, appealMoved],
    arrange: registerAgreements,
    register: registerAgreementRoutes,
  },
  {
    name: 'objectives',
    permissions: objectivePermissions,
    events: [objectiveChanged],
    arrange: registerAimedYears,
    register: registerObjectiveRoutes,
  },
  { name: 'keys', permissions: keyPermissions, events: [], register: registerKeyRoutes },
  { name: 'calendar', ...nothing, register: registerCalendar },
  { name: 'insight', ...nothing, register: registerInsightRoutes },
  { name: 'mcp', ...nothing, register: registerMcp },
  { name: 'outlook', ...nothing, register: registerOutlookRoutes },
  { name: 'metrics', permissions: metricPermissions, events: [metricChanged], register: registerMetricRoutes },
  {
    name: 'system',
    permissions: systemPermissions,
    events: [],
    arrange: registerSystem,
    register: registerSystemRoutes,
  },
  {
    name: 'audit',
    permissions: auditPermissions,
    events: [],
    arrange: registerAuditChain,
    register: registerAuditRoutes,
  },
  {
    name: 'privacy',
    permissions: privacyPermissions,
    events: consentEvents,
    arrange: registerPrivacy,
    register: registerPrivacyRoutes,
  },
]
