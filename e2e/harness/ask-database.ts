import pg from 'pg'
import { ownerOf } from '#platform/db/embedded/folder-lock.ts'
import { readSecrets } from '#platform/db/embedded/secrets.ts'
import { urlsOf } from '#platform/db/embedded/start-embedded.ts'

/** The running database of a data folder, as the owner of its tables. */
export function ownerUrlOf(dataDir: string): string {
  const secrets = readSecrets(dataDir)
  const port = ownerOf(dataDir)?.port
  if (secrets === null || port === undefined) throw new Error('the database is not running')
  return urlsOf(secrets, port).ownerUrl
}

export async function ask(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}
