import { stat } from 'node:fs/promises'
import pg from 'pg'
import type { Label } from '#base/label.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { knownMigrations, migrate, MigrationChanged } from '#platform/db/migrate.ts'
import { checkBackup, type CheckedBackup } from './check-backup.ts'
import { contentsIn, type ContentsGoal } from './contents-in.ts'
import { clearSchema, hasMigrations, mustBeEmpty } from './empty-database.ts'
import { kindOfMember, type BackupHead } from './format.ts'
import { bringJobs } from './jobs-in.ts'
import { readArchive } from './read-archive.ts'
import { openSchema } from './schema-in.ts'
import { loadTables } from './tables-in.ts'
import type { BackupWatch } from './take-backup.ts'

export interface RestoreGoal extends ContentsGoal {
  /** As the owner of the tables. */
  readonly ownerUrl: string
  readonly migrationsFolder: string
}

/**
 * Brings a backup into an empty database, and one of an older version up to this one. The file is read to its end before
 * anything is written; rows come in one transaction, so that what breaks off leaves the database empty.
 */
export async function restoreBackup(
  goal: RestoreGoal,
  path: string,
  watch: BackupWatch = () => undefined,
): Promise<CheckedBackup> {
  const checked = await checkBackup(path, (share) => watch(share * checkedShare, words.check))
  await mustBeKnown(checked.head, goal.migrationsFolder)
  const client = new pg.Client({ connectionString: goal.ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await mustBeEmpty(client)
    await takeSchemaOf(client, goal, checked.head)
    await client.query('begin')
    await fill(client, goal, path, checked, watch)
    await client.query('commit')
    await migrate(goal.ownerUrl, goal.migrationsFolder)
    watch(1, words.done)
    await client.query('analyze')
  } finally {
    await client.end()
  }
  return checked
}

/** Of the whole, by the clock: reading once without writing. */
const checkedShare = 0.2

const words = {
  check: { zh: '检查备份', en: 'checking the backup' },
  load: { zh: '恢复', en: 'restoring' },
  done: { zh: '完成', en: 'done' },
} as const satisfies Record<string, Label>

async function mustBeKnown({ migrations }: BackupHead, folder: string): Promise<void> {
  const ours = new Map((await knownMigrations(folder)).map(({ name, hash }) => [name, hash]))
  for (const { name, hash } of migrations) {
    const known = ours.get(name)
    if (known === undefined) throw new StartProblem('BACKUP_NEWER', { found: name })
    if (known !== hash) throw new MigrationChanged(name)
  }
}

/** The schema as it was when the backup was taken; later migrations follow when the rows are in. */
async function takeSchemaOf(client: pg.Client, goal: RestoreGoal, { migrations }: BackupHead): Promise<void> {
  const wanted = migrations.map(({ name }) => name).sort()
  if (await hasMigrations(client)) {
    const { rows } = await client.query<{ name: string }>('select name from migration order by name')
    if (rows.map(({ name }) => name).join() !== wanted.join()) await clearSchema(client)
  }
  await migrate(goal.ownerUrl, goal.migrationsFolder, { only: new Set(wanted) })
}

async function fill(
  client: pg.Client,
  goal: RestoreGoal,
  path: string,
  { head, manifest }: CheckedBackup,
  watch: BackupWatch,
): Promise<void> {
  const { size } = await stat(path)
  const schema = await openSchema(client, head)
  const tables = loadTables(client, head)
  const contents = contentsIn(goal)
  const onRead = (bytes: number) => watch(checkedShare + (1 - checkedShare) * 0.99 * (bytes / size), words.load)
  for await (const part of readArchive(path, onRead)) {
    if (part.what !== 'member') continue
    const kind = kindOfMember(part.name)
    if (kind.kind === 'table') await tables.add(kind.table, part.body)
    else await tables.end()
    if (kind.kind === 'jobs') await bringJobs(client, part.body)
    if (kind.kind === 'attached' || kind.kind === 'imported') await contents.add(kind, part.body)
    if (kind.kind === 'other') throw new StartProblem('BACKUP_ALTERED', { member: part.name })
  }
  const loaded = await tables.end()
  for (const { name } of head.tables) {
    if ((loaded.get(name) ?? 0) !== manifest.rows[name]) throw new StartProblem('BACKUP_ALTERED', { member: name })
  }
  for (const { companyId, id } of manifest.purged) {
    await client.query('delete from attachment where company_id = $1 and id = $2', [companyId, id])
  }
  await schema.close()
}
