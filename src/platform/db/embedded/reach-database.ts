import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Settings } from '#platform/config/settings.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { appRole } from '#platform/db/migrate.ts'
import { ownerOf } from './folder-lock.ts'
import { readSecrets } from './secrets.ts'
import { startEmbedded, urlsOf } from './start-embedded.ts'

/** A database to work on, whoever started it. */
export interface DatabaseAddress {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Role to take after connecting, where `appUrl` signs in as somebody else. */
  readonly appRole?: string
  /** Ends what was started for this address; nothing when the database was already running. */
  stop(): Promise<void>
}

interface Reach {
  readonly log: (line: string) => void
  readonly onLost?: () => void
}

/** The server's own database: `DATABASE_URL`, else the embedded one, which this process must be the only one to start. */
export async function ownDatabase(settings: Settings, reach: Reach): Promise<DatabaseAddress> {
  return givenDatabase(settings) ?? startEmbedded({ dataDir: settings.dataDir, ...reach })
}

/** The database for one command: `DATABASE_URL`, that of the running server, else the embedded one for the time being. */
export async function sharedDatabase(settings: Settings, reach: Reach): Promise<DatabaseAddress> {
  return (
    givenDatabase(settings) ??
    (await runningDatabase(settings.dataDir)) ??
    startEmbedded({ dataDir: settings.dataDir, ...reach })
  )
}

function givenDatabase(settings: Settings): DatabaseAddress | null {
  if (settings.databaseUrl === null) return null
  return {
    ownerUrl: settings.migrateUrl ?? settings.databaseUrl,
    appUrl: settings.databaseUrl,
    appRole,
    stop: async () => undefined,
  }
}

const startingMs = 30_000

async function runningDatabase(dataDir: string): Promise<DatabaseAddress | null> {
  const folder = resolve(dataDir)
  if (!existsSync(folder)) return null
  const until = Date.now() + startingMs
  for (;;) {
    const owner = ownerOf(folder)
    if (owner === null) return null
    const secrets = readSecrets(folder)
    if (owner.port !== undefined && secrets !== null) {
      return { ...urlsOf(secrets, owner.port), stop: async () => undefined }
    }
    if (Date.now() > until) throw new StartProblem('FOLDER_IN_USE', { folder, pid: owner.pid })
    await pause(100)
  }
}
