import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#platform/db/embedded/start-embedded.ts'
import { appRole, migrate } from '#platform/db/migrate.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { createDatabase, dropDatabase, type TestServer, withDatabase } from './server-databases.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly testServer: TestServer
  }
}

/** One database server per run and one migrated template; every test file clones it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  return given === undefined || given === '' ? ownCluster(project) : givenServer(project, given)
}

async function ownCluster(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(temporaryFolder(), 'terrace-test-'))
  const database = await startEmbedded({ dataDir, durable: false, log: () => undefined })
  await migrate(database.ownerUrl, 'migrations')
  project.provide('testServer', {
    ownerUrl: database.ownerUrl,
    appUrl: database.appUrl,
    appRole: null,
    template: 'terrace',
  })
  return async () => {
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function givenServer(project: TestProject, url: string): Promise<() => Promise<void>> {
  const template = `terrace_template_${process.pid}`
  await createDatabase(url, template)
  await migrate(withDatabase(url, template), 'migrations')
  project.provide('testServer', { ownerUrl: url, appUrl: url, appRole, template })
  return () => dropDatabase(url, template)
}
