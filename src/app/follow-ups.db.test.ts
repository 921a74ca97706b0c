import { sql } from 'kysely'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { resumeRecrediting, verifyLedger } from '#platform/ledger/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })

interface Queued {
  readonly task_identifier: string
  readonly payload: Readonly<Record<string, unknown>>
}

async function queuedJobs(): Promise<readonly Queued[]> {
  const { rows } = await sql<Queued>`
    select j.task_identifier, p.payload from graphile_worker.jobs j
    join graphile_worker._private_jobs p on p.id = j.id`.execute(database.owner)
  return rows
}

describe('a move with a past date', () => {
  it('asks for a job, which credits the results from that day on to where the person stood', async () => {
    const company = await smallCompany(database)
    const mover = company.people['乙'] ?? ''
    const administrator = company.people['甲'] ?? ''
    await sql`update person set role = 'administrator' where id = ${administrator}`.execute(database.owner)
    for (const closedOn of ['2026-03-31', '2026-04-01']) {
      await createRecord(company.ctx, 'opportunity', {
        name: closedOn, stage: company.stages['Won'], amount: '10', closedOn, ownerId: mover,
      }) // prettier-ignore
    }
    const client = as({ companyId: company.ctx.company.id, personId: administrator })
    const answer = await client.post('/org/assignments', {
      personId: mover,
      unitId: company.units['西一队'],
      from: '2026-04-01',
    })
    expect(answer.status).toBeLessThan(300)

    await dispatchOnce({ db: database.db, log: pino({ level: 'silent' }) })
    const rows = await queuedJobs()
    expect(rows.map((row) => row.task_identifier)).toEqual(['ledger.recredit'])
    expect(rows[0]?.payload).toMatchObject({ companyId: company.ctx.company.id })
    expect(await verifyLedger(company.ctx)).not.toEqual([])
    // A server that starts anew finds the run waiting, and makes no second job of it.
    await resumeRecrediting(company.ctx)
    expect(await queuedJobs()).toHaveLength(1)
    const colleague = as({ companyId: company.ctx.company.id, personId: company.people['丁'] ?? '' })
    const progress = () => colleague.get('/org/recrediting')
    expect(await progress()).toMatchObject({ status: 200, body: { underWay: { share: null }, failed: null } })
    expect(await colleague.post('/org/recrediting/retry')).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })

    await allJobs().get('ledger.recredit')?.(company.ctx, rows[0]?.payload ?? {})
    expect(await verifyLedger(company.ctx)).toEqual([])
    expect((await progress()).body).toEqual({ underWay: null, failed: null })
    expect((await client.post('/org/recrediting/retry')).status).toBe(204)
    const tree = await client.get('/metrics/signed_amount/tree?period=2026')
    const west = tree.body.children.find((child: { name: string }) => child.name === '西区')
    expect(west.actual).toBe('10')
  })
})
