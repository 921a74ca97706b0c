import { mkdir, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { StartProblem } from '#platform/config/start-problem.ts'
import { newId } from '#platform/db/new-id.ts'
import { expiredBackups, fileNameOf, type Retention } from './file-names.ts'
import { beginRun, endRun, failDeadRuns, failRun, hasRuns, noteShare, type BackupReason } from './run-store.ts'
import { takeBackup, type BackupSource, type BackupTaken, type BackupWatch } from './take-backup.ts'

/** Any number: backups of an installation take turns on it, whichever process takes them. */
const backupLock = 7_425_302

export interface BackupHouse extends BackupSource {
  /** Where backups are kept that nobody names a file for. */
  readonly folder: string
  readonly keep: Retention
}

/** Takes one backup and writes down in the database how it went. One at a time: BACKUP_RUNNING. */
export async function runBackup(
  house: BackupHouse,
  { path, reason }: { readonly path: string; readonly reason: BackupReason },
  watch: BackupWatch = () => undefined,
): Promise<BackupTaken> {
  const client = new pg.Client({ connectionString: house.ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [backupLock])
    if (!rows[0]?.free) throw new StartProblem('BACKUP_RUNNING')
    if (!(await hasRuns(client))) return await takeInto(house, path, watch)
    await failDeadRuns(client)
    return await writtenDown(client, house, { path, reason }, watch)
  } finally {
    await client.end()
  }
}

async function writtenDown(
  client: pg.Client,
  house: BackupHouse,
  { path, reason }: { readonly path: string; readonly reason: BackupReason },
  watch: BackupWatch,
): Promise<BackupTaken> {
  const id = newId()
  await beginRun(client, { id, reason, file: path, host: hostname() })
  try {
    const taken = await takeInto(house, path, noted(client, id, watch))
    await endRun(client, id, taken)
    return taken
  } catch (error) {
    await failRun(client, id, error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** A folder that cannot be made is a backup that failed, and is written down like any other. */
async function takeInto(house: BackupHouse, path: string, watch: BackupWatch): Promise<BackupTaken> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return takeBackup(house, path, watch)
}

/** Also writes down how far it is, not more often than anybody looks. */
function noted(client: pg.Client, id: string, watch: BackupWatch): BackupWatch {
  let last = 0
  return (share, words) => {
    watch(share, words)
    if (Date.now() - last < 1000) return
    last = Date.now()
    void noteShare(client, id, share).catch(() => undefined)
  }
}

/** Takes a backup into the folder of backups; then those that need not be kept any longer go. */
export async function backUpIntoFolder(
  house: BackupHouse,
  reason: BackupReason,
  watch: BackupWatch = () => undefined,
): Promise<BackupTaken> {
  const path = join(house.folder, fileNameOf(new Date()))
  const taken = await runBackup(house, { path, reason }, watch)
  const names = await readdir(house.folder)
  for (const name of expiredBackups(names, house.keep)) await rm(join(house.folder, name), { force: true })
  return taken
}
