import { randomUUID } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { type Connection, connect, type Db } from '#platform/db/connect.ts'
import { createDatabase, dropDatabase, withDatabase } from './server-databases.ts'

export interface EmptyDatabase {
  readonly ownerUrl: string
  /** Connects as the app's role; the database must have been migrated by then. */
  open(): { readonly db: Db; readonly owner: Db }
}

/** A database without a single table, dropped after the test file. */
export function emptyDatabase(): Promise<EmptyDatabase> {
  return databaseLike(undefined)
}

/** A database that was migrated and holds nothing: a clone of the template, in a tenth of the time. */
export function migratedDatabase(): Promise<EmptyDatabase> {
  return databaseLike(inject('testServer').template)
}

async function databaseLike(template: string | undefined): Promise<EmptyDatabase> {
  const server = inject('testServer')
  const name = `terrace_empty_${randomUUID().replaceAll('-', '')}`
  await createDatabase(server.ownerUrl, name, template)
  const ownerUrl = withDatabase(server.ownerUrl, name)
  const open: Connection[] = []
  afterAll(async () => {
    await Promise.all(open.map((connection) => connection.close()))
    await dropDatabase(server.ownerUrl, name)
  })
  return {
    ownerUrl,
    open: () => {
      const app = connect(withDatabase(server.appUrl, name), server.appRole === null ? {} : { role: server.appRole })
      const owner = connect(ownerUrl, { max: 2 })
      open.push(app, owner)
      return { db: app.db, owner: owner.db }
    },
  }
}
