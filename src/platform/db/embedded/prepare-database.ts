import { Client } from 'pg'
import { appRole, databaseName } from './cluster.ts'

/** Makes the database and the app's role when they are missing, and sets the role's password. Safe to repeat. */
export async function prepareDatabase(adminUrl: string, appPassword: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    if (!(await exists(client, 'select 1 from pg_roles where rolname = $1', appRole))) {
      await client.query(`create role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole`)
    }
    await client.query(`alter role ${appRole} password ${client.escapeLiteral(appPassword)}`)
    if (!(await exists(client, 'select 1 from pg_database where datname = $1', databaseName))) {
      await client.query(`create database ${databaseName}`)
    }
    await client.query(`grant connect on database ${databaseName} to ${appRole}`)
  } finally {
    await client.end()
  }
}

async function exists(client: Client, query: string, name: string): Promise<boolean> {
  const found = await client.query(query, [name])
  return found.rows.length > 0
}
