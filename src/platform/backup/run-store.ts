import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '#platform/db/connect.ts'
import type { BackupTaken } from './take-backup.ts'

/** Who wanted a backup: an administrator, the clock, or somebody at a console. */
export type BackupReason = 'asked' | 'scheduled' | 'command'

export interface BackupRun {
  readonly id: string
  readonly reason: BackupReason
  readonly state: 'running' | 'done' | 'failed'
  readonly file: string
  readonly host: string
  readonly share: number
  readonly bytes: number | null
  readonly rowCount: number | null
  readonly contentCount: number | null
  readonly lostCount: number | null
  readonly problem: string | null
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

/** The newest backups of the installation, the newest first. */
export async function newestBackups(db: Db, limit: number): Promise<readonly BackupRun[]> {
  const { rows } = await sql<BackupRun>`
    select id, reason, state, file, host, share, bytes::double precision as bytes,
      row_count::double precision as "rowCount", content_count::double precision as "contentCount",
      lost_count::double precision as "lostCount", problem, started_at as "startedAt", finished_at as "finishedAt"
    from backup_run order by started_at desc limit ${limit}`.execute(db)
  return rows
}

/** When one last went well, and when one last failed. */
export async function lastBackups(db: Db): Promise<{ readonly done: Date | null; readonly failed: Date | null }> {
  const { rows } = await sql<{ done: Date | null; failed: Date | null }>`
    select max(finished_at) filter (where state = 'done') as done,
      max(finished_at) filter (where state = 'failed') as failed
    from backup_run`.execute(db)
  return rows[0] ?? { done: null, failed: null }
}

/** Whether the database is of a version that keeps a list of its backups. */
export async function hasRuns(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select to_regclass('public.backup_run') is not null as found`,
  )
  return rows[0]?.found ?? false
}

type NewRun = Pick<BackupRun, 'id' | 'reason' | 'file' | 'host'>

export async function beginRun(client: pg.Client, { id, reason, file, host }: NewRun): Promise<void> {
  await client.query('insert into backup_run (id, reason, file, host) values ($1, $2, $3, $4)', [
    id,
    reason,
    file,
    host,
  ])
}

export async function noteShare(client: pg.Client, id: string, share: number): Promise<void> {
  await client.query('update backup_run set share = $2 where id = $1', [id, share])
}

export async function endRun(client: pg.Client, id: string, taken: BackupTaken): Promise<void> {
  await client.query(
    `update backup_run set state = 'done', share = 1, bytes = $2, row_count = $3, content_count = $4, lost_count = $5,
       finished_at = now() where id = $1`,
    [id, taken.bytes, taken.rows, taken.contents.count, taken.lost.length],
  )
}

export async function failRun(client: pg.Client, id: string, problem: string): Promise<void> {
  await client.query(`update backup_run set state = 'failed', problem = $2, finished_at = now() where id = $1`, [
    id,
    problem,
  ])
}

/** Those whose process was killed; only whoever holds the lock of backups knows that they are dead. */
export async function failDeadRuns(client: pg.Client): Promise<void> {
  await client.query(
    `update backup_run set state = 'failed', problem = 'it broke off', finished_at = now() where state = 'running'`,
  )
}
