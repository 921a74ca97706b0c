import { randomUUID } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { type Connection, connect, type Db } from '#platform/db/connect.ts'
import { connectMail } from '#platform/mail/index.ts'
import { createDatabase, dropDatabase, withDatabase } from './server-databases.ts'

export interface TestDatabase {
  /** As the app's role, bound by row-level security: what the product works with. */
  readonly db: Db
  /** As the owner of the tables, for arranging and for looking behind the seal. */
  readonly owner: Db
  readonly appUrl: string
  readonly appRole: string | null
  readonly ownerUrl: string
}

/** A fresh clone of the migrated template, dropped after the test file. Call once, at the top of a file. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `terrace_test_${randomUUID().replaceAll('-', '')}`
  await createDatabase(server.ownerUrl, name, server.template)
  const ownerUrl = withDatabase(server.ownerUrl, name)
  const appUrl = withDatabase(server.appUrl, name)
  const app = connect(appUrl, server.appRole === null ? {} : { role: server.appRole })
  const owner = connect(ownerUrl, { max: 3 })
  afterAll(async () => {
    // Files share their processes: the mail server of one is not there for the next.
    connectMail(null)
    await closeAll([app, owner])
    await dropDatabase(server.ownerUrl, name)
  })
  return { db: app.db, owner: owner.db, appUrl, appRole: server.appRole, ownerUrl }
}

async function closeAll(connections: readonly Connection[]): Promise<void> {
  await Promise.all(connections.map((connection) => connection.close()))
}
