import pg from 'pg'

/** The database server of one test run. */
export interface TestServer {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Role to take after connecting, on a server where only one login was given. */
  readonly appRole: string | null
  /** Migrated and empty; nobody may stay connected to it. */
  readonly template: string
}

/** The same server and login, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

export async function createDatabase(ownerUrl: string, name: string, template?: string): Promise<void> {
  await onServer(ownerUrl, `create database "${name}"${template === undefined ? '' : ` template "${template}"`}`)
}

export async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  await onServer(ownerUrl, `drop database if exists "${name}" with (force)`)
}

async function onServer(ownerUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(ownerUrl, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
