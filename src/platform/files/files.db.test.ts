import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSession } from '#platform/auth/session-store.ts'
import { newId } from '#platform/db/new-id.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { tinyPdf, tinyPng, uploadTo } from '#testing/upload.ts'
import { folderStore, keepContentIn, verifyFiles } from './index.ts'
import { purgeFiles } from './purge-files.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { app, database, as } = await testApp({ now })
const folder = mkdtempSync(join(temporaryFolder(), 'terrace-files-'))
const most = 2_000_000
const arrivals = join(folder, 'arriving')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let company: SmallCompany
/** Reaches 东一队 and 东二队 as their director, 甲's own, and 丙's own. */
let office: TestClient
let representative: TestClient
let other: TestClient
let account: string

beforeAll(async () => {
  company = await smallCompany(database, { slug: 'files' })
  const { people, ctx } = company
  const clientOf = async (name: string, role: string) => {
    await sql`update person set role = ${role} where id = ${people[name]}`.execute(database.owner)
    return as({ companyId: ctx.company.id, personId: people[name] ?? '' })
  }
  office = await clientOf('丁', 'operations')
  representative = await clientOf('甲', 'representative')
  other = await clientOf('丙', 'representative')
})

beforeEach(async () => {
  keepContentIn({ store: folderStore(folder), arrivals, mostBytesPerFile: most, mostBytes: null })
  account = (
    await createRecord(company.ctx, 'account', { name: '华东机械', ownerId: company.people['甲'] }, { confirmed: true })
  ).id
})

const filesOf = (id = account) => `/records/account/${id}/files`
const attach = (name: string, content: Buffer | string, client = representative) =>
  uploadTo(client, filesOf(), name, content)
const contentsKept = () => {
  const kept = join(folder, company.ctx.company.id, 'attached')
  return existsSync(kept) ? readdirSync(kept).length : 0
}

