import { callbackify } from 'node:util'
import { Kysely, PostgresDialect, type LogEvent } from 'kysely'
import pg from 'pg'
import { keepPlans } from './kept-plan.ts'

/** Tables are named in SQL, rows are typed where they are read. */
export type Tables = Record<string, never>
export type Db = Kysely<Tables>

// Dates are calendar dates, not instants; numerics and bigints keep every digit.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => text)

export interface Connection {
  readonly db: Db
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** A connection that is not the role which the seal of companies binds: nothing may be asked through it. */
export class WrongRole extends Error {}

/**
 * Opens a pool as the app's role. With `role` set every connection takes that role at its start, for servers where
 * only one login is given; one that did not get it, as behind a pooler that drops start-up options, is thrown away and
 * whoever asked for it gets WrongRole.
 */
export function connect(
  url: string,
  options: {
    max?: number
    role?: string
    onError?: (error: Error) => void
    /** Told of every query, with how long it took. */
    onQuery?: ((event: LogEvent) => void) | undefined
  } = {},
): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    // Whoever waits longer for a connection is told so, instead of waiting for ever.
    connectionTimeoutMillis: 30_000,
    ...(options.role ? { options: `-c role=${options.role}`, verify: verifyRole(options.role) } : {}),
  })
  pool.on('error', options.onError ?? (() => undefined))
  // One that is lost while somebody holds it tells the holder at the next query; unheard it would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  // A server that was given may stand behind a pooler; nothing stands before the embedded one.
  if (options.role === undefined) pool.on('connect', keepPlans)
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    ...(options.onQuery === undefined ? {} : { log: options.onQuery }),
  })
  return { db, pool, close: () => db.destroy() }
}

function verifyRole(role: string): (client: pg.PoolClient, done: (error?: Error) => void) => void {
  return callbackify(async (client: pg.PoolClient): Promise<void> => {
    const { rows } = await client.query<{ role: string; isBound: boolean }>(
      `select current_user as role, not (rolsuper or rolbypassrls) as "isBound" from pg_roles where rolname = current_user`,
    )
    if (rows[0]?.role !== role || !rows[0].isBound) throw new WrongRole(`${rows[0]?.role} instead of ${role}`)
  })
}
