import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { inStep } from '#platform/db/step.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { enqueueJob, registerJob } from './jobs.ts'

const { database, as } = await testApp()
registerJob('test.work', async () => undefined)

let company: SmallCompany
let office: TestClient
let companies = 0

beforeEach(async () => {
  companies += 1
  company = await smallCompany(database, { slug: `jobs-${companies}` })
  office = await administratorOf(company)
})

async function administratorOf({ ctx, people }: SmallCompany): Promise<TestClient> {
  await sql`update person set role = 'administrator' where id = ${people['丁'] ?? ''}`.execute(database.owner)
  return as({ companyId: ctx.company.id, personId: people['丁'] ?? '' })
}

async function queue(changes = sql`run_at = run_at`): Promise<string> {
  await inStep(company.ctx, (step) => enqueueJob(step, 'test.work', { secret: 'x' }, `test ${companies}`))
  const [job] = (await office.get('/jobs')).body.jobs
  await sql`update graphile_worker._private_jobs set ${changes} where id = ${job.id}::bigint`.execute(database.owner)
  return job.id
}
const shown = async () => (await office.get('/jobs')).body.jobs

describe('the queue of a company', () => {
  it.each([
    ['queued', sql`run_at = now() - interval '1 second'`],
    ['scheduled', sql`run_at = now() + interval '1 hour'`],
    ['running', sql`locked_at = now(), locked_by = 'w'`],
    ['failed', sql`attempts = max_attempts, last_error = 'Error: out of luck'`],
  ])('shows what is %s, and nothing of what it is about', async (state, changes) => {
    await queue(changes)
    expect(await shown()).toMatchObject([{ task: 'test.work', state }])
    if (state === 'failed') expect((await shown())[0].problem).toBe('Error: out of luck')
    expect(JSON.stringify(await shown())).not.toContain('secret')
  })

  it('is tried again by hand with all its tries before it', async () => {
    const id = await queue(sql`attempts = max_attempts, last_error = 'no', run_at = now() + interval '1 day'`)
    expect((await office.post(`/jobs/${id}/retry`)).status).toBe(204)
    expect(await shown()).toMatchObject([{ id, state: 'queued', tries: 0 }])
  })

  it('lets go of what is cancelled, but not of what is running', async () => {
    const id = await queue(sql`locked_at = now(), locked_by = 'w'`)
    for (const act of ['cancel', 'retry']) {
      expect(await office.post(`/jobs/${id}/${act}`)).toMatchObject({ status: 409, code: 'JOB_RUNNING' })
    }
    await sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null where id = ${id}::bigint`.execute(
      database.owner,
    )
    expect((await office.post(`/jobs/${id}/cancel`)).status).toBe(204)
    expect(await shown()).toEqual([])
    expect(await office.post(`/jobs/${id}/cancel`)).toMatchObject({ status: 404, code: 'JOB_NOT_FOUND' })
  })

  it.each(['system.check', 'privacy.run', 'mail.send'])(
    'keeps %s, without which something would be under way for ever',
    async (task) => {
      await inStep(company.ctx, (step) => enqueueJob(step, task, {}))
      const [{ id }] = await shown()
      expect(await office.post(`/jobs/${id}/cancel`)).toMatchObject({ status: 409, code: 'JOB_AWAITED' })
      expect(await shown()).toHaveLength(1)
      expect((await office.post(`/jobs/${id}/retry`)).status).toBe(204)
    },
  )

  it('is out of reach for every other company, and for whoever lacks the permission', async () => {
    const id = await queue()
    const other = await smallCompany(database, { slug: `jobs-other-${companies}` })
    const stranger = await administratorOf(other)
    expect((await stranger.get('/jobs')).body.jobs).toEqual([])
    for (const act of ['retry', 'cancel']) {
      expect(await stranger.post(`/jobs/${id}/${act}`)).toMatchObject({ status: 404, code: 'JOB_NOT_FOUND' })
    }
    const colleague = as({ companyId: company.ctx.company.id, personId: company.people['甲'] ?? '' })
    expect(await colleague.get('/jobs')).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    expect(await shown()).toHaveLength(1)
  })
})
