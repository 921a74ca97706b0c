import { createHash } from 'node:crypto'
import {
  appendFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress, zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { pino } from 'pino'
import { extract, pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartProblem } from '#platform/config/start-problem.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { knownMigrations, migrate } from '#platform/db/migrate.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { contentName } from '#platform/files/content-store.ts'
import { folderStore, keepContentIn, verifyFiles } from '#platform/files/index.ts'
import { purgeFiles } from '#platform/files/purge-files.ts'
import { s3Store } from '#platform/files/s3-store.ts'
import { enqueueJob } from '#platform/jobs/jobs.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { keepFilesIn, storeFile } from '#platform/transfer/index.ts'
import { emptyDatabase, migratedDatabase, type EmptyDatabase } from '#testing/empty-database.ts'
import { startS3Server } from '#testing/s3-server.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { tinyPng, uploadTo } from '#testing/upload.ts'
import { checkBackup } from './check-backup.ts'
import { footerOf } from './footer.ts'
import { restoreBackup } from './restore-backup.ts'
import { backUpIntoFolder, runBackup } from './run-backup.ts'
import { newestBackups } from './run-store.ts'
import { takeBackup, type BackupSource } from './take-backup.ts'

const { database, as } = await testApp()
const folder = mkdtempSync(join(temporaryFolder(), 'terrace-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const files = join(folder, 'files')
const source: BackupSource = {
  ownerUrl: database.ownerUrl,
  version: '1.2.3',
  store: folderStore(files),
  importsFolder: files,
}
const pathOf = (name: string) => join(folder, `${name}.tar.zst`)

let company: SmallCompany
let client: TestClient
let account: string

beforeAll(async () => {
  keepFilesIn(files)
  keepContentIn({ store: source.store, arrivals: join(files, 'arriving'), mostBytesPerFile: 1e6, mostBytes: null })
  company = await smallCompany(database, { slug: 'kept' })
  const personId = company.people['甲'] ?? ''
  await sql`update person set role = 'administrator' where id = ${personId}`.execute(database.owner)
  client = as({ companyId: company.ctx.company.id, personId })
  account = (await createRecord(company.ctx, 'account', { name: '华东机械', ownerId: personId })).id
  const deal = { name: '压铸机', account, ownerId: personId, amount: '125000.5', closedOn: '2026-05-05' }
  await createRecord(company.ctx, 'opportunity', { ...deal, stage: company.stages['Won'] })
})

/** Restores into a database of its own, migrated unless given, and answers how the company looks there. */
async function restored(path: string, given?: EmptyDatabase, slug = 'kept') {
  const target = given ?? (await migratedDatabase())
  const place = mkdtempSync(join(folder, 'restored-'))
  const goal = {
    ownerUrl: target.ownerUrl,
    migrationsFolder: 'migrations',
    store: folderStore(place),
    arrivals: join(place, 'arriving'),
    importsFolder: place,
  }
  const outcome = await restoreBackup(goal, path)
  const { db, owner } = target.open()
  const found = await findCompany(db, { slug })
  if (!found) throw new Error('the company did not come back')
  const ctx = systemContext({ db, log: pino({ level: 'silent' }), now: () => company.ctx.now }, found)
  return { ...outcome, ctx, owner, place }
}

const rowsOf = async (owner: Db, table: string) => {
  const { rows } = await sql<{ line: string }>`
    select t::text as line from ${sql.table(table)} t order by 1`.execute(owner)
  return rows.map(({ line }) => line)
}

const tablesOf = async (owner: Db) => {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'backup_run' order by 1`.execute(
    owner,
  )
  return rows.map(({ name }) => name)
}

describe('a backup', () => {
  it('comes back row for row, with the contents of files and with what waits in the queue', async () => {
    const { body } = await uploadTo(client, `/records/account/${account}/files`, 'a.png', tinyPng)
    const imported = await storeFile(company.ctx, 'rows.csv', [Buffer.from('name\n甲方\n')])
    await inStep(company.ctx, (step) => enqueueJob(step, 'records.statistics', { objects: ['account'] }, 'kept'))
    await sql`insert into deal_past_change (company_id, day) values (${company.ctx.company.id}, '2026-06-01')`.execute(
      database.owner,
    )
    const path = pathOf('whole')
    const taken = await takeBackup(source, path)
    expect(taken).toMatchObject({ contents: { count: 3 }, lost: [], purged: [] })
    expect(await checkBackup(path)).toMatchObject({ head: { version: '1.2.3' } })

    const { ctx, owner, place } = await restored(path, await emptyDatabase())
    const names = await tablesOf(database.owner)
    expect(await tablesOf(owner)).toEqual(names)
    for (const name of names.filter((each) => !['migration', 'deal_past_change'].includes(each))) {
      expect([name, await rowsOf(owner, name)]).toEqual([name, await rowsOf(database.owner, name)])
    }
    // What a running house keeps in memory is not restored, so that its marks are not either.
    expect(await rowsOf(owner, 'deal_past_change')).toEqual([])
    expect(await verifyLedger(ctx)).toEqual([])
    const content = await folderStore(place).get({ companyId: ctx.company.id, name: contentName(body.id) })
    expect(content && (await buffer(content)).equals(tinyPng)).toBe(true)
    expect(readFileSync(join(place, ctx.company.id, imported.id), 'utf8')).toBe('name\n甲方\n')
    const jobs = sql<{ key: string; payload: unknown }>`
      select key, payload from graphile_worker._private_jobs where key like '%:kept'`
    expect((await jobs.execute(owner)).rows).toEqual((await jobs.execute(database.owner)).rows)
    expect((await jobs.execute(owner)).rows).toHaveLength(1)
  })

  it('keeps references, seals and triggers of the schema', async () => {
    const { owner } = await restored(pathOf('whole'))
    const { rows: keys } =
      await sql`select from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`.execute(owner)
    const { rows: before } =
      await sql`select from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`.execute(
        database.owner,
      )
    expect(keys).toHaveLength(before.length)
    await expect(
      sql`insert into contact (company_id, id, name, account_id) select id, ${newId()}, 'x', ${newId()} from company`.execute(
        owner,
      ),
    ).rejects.toThrow(/foreign key/)
  })

  it('is of one moment, while others go on writing', async () => {
    let isOver = false
    const write = async () => {
      let written = 0
      while (!isOver) {
        written += 1
        await createRecord(
          company.ctx,
          'account',
          { name: `连续 ${written}`, code: `N${written}` },
          { confirmed: true },
        )
        const deal = { name: `${written}`, amount: '10', closedOn: '2026-06-01', stage: company.stages['Won'] }
        await createRecord(company.ctx, 'opportunity', { ...deal, ownerId: company.people['乙'] })
      }
      return written
    }
    const writing = write()
    const path = pathOf('under-load')
    const taken = await takeBackup(source, path)
    isOver = true
    const written = await writing
    const { ctx, owner } = await restored(path)
    expect(await verifyLedger(ctx)).toEqual([])
    const { rows } = await sql<{
      n: number
    }>`select substr(code, 2)::int as n from account where code ~ '^N' order by 1`.execute(owner)
    expect(rows.map(({ n }) => n)).toEqual(rows.map((_, at) => at + 1))
    expect(rows.length).toBeLessThanOrEqual(written)
    expect(taken.rows).toBeGreaterThan(0)
  })

  it('leaves out a file that was removed for good meanwhile, and says which content is lost', async () => {
    const upload = async (name: string) =>
      (await uploadTo(client, `/records/account/${account}/files`, name, `${name} 的内容`)).body.id as string
    const [gone, lost] = [await upload('gone.txt'), await upload('lost.txt')]
    const place = (id: string) => ({ companyId: company.ctx.company.id, name: contentName(id) })
    await source.store.remove(place(lost))
    const path = pathOf('meanwhile')
    // While the tables are read somebody empties the recycle bin.
    const store = {
      ...source.store,
      sizeOf: async (asked: { companyId: string; name: string }) => {
        if (asked.name === gone) {
          await sql`update attachment set deleted_at = '2020-01-01' where id = ${gone}`.execute(database.owner)
          await purgeFiles(company.ctx)
        }
        return source.store.sizeOf(asked)
      },
    }
    const taken = await takeBackup({ ...source, store }, path)
    expect(taken.purged).toEqual([{ companyId: company.ctx.company.id, id: gone }])
    expect(taken.lost).toEqual([place(lost)])
    const { owner } = await restored(path)
    const { rows } = await sql<{ id: string }>`select id from attachment where id in (${gone}, ${lost})`.execute(owner)
    expect(rows).toEqual([{ id: lost }])
    await sql`delete from attachment where id = ${lost}`.execute(database.owner)
  })

  it('takes contents from a bucket and brings them back into a folder', async () => {
    const keys = { keyId: 'terrace', secret: 'a secret/+=', bucket: 'crm-files' }
    const server = await startS3Server(keys)
    try {
      const store = s3Store({ endpoint: server.endpoint, region: 'cn-north-1', isPathStyle: true, ...keys })
      const known = await sql<{ id: string }>`select id from attachment`.execute(database.owner)
      for (const { id } of known.rows) {
        for (const name of [id, `${id}-preview`]) {
          const content = await source.store.get({ companyId: company.ctx.company.id, name })
          if (content) server.objects.set(`${company.ctx.company.id}/${name}`, await buffer(content))
        }
      }
      const path = pathOf('bucket')
      expect(await takeBackup({ ...source, store }, path)).toMatchObject({ lost: [] })
      const { ctx, place } = await restored(path)
      keepContentIn({ store: folderStore(place), arrivals: join(place, 'x'), mostBytesPerFile: 1e6, mostBytes: null })
      expect(await verifyFiles(ctx)).toEqual([])
      expect(server.refusals).toEqual([])
    } finally {
      keepContentIn({ store: source.store, arrivals: join(files, 'x'), mostBytesPerFile: 1e6, mostBytes: null })
      await server.stop()
    }
  })

  it('of an older version is brought up to this one', async () => {
    const older = await emptyDatabase()
    const migrations = (await knownMigrations('migrations')).map(({ name }) => name)
    // Before there were attachments.
    const only = new Set(migrations.filter((name) => name < '0024'))
    await migrate(older.ownerUrl, 'migrations', { only })
    const { owner } = older.open()
    await sql`insert into company (id, slug, name) values (${newId()}, 'kept', '老公司')`.execute(owner)
    const path = pathOf('older')
    await takeBackup({ ...source, ownerUrl: older.ownerUrl }, path)
    const { ctx, owner: now } = await restored(path, await emptyDatabase())
    expect(ctx.company.name).toBe('老公司')
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from migration`.execute(now)
    expect(rows[0]?.count).toBe(migrations.length)
  })

  it('is written down, as done or with its problem, and one waits for no other', async () => {
    const house = { ...source, folder, keep: { daily: 7, weekly: 4 } }
    await runBackup(house, { path: pathOf('noted'), reason: 'asked' })
    await expect(runBackup(house, { path: pathOf('noted'), reason: 'asked' })).rejects.toThrow(/is there already/)
    const [killed, strange] = ['terrace-20250102T030405Z.tar.zst.part', 'notes.part'].map((name) => join(folder, name))
    for (const left of [killed, strange]) writeFileSync(left ?? '', 'half')
    const two = await Promise.allSettled([
      runBackup(house, { path: pathOf('first'), reason: 'scheduled' }),
      runBackup(house, { path: pathOf('second'), reason: 'scheduled' }),
    ])
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const runs = await newestBackups(database.db, 10)
    expect(runs.map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
    expect(runs[1]?.problem).toContain('noted')
    expect(existsSync(`${pathOf('noted')}.part`)).toBe(false)
    expect([killed, strange].map((left) => existsSync(left ?? ''))).toEqual([false, true])
    await expect(backUpIntoFolder({ ...house, folder: pathOf('noted') }, 'scheduled')).rejects.toThrow()
    expect((await newestBackups(database.db, 1))[0]).toMatchObject({ state: 'failed', reason: 'scheduled' })
  })
})

interface TarFile {
  readonly name: string
  readonly content: Buffer
}

async function unpacked(path: string): Promise<readonly TarFile[]> {
  const tar = extract()
  const read = pipeline(createReadStream(path), createZstdDecompress(), tar)
  const found: TarFile[] = []
  for await (const entry of tar) {
    const chunks: Buffer[] = []
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk)
    found.push({ name: entry.header.name, content: Buffer.concat(chunks) })
  }
  await read
  return found
}

