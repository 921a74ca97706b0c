import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { arrangeHouse } from '#app/arrange.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inView } from '#platform/db/step.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { askForDailyJobs } from '#platform/jobs/work.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { dropFile, folderOf, keepFilesIn, storeFile } from './file-store.ts'
import { forgetFiles } from './forget-files.ts'
import { rejectsFile } from './rejects-file.ts'
import { runImport } from './run-import.ts'
import { listImports, prepareImport, showImport } from './start-import.ts'

arrangeHouse()
const folder = mkdtempSync(join(tmpdir(), 'terrace-forget-'))
afterAll(() => rmSync(folder, { recursive: true }))
keepFilesIn(folder)
const database = await testDatabase()
let companies = 0
const company = async () => (await smallCompany(database, { slug: `c${(companies += 1)}` })).ctx

const mapping = mappingSchema.parse({ object: 'account', upsertKey: 'code', columns: { code: 'code', name: 'name' } })
const upload = (ctx: Ctx) => storeFile(ctx, 'file.csv', [Buffer.from('code,name\n1,A\n2,\n')])

/** The same company, so many days after now. */
const later = (ctx: Ctx, days: number): Ctx => ({ ...ctx, now: new Date(Date.now() + days * 86_400_000) })

async function kept(ctx: Ctx) {
  const { rows } = await inView(ctx, (tx) =>
    sql<{ files: string; rejects: string }>`
      select (select count(*) from stored_file) as files, (select count(*) from import_reject) as rejects`.execute(tx),
  )
  return { files: Number(rows[0]?.files), bytes: readdirSync(folderOf(ctx)).length, rejects: Number(rows[0]?.rejects) }
}

describe('stored uploads', () => {
  it('that nobody went on with are kept for a day', async () => {
    const ctx = await company()
    await upload(ctx)
    await forgetFiles(later(ctx, 0.9))
    expect(await kept(ctx)).toMatchObject({ files: 1, bytes: 1 })
    await forgetFiles(later(ctx, 1.1))
    await forgetFiles(later(ctx, 1.1))
    expect(await kept(ctx)).toMatchObject({ files: 0, bytes: 0 })
  })

  it('of ended imports are kept for thirty days with what was refused, and the counts for good', async () => {
    const ctx = await company()
    const file = await upload(ctx)
    const { id } = await prepareImport(ctx, { fileId: file.id, mapping })
    await runImport(ctx, id)
    const waiting = await prepareImport(ctx, { fileId: (await upload(ctx)).id, mapping })
    await forgetFiles(later(ctx, 29))
    expect(await kept(ctx)).toEqual({ files: 2, bytes: 2, rejects: 1 })
    await forgetFiles(later(ctx, 31))
    await forgetFiles(later(ctx, 31))
    expect(await kept(ctx)).toEqual({ files: 1, bytes: 1, rejects: 0 })

    const ended = await showImport(ctx, id)
    expect(ended).toMatchObject({ state: 'done', fileName: 'file.csv', fileId: null, created: 1, rejected: 1 })
    await expect(rejectsFile(ctx, ended, 'csv')).rejects.toMatchObject({ code: 'FILE_NOT_KEPT' })
    expect(await listImports(ctx)).toHaveLength(2)
    expect(await runImport(ctx, waiting.id)).toMatchObject({ state: 'done', rejected: 1 })
  })

  it('are kept while a later run needs them', async () => {
    const ctx = await company()
    const file = await upload(ctx)
    await runImport(ctx, (await prepareImport(ctx, { fileId: file.id, mapping, isDry: true })).id)
    const { id } = await prepareImport(ctx, { fileId: file.id, mapping })
    await forgetFiles(later(ctx, 40))
    expect(await kept(ctx)).toMatchObject({ files: 1, bytes: 1 })
    const ended = await runImport(ctx, id)
    expect(await text(await rejectsFile(ctx, ended, 'csv'))).toContain('2')
  })

  it('that arrived only in part go too, other files in the folder do not', async () => {
    const ctx = await company()
    await dropFile(ctx, (await upload(ctx)).id)
    writeFileSync(join(folderOf(ctx), newId()), 'half of an upl')
    writeFileSync(join(folderOf(ctx), 'notes.txt'), 'of the administrator')
    await forgetFiles(later(ctx, 0))
    expect(readdirSync(folderOf(ctx))).toHaveLength(2)
    await forgetFiles(later(ctx, 2))
    expect(readdirSync(folderOf(ctx))).toEqual(['notes.txt'])
  })

  it('cannot be started with once they are gone', async () => {
    const ctx = await company()
    const file = await upload(ctx)
    await forgetFiles(later(ctx, 2))
    await expect(prepareImport(ctx, { fileId: file.id, mapping })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})

describe('the daily work', () => {
  it('is asked for once for every company, and removes files', async () => {
    const ctx = await company()
    await upload(ctx)
    const house = { db: database.db, log: pino({ level: 'silent' }) }
    await askForDailyJobs(house)
    await askForDailyJobs(house)
    const { rows } = await sql<{ task: string; company: string }>`
      select j.task_identifier as task, p.payload ->> 'companyId' as company from graphile_worker.jobs j
      join graphile_worker._private_jobs p on p.id = j.id where j.task_identifier = 'transfer.forget'`.execute(
      database.owner,
    )
    expect(rows).toHaveLength(companies)
    expect(rows).toContainEqual({ task: 'transfer.forget', company: ctx.company.id })
    await allJobs().get('transfer.forget')?.(later(ctx, 2), {})
    expect(await kept(ctx)).toMatchObject({ files: 0, bytes: 0 })
  })
})
