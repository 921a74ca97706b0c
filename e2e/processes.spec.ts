import { once } from 'node:events'
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { startEmbedded, type EmbeddedDatabase } from '#platform/db/embedded/start-embedded.ts'
import { dropDataDir, newDataDir, startTerrace, type Terrace } from './harness/start-terrace.ts'

/** Two app processes with their workers on one database, as behind a balancer. */
test.describe('several processes on one database', () => {
  test.describe.configure({ mode: 'serial' })
  const dataDir = newDataDir()
  const filesDir = newDataDir()
  let database: EmbeddedDatabase
  let one: Terrace
  let other: Terrace
  let cookie = ''

  const settings = () => ({ DATABASE_URL: database.ownerUrl })
  const ask = async (terrace: Terrace, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${terrace.url}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
  }
  const rows = async (statement: string) => {
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    return (await client.query<Record<string, unknown>>(statement).finally(() => client.end())).rows
  }

  test.beforeAll(async () => {
    database = await startEmbedded({ dataDir, durable: false, log: () => undefined })
  })
  test.afterAll(async () => {
    await one?.stop()
    await other?.stop()
    await database.stop()
    dropDataDir(dataDir)
    dropDataDir(filesDir)
  })

  test('start at once on an empty database, which is migrated once', async () => {
    const started = await Promise.all([startTerrace(filesDir, settings()), startTerrace(filesDir, settings())])
    ;[one, other] = started
    for (const { url } of started) expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const [migrations] = await rows('select count(*)::int as count, count(distinct name)::int as names from migration')
    expect(migrations?.['count']).toBe(migrations?.['names'])
  })

  test('know who signed in at the other', async () => {
    const admin = { identifier: 'admin@two.example', password: 'correct horse battery' }
    const made = one.command(
      ...['company', 'create', '--slug', 'two', '--name', 'Two', '--language', 'en'],
      ...['--admin', admin.identifier, '--password', admin.password],
    )
    expect(made).toMatchObject({ code: 0 })
    const entered = await ask(one, 'POST', '/auth/sign-in', admin)
    cookie = String(entered.headers.get('set-cookie')).split(';')[0] ?? ''
    expect((await ask(other, 'GET', '/me')).status).toBe(200)
  })

  test('see at once how the other shaped the company, and whom it moved where', async () => {
    expect((await ask(other, 'GET', '/objects')).status).toBe(200)
    const field = { key: 'licence__c', definition: { label: { zh: '许可证', en: 'Licence' }, type: 'text' } }
    const added = await ask(one, 'POST', '/shape/objects/account/fields', field)
    expect(added.status, JSON.stringify(added.body)).toBeLessThan(300)
    const { body } = await ask(other, 'GET', '/objects')
    const account = body.objects.find((object: { key: string }) => object.key === 'account')
    const custom = account.fields.filter((each: { custom?: boolean }) => each.custom)
    expect(custom).toHaveLength(1)
    const values = { name: '甲方', [custom[0].key]: 'L-1' }
    const record = await ask(other, 'POST', '/records/account', { values })
    expect(record.status, JSON.stringify(record.body)).toBe(201)

    await ask(other, 'GET', '/org/tree')
    const person = await ask(one, 'POST', '/org/people', { name: '林晓' })
    const transferred = await ask(other, 'PATCH', `/records/account/${record.body.id}`, {
      values: { ownerId: person.body.id },
    })
    expect(transferred.status).toBe(200)
    expect(JSON.stringify((await ask(other, 'GET', '/org/tree')).body)).toContain('林晓')
  })

  test('share the jobs, and do none twice', async () => {
    const runs: string[] = []
    const perRun = 200
    for (let at = 0; at < 8; at += 1) {
      const codes = Array.from({ length: perRun }, (_, line) => `${at}-${line}`)
      const text = ['name\tcode', ...codes.map((code) => `N ${code}\t${code}`)].join('\n')
      const pasted = await ask(at % 2 === 0 ? one : other, 'POST', '/imports/files/paste', { name: `${at}.tsv`, text })
      const mapping = {
        object: 'account',
        mode: 'create',
        columns: { name: 'name', code: 'note' },
        duplicates: 'allow',
      }
      const begun = await ask(one, 'POST', '/imports', { fileId: pasted.body.file.id, mapping })
      runs.push(begun.body.id)
    }
    await expect
      .poll(
        async () =>
          (await ask(other, 'GET', '/imports')).body.imports.filter((run: { state: string }) => run.state === 'done')
            .length,
        {
          timeout: 60_000,
        },
      )
      .toBe(runs.length)
    const [count] = await rows(
      `select count(*)::int as rows, count(distinct note)::int as notes from account where note ~ '-'`,
    )
    expect(count).toEqual({ rows: 8 * perRun, notes: 8 * perRun })
    await expect.poll(() => rows('select id from event where handled_at is null'), { timeout: 20_000 }).toEqual([])
  })

  test('let a request under way end when one is asked to stop, and take no more', async () => {
    const body = JSON.stringify({ values: { name: 'Finished while stopping' } })
    const { hostname, port } = new URL(one.url)
    const slow = request({
      ...{ hostname, port, path: '/api/v1/records/account', method: 'POST' },
      headers: { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    })
    const answered = once(slow, 'response')
    slow.write(body.slice(0, 20))
    // Known to the server before it is asked to stop.
    await fetch(`${one.url}/healthz`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const ended = once(one.process, 'exit')
    one.process.kill('SIGTERM')
    await expect
      .poll(
        () =>
          fetch(`${one.url}/healthz`).then(
            () => 'answers',
            () => 'refused',
          ),
        { timeout: 10_000 },
      )
      .toBe('refused')
    slow.end(body.slice(20))
    const [answer] = await answered
    expect(answer.statusCode).toBe(201)
    expect(await json(answer)).toMatchObject({ name: 'Finished while stopping' })
    expect((await ended)[0]).toBe(0)
    expect(await rows(`select count(*)::int as n from account where name = 'Finished while stopping'`)).toEqual([
      { n: 1 },
    ])
  })

  test('hand back the job of one that stops, so that the other goes on with it', async () => {
    one = await startTerrace(filesDir, settings())
    // Only one of them works, so that the job is known to be there.
    await other.stop()
    const lines = Array.from({ length: 30_000 }, (_, at) => `Big ${at}\tbig ${at}`)
    const pasted = await ask(one, 'POST', '/imports/files/paste', {
      name: 'big.tsv',
      text: ['name\tcode', ...lines].join('\n'),
    })
    const mapping = { object: 'account', mode: 'create', columns: { name: 'name', code: 'note' }, duplicates: 'allow' }
    const begun = await ask(one, 'POST', '/imports', { fileId: pasted.body.file.id, mapping })
    const read = async () =>
      Number((await rows(`select rows_read from import_run where id = '${begun.body.id}'`))[0]?.['rows_read'])
    await expect.poll(read, { timeout: 60_000 }).toBeGreaterThan(1000)
    const stoppedAt = performance.now()
    one.process.kill('SIGTERM')
    await once(one.process, 'exit')
    expect(performance.now() - stoppedAt).toBeLessThan(15_000)
    expect(await read()).toBeLessThan(30_000)
    expect(
      await rows(
        `select j.id, t.identifier, j.attempts, j.last_error, j.locked_at, j.locked_by, now() from graphile_worker._private_jobs j
         join graphile_worker._private_tasks t on t.id = j.task_id where locked_by is not null`,
      ),
    ).toEqual([])
    other = await startTerrace(filesDir, settings())
    await expect.poll(read, { timeout: 120_000 }).toBe(30_000)
    const count = `select count(*)::int as rows, count(distinct note)::int as notes from account where note ~ '^big'`
    expect(await rows(count)).toEqual([{ rows: 30_000, notes: 30_000 }])
  })
})
