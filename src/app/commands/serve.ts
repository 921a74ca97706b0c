import { join, resolve } from 'node:path'
import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { pino, type Logger } from 'pino'
import { backUpFrom, dailyBackup } from '#platform/backup/index.ts'
import { isLoopback, type Settings } from '#platform/config/settings.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { connect, type Db } from '#platform/db/connect.ts'
import { followReplica } from '#platform/db/replica.ts'
import { ownerOf } from '#platform/db/embedded/folder-lock.ts'
import { ownDatabase } from '#platform/db/embedded/reach-database.ts'
import { migrate } from '#platform/db/migrate.ts'
import { startDispatch } from '#platform/events/dispatch.ts'
import { startSending } from '#platform/lanes/index.ts'
import { startListening } from '#platform/live/index.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { reachableAt } from '#platform/outside/public-address.ts'
import { haltJobs } from '#platform/jobs/halt.ts'
import { startWork } from '#platform/jobs/work.ts'
import { slowQueryLog } from '#platform/telemetry/slow-queries.ts'
import { startTelemetry } from '#platform/telemetry/telemetry.ts'
import { allCompanies, setupToken } from '#features/org/server/index.ts'
import { backupHouse } from '../backup-house.ts'
import { clearUnfinishedDemo } from '../demo/load-demo.ts'
import { buildServer } from '../server.ts'
import { home, version } from '../version.ts'
import type { Command } from './command.ts'
import { goOn } from './go-on.ts'
import { keepFiles } from './keep-files.ts'
import { keepSecrets } from './keep-secrets.ts'
import { listen, mustBeFree } from './listen.ts'
import { migrationsFolder } from './on-database.ts'

export const serveCommand: Command = {
  name: 'serve',
  words: 'Start Terrace: database, jobs and web server, until Ctrl-C.',
  examples: ['serve'],
  run: ({ settings }) => serve(settings),
}

async function serve(settings: Settings): Promise<number> {
  const ending = endingOfProcess()
  refuseSecondStart(settings)
  await mustBeFree(settings)
  keepFiles(settings)
  limitCalls({ allowsPrivate: settings.callsPrivate })
  reachableAt(settings.publicUrl)
  const log = pino({ level: settings.logLevel })
  const database = await ownDatabase(settings, { log: say, onLost: () => ending.because('The database stopped.') })
  try {
    keepSecrets(settings)
    await migrate(database.ownerUrl, migrationsFolder)
    const telemetry = startTelemetry(version)
    const slow = slowQueryLog({ log, threshold: settings.slowQueryMs, onSlow: telemetry.slowQuery })
    const role = database.appRole === undefined ? {} : { role: database.appRole }
    const connection = connect(database.appUrl, {
      ...role,
      onError: (error) => log.warn({ why: error.message }, 'a database connection was lost'),
      onQuery: slow,
    })
    try {
      await clearUnfinishedDemo(connection.db)
      const replica = await replicaFor(settings, { primary: connection.db, log, ...role, onRead: telemetry.read })
      telemetry.watch({
        db: connection.db,
        pools: { main: connection.pool, ...(replica ? { replica: replica.pool } : {}) },
        ...(replica ? { replicaLag: replica.lag } : {}),
      })
      const app = await buildServer({
        db: connection.db,
        log,
        settings,
        webFolder: join(home, 'dist', 'web'),
        telemetry,
      })
      const backups = backupHouse(settings, database.ownerUrl)
      backUpFrom(backups, settings.backup.folder === null ? null : settings.backup.at)
      const routines = settings.backup.folder === null ? [] : [dailyBackup(backups, settings.backup.at)]
      const house = { db: connection.db, log, ownerUrl: database.ownerUrl, routines, onJob: telemetry.job }
      const listening = startListening({ url: database.ownerUrl, log })
      const background = [await startWork(house), startDispatch(house), startSending(house), listening]
      void goOn(house)
      try {
        return await serveUntil(app, settings, ending.reached, log, () => offerSetup(connection.db, settings))
      } finally {
        haltJobs()
        await Promise.all(background.map((one) => one.stop()))
        await replica?.stop()
      }
    } finally {
      await connection.close()
    }
  } finally {
    await database.stop()
  }
}

async function serveUntil(
  app: FastifyInstance,
  settings: Settings,
  ended: Promise<string | null>,
  log: Logger,
  welcome: () => Promise<void>,
): Promise<number> {
  try {
    const url = await listen(app, settings)
    say(`Terrace is ready at ${settings.publicUrl ?? url}`)
    await welcome()
    const trouble = await ended
    if (trouble === null) return 0
    log.fatal(trouble)
    process.stderr.write(`${trouble}\n`)
    return 7
  } finally {
    await closeWithin(app, graceMs)
  }
}

/** Requests under way may end in this time; whoever puts processes to an end gives them half a minute, as a rule. */
const graceMs = 20_000

async function closeWithin(app: FastifyInstance, ms: number): Promise<void> {
  const patience = setTimeout(() => app.server.closeAllConnections(), ms)
  try {
    await app.close()
  } finally {
    clearTimeout(patience)
  }
}

function replicaFor(settings: Settings, plan: Omit<Parameters<typeof followReplica>[0], 'url' | 'mostLag'>) {
  const { readUrl, readLag } = settings
  return readUrl === null ? undefined : followReplica({ ...plan, url: readUrl, mostLag: readLag })
}

// Who sets up from another machine must have seen this console.
async function offerSetup(db: Db, settings: Settings): Promise<void> {
  const isOpen = settings.publicUrl !== null || !isLoopback(settings.host)
  if (isOpen && (await allCompanies(db)).every((company) => company.demo)) say(`Setup token: ${setupToken()}`)
}

function refuseSecondStart(settings: Settings): void {
  if (settings.databaseUrl !== null) return
  const folder = resolve(settings.dataDir)
  const owner = ownerOf(folder)
  if (owner !== null) throw new StartProblem('FOLDER_IN_USE', { folder, pid: owner.pid })
}

interface Ending {
  /** Null: asked to end. Else the trouble that ends the program. */
  readonly reached: Promise<string | null>
  because(trouble: string): void
}

/** Ctrl-C, a stop signal, or the end of the process that launched us. */
function endingOfProcess(): Ending {
  const { promise, resolve: end } = Promise.withResolvers<string | null>()
  const firstAskedAt: number[] = []
  const ask = () => {
    end(null)
    const [first] = firstAskedAt
    // The first Ctrl-C may arrive twice, through the launcher too; a later one means "now".
    if (first === undefined) firstAskedAt.push(Date.now())
    else if (Date.now() - first > 1500) process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  watchLauncher(ask)
  return { reached: promise, because: end }
}

function watchLauncher(ask: () => void): void {
  const channel = process.env['TERRACE_LAUNCHER_FD']
  if (channel === undefined) return
  const launcher = new Socket({ fd: Number(channel), readable: true, writable: false })
  launcher.on('error', () => undefined).on('close', ask)
  launcher.resume().unref()
}

const say = (line: string) => void process.stdout.write(`${line}\n`)
