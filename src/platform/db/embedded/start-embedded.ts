import { chmodSync, closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { StartProblem } from '#platform/config/start-problem.ts'
import { type Binaries, binariesFor } from './binaries.ts'
import { type ClusterFolder, appRole, databaseName, ensureCluster, ownerRole } from './cluster.ts'
import { claimFolder } from './folder-lock.ts'
import { endOrphan } from './orphan.ts'
import { prepareDatabase } from './prepare-database.ts'
import { type Secrets, secretsIn } from './secrets.ts'
import { databaseUser } from './system-user.ts'
import { serverSettings } from './server-settings.ts'

export interface EmbeddedOptions {
  /** The data folder; made when missing. One running program owns it. */
  readonly dataDir: string
  readonly log: (line: string) => void
  /** False only in tests: nothing is forced to disk. */
  readonly durable?: boolean
  /** Told when the database ended for good without being asked to. */
  readonly onLost?: () => void
}

export interface EmbeddedDatabase {
  /** Connects as the role that owns the tables and runs migrations. */
  readonly ownerUrl: string
  /** Connects as the role the app works as, bound by row-level security. */
  readonly appUrl: string
  /** Shuts the database down and frees the data folder. */
  stop(): Promise<void>
}

/** Starts the embedded PostgreSQL of a data folder; it dies with this process, however that ends. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir)
  const durable = options.durable ?? true
  const user = databaseUser()
  const lock = claimFolder(dataDir)
  try {
    const binaries = binariesFor(user)
    const secrets = secretsIn(dataDir)
    if (!existsSync(resolve(dataDir, 'postgres'))) options.log('Preparing the database (once)')
    const folder = ensureCluster(dataDir, binaries, user, secrets, durable)
    await endOrphan(folder)
    rotateLog(folder.logFile)
    const running = await launch(binaries, folder, secrets, durable)
    await prepareDatabase(urlOf(ownerRole, secrets.ownerPassword, running.port, 'postgres'), secrets.appPassword)
    lock.announce(running.port)
    return embeddedDatabase(
      running,
      secrets,
      async () => {
        await endOrphan(folder)
        lock.release()
      },
      options.onLost,
    )
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The two addresses of a folder's running database. */
export function urlsOf(secrets: Secrets, port: number): { readonly ownerUrl: string; readonly appUrl: string } {
  return {
    ownerUrl: urlOf(ownerRole, secrets.ownerPassword, port, databaseName),
    appUrl: urlOf(appRole, secrets.appPassword, port, databaseName),
  }
}

function embeddedDatabase(
  { guard, port }: Running,
  secrets: Secrets,
  tidy: () => Promise<void>,
  onLost: (() => void) | undefined,
): EmbeddedDatabase {
  let stopping: Promise<void> | null = null
  guard.once('exit', () => {
    if (stopping === null) onLost?.()
  })
  const end = async () => {
    if (guard.exitCode === null && guard.signalCode === null) {
      const ended = once(guard, 'exit')
      guard.stdin?.end()
      await ended
    }
    await tidy()
  }
  return { ...urlsOf(secrets, port), stop: () => (stopping ??= end()) }
}

interface Running {
  readonly guard: ChildProcess
  readonly port: number
}

async function launch(binaries: Binaries, folder: ClusterFolder, secrets: Secrets, durable: boolean): Promise<Running> {
  // A second try takes another port and waits for what a killed database left behind in shared memory.
  for (let attempt = 0; attempt < 4; attempt += 1) {
    if (attempt > 0) await pause(attempt * 500)
    const port = await freePort()
    const guard = startGuard(binaries, folder, port, durable)
    if (await answers(guard, urlOf(ownerRole, secrets.ownerPassword, port, 'postgres'))) return { guard, port }
  }
  throw new StartProblem('DATABASE_BROKEN', { why: lastWordsIn(folder.logFile), log: folder.logFile })
}

function startGuard(binaries: Binaries, folder: ClusterFolder, port: number, durable: boolean): ChildProcess {
  const plan = {
    postgres: binaries.postgres,
    pgCtl: binaries.pgCtl,
    folder: folder.path,
    args: ['-D', folder.asSeen, ...serverSettings(port, durable)],
    spawn: folder.spawn,
    logFile: folder.logFile,
  }
  const guard = spawn(process.execPath, [fileURLToPath(new URL('guard.mjs', import.meta.url)), JSON.stringify(plan)], {
    // A session of its own: Ctrl-C at the console reaches the app first, which ends its work before the database goes.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
  })
  guard.stdin?.on('error', () => undefined)
  return guard
}

/** Waits until the database answers; false when its guard gave up. Recovery after a crash may take a while. */
async function answers(guard: ChildProcess, url: string): Promise<boolean> {
  for (;;) {
    if (guard.exitCode !== null || guard.signalCode !== null) return false
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      guard.stdin?.write('ready\n')
      return true
    } catch (error) {
      // Secrets of another folder: no waiting makes the password right.
      if (error instanceof DatabaseError && error.code === '28P01') throw error
      await pause(25)
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

const urlOf = (role: string, password: string, port: number, database: string) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`

const logLimitBytes = 20_000_000

function rotateLog(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > logLimitBytes) renameSync(logFile, `${logFile}.1`)
  closeSync(openSync(logFile, 'a', 0o600))
  chmodSync(logFile, 0o600)
}

function lastWordsIn(logFile: string): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? ''
}