/** A photo as a phone takes it: lying on its side, with the place in it. */
const photo = () =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background: '#4a8' } })
    .jpeg()
    .withExif({ IFD0: { Orientation: '6' }, IFD3: { GPSLatitude: '30/1 16/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()

describe('a file beside a record', () => {
  it('keeps its content where the answer to the commit was lost, for its row may stand; else nothing is left', async () => {
    const before = contentsKept()
    const failWith = async (code: string) => {
      await sql`
        create or replace function refuse_attachment() returns trigger language plpgsql
        as $$ begin raise exception 'refused' using errcode = ${sql.lit(code)}; end $$`.execute(database.owner)
      await sql`
        create constraint trigger refused after insert on attachment deferrable initially deferred
        for each row execute function refuse_attachment()`.execute(database.owner)
      const { status } = await attach('a.pdf', tinyPdf)
      await sql`drop trigger refused on attachment`.execute(database.owner)
      expect(status).toBeGreaterThanOrEqual(500)
    }
    await failWith('23514')
    expect(contentsKept()).toBe(before)
    await failWith('08006')
    expect(contentsKept()).toBe(before + 1)
    await rm(join(folder, company.ctx.company.id, 'attached'), { recursive: true })
  })

  it('is kept as it came, under its own name in whatever script, and stands in the list and the history', async () => {
    const file = await attach('采购合同（盖章）.pdf', tinyPdf)
    expect(file).toMatchObject({ status: 201, body: { name: '采购合同（盖章）.pdf', type: 'application/pdf' } })
    const listed = await other.get(filesOf())
    expect(listed).toMatchObject({ status: 404, code: 'RECORD_NOT_FOUND' })
    expect((await office.get(filesOf())).body.files).toMatchObject([
      { id: file.body.id, size: tinyPdf.length, personName: '甲', canRemove: true, hasPreview: false },
    ])
    const opened = await app.inject({ url: `/api/v1/files/${file.body.id}/content`, headers: await cookieOf('甲') })
    expect(opened.rawPayload.equals(tinyPdf)).toBe(true)
    expect(opened.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition':
        'attachment; filename="________.pdf"; filename*=UTF-8\'\'%E9%87%87%E8%B4%AD%E5%90%88%E5%90%8C%EF%BC%88%E7%9B%96%E7%AB%A0%EF%BC%89.pdf',
    })
    const [entry] = (await representative.get(`/records/account/${account}/history`)).body.entries
    expect(entry).toMatchObject({
      action: 'attached',
      personName: '甲',
      after: { file: { name: '采购合同（盖章）.pdf' } },
    })
    const { rows } = await sql`select name from event where payload ->> 'id' = ${file.body.id}`.execute(database.owner)
    expect(rows).toEqual([{ name: 'file.attached' }])
  })

  it('is sent in the range that is asked for, and not again where it did not change', async () => {
    const content = Buffer.concat([tinyPdf, Buffer.alloc(1_000_000, 'x')])
    const { body } = await attach('长.pdf', content)
    const ask = async (headers: Record<string, string>) =>
      app.inject({ url: `/api/v1/files/${body.id}/content`, headers: { ...(await cookieOf('甲')), ...headers } })
    const part = await ask({ range: 'bytes=4-11' })
    expect([part.statusCode, part.headers['content-range'], part.body]).toEqual([
      206,
      `bytes 4-11/${content.length}`,
      content.subarray(4, 12).toString(),
    ])
    expect((await ask({ range: 'bytes=-3' })).body).toBe('xxx')
    const beyond = await ask({ range: `bytes=${content.length}-` })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${content.length}`])
    const tag = String((await ask({})).headers.etag)
    expect((await ask({ 'if-none-match': tag })).statusCode).toBe(304)
    expect((await ask({ range: 'bytes=0-1', 'if-range': '"another"' })).statusCode).toBe(200)
  })

  it.each<readonly [string, string, Buffer | string, string]>([
    ['of a kind that is not taken', 'setup.exe', 'MZ\u0090\u0000', 'kind'],
    ['that is a page', 'offer.html', '<html><script>1</script></html>', 'kind'],
    ['that is a drawing with a script', 'logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'kind'],
    ['without an ending', 'contract', tinyPdf, 'noEnding'],
    ['that is nothing', 'empty.pdf', '', 'empty'],
    ['whose content is of another kind', 'photo.jpg', tinyPng, 'disguised'],
    [
      'that is a program under the name of a document',
      'offer.pdf',
      Buffer.from('4d5a90000300000004000000', 'hex'),
      'disguised',
    ],
    ['that is a page under the name of a text', 'note.txt', '\n<!doctype html><script>1</script>', 'unlike'],
    ['that is noise under the name of an image', 'noise.png', Buffer.alloc(3000, 7), 'disguised'],
    ['whose name hides its ending', 'offer\u202Efdp.exe', 'MZ', 'kind'],
  ])('%s is refused with the reason and leaves nothing', async (_kind, name, content, code) => {
    await attach('da.pdf', tinyPdf)
    const before = contentsKept()
    const refused = await attach(name, content)
    expect(refused).toMatchObject({ status: 422, code: 'FILE_REFUSED', body: { errors: [{ field: 'file', code }] } })
    expect((await representative.get(filesOf())).body.files).toHaveLength(1)
    expect([contentsKept(), readdirSync(arrivals)]).toEqual([before, []])
  })

  it('that is too large is refused before the whole of it has come', async () => {
    const refused = await attach('gross.pdf', Buffer.concat([tinyPdf, Buffer.alloc(most)]))
    expect(refused).toMatchObject({ status: 413, code: 'FILE_TOO_LARGE' })
    expect(refused.body.title).toContain('2 MB')
    expect(readdirSync(arrivals)).toEqual([])
  })

  it('is refused where the files of the company would take more room than they may, and leaves nothing', async () => {
    const { bytes } = (await office.get('/files/usage')).body
    const mostBytes = bytes + tinyPdf.length
    keepContentIn({ store: folderStore(folder), arrivals, mostBytesPerFile: most, mostBytes })
    expect((await attach('passt.pdf', tinyPdf)).status).toBe(201)
    const before = contentsKept()
    expect(await attach('voll.txt', 'x')).toMatchObject({ status: 409, code: 'FILES_FULL' })
    keepContentIn({ store: folderStore(folder), arrivals, mostBytesPerFile: most, mostBytes: mostBytes + 5 })
    expect(await attach('zu gross.txt', '123456')).toMatchObject({ status: 409, code: 'FILES_FULL' })
    expect([contentsKept(), readdirSync(arrivals)]).toEqual([before, []])
    expect((await attach('klein.txt', '12345')).status).toBe(201)
    expect((await office.get('/files/usage')).body).toMatchObject({ mostBytes: mostBytes + 5, bytes: mostBytes + 5 })
  })

  it('never lies where its name would lead', async () => {
    const { body } = await attach('../../../etc/passwd.txt', 'root')
    expect(body.name).toBe('passwd.txt')
    expect(readdirSync(join(folder, company.ctx.company.id, 'attached'))).toContain(body.id)
  })

  it('is deleted by who uploaded it or may change the record, and comes back within 30 days', async () => {
    const { body } = await attach('angebot.pdf', tinyPdf)
    expect(await other.delete(`/files/${body.id}`)).toMatchObject({ status: 404, code: 'FILE_NOT_FOUND' })
    expect((await office.delete(`/files/${body.id}`)).status).toBe(204)
    expect(await representative.get(`/files/${body.id}/content`)).toMatchObject({ code: 'FILE_NOT_FOUND' })
    expect((await representative.get(filesOf())).body.files).toEqual([])
    expect((await representative.post(`/files/${body.id}/restore`)).body).toMatchObject({ deletedAt: null })
    expect((await representative.get(`/files/${body.id}/content`)).status).toBe(200)
    const actions = (await office.get(`/records/account/${account}/history`)).body.entries.map((one: any) => one.action)
    expect(actions.slice(0, 3)).toEqual(['reattached', 'detached', 'attached'])
  })

  it('tells that there are more than the newest 500', async () => {
    const { body } = await attach('a.pdf', tinyPdf)
    const copies = (count: number) =>
      sql`
        insert into attachment (company_id, id, object, record_id, name, type, size, sha256)
        select company_id, gen_random_uuid(), object, record_id, name, type, size, sha256
        from attachment, generate_series(1, ${count}::int) where id = ${body.id}`.execute(database.owner)
    const listed = async () => {
      const { files, hasMore } = (await representative.get(filesOf())).body
      return [files.length, hasMore]
    }
    await copies(499)
    expect(await listed()).toEqual([500, false])
    await copies(1)
    expect(await listed()).toEqual([500, true])
    await sql`delete from attachment where record_id = ${account} and id <> ${body.id}`.execute(database.owner)
  })

  it('of configuration is added by the office alone, and seen by everybody', async () => {
    const { id } = await createRecord(company.ctx, 'product', { name: `泵 ${newId()}` })
    const path = `/records/product/${id}/files`
    expect(await uploadTo(representative, path, 'a.pdf', tinyPdf)).toMatchObject({ status: 403 })
    const { body } = await uploadTo(office, path, 'a.pdf', tinyPdf)
    expect((await representative.get(path)).body).toMatchObject({ canAttach: false, files: [{ canRemove: false }] })
    expect(await representative.delete(`/files/${body.id}`)).toMatchObject({ code: 'NOT_YOURS_TO_REMOVE' })
  })

  it('is out of reach with its record, in the bin with it, and back with it', async () => {
    const { body } = await attach('x.pdf', tinyPdf)
    for (const path of [`/files/${body.id}/content`, `/files/${body.id}/preview`]) {
      expect(await other.get(path)).toMatchObject({ status: 404, code: 'FILE_NOT_FOUND' })
    }
    await representative.delete(`/records/account/${account}`)
    expect((await representative.get(`/files/${body.id}/content`)).code).toBe('FILE_NOT_FOUND')
    await representative.post(`/records/account/${account}/restore`)
    expect((await representative.get(`/files/${body.id}/content`)).status).toBe(200)
  })

  it('is nothing to another company', async () => {
    const { body } = await attach('x.pdf', tinyPdf)
    const elsewhere = await smallCompany(database, { slug: `elsewhere-${newId()}` })
    const person = elsewhere.people['甲'] ?? ''
    await sql`update person set role = 'administrator' where id = ${person}`.execute(database.owner)
    const stranger = as({ companyId: elsewhere.ctx.company.id, personId: person })
    for (const answer of [
      await stranger.get(`/files/${body.id}/content`),
      await stranger.delete(`/files/${body.id}`),
      await stranger.get(filesOf()),
    ]) {
      expect(answer.status).toBe(404)
    }
    expect((await stranger.get('/files/usage')).body).toEqual({
      count: 0,
      bytes: 0,
      mostBytesPerFile: most,
      mostBytes: null,
    })
  })
})

describe('an image', () => {
  it('has a small version that stands upright and does not tell where it was taken', async () => {
    const { body } = await attach('现场.jpg', await photo())
    expect(body).toMatchObject({ hasPreview: true, width: 800, height: 1200 })
    const small = await app.inject({ url: `/api/v1/files/${body.id}/preview`, headers: await cookieOf('甲') })
    expect(small.headers['content-type']).toBe('image/webp')
    const { width, height, exif } = await sharp(small.rawPayload).metadata()
    expect([width, height, exif]).toEqual([320, 480, undefined])
  })

  it('asks again for its small version, so that it is out of sight with its record', async () => {
    const { body } = await attach('现场.jpg', await photo())
    const ask = async (headers: Record<string, string> = {}) =>
      app.inject({ url: `/api/v1/files/${body.id}/preview`, headers: { ...(await cookieOf('甲')), ...headers } })
    const { etag, 'cache-control': caching } = (await ask()).headers
    expect(caching).toBe('private, no-cache')
    const again = await ask({ 'if-none-match': String(etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    await representative.delete(`/records/account/${account}`)
    expect((await ask({ 'if-none-match': String(etag) })).statusCode).toBe(404)
  })

  it('that is large has a version in between to look at; a smaller one is looked at itself', async () => {
    const large = sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#4a8' } })
    const { body } = await attach('全景.png', await large.png().toBuffer())
    const look = async (id: string) =>
      app.inject({ url: `/api/v1/files/${id}/preview?size=middle`, headers: await cookieOf('甲') })
    const middle = await look(body.id)
    expect(middle.headers['content-type']).toBe('image/webp')
    const { width, height } = await sharp(middle.rawPayload).metadata()
    expect([width, height]).toEqual([1600, 1200])
    expect(await verifyFiles(company.ctx)).toEqual([])
    const { body: small } = await attach('现场.jpg', await photo())
    const itself = await look(small.id)
    expect([itself.headers['content-type'], itself.rawPayload.equals(await photo())]).toEqual(['image/jpeg', true])
    const unknown = await app.inject({
      url: `/api/v1/files/${body.id}/preview?size=large`,
      headers: await cookieOf('甲'),
    })
    expect(unknown.statusCode).toBe(400)
  })

  it('is shown in place, unless it is asked for to be saved', async () => {
    const { body } = await attach('a.png', tinyPng)
    const how = async (query: string) =>
      String((await representative.get(`/files/${body.id}/content${query}`)).headers['content-disposition'])
    expect(await how('')).toMatch(/^inline/)
    expect(await how('?as=save')).toMatch(/^attachment/)
  })

  it('that is broken inside is kept without a small version', async () => {
    const { body } = await attach('halb.jpg', (await photo()).subarray(0, 300))
    expect(body).toMatchObject({ hasPreview: false, width: null })
    expect((await representative.get(`/files/${body.id}/preview`)).code).toBe('FILE_NOT_FOUND')
  })
})

describe('a file field', () => {
  const uploadValue = async (client: TestClient, key: string, name = 'v.pdf', content: Buffer = tinyPdf) =>
    uploadTo(client, `/files/account/${key}`, name, content)

  beforeAll(async () => {
    for (const [key, label, more] of [
      ['scans__c', { zh: '合同', en: 'Contract' }, {}],
      ['badge__c', { zh: '徽标', en: 'Badge' }, { single: true, imagesOnly: true }],
    ] as const) {
      const made = await office.post('/shape/objects/account/fields', {
        key,
        definition: { label, type: 'file', ...more },
      })
      expect(made.status).toBe(201)
    }
  })

  it('holds what was uploaded for it once a record is saved with it; until then only who uploaded sees it', async () => {
    const { body: file } = await uploadValue(representative, 'scans__c', '扫描.pdf')
    expect((await office.get(`/files/${file.id}/content`)).code).toBe('FILE_NOT_FOUND')
    const made = await representative.post('/records/account', { values: { name: '新客户', scans__c: [file.id] } })
    expect(made.body).toMatchObject({ scans__c: [file.id], names: { [file.id]: '扫描.pdf' } })
    expect((await office.get(`/files/${file.id}/content`)).status).toBe(200)
    expect((await office.get(filesOf(made.body.id))).body.files).toMatchObject([
      { field: 'scans__c', canRemove: false },
    ])
  })

  it('gives its file up when it is taken out, and has it again when its earlier value comes back', async () => {
    const { body: file } = await uploadValue(representative, 'scans__c')
    const path = `/records/account/${account}`
    await representative.patch(path, { values: { scans__c: [file.id] } })
    await representative.patch(path, { values: { scans__c: null } })
    expect((await representative.get(`/files/${file.id}/content`)).code).toBe('FILE_NOT_FOUND')
    expect((await representative.get(`${filesOf()}?removed=true`)).body.files).toHaveLength(1)
    await representative.patch(path, { values: { scans__c: [file.id] } })
    expect((await representative.get(`/files/${file.id}/content`)).status).toBe(200)
  })

  it("takes no file of somebody else, of another record, of another field, nor one that isn't there", async () => {
    const { body: theirs } = await uploadValue(office, 'scans__c')
    const { body: mine } = await uploadValue(representative, 'scans__c')
    const { body: image } = await uploadValue(representative, 'badge__c', 'a.png', tinyPng)
    await representative.post('/records/account', { values: { name: '先', scans__c: [mine.id] } })
    for (const id of [theirs.id, mine.id, image.id, newId()]) {
      const refused = await representative.patch(`/records/account/${account}`, { values: { scans__c: [id] } })
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'scans__c', code: 'file' }] } })
    }
  })

  it('of one image takes one, and images only', async () => {
    const refused = await uploadValue(representative, 'badge__c')
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'notImage' }] } })
    const ids = [newId(), newId()]
    const many = await representative.patch(`/records/account/${account}`, { values: { badge__c: ids } })
    expect(many.body.errors).toMatchObject([{ field: 'badge__c', code: 'tooMany' }])
    expect(await uploadValue(representative, 'name')).toMatchObject({ status: 404, code: 'FIELD_TAKES_NO_FILES' })
  })

  it('leaves as the names of its files, and no sheet brings any', async () => {
    const { body: file } = await uploadValue(representative, 'scans__c', '出口.pdf')
    await representative.patch(`/records/account/${account}`, { values: { scans__c: [file.id] } })
    const filter = { field: 'id', op: 'eq', value: account }
    const sheet = await office.post('/records/account/export', { format: 'csv', filter, fields: ['name', 'scans__c'] })
    expect(sheet.body).toContain('华东机械,出口.pdf')
    const opened = await uploadTo(office, '/imports/files', 'a.csv', 'name,files\n甲方,x.pdf\n')
    const mapping = { object: 'account', columns: { name: 'name', files: 'scans__c' } }
    const refused = await office.post('/imports', { fileId: opened.body.file.id, mapping })
    expect(refused.body.errors).toMatchObject([{ field: 'scans__c', code: 'FIELD_OF_FILES' }])
  })

  it('is filtered by whether it holds any', async () => {
    const { body: file } = await uploadValue(representative, 'scans__c')
    await representative.patch(`/records/account/${account}`, { values: { scans__c: [file.id] } })
    const found = await representative.post('/records/account/query', {
      filter: {
        and: [
          { field: 'scans__c', op: 'notEmpty' },
          { field: 'id', op: 'eq', value: account },
        ],
      },
    })
    expect(found.body.rows).toHaveLength(1)
  })
})

describe('every night', () => {
  const systemOn = async (day: string) => {
    const found = await findCompany(database.db, { id: company.ctx.company.id })
    if (!found) expect.fail('the company is gone')
    return systemContext({ db: database.db, log: company.ctx.log, now: () => new Date(`${day}T21:20:00Z`) }, found)
  }
  const standing = async (id: string) =>
    (await sql`select from attachment where id = ${id}`.execute(database.owner)).rows.length === 1

  it('what lay in the bin for 30 days goes for good, with its content; what a living record has stays', async () => {
    const [kept, binned] = [(await attach('a.png', tinyPng)).body.id, (await attach('b.png', tinyPng)).body.id]
    await representative.delete(`/files/${binned}`)
    await sql`update attachment set deleted_at = '2026-06-01' where id = ${binned}`.execute(database.owner)
    const before = contentsKept()
    await purgeFiles(await systemOn('2026-06-30'))
    expect([await standing(kept), await standing(binned)]).toEqual([true, true])
    await purgeFiles(await systemOn('2026-07-02'))
    expect([await standing(kept), await standing(binned), before - contentsKept()]).toEqual([true, false, 2])
  })

  it('so do files of records that lay there as long, and uploads that nobody saved', async () => {
    const { body: attached } = await attach('a.pdf', tinyPdf)
    await representative.delete(`/records/account/${account}`)
    await sql`update account set deleted_at = '2026-06-01' where id = ${account}`.execute(database.owner)
    const { body: loose } = await uploadTo(representative, '/files/account/scans__c', 'v.pdf', tinyPdf)
    await sql`update attachment set created_at = '2026-06-02' where id = ${loose.id}`.execute(database.owner)
    await purgeFiles(await systemOn('2026-06-02'))
    expect([await standing(attached.id), await standing(loose.id)]).toEqual([true, true])
    await purgeFiles(await systemOn('2026-07-02'))
    expect([await standing(attached.id), await standing(loose.id)]).toEqual([false, false])
  })

  it('what somebody is just saving stays', async () => {
    const { body: loose } = await uploadTo(representative, '/files/account/scans__c', 'v.pdf', tinyPdf)
    await sql`update attachment set created_at = '2026-06-02' where id = ${loose.id}`.execute(database.owner)
    await database.owner.transaction().execute(async (saving) => {
      await sql`update attachment set record_id = ${account} where id = ${loose.id}`.execute(saving)
      await purgeFiles(await systemOn('2026-07-02'))
    })
    expect(await standing(loose.id)).toBe(true)
  })

  it('so do files of a field that is gone for good; those of one that may come back wait for it', async () => {
    const label = { zh: '照片', en: 'Photos' }
    const made = await office.post('/shape/objects/account/fields', {
      key: 'photos__c',
      definition: { label, type: 'file' },
    })
    const { body } = await uploadTo(representative, '/files/account/photos__c', 'a.png', tinyPng)
    await representative.patch(`/records/account/${account}`, { values: { photos__c: [body.id] } })
    await office.delete(`/shape/fields/${made.body.id}`)
    await purgeFiles(await systemOn('2026-06-16'))
    expect(await standing(body.id)).toBe(true)
    await sql`delete from custom_field where id = ${made.body.id}`.execute(database.owner)
    await purgeFiles(await systemOn('2026-06-16'))
    expect(await standing(body.id)).toBe(false)
  })

  it('content that nothing knows of goes too, and verify tells of it before, as of what is missing', async () => {
    const { body } = await attach('a.png', tinyPng)
    const store = folderStore(folder)
    const companyId = company.ctx.company.id
    expect(await verifyFiles(await systemOn('2026-06-15'))).toEqual([])
    await store.remove({ companyId, name: body.id })
    const stray = newId()
    const { body: second } = await attach('b.pdf', tinyPdf)
    await sql`update attachment set id = ${stray} where id = ${second.id}`.execute(database.owner)
    const young = await verifyFiles(await systemOn('2026-06-15'))
    expect(young.filter(({ what }) => what === 'unknown')).toEqual([])
    const found = await verifyFiles(await systemOn('2099-01-01'))
    expect(found.toSorted((one, two) => one.what.localeCompare(two.what))).toEqual([
      { content: body.id, what: 'missing', name: 'a.png' },
      { content: stray, what: 'missing', name: 'b.pdf' },
      { content: second.id, what: 'unknown', name: null },
    ])
    expect(await representative.get(`/files/${body.id}/content`)).toMatchObject({ status: 404, code: 'FILE_LOST' })
    await purgeFiles(await systemOn('2099-01-01'))
    const left = await verifyFiles(await systemOn('2099-01-01'))
    expect(left.filter(({ what }) => what === 'unknown')).toEqual([])
  })
})

const tokens = new Map<string, string>()

/** For answers that are looked at byte by byte. */
async function cookieOf(name: string): Promise<Record<string, string>> {
  const token =
    tokens.get(name) ??
    (await openSession(database.db, {
      loginId: null,
      companyId: company.ctx.company.id,
      personId: company.people[name] ?? '',
      origin: null,
    }))
  tokens.set(name, token)
  return { cookie: `terrace=${token}`, host: 'localhost' }
}
