import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { binariesFor } from '#platform/db/embedded/binaries.ts'
import { clusterFolder, databaseName, ownerRole } from '#platform/db/embedded/cluster.ts'
import { readSecrets } from '#platform/db/embedded/secrets.ts'
import { serverSettings } from '#platform/db/embedded/server-settings.ts'
import { startEmbedded, urlsOf, type EmbeddedDatabase } from '#platform/db/embedded/start-embedded.ts'
import { databaseUser } from '#platform/db/embedded/system-user.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A database with a copy that follows it, both real. */
export interface Pair {
  readonly primary: EmbeddedDatabase
  readonly standby: Standby
  stop(): Promise<void>
}

export interface Standby {
  readonly appUrl: string
  /** What comes in is kept and not shown, until it goes on. */
  holdStill(): Promise<void>
  goOn(): Promise<void>
  kill(): Promise<void>
  start(): Promise<void>
}

/** Starts a database and a standby of it, which began as a copy of its stopped folder. */
export async function databaseWithStandby(): Promise<Pair> {
  const folder = mkdtempSync(join(temporaryFolder(), 'terrace-pair-'))
  const dataDir = join(folder, 'primary')
  const quiet = () => undefined
  await (await startEmbedded({ dataDir, log: quiet })).stop()
  const copy = join(folder, 'standby')
  spawnSync('cp', ['-a', dataDir, copy])
  const primary = await startEmbedded({ dataDir, log: quiet })
  const standby = standbyIn(copy, primary)
  await standby.start()
  return {
    primary,
    standby,
    stop: async () => {
      await standby.kill()
      await primary.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function standbyIn(dataDir: string, primary: EmbeddedDatabase): Standby & { start(): Promise<void> } {
  const user = databaseUser()
  const secrets = readSecrets(dataDir)
  if (!secrets) throw new Error('the copy has no secrets')
  const folder = clusterFolder(dataDir, user)
  const { port: primaryPort } = new URL(primary.ownerUrl)
  const conninfo = `host=127.0.0.1 port=${primaryPort} user=${ownerRole} password=${secrets.ownerPassword} dbname=${databaseName}`
  appendFileSync(join(folder.path, 'postgresql.auto.conf'), `primary_conninfo = '${conninfo}'\n`)
  writeFileSync(join(folder.path, 'standby.signal'), '')
  writeFileSync(folder.logFile, '')
  let port = 0
  let server: ChildProcess | undefined
  const say = async (statement: string) => {
    const client = new pg.Client({ connectionString: urlsOf(secrets, port).ownerUrl })
    client.on('error', () => undefined)
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  const start = async () => {
    port = port === 0 ? await freePort() : port
    const log = openSync(folder.logFile, 'a')
    const args = ['-D', folder.asSeen, ...serverSettings(port, true)]
    server = spawn(binariesFor(user).postgres, args, { ...folder.spawn, stdio: ['ignore', log, log] })
    closeSync(log)
    for (;;) {
      if (server.exitCode !== null) throw new Error(`the standby does not start, see ${folder.logFile}`)
      if (
        await say('select 1').then(
          () => true,
          () => false,
        )
      )
        return
      await pause(30)
    }
  }
  return {
    get appUrl() {
      return urlsOf(secrets, port).appUrl
    },
    holdStill: () => say('select pg_wal_replay_pause()'),
    goOn: () => say('select pg_wal_replay_resume()'),
    kill: async () => {
      if (!server || server.exitCode !== null || server.signalCode !== null) return
      const ended = once(server, 'exit')
      server.kill('SIGQUIT')
      await ended
    },
    start,
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