function meansTheSame(one: Buffer, other: Buffer): boolean {
  try {
    return zstdDecompressSync(one).equals(zstdDecompressSync(other))
  } catch {
    return false
  }
}

async function packed(path: string, content: readonly TarFile[]): Promise<string> {
  const tar = pack()
  for (const file of content) tar.entry({ name: file.name }, file.content)
  tar.finalize()
  await pipeline(tar, createZstdCompress(), createWriteStream(path))
  appendFileSync(path, footerOf(statSync(path).size))
  return path
}

describe('a damaged backup', () => {
  const whole = pathOf('for-damage')
  let content: readonly TarFile[]
  let target: EmptyDatabase

  beforeAll(async () => {
    await takeBackup(source, whole)
    content = await unpacked(whole)
    target = await emptyDatabase()
  })

  const damageOf = async (path: string): Promise<string> => {
    try {
      await restored(path, target)
    } catch (error) {
      if (error instanceof StartProblem) return `${error.code} ${error.params['member'] ?? ''}`.trim()
      throw error
    }
    return 'restored'
  }
  const rebuilt = (name: string, change: (files: readonly TarFile[]) => readonly TarFile[]) =>
    packed(pathOf(name), change(content))
  const rows = 'tables/account/000001.copy'

  it.each([0.05, 0.3, 0.6, 0.9, 0.999, 0.99999])('that is cut off at %s of its length is said to be', async (share) => {
    const bytes = readFileSync(whole)
    const path = pathOf(`cut-${share}`)
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * share)))
    expect(await damageOf(path)).toMatch(/^BACKUP_TRUNCATED/)
  })

  it('in which a bit has turned is told from a whole one, wherever that is', async () => {
    const bytes = readFileSync(whole)
    for (let at = 9; at < bytes.length; at += Math.ceil(bytes.length / 25)) {
      const turned = Buffer.from(bytes)
      turned[at] = (turned[at] ?? 0) ^ 0x10
      const path = pathOf('turned')
      writeFileSync(path, turned)
      // Compression has spare bits: what is the same with one of them turned is whole.
      if (meansTheSame(turned, bytes)) continue
      expect([at, await damageOf(path)]).toEqual([at, expect.stringMatching(/^BACKUP_(ALTERED|TRUNCATED|FOREIGN)/)])
    }
  })

  it('in which a member was changed is refused with its name', async () => {
    const path = await rebuilt('changed', (all) =>
      all.map((file) =>
        file.name === rows
          ? { ...file, content: Buffer.from(file.content.toString('utf8').replace('华东', '华西')) }
          : file,
      ),
    )
    expect(await damageOf(path)).toBe(`BACKUP_ALTERED ${rows}`)
  })

  it('that lacks a member is refused with its name', async () => {
    const lacking = await rebuilt('lacking', (all) => all.filter((file) => file.name !== rows))
    expect(await damageOf(lacking)).toBe(`BACKUP_INCOMPLETE ${rows}`)
    const without = await rebuilt('without-list', (all) => all.filter((file) => !file.name.startsWith('index/')))
    expect(await damageOf(without)).toMatch(/^BACKUP_INCOMPLETE index/)
  })

  it('that holds more than was written is refused too', async () => {
    const more = { name: 'tables/login/000009.copy', content: Buffer.from('x') }
    const path = await rebuilt('more', (all) => [...all.slice(0, 3), more, ...all.slice(3)])
    expect(await damageOf(path)).toBe(`BACKUP_ALTERED ${more.name}`)
  })

  it('without its end is cut off, and without its beginning no backup', async () => {
    expect(await damageOf(await rebuilt('no-end', (all) => all.slice(0, -1)))).toMatch(/^BACKUP_TRUNCATED/)
    expect(await damageOf(await rebuilt('no-head', (all) => all.slice(1)))).toBe('BACKUP_FOREIGN')
    const text = pathOf('text')
    writeFileSync(text, 'hello')
    expect(await damageOf(text)).toBe('BACKUP_FOREIGN')
  })

  it('of a newer version is refused', async () => {
    const head = JSON.parse(content[0]?.content.toString('utf8') ?? '')
    const asHead = (change: object) => Buffer.from(JSON.stringify({ ...head, ...change }))
    const newer = await rebuilt('newer', ([first, ...rest]) => [
      { name: first?.name ?? '', content: asHead({ formatVersion: 2 }) },
      ...rest,
    ])
    expect(await damageOf(newer)).toBe('BACKUP_NEWER')
    const migrations = [...head.migrations, { name: '9999_future.sql', hash: 'x' }]
    const future = asHead({ migrations })
    const listed = (file: TarFile): TarFile => {
      if (!file.name.startsWith('index/')) return file
      const { members } = JSON.parse(file.content.toString('utf8'))
      const sha256 = createHash('sha256').update(future).digest('hex')
      const [, ...others] = members
      return {
        ...file,
        content: Buffer.from(JSON.stringify({ members: [{ ...members[0], size: future.length, sha256 }, ...others] })),
      }
    }
    const withLists = await rebuilt('future', ([first, ...rest]) => {
      const changed = rest.map(listed)
      const index = changed.find((file) => file.name.startsWith('index/'))
      return [
        { name: first?.name ?? '', content: future },
        ...changed.map((file) => {
          if (file.name !== 'manifest.json' || !index) return file
          const manifest = JSON.parse(file.content.toString('utf8'))
          const sha256 = createHash('sha256').update(index.content).digest('hex')
          const indexes = [{ name: index.name, size: index.content.length, sha256 }]
          return { ...file, content: Buffer.from(JSON.stringify({ ...manifest, indexes })) }
        }),
      ]
    })
    expect(await damageOf(withLists)).toBe('BACKUP_NEWER')
  })

  it('leaves the database as empty as it was, so that a whole one still goes in', async () => {
    const { ctx } = await restored(whole, target)
    expect(await verifyLedger(ctx)).toEqual([])
  })
})

describe('a restore', () => {
  it('leaves a database alone that has a company, or tables of somebody else', async () => {
    const occupied = await migratedDatabase()
    const { owner } = occupied.open()
    await sql`insert into company (id, slug, name) values (${newId()}, 'theirs', 'x')`.execute(owner)
    await owner.destroy()
    await expect(restored(pathOf('whole'), occupied)).rejects.toThrow(/has theirs/)
    const foreign = await emptyDatabase()
    const other = foreign.open().owner
    await sql`create table invoices (id int)`.execute(other)
    await other.destroy()
    await expect(restored(pathOf('whole'), foreign)).rejects.toThrow(/has invoices/)
  })

  it('waits for nobody: a database that others are connected to is left alone', async () => {
    const used = await emptyDatabase()
    const { owner } = used.open()
    await sql`select 1`.execute(owner)
    await expect(restored(pathOf('whole'), used)).rejects.toThrow(/connected/)
  })

  it('goes into a database that was only migrated', async () => {
    const { ctx }: { ctx: Ctx } = await restored(pathOf('whole'), await migratedDatabase())
    expect(await verifyLedger(ctx)).toEqual([])
  })
})
