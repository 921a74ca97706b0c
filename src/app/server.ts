import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { constants } from 'node:zlib'
import { buildGate, type AuthParts } from '#platform/auth/gate.ts'
import { refuseOtherOrigins } from '#platform/auth/origin.ts'
import { isProxyInFront } from '#platform/auth/settings.ts'
import type { Settings } from '#platform/config/settings.ts'
import type { Db } from '#platform/db/connect.ts'
import { answerProblems, sendProblem } from '#platform/http/problem.ts'
import { rememberWrites } from '#platform/http/remember-writes.ts'
import { serveMetrics } from '#platform/telemetry/serve-metrics.ts'
import type { Telemetry } from '#platform/telemetry/telemetry.ts'
import { serveProblemPage } from '#platform/http/problem-page.ts'
import { limitRates } from '#platform/http/rate-limit.ts'
import { sightOf } from '#platform/records/sight.ts'
import { serveOpenApi } from '#platform/openapi/serve-openapi.ts'
import { registerDemo } from '#features/org/server/index.ts'
import { readExamples } from './api-examples.ts'
import { arrangeHouse } from './arrange.ts'
import { demoOf } from './demo/demo-door.ts'
import { rooms } from './rooms.ts'
import { serveWeb } from './serve-web.ts'
import { version } from './version.ts'

/** What the web server stands on. */
export interface House {
  readonly db: Db
  readonly log: Logger
  readonly settings: Pick<Settings, 'publicUrl' | 'plainHttp' | 'requestsPerMinute'> &
    Partial<Pick<Settings, 'metricsToken'>>
  /** Serves /metrics where it is given. */
  readonly telemetry?: Telemetry
  /** Folder of the built web pages; null serves the API only. */
  readonly webFolder: string | null
  /** Tests stop the clock here. */
  readonly now?: () => Date
}

/** Puts the whole house together behind one web server; it does not listen yet. */
export async function buildServer(house: House): Promise<FastifyInstance> {
  arrangeHouse()
  const loggerInstance: FastifyBaseLogger = house.log
  const app = Fastify({
    loggerInstance,
    genReqId: () => randomUUID(),
    bodyLimit: 20_000_000,
    // Whoever comes while the server stops is told so in our own words.
    return503OnClosing: false,
    // Addresses that cannot even be read are refused like everything else.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    // The proxy in front, of our own network, names the caller. What stands before that the caller may have written.
    trustProxy: house.settings.publicUrl !== null && isProxyInFront,
  })
  const parts = partsOf(house)
  app.decorate('gate', buildGate(parts))
  app.decorate('served', [])
  answerProblems(app)
  await registerPlugins(app, house)
  rememberWrites(app, parts.settings)
  if (house.telemetry) {
    const { metricsToken = null } = house.settings
    serveMetrics(app, house.telemetry, { ...parts.settings, metricsToken })
  }
  refuseOtherOrigins(app, parts.settings)
  for (const room of rooms) room.register?.(app, parts)
  registerDemo(demoOf(house))
  serveHealth(app, house.db)
  serveProblemPage(app)
  await serveOpenApi(app, { version, examples: readExamples() })
  await serveWeb(app, house.webFolder)
  return app
}

function partsOf(house: House): AuthParts {
  const { publicUrl, plainHttp } = house.settings
  return {
    db: house.db,
    log: house.log,
    settings: { publicUrl, plainHttp },
    permissions: rooms.flatMap((room) => room.permissions),
    // An act that asked within its transaction would hold one connection and wait for another: ten of them, for ever.
    prepare: async (ctx) => void (await sightOf(ctx)),
    ...(house.now === undefined ? {} : { now: house.now }),
  }
}

const uploadLimitBytes = 200_000_000

async function registerPlugins(app: FastifyInstance, house: House): Promise<void> {
  const isHttps = house.settings.publicUrl?.startsWith('https:') ?? false
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    strictTransportSecurity: isHttps,
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(cookie)
  await app.register(compress, {
    threshold: 2048,
    // The highest qualities take longer to compute than the bytes take to travel.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
  await app.register(multipart, { limits: { fileSize: uploadLimitBytes, files: 10, fields: 50 } })
  await limitRates(app, house.settings.requestsPerMinute)
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id))
}

const contentPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // Ant Design writes its styles at run time.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

const unlimited = { config: { rateLimit: false } }

const healthPaths = new Set(['/healthz', '/readyz'])

/** `/healthz`: the process lives. `/readyz`: it can work, and is not about to stop. */
function serveHealth(app: FastifyInstance, db: Db): void {
  let isStopping = false
  app.addHook('preClose', async () => void (isStopping = true))
  app.addHook('onRequest', async (request) => {
    if (isStopping && !healthPaths.has(request.url)) throw Object.assign(new Error('stopping'), { statusCode: 503 })
  })
  app.get('/healthz', unlimited, async () => ({ status: 'live' }))
  app.get('/readyz', unlimited, async (_request, reply) => {
    if (isStopping) return reply.code(503).send({ status: 'stopping' })
    try {
      await sql`select 1`.execute(db)
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'database unreachable' })
    }
  })
}
