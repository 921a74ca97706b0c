import { existsSync } from 'node:fs'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Label } from '#base/label.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { addContents, bytesOfContents, type ContentsOutcome, type ContentsSource } from './contents-out.ts'
import { formatName, formatVersion, headName, jobsName, tableMemberOf, type BackupHead } from './format.ts'
import { columnsInSql, namesOfTables, sequencesOf, tablesNamed, type BackedUpTable } from './tables.ts'
import { writeArchive, type ArchiveWriter } from './write-archive.ts'

/** What a backup is taken of. */
export interface BackupSource extends ContentsSource {
  /** As the owner of the tables, whom the seal of the companies does not bind. */
  readonly ownerUrl: string
  /** The version of Terrace. */
  readonly version: string
}

/** Told again and again how far it is, from 0 to 1, and with what. */
export type BackupWatch = (share: number, words: Label) => void

export interface BackupTaken extends ContentsOutcome {
  /** Size of the file in bytes. */
  readonly bytes: number
  readonly rows: number
}

/** So much of a table is one member of the archive. */
const chunkBytes = 4 * 1024 * 1024

/**
 * Writes everything into one file while the system runs: all tables as of one moment, the jobs that wait, and the
 * contents of files. Nothing that is written meanwhile waits for it; a migration does.
 */
export async function takeBackup(
  source: BackupSource,
  path: string,
  watch: BackupWatch = () => undefined,
): Promise<BackupTaken> {
  if (existsSync(path)) throw new StartProblem('BACKUP_EXISTS', { file: path })
  const client = new pg.Client({ connectionString: source.ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  const archive = writeArchive(path)
  try {
    const tables = await beginSnapshot(client)
    const known = new Set(tables.map(({ name }) => name))
    const total = tables.reduce((sum, table) => sum + table.bytes, 1) + (await bytesOfContents(client, known))
    await archive.add(headName, JSON.stringify(await headOf(client, source, tables)))
    const rows: Record<string, number> = {}
    let done = 0
    for (const table of tables) {
      const words = { zh: '数据', en: 'data' }
      rows[table.name] = await addTable(client, archive, table, (share) => {
        watch((done + table.bytes * share) / total, words)
      })
      done += table.bytes
    }
    await archive.add(jobsName, await waitingJobs(client))
    const contents = await addContents(client, archive, { ...source, tables: known }, (bytes) => {
      watch(Math.min(1, (done + bytes) / total), { zh: '文件', en: 'files' })
    })
    const bytes = await archive.finish({ rows, ...contents })
    watch(1, { zh: '完成', en: 'done' })
    return { bytes, rows: Object.values(rows).reduce((sum, count) => sum + count, 0), ...contents }
  } catch (error) {
    await archive.abandon()
    throw error
  } finally {
    await client.end()
  }
}

/** The tables are held before the moment is chosen, or one that is rebuilt in between would seem empty. */
async function beginSnapshot(client: pg.Client): Promise<readonly BackedUpTable[]> {
  const names = await namesOfTables(client)
  // Were the owner bound by a seal after all, it would be an error and not a backup without rows.
  await client.query('set row_security = off')
  await client.query('begin isolation level repeatable read read only')
  const list = names.map((name) => `public.${client.escapeIdentifier(name)}`).join(', ')
  if (names.length > 0) await client.query(`lock table ${list} in access share mode`)
  return tablesNamed(client, names)
}

async function headOf(
  client: pg.Client,
  { version }: BackupSource,
  tables: readonly BackedUpTable[],
): Promise<BackupHead> {
  const { rows: migrations } = await client.query<{ name: string; hash: string }>(
    'select name, hash from migration order by name',
  )
  return {
    format: formatName,
    formatVersion,
    version,
    takenAt: new Date().toISOString(),
    migrations,
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
    sequences: [...(await sequencesOf(client))],
  }
}

/** The rows of a table as COPY writes them, in members of a few megabytes. Answers how many there are. */
async function addTable(
  client: pg.Client,
  archive: ArchiveWriter,
  table: BackedUpTable,
  onShare: (share: number) => void,
): Promise<number> {
  const rows = client.query(copyTo(`copy ${columnsInSql(client, table)} to stdout`))
  let parts: Buffer[] = []
  let bytes = 0
  let members = 0
  let copied = 0
  const flush = async () => {
    if (bytes === 0) return
    const content = Buffer.concat(parts)
    parts = []
    bytes = 0
    members += 1
    await archive.add(tableMemberOf(table.name, members), content)
  }
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    parts.push(chunk)
    bytes += chunk.length
    copied += chunk.length
    if (bytes < chunkBytes) continue
    await flush()
    onShare(Math.min(1, copied / Math.max(1, table.bytes)))
  }
  await flush()
  onShare(1)
  return rows.rowCount
}

/** What waits or runs at that moment, one job a line: with the data it is from, it is done again. */
async function waitingJobs(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ line: string }>(
    `select json_build_object('task', t.identifier, 'payload', j.payload, 'queue', q.queue_name, 'runAt', j.run_at,
         'maxAttempts', j.max_attempts, 'attempts', j.attempts, 'key', j.key, 'priority', j.priority,
         'problem', j.last_error)::text as line
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
     where t.identifier <> all($1) order by j.id`,
    [leftOut],
  )
  return rows.map((row) => `${row.line}\n`).join('')
}

/** What comes again by itself, and the backup under way. */
const leftOut = ['every-day', 'every-minute', 'backup', 'backup.now']
