import { Writable } from 'node:stream'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '#app/server.ts'
import { connect } from '#platform/db/connect.ts'
import { inStep } from '#platform/db/step.ts'
import { enqueueJob } from '#platform/jobs/jobs.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { slowQueryLog } from './slow-queries.ts'
import { startTelemetry } from './telemetry.ts'

const database = await testDatabase()
const lines: Record<string, unknown>[] = []
const log = pino(
  { level: 'info' },
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString('utf8')) as Record<string, unknown>)
      done()
    },
  }),
)
const telemetry = startTelemetry('1.2.3')
const token = 'a-token-of-some-length'
const connection = connect(database.appUrl, {
  ...(database.appRole === null ? {} : { role: database.appRole }),
  onQuery: slowQueryLog({ log, threshold: 20, onSlow: telemetry.slowQuery }),
})
telemetry.watch({ db: connection.db, pools: { main: connection.pool } })
const app = await buildServer({
  db: connection.db,
  log,
  settings: { publicUrl: null, plainHttp: 'loopback', requestsPerMinute: 3000, metricsToken: token },
  webFolder: null,
  telemetry,
})
app.get('/test/slow/:id', async () => {
  await sql`select pg_sleep(0.05), ${'confidential'}::text`.execute(connection.db)
  return {}
})
await app.ready()
afterAll(async () => {
  await app.close()
  await connection.close()
})

let company: SmallCompany
beforeAll(async () => void (company = await smallCompany(database, { slug: 'watched' })))

const scrape = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  app.inject({ method: 'GET', url: '/metrics', headers: { host: 'localhost', ...headers }, remoteAddress })

/** The value of one series, by its name with labels. */
async function figure(series: string): Promise<number | undefined> {
  const line = (await scrape()).body.split('\n').find((each) => each.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.split(' ')[1])
}

describe('/metrics', () => {
  it('is for this machine, and elsewhere for whoever shows the token', async () => {
    expect((await scrape()).statusCode).toBe(200)
    expect((await scrape({}, '192.168.1.20')).statusCode).toBe(404)
    expect((await scrape({ 'x-forwarded-for': '10.1.1.1' })).statusCode).toBe(404)
    expect((await scrape({ authorization: 'Bearer another-token-of-some-length' }, '192.168.1.20')).statusCode).toBe(
      404,
    )
    expect((await scrape({ authorization: `Bearer ${token}` }, '192.168.1.20')).statusCode).toBe(200)
  })

  it('counts requests by the template of their route', async () => {
    await app.inject({ method: 'GET', url: '/api/v1/records/account/1' })
    await app.inject({ method: 'GET', url: '/api/v1/records/account/2' })
    const route = 'method="GET",route="/api/v1/records/:object/:id",status="401"'
    expect(await figure(`terrace_http_request_duration_seconds_count{${route}}`)).toBe(2)
    expect((await scrape()).body).not.toContain('/account/1')
  })

  it('tells of the queue, the events, the pool and the process', async () => {
    const waiting = (await figure('terrace_events{state="waiting"}')) ?? 0
    await inStep(company.ctx, async (step) => {
      step.tell({ name: 'rate.changed', payload: {} })
      await enqueueJob(step, 'records.statistics', { objects: [] })
    })
    expect(await figure('terrace_jobs{state="waiting"}')).toBeGreaterThanOrEqual(1)
    expect(await figure('terrace_events{state="waiting"}')).toBe(waiting + 1)
    await sql`update event set at = now() - interval '90 seconds'`.execute(database.owner)
    expect(await figure('terrace_event_lag_seconds')).toBeGreaterThanOrEqual(90)
    expect(await figure('terrace_database_up')).toBe(1)
    expect(await figure('terrace_database_bytes')).toBeGreaterThan(1e6)
    expect(await figure('terrace_pool_connections{pool="main",state="waiting"}')).toBe(0)
    expect(await figure('nodejs_eventloop_lag_p99_seconds')).toBeDefined()
    expect(await figure('terrace_info{version="1.2.3"}')).toBe(1)
  })

  it('says when a backup last went well, and when one failed', async () => {
    expect(await figure('terrace_last_backup_timestamp_seconds{outcome="done"}')).toBeUndefined()
    await sql`
      insert into backup_run (id, reason, state, file, host, finished_at) values
        (gen_random_uuid(), 'scheduled', 'done', 'a', 'h', '2026-01-01T00:00:00Z'),
        (gen_random_uuid(), 'scheduled', 'failed', 'b', 'h', '2026-01-02T00:00:00Z')`.execute(database.owner)
    const at = (day: string) => Date.parse(day) / 1000
    expect(await figure('terrace_last_backup_timestamp_seconds{outcome="done"}')).toBe(at('2026-01-01'))
    expect(await figure('terrace_last_backup_timestamp_seconds{outcome="failed"}')).toBe(at('2026-01-02'))
  })
})

describe('the log', () => {
  it('has slow queries with the id of their request, and nobody’s data', async () => {
    const { headers } = await app.inject({ method: 'GET', url: '/test/slow/1' })
    const slow = lines.filter((line) => line['msg'] === 'a slow query')
    expect(slow.at(-1)).toMatchObject({ requestId: headers['x-request-id'], sql: 'select pg_sleep(0.05), $1::text' })
    expect(JSON.stringify(slow)).not.toContain('confidential')
    expect(await figure('terrace_slow_queries_total')).toBeGreaterThanOrEqual(1)
  })

  it('has every request under the id that its answer bears', async () => {
    const { headers, statusCode } = await app.inject({ method: 'GET', url: '/api/v1/me' })
    const line = lines.findLast(
      (each) => each['msg'] === 'request completed' && each['reqId'] === headers['x-request-id'],
    )
    expect(statusCode).toBe(401)
    expect(line).toMatchObject({ res: { statusCode: 401 } })
  })
})
