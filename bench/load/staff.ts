import pg from 'pg'
import { hashPassword } from '#platform/auth/secret.ts'
import { newId } from '#platform/db/new-id.ts'
import { ownerOf } from '#platform/db/embedded/folder-lock.ts'
import { readSecrets } from '#platform/db/embedded/secrets.ts'
import { urlsOf } from '#platform/db/embedded/start-embedded.ts'

export interface Account {
  readonly identifier: string
  readonly password: string
}

const password = 'a long password for the load'

/** Lets every active person of the demo sign in with a password. Answers as whom, in a fixed order. */
export async function letStaffIn(dataDir: string): Promise<readonly Account[]> {
  const secrets = readSecrets(dataDir)
  const port = ownerOf(dataDir)?.port
  if (secrets === null || port === undefined) throw new Error('the database is not running')
  const client = new pg.Client({ connectionString: urlsOf(secrets, port).ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string; companyId: string }>(
      `select id, company_id as "companyId" from person where is_active order by id`,
    )
    const hashed = await hashPassword(password)
    const accounts: Account[] = []
    for (const [at, { id, companyId }] of rows.entries()) {
      const login = newId()
      const identifier = `person-${at}@load.example`
      await client.query('insert into login (id, email, password_hash) values ($1, $2, $3)', [
        login,
        identifier,
        hashed,
      ])
      await client.query('update person set login_id = $3 where company_id = $1 and id = $2', [companyId, id, login])
      accounts.push({ identifier, password })
    }
    return accounts
  } finally {
    await client.end()
  }
}
