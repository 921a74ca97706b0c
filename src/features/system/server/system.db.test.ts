import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backUpFrom } from '#platform/backup/index.ts'
import { newId } from '#platform/db/new-id.ts'
import { folderStore } from '#platform/files/index.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { createRecord } from '#platform/records/save.ts'
import { rebuildSearch, searchedKinds } from '#platform/search/index.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const { as, database } = await testApp()
const folder = mkdtempSync(join(temporaryFolder(), 'terrace-system-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let company: SmallCompany
let administrator: TestClient
let director: TestClient

beforeAll(async () => {
  const files = join(folder, 'files')
  const source = { ownerUrl: database.ownerUrl, version: '1.2.3', store: folderStore(files), importsFolder: files }
  backUpFrom({ ...source, folder: join(folder, 'backups'), keep: { daily: 7, weekly: 4 } }, '18:30')
  company = await smallCompany(database, { slug: 'system' })
  const clientOf = async (name: string, role: string) => {
    const personId = company.people[name] ?? ''
    await sql`update person set role = ${role} where id = ${personId}`.execute(database.owner)
    return as({ companyId: company.ctx.company.id, personId })
  }
  administrator = await clientOf('甲', 'administrator')
  director = await clientOf('乙', 'director')
})

/** What the queue would do; answers the tasks that were in it. */
async function workOff(): Promise<readonly string[]> {
  const { rows } = await sql<{ task: string; payload: Record<string, unknown> }>`
    select t.identifier as task, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`.execute(database.owner)
  await sql`delete from graphile_worker._private_jobs`.execute(database.owner)
  for (const { task, payload } of rows) await allJobs().get(task)?.(company.ctx, payload)
  return rows.map(({ task }) => task)
}

describe('the system', () => {
  it('shows itself to administrators alone', async () => {
    const { status, body } = await administrator.get('/system')
    expect(status).toBe(200)
    expect(body).toMatchObject({ version: '1.2.3', check: null })
    expect(body.installation).toMatchObject({ backupAt: '18:30', lastBackup: null, backups: [] })
    expect(body.installation.databaseBytes).toBeGreaterThan(1e6)
    for (const [method, path] of [
      ['get', '/system'],
      ['post', '/system/backups'],
      ['post', '/system/checks'],
    ] as const) {
      expect(await director[method](path)).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    }
  })

  it('is backed up when an administrator asks, once however often', async () => {
    await workOff()
    for (let at = 0; at < 3; at += 1) expect((await administrator.post('/system/backups')).status).toBe(204)
    expect(await workOff()).toEqual(['backup.now'])
    const { body } = await administrator.get('/system')
    expect(body.installation.backups).toMatchObject([{ state: 'done', reason: 'asked', share: 1, problem: null }])
    expect(body.installation.lastBackup).not.toBeNull()
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1)
  })

  it('compares figures with records when asked, and says where they differ', async () => {
    const deal = { name: '压铸机', amount: '100', closedOn: '2026-05-05', stage: company.stages['Won'] }
    await createRecord(company.ctx, 'opportunity', { ...deal, ownerId: company.people['甲'] })
    // The people of a small company are put there past the search.
    await rebuildSearch(company.ctx, searchedKinds(company.ctx.company.catalogue))
    expect(await administrator.post('/system/checks')).toMatchObject({ status: 202, body: { state: 'queued' } })
    await workOff()
    const first = (await administrator.get('/system')).body.check
    expect(first).toMatchObject({ state: 'done' })
    expect(first.found.map((each: { differences: number }) => each.differences)).toEqual(first.found.map(() => 0))
    expect(first.found.length).toBeGreaterThanOrEqual(6)

    await sql`update ledger_row set numerator = numerator + 1 where numerator = 100`.execute(database.owner)
    await administrator.post('/system/checks')
    await workOff()
    const { found } = (await administrator.get('/system')).body.check
    expect(found.find((each: { key: string }) => each.key === 'ledger').differences).toBeGreaterThan(0)
  })

  it('that several companies share is nobody’s to back up, and shows each only its own', async () => {
    await sql`insert into company (id, slug, name) values (${newId()}, 'neighbour', 'x')`.execute(database.owner)
    expect((await administrator.get('/system')).body).toMatchObject({ installation: null, check: { state: 'done' } })
    expect(await administrator.post('/system/backups')).toMatchObject({ status: 403, code: 'SYSTEM_SHARED' })
  })
})
